#include <type_traits>
#include <variant>

#include "parser/grammar/serialize.h"
#include "parser/grammar/serialize_values.h"

namespace imapspec::parser {

namespace {

using parser::write;  // or the overloads below would hide them
using parser::write_arguments;

template <class T>
void piece(const T& value, std::string& out) {
  out += ' ';
  write(value, out);
}

// ---- LIST

void write(const ListOption& option, std::string& out) {
  out += option.name;
  if (!option.status.empty()) {
    out += ' ';
    write_parenthesized(option.status, out);
  } else if (!option.value.empty()) {
    out += ' ';
    out += option.value;
  }
}

void write_options(const List<ListOption>& options, std::string& out) {
  out += '(';
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i > 0) out += ' ';
    write(options[i], out);
  }
  out += ')';
}

// ---- FETCH

void write(const FetchAtt& att, std::string& out) {
  const auto section = [&](std::string_view name) {
    out += name;
    if (att.peek) out += ".PEEK";
    write(att.section, out);
    if (!att.partial) return;
    out += '<';
    write(att.partial->first, out);
    out += '.';
    write(att.partial->count, out);
    out += '>';
  };
  switch (att.kind) {
    case FetchAtt::Kind::All:
      out += "ALL";
      break;
    case FetchAtt::Kind::Fast:
      out += "FAST";
      break;
    case FetchAtt::Kind::Full:
      out += "FULL";
      break;
    case FetchAtt::Kind::Envelope:
      out += "ENVELOPE";
      break;
    case FetchAtt::Kind::Flags:
      out += "FLAGS";
      break;
    case FetchAtt::Kind::InternalDate:
      out += "INTERNALDATE";
      break;
    case FetchAtt::Kind::Rfc822Size:
      out += "RFC822.SIZE";
      break;
    case FetchAtt::Kind::Body:
      out += "BODY";
      break;
    case FetchAtt::Kind::BodyStructure:
      out += "BODYSTRUCTURE";
      break;
    case FetchAtt::Kind::Uid:
      out += "UID";
      break;
    case FetchAtt::Kind::BodySection:
      section("BODY");
      break;
    case FetchAtt::Kind::Binary:
      section("BINARY");
      break;
    case FetchAtt::Kind::BinarySize:
      out += "BINARY.SIZE";
      write(att.section, out);
      break;
    case FetchAtt::Kind::Rfc822:
      out += "RFC822";
      break;
    case FetchAtt::Kind::Rfc822Header:
      out += "RFC822.HEADER";
      break;
    case FetchAtt::Kind::Rfc822Text:
      out += "RFC822.TEXT";
      break;
  }
}

// One item stands without parentheses, which is also how the macros have to stand.
void write_fetch_atts(const List<FetchAtt>& atts, std::string& out) {
  if (atts.size() != 1) out += '(';
  for (std::size_t i = 0; i < atts.size(); ++i) {
    if (i > 0) out += ' ';
    write(atts[i], out);
  }
  if (atts.size() != 1) out += ')';
}

// ---- SEARCH

std::string_view search_key_name(SearchKey::Kind kind) {
  using Kind = SearchKey::Kind;
  switch (kind) {
    case Kind::All:
      return "ALL";
    case Kind::Answered:
      return "ANSWERED";
    case Kind::Deleted:
      return "DELETED";
    case Kind::Flagged:
      return "FLAGGED";
    case Kind::Seen:
      return "SEEN";
    case Kind::Draft:
      return "DRAFT";
    case Kind::Unanswered:
      return "UNANSWERED";
    case Kind::Undeleted:
      return "UNDELETED";
    case Kind::Unflagged:
      return "UNFLAGGED";
    case Kind::Unseen:
      return "UNSEEN";
    case Kind::Undraft:
      return "UNDRAFT";
    case Kind::New:
      return "NEW";
    case Kind::Old:
      return "OLD";
    case Kind::Recent:
      return "RECENT";
    case Kind::Bcc:
      return "BCC";
    case Kind::Body:
      return "BODY";
    case Kind::Cc:
      return "CC";
    case Kind::From:
      return "FROM";
    case Kind::Subject:
      return "SUBJECT";
    case Kind::Text:
      return "TEXT";
    case Kind::To:
      return "TO";
    case Kind::Header:
      return "HEADER";
    case Kind::Before:
      return "BEFORE";
    case Kind::On:
      return "ON";
    case Kind::Since:
      return "SINCE";
    case Kind::SentBefore:
      return "SENTBEFORE";
    case Kind::SentOn:
      return "SENTON";
    case Kind::SentSince:
      return "SENTSINCE";
    case Kind::Larger:
      return "LARGER";
    case Kind::Smaller:
      return "SMALLER";
    case Kind::Keyword:
      return "KEYWORD";
    case Kind::Unkeyword:
      return "UNKEYWORD";
    case Kind::Uid:
      return "UID";
    case Kind::Not:
      return "NOT";
    case Kind::Or:
      return "OR";
    case Kind::SequenceSet:
    case Kind::And:
      break;
  }
  return "";
}

void write(const SearchKey& key, std::string& out) {
  using Kind = SearchKey::Kind;
  if (key.kind == Kind::SequenceSet) return write(key.set, out);
  if (key.kind == Kind::And) {
    out += '(';
    for (std::size_t i = 0; i < key.keys.size(); ++i) {
      if (i > 0) out += ' ';
      write(key.keys[i], out);
    }
    out += ')';
    return;
  }
  out += search_key_name(key.kind);
  switch (key.kind) {
    case Kind::Header:
      piece(key.field, out);
      return piece(key.text, out);
    case Kind::Bcc:
    case Kind::Body:
    case Kind::Cc:
    case Kind::From:
    case Kind::Subject:
    case Kind::Text:
    case Kind::To:
      return piece(key.text, out);
    case Kind::Before:
    case Kind::On:
    case Kind::Since:
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince:
      return piece(key.date, out);
    case Kind::Larger:
    case Kind::Smaller:
      return piece(key.number, out);
    case Kind::Keyword:
    case Kind::Unkeyword:
      return piece(key.keyword, out);
    case Kind::Uid:
      return piece(key.set, out);
    default:
      for (const SearchKey& inner : key.keys) {  // NOT and OR; the others have none
        out += ' ';
        write(inner, out);
      }
  }
}

std::string_view return_option_name(SearchReturnOption option) {
  switch (option) {
    case SearchReturnOption::Min:
      return "MIN";
    case SearchReturnOption::Max:
      return "MAX";
    case SearchReturnOption::All:
      return "ALL";
    case SearchReturnOption::Count:
      return "COUNT";
    case SearchReturnOption::Save:
      return "SAVE";
  }
  return "";
}

void write(const SearchProgram& program, std::string& out) {
  if (program.returns) {
    out += " RETURN (";
    for (std::size_t i = 0; i < program.returns->size(); ++i) {
      if (i > 0) out += ' ';
      out += return_option_name((*program.returns)[i]);
    }
    out += ')';
  }
  if (program.charset) {
    out += " CHARSET";
    piece(*program.charset, out);
  }
  for (const SearchKey& key : program.keys) {
    out += ' ';
    write(key, out);
  }
}

// ---- the arguments of each command, with the SP in front of them

template <class T>
  requires std::is_empty_v<T>
void write_arguments(const T&, std::string&) {}  // of the commands that take none

void write_arguments(const commands::Login& login, std::string& out) {
  piece(login.userid, out);
  piece(login.password, out);
}

void write_arguments(const commands::Authenticate& authenticate, std::string& out) {
  piece(authenticate.auth_type, out);
  if (authenticate.initial_response) piece(*authenticate.initial_response, out);
}

void write_arguments(const commands::Enable& enable, std::string& out) {
  for (const std::string_view capability : enable.capabilities) piece(capability, out);
}

void write_arguments(const commands::Select& select, std::string& out) { piece(select.mailbox, out); }
void write_arguments(const commands::Examine& examine, std::string& out) { piece(examine.mailbox, out); }
void write_arguments(const commands::Create& create, std::string& out) { piece(create.mailbox, out); }
void write_arguments(const commands::Delete& delete_, std::string& out) { piece(delete_.mailbox, out); }
void write_arguments(const commands::Subscribe& subscribe, std::string& out) { piece(subscribe.mailbox, out); }
void write_arguments(const commands::Unsubscribe& unsubscribe, std::string& out) { piece(unsubscribe.mailbox, out); }

void write_arguments(const commands::Rename& rename, std::string& out) {
  piece(rename.from, out);
  piece(rename.to, out);
}

void write_arguments(const commands::List& list, std::string& out) {
  const ListArguments& arguments = list.arguments;
  if (arguments.selection) {
    out += ' ';
    write_options(*arguments.selection, out);
  }
  piece(arguments.reference, out);
  out += ' ';
  if (arguments.extended_patterns) {
    write_parenthesized(arguments.patterns, out);
  } else {
    write_joined(arguments.patterns, " ", out);
  }
  if (arguments.returns) {
    out += " RETURN ";
    write_options(*arguments.returns, out);
  }
}

void write_arguments(const commands::Status& status, std::string& out) {
  piece(status.mailbox, out);
  out += ' ';
  write_parenthesized(status.atts, out);
}

void write_arguments(const commands::Append& append, std::string& out) {
  piece(append.mailbox, out);
  if (!append.flags.empty()) {
    out += ' ';
    write_parenthesized(append.flags, out);
  }
  if (append.date_time) piece(*append.date_time, out);
  piece(append.message, out);
}

void write_arguments(const commands::Expunge& expunge, std::string& out) {
  if (expunge.uids) piece(*expunge.uids, out);
}

void write_arguments(const commands::Copy& copy, std::string& out) {
  piece(copy.set, out);
  piece(copy.mailbox, out);
}

void write_arguments(const commands::Move& move, std::string& out) {
  piece(move.set, out);
  piece(move.mailbox, out);
}

void write_arguments(const commands::Fetch& fetch, std::string& out) {
  piece(fetch.set, out);
  out += ' ';
  write_fetch_atts(fetch.atts, out);
}

void write_arguments(const commands::Store& store, std::string& out) {
  piece(store.set, out);
  out += ' ';
  if (store.operation == commands::Store::Operation::Add) out += '+';
  if (store.operation == commands::Store::Operation::Remove) out += '-';
  out += store.silent ? "FLAGS.SILENT " : "FLAGS ";
  write_parenthesized(store.flags, out);
}

void write_arguments(const commands::Search& search, std::string& out) { write(search.program, out); }

}  // namespace

void serialize(const Command& command, std::string& out) {
  out += command.tag;
  piece(command_name(command.body), out);
  std::visit([&](const auto& body) { write_arguments(body, out); }, command.body);
  out += "\r\n";
}

}  // namespace imapspec::parser
