#include "parser/grammar/capability.h"

#include <algorithm>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

constexpr std::string_view kAuth = "AUTH=";

// capability = ("AUTH=" auth-type) / atom
//
// Note: T42. An auth-type is an atom, so both alternatives are, and "AUTH=" alone is one too.
std::expected<AtomName, Error> capability(Cursor& in) {
  Attempt attempt(in, "capability");
  if (equal_ignoring_case(in.rest().substr(0, kAuth.size()), kAuth) && is_atom_char(in.peek(kAuth.size()))) {
    in.skip(kAuth.size());
    IMAPSPEC_CHECK(auth_type(in));
  } else {
    IMAPSPEC_CHECK(atom(in));
  }
  return attempt.accept(AtomName::unchecked(attempt.octets()));
}

}  // namespace

// auth-type = atom
std::expected<AtomName, Error> auth_type(Cursor& in) {
  Attempt attempt(in, "auth-type");
  IMAPSPEC_TRY(const AtomName name, atom(in));
  return attempt.accept(name);
}

// 1*(SP capability) / *(SP capability)
std::expected<List<AtomName>, Error> capabilities(Cursor& in, bool required, Name rule) {
  Attempt attempt(in);
  ListBuilder<AtomName> list(in.arena());
  if (required && in.peek() != ' ') return in.fail(rule, "SP");
  while (in.take(' ')) {
    IMAPSPEC_TRY(const AtomName name, capability(in));
    list.push(name);
  }
  return attempt.accept(list.list());
}

// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev2"
//                   *(SP capability)
//                     ; See Section 6.1.1 for information about
//                     ; required security-related capabilities.
//                     ; Servers that offer RFC 1730 compatibility MUST
//                     ; list "IMAP4" as the first capability.
//                     ; Servers that offer RFC 3501 compatibility MUST
//                     ; list "IMAP4rev1" as one of the capabilities.
//
// Where both revisions are in force, either tells which server this is.
std::expected<List<AtomName>, Error> capability_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  IMAPSPEC_TRY(const List<AtomName> list, capabilities(in, true, "capability-data"));
  const bool rev1 = profile.rev1 && contains_capability(list, "IMAP4rev1");
  const bool rev2 = profile.rev2 && contains_capability(list, "IMAP4rev2");
  if (!rev1 && !rev2) {
    return in.fail("capability-data", profile.rev2 ? Name("SP and IMAP4rev2") : Name("SP and IMAP4rev1"));
  }
  return attempt.accept(list);
}

bool contains_capability(List<AtomName> list, std::string_view name) {
  return std::any_of(list.begin(), list.end(),
                     [name](std::string_view capability) { return equal_ignoring_case(capability, name); });
}

}  // namespace imapspec::parser
