#include "tests/parser/dump.h"

#include <array>

#include "parser/grammar/parse.h"
#include "tests/parser/extensions/dump.h"

namespace imapspec::parser::test {

namespace {

std::string two(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string dump(const SeqNumber& number) { return number.number ? std::to_string(*number.number) : "*"; }

std::string dump(const NamespaceDescr& descr) {
  std::string text = dump(descr.prefix) + "|" + dump(descr.delimiter);
  for (const NamespaceExtension& extension : descr.extensions)
    text += " " + dump(extension.name) + dump(extension.values);
  return text;
}

std::string dump(const ListOption& option) {
  std::string text(option.name);
  if (!option.value.empty()) text += "=" + escape_octets(option.value);
  if (!option.status.empty()) text += "=" + dump(option.status);
  return text;
}

std::string dump(const String& string) {
  const std::string value = escape_octets(string.value());
  switch (string.form()) {
    case StringForm::Atom:
      return value;
    case StringForm::Quoted:
      return "\"" + value + "\"";
    case StringForm::Literal:
      return "{" + std::to_string(string.octets().size()) + "}" + value;
    case StringForm::LiteralNonSync:
      return "{" + std::to_string(string.octets().size()) + "+}" + value;
    case StringForm::Literal8:
      return "~{" + std::to_string(string.octets().size()) + "}" + value;
    case StringForm::Literal8NonSync:
      return "~{" + std::to_string(string.octets().size()) + "+}" + value;
  }
  return "?";
}

std::string dump(const NString& string) { return string ? dump(*string) : "nil"; }

std::string dump(const SequenceSet& set) {
  if (set.is_last_result()) return "$";
  std::string text;
  for (const SeqRange& range : set.ranges()) {
    if (!text.empty()) text += ",";
    text += dump(range.first);
    if (range.first != range.last) text += ":" + dump(range.last);
  }
  return text;
}

std::string dump(const Date& date) {
  return std::to_string(date.year) + "-" + std::to_string(date.month) + "-" + std::to_string(date.day);
}

std::string dump(const DateTime& date_time) {
  return dump(date_time.date) + " " + two(date_time.hour) + ":" + two(date_time.minute) + ":" + two(date_time.second) +
         " " + std::to_string(date_time.zone);
}

std::string dump(const Flag& flag) { return std::string(flag.octets()); }

std::string dump(const Mailbox& mailbox) { return mailbox.is_inbox() ? "<INBOX>" : dump(mailbox.name()); }

std::string dump(const Section& section) {
  constexpr std::array<std::string_view, 6> kTexts{"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"};
  std::string text = "[";
  for (const std::uint32_t number : section.part) text += std::to_string(number) + "/";
  text += kTexts.at(static_cast<std::size_t>(section.text));
  if (!section.fields.empty()) text += dump(section.fields);
  return text + "]";
}

std::string dump(const Partial& partial) {
  return "<" + std::to_string(partial.first) + "+" + std::to_string(partial.count) + ">";
}

std::string dump(const StatusAtt& att) { return std::string(status_att_name(att)); }

std::string dump(const StatusData& status) {
  std::string text = dump(status.mailbox);
  for (const StatusAttVal& value : status.values) {
    text += " " + dump(value.att) + "=" + (value.nil ? "nil" : std::to_string(value.value));
  }
  return text;
}

std::string dump(const ListArguments& arguments) {
  std::string text;
  if (arguments.selection) text += "select" + dump(*arguments.selection) + " ";
  text += dump(arguments.reference) + " ";
  text += arguments.extended_patterns ? dump(arguments.patterns) : dump(arguments.patterns.front());
  if (arguments.returns) text += " return" + dump(*arguments.returns);
  return text;
}

std::string dump(const MailboxList& list) {
  std::string text = dump(list.attributes) + " " + dump(list.delimiter) + " " + dump(list.mailbox);
  for (const ListItem& item : list.extended) {
    text += " " + dump(item.tag) + "=";
    text += !item.child_info.empty() ? dump(item.child_info)
            : item.old_name          ? dump(*item.old_name)
                                     : escape_octets(item.value);
  }
  return text;
}

std::string dump(const NamespaceResponse& response) {
  return dump(response.personal) + dump(response.other_users) + dump(response.shared);
}

std::string dump(const FetchAtt& att) {
  constexpr std::array<std::string_view, 17> kNames{
      "ALL", "FAST", "FULL",   "ENVELOPE",    "FLAGS",  "INTERNALDATE",  "RFC822.SIZE", "BODY",  "BODYSTRUCTURE",
      "UID", "BODY", "BINARY", "BINARY.SIZE", "RFC822", "RFC822.HEADER", "RFC822.TEXT", "MODSEQ"};
  std::string text(kNames.at(static_cast<std::size_t>(att.kind)));
  if (att.peek) text += ".PEEK";
  using Kind = FetchAtt::Kind;
  if (att.kind == Kind::BodySection || att.kind == Kind::Binary || att.kind == Kind::BinarySize) {
    text += dump(att.section);
  }
  if (att.partial) text += dump(*att.partial);
  return text;
}

std::string dump(const SearchKey& key) {
  using Kind = SearchKey::Kind;
  constexpr std::array<std::string_view, 38> kNames{
      "ALL",       "ANSWERED",   "DELETED", "FLAGGED",   "SEEN",   "DRAFT",   "UNANSWERED", "UNDELETED",
      "UNFLAGGED", "UNSEEN",     "UNDRAFT", "NEW",       "OLD",    "RECENT",  "BCC",        "BODY",
      "CC",        "FROM",       "SUBJECT", "TEXT",      "TO",     "HEADER",  "BEFORE",     "ON",
      "SINCE",     "SENTBEFORE", "SENTON",  "SENTSINCE", "LARGER", "SMALLER", "KEYWORD",    "UNKEYWORD",
      "UID",       "",           "NOT",     "OR",        "",       "MODSEQ"};
  std::string text(kNames.at(static_cast<std::size_t>(key.kind)));
  if (key.kind == Kind::Header) text += " " + dump(key.field);
  if (key.kind >= Kind::Bcc && key.kind <= Kind::Header) return text + " " + dump(key.text);
  if (key.kind >= Kind::Before && key.kind <= Kind::SentSince) return text + " " + dump(key.date);
  if (key.kind == Kind::Larger || key.kind == Kind::Smaller) return text + " " + std::to_string(key.number);
  if (key.kind == Kind::Keyword || key.kind == Kind::Unkeyword) return text + " " + dump(key.keyword);
  if (key.kind == Kind::Uid) return text + " " + dump(key.set);
  if (key.kind == Kind::SequenceSet) return dump(key.set);
  if (key.kind == Kind::ModSequence) return text + dump(*key.mod_sequence);
  if (key.kind >= Kind::Not) return text + dump(key.keys);
  return text;
}

std::string dump(const SearchProgram& program) {
  constexpr std::array<std::string_view, 5> kOptions{"MIN", "MAX", "ALL", "COUNT", "SAVE"};
  std::string text;
  if (program.returns) {
    text += "return(";
    for (const SearchReturnOption& option : *program.returns) {
      if (text.back() != '(') text += " ";
      const bool named = option.kind != SearchReturnOption::Kind::Other;
      text += named ? kOptions.at(static_cast<std::size_t>(option.kind)) : option.name;
      if (!option.value.empty()) text += "=" + escape_octets(option.value);
    }
    text += ") ";
  }
  if (program.charset) text += "charset " + dump(*program.charset) + " ";
  return text + dump(program.keys);
}

std::string dump(const Esearch& esearch) {
  std::string text;
  const auto add = [&text](const std::string& item) { text += (text.empty() ? "" : " ") + item; };
  if (esearch.tag) add("tag=" + dump(*esearch.tag));
  if (esearch.uid) add("uid");
  if (esearch.min) add("min=" + std::to_string(*esearch.min));
  if (esearch.max) add("max=" + std::to_string(*esearch.max));
  if (esearch.count) add("count=" + std::to_string(*esearch.count));
  if (esearch.all) add("all=" + dump(*esearch.all));
  for (const Esearch::Extra& extra : esearch.extra) add(std::string(extra.label) + "~" + escape_octets(extra.value));
  return text;
}

namespace {

// Arguments shows what follows a command's name, each argument with a space in front.
struct Arguments {
  std::string operator()(const commands::Login& c) const { return " " + dump(c.userid) + " " + dump(c.password); }
  std::string operator()(const commands::Authenticate& c) const {
    return " " + std::string(c.auth_type) + (c.initial_response ? " ir:" + std::string(*c.initial_response) : "");
  }
  std::string operator()(const commands::Enable& c) const { return " " + dump(c.capabilities); }
  std::string operator()(const commands::Select& c) const { return " " + dump(c.mailbox) + dump(c.parameters); }
  std::string operator()(const commands::Examine& c) const { return " " + dump(c.mailbox) + dump(c.parameters); }
  std::string operator()(const commands::Create& c) const { return " " + dump(c.mailbox); }
  std::string operator()(const commands::Delete& c) const { return " " + dump(c.mailbox); }
  std::string operator()(const commands::Rename& c) const { return " " + dump(c.from) + " " + dump(c.to); }
  std::string operator()(const commands::Subscribe& c) const { return " " + dump(c.mailbox); }
  std::string operator()(const commands::Unsubscribe& c) const { return " " + dump(c.mailbox); }
  std::string operator()(const commands::List& c) const { return " " + dump(c.arguments); }
  std::string operator()(const commands::Status& c) const { return " " + dump(c.mailbox) + " " + dump(c.atts); }
  std::string operator()(const commands::Append& c) const {
    std::string text = " " + dump(c.mailbox);
    for (const AppendMessage& message : c.messages) {
      text += " " + dump(message.flags) + (message.date_time ? " " + dump(*message.date_time) : "") + " " +
              (message.utf8 ? "utf8 " : "") + dump(message.octets);
    }
    return text;
  }
  std::string operator()(const commands::Expunge& c) const { return c.uids ? " " + dump(*c.uids) : ""; }
  std::string operator()(const commands::Copy& c) const { return " " + dump(c.set) + " " + dump(c.mailbox); }
  std::string operator()(const commands::Move& c) const { return " " + dump(c.set) + " " + dump(c.mailbox); }
  std::string operator()(const commands::Fetch& c) const {
    return " " + dump(c.set) + " " + dump(c.atts) + dump(c.modifiers);
  }
  std::string operator()(const commands::Store& c) const {
    using Operation = commands::Store::Operation;
    const std::string_view sign = c.operation == Operation::Add ? "+" : c.operation == Operation::Remove ? "-" : "=";
    return " " + dump(c.set) + dump(c.modifiers) + " " + std::string(sign) + (c.silent ? "silent" : "") + dump(c.flags);
  }
  std::string operator()(const commands::Search& c) const { return " " + dump(c.program); }
  std::string operator()(const commands::Lsub& c) const { return " " + dump(c.reference) + " " + dump(c.pattern); }
  std::string operator()(const commands::Check&) const { return ""; }
  template <class T>
  std::string operator()(const T& c) const {
    if constexpr (requires { T::kName; }) return dump_arguments(c);  // of an extension
    return "";
  }
};

}  // namespace

std::string dump(const Command& command) {
  return std::string(command.tag) + ": " + std::string(command_name(command.body)) +
         std::visit(Arguments{}, command.body);
}

}  // namespace imapspec::parser::test
