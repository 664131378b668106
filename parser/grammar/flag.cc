#include "parser/grammar/flag.h"

#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// flag-extension = "\" atom
//
// The system flags are spelled like extensions, and a flag is its name: no need to tell them apart.
std::expected<Flag, Error> any_flag(Cursor& in) {
  Attempt attempt(in, "any-flag");
  const bool backslash = in.take('\\');
  if (!is_atom_char(in.peek()))
    return backslash ? in.fail("flag-extension", "atom") : in.fail("flag", "\"\\\" or atom");
  IMAPSPEC_TRY([[maybe_unused]] const std::string_view name, atom(in));
  return attempt.accept(Flag{in.since(attempt.start())});
}

}  // namespace

// flag = "\Answered" / "\Flagged" / "\Deleted" /
//        "\Seen" / "\Draft" / flag-keyword / flag-extension
//          ; Does not include "\Recent"
//
// Note: T14. flag-extension includes "\Recent", the comment does not. Where the octets end
// it can still become another flag.
std::expected<Flag, Error> flag(Cursor& in) {
  Attempt attempt(in, "flag");
  IMAPSPEC_TRY(const Flag result, any_flag(in));
  if (result == Flag{"\\Recent"}) {
    const std::size_t where = in.at_end() ? in.offset() : attempt.start();
    return in.fail_at(where, "flag", "a flag other than \\Recent");
  }
  return attempt.accept(result);
}

// flag-keyword = "$MDNSent" / "$Forwarded" / "$Junk" /
//                "$NotJunk" / "$Phishing" / atom
std::expected<Flag, Error> flag_keyword(Cursor& in) {
  if (!is_atom_char(in.peek())) return in.fail("flag-keyword", "atom");
  IMAPSPEC_TRY(const std::string_view name, atom(in));
  return Flag{name};
}

// flag-fetch = flag / obsolete-flag-recent
// obsolete-flag-recent = "\Recent"
std::expected<Flag, Error> flag_fetch(Cursor& in) { return any_flag(in); }

// flag-perm = flag / "\*"
//
// Note: T15. ABNF strings have no escapes: this is a backslash and a star.
std::expected<Flag, Error> flag_perm(Cursor& in) {
  if (in.peek() == '\\' && in.peek(1) == '*') {
    const std::size_t start = in.offset();
    in.skip(2);
    return Flag{in.since(start)};
  }
  return flag(in);
}

// flag-list = "(" [flag *(SP flag)] ")"
std::expected<List<Flag>, Error> flag_list(Cursor& in) {
  Attempt attempt(in, "flag-list");
  if (!in.take('(')) return in.fail("flag-list", "\"(\"");
  ListBuilder<Flag> flags(in.arena());
  if (in.take(')')) return attempt.accept(flags.list());
  do {
    IMAPSPEC_TRY(const Flag next, flag(in));
    flags.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("flag-list", "SP or \")\"");
  return attempt.accept(flags.list());
}

}  // namespace imapspec::parser
