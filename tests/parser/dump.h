// Values on one line, for tests to compare and show.
#pragma once

#include <string>

#include "parser/grammar/command.h"

namespace imapspec::parser::test {

// dump shows what a value means and how its strings were written: atoms as they are, quoted
// strings in quotes, literals as {n}..., {n+}... or ~{n}....
std::string dump(const String& string);
std::string dump(const NString& string);
std::string dump(const SeqNumber& number);
std::string dump(const SequenceSet& set);
std::string dump(const Date& date);
std::string dump(const DateTime& date_time);
std::string dump(const Flag& flag);
std::string dump(const Mailbox& mailbox);
std::string dump(const Section& section);
std::string dump(const Partial& partial);
std::string dump(const StatusAtt& att);
std::string dump(const StatusData& status);
std::string dump(const ListOption& option);
std::string dump(const ListArguments& arguments);
std::string dump(const MailboxList& list);
std::string dump(const NamespaceDescr& descr);
std::string dump(const NamespaceResponse& response);
std::string dump(const FetchAtt& att);
std::string dump(const SearchKey& key);
std::string dump(const SearchProgram& program);
std::string dump(const Esearch& esearch);
std::string dump(const Command& command);
inline std::string dump(std::string_view text) { return std::string(text); }
inline std::string dump(std::uint32_t number) { return std::to_string(number); }
inline std::string dump(std::uint64_t number) { return std::to_string(number); }

// A list in parentheses, with a space between its elements.
template <class T>
std::string dump(const List<T>& list) {
  std::string text;
  for (const T& item : list) text += (text.empty() ? "" : " ") + dump(item);
  return "(" + text + ")";
}

// kDump is dump, for templates that take a function.
inline constexpr auto kDump = [](const auto& value) { return dump(value); };

}  // namespace imapspec::parser::test
