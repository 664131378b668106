#include "parser/grammar/flag.h"

#include <algorithm>
#include <initializer_list>

#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(names, [name](std::string_view each) { return equal_ignoring_case(each, name); });
}

// Whether `\Recent` stands here, as a whole.
bool recent_follows(const Cursor& in) {
  constexpr std::string_view kRecent = "\\Recent";
  return equal_ignoring_case(in.rest().substr(0, kRecent.size()), kRecent) && !is_atom_char(in.peek(kRecent.size()));
}

}  // namespace

// flag-extension = "\" atom
//
// The system flags are spelled like extensions: only a Trace tells them apart.
std::expected<Flag, Error> flag_extension(Cursor& in) {
  Attempt attempt(in, "flag-extension");
  if (!in.take('\\')) return attempt.fail("\"\\\"");
  IMAPSPEC_CHECK(atom(in));
  return attempt.accept(Flag::unchecked(attempt.octets()));
}

// flag = "\Answered" / "\Flagged" / "\Deleted" /
//        "\Seen" / "\Draft" / flag-keyword / flag-extension
//          ; Does not include "\Recent"
//
// Note: T14. flag-extension includes "\Recent", the comment does not. As long as it could become
// another flag it is none.
std::expected<Flag, Error> flag(Cursor& in) {
  Attempt attempt(in, "flag");
  if (in.peek() != '\\') {
    if (!is_atom_char(in.peek())) return attempt.fail("\"\\\" or atom");
    IMAPSPEC_TRY(const FlagKeyword keyword, flag_keyword(in));
    return attempt.accept(Flag::unchecked(keyword));
  }
  IMAPSPEC_TRY(const Flag result, flag_extension(in));
  if (result == Flag("\\Recent")) return attempt.fail("a flag other than \\Recent", "T14");
  if (in.trace() != nullptr && is_any_of(result, {"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"})) {
    in.trace()->flatten();
  }
  return attempt.accept(result);
}

// flag-keyword = "$MDNSent" / "$Forwarded" / "$Junk" /
//                "$NotJunk" / "$Phishing" / atom
std::expected<FlagKeyword, Error> flag_keyword(Cursor& in) {
  Attempt attempt(in, "flag-keyword");
  IMAPSPEC_TRY(const FlagKeyword name, atom(in));
  if (in.trace() != nullptr && is_any_of(name, {"$MDNSent", "$Forwarded", "$Junk", "$NotJunk", "$Phishing"})) {
    in.trace()->flatten();
  }
  return attempt.accept(name);
}

// flag-fetch = flag / obsolete-flag-recent
// obsolete-flag-recent = "\Recent"
std::expected<Flag, Error> flag_fetch(Cursor& in) {
  Attempt attempt(in, "flag-fetch");
  if (!recent_follows(in)) {
    IMAPSPEC_TRY(const Flag result, flag(in));
    return attempt.accept(result);
  }
  Attempt recent(in, "obsolete-flag-recent");
  in.skip(std::string_view("\\Recent").size());
  return attempt.accept(recent.accept(Flag::unchecked(recent.octets())));
}

// flag-perm = flag / "\*"
//
// Note: T15. ABNF strings have no escapes: this is a backslash and a star.
std::expected<Flag, Error> flag_perm(Cursor& in) {
  Attempt attempt(in, "flag-perm");
  if (in.peek() == '\\' && in.peek(1) == '*') {
    in.skip(2);
    return attempt.accept(Flag::unchecked(attempt.octets()));
  }
  IMAPSPEC_TRY(const Flag result, flag(in));
  return attempt.accept(result);
}

// flag-list = "(" [flag *(SP flag)] ")"
std::expected<List<Flag>, Error> flag_list(Cursor& in) {
  Attempt attempt(in, "flag-list");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<Flag> flags(in.arena());
  if (in.take(')')) return attempt.accept(flags.list());
  do {
    IMAPSPEC_TRY(const Flag next, flag(in));
    flags.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(flags.list());
}

}  // namespace imapspec::parser
