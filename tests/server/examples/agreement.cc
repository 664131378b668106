#include "tests/server/examples/agreement.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::server::examples {

namespace {

using parser::Response;
using Words = std::set<std::string>;

template <class List>
Words words_of(const List& list, const Words& without = {}) {
  Words words;
  for (const auto& word : list) words.insert(parser::to_upper(std::string_view(word)));
  for (const std::string& word : without) words.erase(word);
  return words;
}

bool within(const Words& some, const Words& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

bool code_agrees(const parser::ResponseCode& example, const parser::ResponseCode& actual) {
  if (!actual.is(example.name)) return false;
  if (example.is("PERMANENTFLAGS")) return within(words_of(example.flags), words_of(actual.flags));
  // Mechanisms and charsets are the server's.
  static const Words kMechanisms{"AUTH=GSSAPI", "AUTH=EXTERNAL"};
  if (example.is("CAPABILITY")) {
    return within(words_of(example.capabilities, kMechanisms), words_of(actual.capabilities));
  }
  return example.is("BADCHARSET") || example == actual;
}

bool agree(const parser::StatusResponse& example, const parser::StatusResponse& actual) {
  if (example.tag != actual.tag || example.status != actual.status) return false;
  return !example.text.code || (actual.text.code && code_agrees(*example.text.code, *actual.text.code));
}

bool agree(const parser::ListData& example, const parser::ListData& actual) {
  const Words wanted = words_of(example.list.attributes, {"\\MARKED", "\\NOINFERIORS"});
  const Words told = words_of(actual.list.attributes);
  Words chosen = told;
  for (const char* word : {"\\HASCHILDREN", "\\HASNOCHILDREN"}) chosen.erase(word);
  return example.list.mailbox == actual.list.mailbox && example.list.delimiter == actual.list.delimiter &&
         example.list.extended == actual.list.extended && within(wanted, told) && within(chosen, wanted);
}

bool agree(const parser::Fetch& example, const parser::Fetch& actual) {
  return example.number == actual.number &&
         std::all_of(example.items.begin(), example.items.end(), [&](const parser::MsgAtt& wanted) {
           return std::any_of(actual.items.begin(), actual.items.end(), [&](const parser::MsgAtt& item) {
             if (wanted.kind != item.kind) return false;
             return item.kind == parser::MsgAtt::Kind::Flags ? words_of(wanted.flags) == words_of(item.flags)
                                                             : wanted == item;
           });
         });
}

bool agree(const parser::StatusData& example, const parser::StatusData& actual) {
  return example.mailbox == actual.mailbox &&
         std::is_permutation(example.values.begin(), example.values.end(), actual.values.begin(), actual.values.end());
}

// numbers_of writes a set of a response out.
std::set<std::uint32_t> numbers_of(const std::optional<parser::SequenceSet>& set) {
  std::set<std::uint32_t> numbers;
  if (!set) return numbers;
  for (const parser::SeqRange& range : set->ranges()) {
    for (std::uint64_t at = range.first.or_largest(0); at <= range.last.or_largest(0); ++at) {
      numbers.insert(static_cast<std::uint32_t>(at));
    }
  }
  return numbers;
}

bool agree(const parser::Esearch& example, const parser::Esearch& actual) {
  return example.tag == actual.tag && example.uid == actual.uid && example.min == actual.min &&
         example.max == actual.max && example.count == actual.count &&
         numbers_of(example.all) == numbers_of(actual.all);
}

bool agree(const parser::FlagsData& example, const parser::FlagsData& actual) {
  return within(words_of(example.flags), words_of(actual.flags));
}

bool agree(const parser::CapabilityData& example, const parser::CapabilityData& actual) {
  return within(words_of(example.capabilities, {"AUTH=GSSAPI", "AUTH=EXTERNAL"}), words_of(actual.capabilities));
}

bool agree(const parser::ContinueReq&, const parser::ContinueReq&) { return true; }

template <class Data>
bool agree(const Data& example, const Data& actual) {
  return example == actual;
}

}  // namespace

bool agrees(std::string_view example, std::string_view actual) {
  if (const std::size_t dots = example.find("..."); dots != std::string_view::npos && example.starts_with("* ")) {
    // "* 4 FETCH (...)": the number and the name.
    const std::size_t end = example.find(' ', example.find(' ', 2) + 1);
    return actual.starts_with(example.substr(0, end));
  }
  if (example == "+\r\n") example = "+ \r\n";
  parser::Arena arena;
  const auto wanted = parser::parse_response(example, arena, parser::kRev2);
  const auto told = parser::parse_response(actual, arena, parser::kRev2);
  if (!wanted || !told || wanted->index() != told->index()) return false;
  return std::visit([&](const auto& data) { return agree(data, std::get<std::decay_t<decltype(data)>>(*told)); },
                    *wanted);
}

}  // namespace imapspec::server::examples
