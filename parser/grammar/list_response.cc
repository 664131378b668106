// The response half of list.h: what LIST and NAMESPACE answer.

#include <algorithm>

#include "parser/grammar/char_class.h"
#include "parser/grammar/list.h"
#include "parser/grammar/number.h"
#include "parser/grammar/string.h"
#include "parser/grammar/tagged_ext.h"

namespace imapspec::parser {

namespace {

// (DQUOTE QUOTED-CHAR DQUOTE / nil), a hierarchy delimiter, a piece of `rule`
//
// Note: L24. One character, also an escaped one or one of UTF-8; never "".
std::expected<NString, Error> delimiter(Cursor& in, const Profile& profile, Name rule) {
  if (nil(in)) return NString();
  if (!in.take('"')) return in.fail(rule, "a quoted hierarchy delimiter or NIL");
  if (in.peek() == '"') return in.fail(rule, "QUOTED-CHAR");
  IMAPSPEC_TRY(const std::string_view character, quoted_char(in, profile.rev2, rule));
  if (!in.take('"')) return in.fail(rule, "DQUOTE");
  return NString(String::unchecked(character, StringForm::Quoted));
}

// What a flag is in the list of a mailbox. Others are extensions.
enum class Attribute : std::uint8_t { Selectability, Noinferiors, Child, Subscribed, Remote, Other };

// mbx-list-sflag = "\NonExistent" / "\Noselect" / "\Marked" /
//                  "\Unmarked"
//                ; Selectability flags; only one per LIST response
// child-mbox-flag = "\HasChildren" / "\HasNoChildren"
//                ; attributes for the CHILDREN return option, at most
//                ; one possible per LIST response
//
// RFC 3501 has the second to the fourth, and "\Noinferiors".
Attribute attribute(std::string_view name, const Profile& profile) {
  const auto is = [name](std::string_view word) { return equal_ignoring_case(name, word); };
  if (is("\\Noselect") || is("\\Marked") || is("\\Unmarked")) return Attribute::Selectability;
  if (is("\\Noinferiors")) return Attribute::Noinferiors;
  if (!profile.has(Extension::ListExtended)) return Attribute::Other;
  if (is("\\NonExistent")) return Attribute::Selectability;
  if (is("\\HasChildren") || is("\\HasNoChildren")) return Attribute::Child;
  if (is("\\Subscribed")) return Attribute::Subscribed;
  return is("\\Remote") ? Attribute::Remote : Attribute::Other;
}

// One flag of mbx-list-flags, and what it is.
std::expected<Flag, Error> mbx_list_flag(Cursor& in, const Profile& profile, Attribute& what) {
  if (in.peek() != '\\') return in.fail("mbx-list-flags", "\"\\\"");
  std::size_t size = 1;
  while (is_atom_char(in.peek(size))) ++size;
  const std::string_view flag = in.rest().substr(0, size);
  what = attribute(flag, profile);
  Attempt attempt(in, what == Attribute::Selectability ? Name("mbx-list-sflag") : Name("mbx-list-oflag"));
  if (what == Attribute::Other) {
    IMAPSPEC_TRY(const Flag other, flag_extension(in));
    return attempt.accept(other);
  }
  Attempt inner(in, what == Attribute::Child ? Name("child-mbox-flag") : Name());
  in.skip(size);
  return attempt.accept(inner.accept(Flag::unchecked(flag)));
}

// Repeats counts what may be there once only.
//
// mbx-list-oflag = "\Noinferiors" / child-mbox-flag /
//                  "\Subscribed" / "\Remote" / flag-extension
//                ; Other flags; multiple from this list are
//                ; possible per LIST response, but each flag
//                ; can only appear once per LIST response
class Repeats {
 public:
  void count(Attribute what) {
    const unsigned bit = 1U << static_cast<unsigned>(what);
    if ((seen_ & bit) != 0) repeated_ |= bit;
    seen_ |= bit;
  }
  [[nodiscard]] bool has(Attribute what) const { return (repeated_ & (1U << static_cast<unsigned>(what))) != 0; }

 private:
  unsigned seen_ = 0;
  unsigned repeated_ = 0;
};

// mbx-list-flags = *(mbx-list-oflag SP) mbx-list-sflag
//                  *(SP mbx-list-oflag) /
//                  mbx-list-oflag *(SP mbx-list-oflag)
//
// Note: T17. flag-extension includes the sflags too, so that only the comments forbid a second; they
// also forbid others twice. RFC 3501 says so of the sflags only. Of flags that it does not name,
// nothing is known.
std::expected<List<Flag>, Error> mbx_list_flags(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "mbx-list-flags");
  ListBuilder<Flag> flags(in.arena());
  Repeats repeats;
  do {
    Attribute what{};
    IMAPSPEC_TRY(const Flag flag, mbx_list_flag(in, profile, what));
    repeats.count(what);
    if (repeats.has(Attribute::Selectability))
      return attempt.fail("another flag: one of selectability is there", "T17");
    flags.push(flag);
  } while (in.take(' '));
  if (in.peek() != ')') return attempt.fail("SP or \")\"");
  const bool child = repeats.has(Attribute::Child);
  const bool other =
      repeats.has(Attribute::Noinferiors) || repeats.has(Attribute::Subscribed) || repeats.has(Attribute::Remote);
  if (child) return attempt.fail("another flag: one of \\HasChildren and \\HasNoChildren is there", "T17");
  if (other && profile.rev2) return attempt.fail("each of these flags only once", "T17");
  return attempt.accept(flags.list());
}

// A literal whose octets are an atom. "{" is there.
std::expected<String, Error> atom_literal(Cursor& in) {
  Attempt attempt(in, "literal");
  in.skip(1);
  while (in.peek() == '0') in.skip(1);
  if (in.peek() == '}') return attempt.fail("digit-nz", "T51");
  IMAPSPEC_TRY(const std::uint32_t size, nz_number(in));
  constexpr LiteralOctets kAtom{.in_class = is_atom_char, .expected = "ATOM-CHAR", .resolution = "T51"};
  IMAPSPEC_TRY(const std::string_view octets, literal_content(in, size, kAtom, "literal"));
  return attempt.accept(String::unchecked(octets, StringForm::Literal));
}

// DQUOTE atom DQUOTE. The first DQUOTE is there.
std::expected<String, Error> atom_quoted(Cursor& in) {
  Attempt attempt(in, "quoted");
  in.skip(1);
  const std::size_t start = in.offset();
  while (is_atom_char(in.peek())) in.skip(1);
  const std::string_view octets = in.since(start);
  if (octets.empty()) return attempt.fail("ATOM-CHAR", "T51");
  if (!in.take('"')) return attempt.fail("ATOM-CHAR or DQUOTE", "T51");
  return attempt.accept(String::unchecked(octets, StringForm::Quoted));
}

// mbox-list-extended-item-tag = astring
//                  ; The content MUST conform to either
//                  ; "eitem-vendor-tag" or "eitem-standard-tag"
//                  ; ABNF productions.
//
// Note: T51. Both are atoms, so that is what stands there, between quotes or in a literal too.
std::expected<String, Error> mbox_list_extended_item_tag(Cursor& in) {
  Attempt attempt(in, "mbox-list-extended-item-tag");
  Attempt astring(in, "astring");
  if (in.peek() == '"' || in.peek() == '{') {
    Attempt string(in, "string");
    IMAPSPEC_TRY(const String tag, in.peek() == '"' ? atom_quoted(in) : atom_literal(in));
    return attempt.accept(astring.accept(string.accept(tag)));
  }
  const std::size_t start = in.offset();
  while (is_atom_char(in.peek())) in.skip(1);
  if (in.offset() == start) return astring.fail("ATOM-CHAR or string");
  if (in.peek() == ']') return astring.fail("ATOM-CHAR or SP", "T51");
  return attempt.accept(astring.accept(String::unchecked(in.since(start), StringForm::Atom)));
}

// list-select-base-opt-quoted = DQUOTE list-select-base-opt DQUOTE
//
// Note: T18. An option that is known is a base option only if its own rule says so. The value of
// an unknown one may have quotes of its own, and cannot stand here.
std::expected<String, Error> list_select_base_opt_quoted(Cursor& in) {
  Attempt attempt(in, "list-select-base-opt-quoted");
  // Note: T51. As a tagged-ext-val there could be nothing at all, or more than quoted strings.
  const int first = in.peek();
  const bool any_value = is_astring_char(first) || first == '(' || first == '{' || first == ')';
  if (!in.take('"')) return attempt.fail("DQUOTE", any_value ? Name("T51") : Name());
  Attempt option(in, "list-select-base-opt");
  while (is_atom_char(in.peek())) in.skip(1);
  const std::string_view name = option.octets();
  if (name.empty()) return option.fail("a selection option");
  if (equal_ignoring_case(name, "REMOTE") || equal_ignoring_case(name, "RECURSIVEMATCH")) {
    return option.fail("a base option", "T18");
  }
  if (!in.take('"')) return option.fail("DQUOTE");
  return attempt.accept(option.accept(String::unchecked(name, StringForm::Quoted)));
}

// What follows the tag in
// childinfo-extended-item = "CHILDINFO" SP "("
//             list-select-base-opt-quoted
//             *(SP list-select-base-opt-quoted) ")"
std::expected<List<String>, Error> child_info(Cursor& in) {
  if (!in.take('(')) return in.fail("childinfo-extended-item", "\"(\"", "T51");
  ListBuilder<String> options(in.arena());
  do {
    IMAPSPEC_TRY(const String option, list_select_base_opt_quoted(in));
    options.push(option);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("childinfo-extended-item", "SP or \")\"");
  return options.list();
}

// What follows the tag in
// oldname-extended-item = "OLDNAME" SP "(" mailbox ")"
std::expected<Mailbox, Error> old_name(Cursor& in, const Profile& profile) {
  if (!in.take('(')) return in.fail("oldname-extended-item", "\"(\"", "T51");
  IMAPSPEC_TRY(const Mailbox name, mailbox(in, profile));
  if (!in.take(')')) return in.fail("oldname-extended-item", "\")\"");
  return name;
}

// mbox-list-extended-item = mbox-list-extended-item-tag SP
//                           tagged-ext-val
//
// Note: T51. The ABNF gives CHILDINFO and OLDNAME any value; their own rules are in no other.
std::expected<ListItem, Error> mbox_list_extended_item(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "mbox-list-extended-item");
  ListItem item;
  IMAPSPEC_TRY(item.tag, mbox_list_extended_item_tag(in));
  const bool is_child_info = equal_ignoring_case(item.tag.octets(), "CHILDINFO");
  const bool is_old_name = profile.rev2 && equal_ignoring_case(item.tag.octets(), "OLDNAME");
  Attempt known(in,
                is_child_info ? Name("childinfo-extended-item")
                : is_old_name ? Name("oldname-extended-item")
                              : Name(),
                attempt.start());
  if (!in.take(' ')) return attempt.fail("SP");
  if (is_child_info) {
    IMAPSPEC_TRY(item.child_info, child_info(in));
  } else if (is_old_name) {
    IMAPSPEC_TRY(item.old_name, old_name(in, profile));
  } else {
    IMAPSPEC_TRY(item.value, tagged_ext_val(in, profile));
  }
  return attempt.accept(known.accept(item));
}

// mbox-list-extended = "(" [mbox-list-extended-item
//                      *(SP mbox-list-extended-item)] ")"
std::expected<List<ListItem>, Error> mbox_list_extended(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "mbox-list-extended");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<ListItem> items(in.arena());
  if (in.take(')')) return attempt.accept(items.list());
  do {
    IMAPSPEC_TRY(const ListItem item, mbox_list_extended_item(in, profile));
    items.push(item);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(items.list());
}

// namespace-response-extension = SP string SP
//                   "(" string *(SP string) ")"
std::expected<NamespaceExtension, Error> namespace_response_extension(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "namespace-response-extension");
  in.skip(1);  // SP
  NamespaceExtension extension;
  IMAPSPEC_TRY(extension.name, string(in, profile));
  if (!in.take(' ')) return attempt.fail("SP");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<String> values(in.arena());
  do {
    IMAPSPEC_TRY(const String value, string(in, profile));
    values.push(value);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  extension.values = values.list();
  return attempt.accept(extension);
}

// namespace-response-extensions = *namespace-response-extension
std::expected<List<NamespaceExtension>, Error> namespace_response_extensions(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "namespace-response-extensions");
  ListBuilder<NamespaceExtension> extensions(in.arena());
  while (in.peek() == ' ') {
    IMAPSPEC_TRY(const NamespaceExtension extension, namespace_response_extension(in, profile));
    extensions.push(extension);
  }
  return attempt.accept(extensions.list());
}

// namespace-descr = "(" string SP
//                      (DQUOTE QUOTED-CHAR DQUOTE / nil)
//                       [namespace-response-extensions] ")"
//
// Note: T44. The extensions may be none, so that there are none where no SP is.
std::expected<NamespaceDescr, Error> namespace_descr(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "namespace-descr");
  NamespaceDescr descr;
  if (!in.take('(')) return attempt.fail("\"(\"");
  IMAPSPEC_TRY(descr.prefix, string(in, profile));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(descr.delimiter, delimiter(in, profile, "namespace-descr"));
  if (in.peek() == ' ') {
    IMAPSPEC_TRY(descr.extensions, namespace_response_extensions(in, profile));
  }
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(descr);
}

// namespace = nil / "(" 1*namespace-descr ")"
std::expected<List<NamespaceDescr>, Error> namespace_(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "namespace");
  if (nil(in)) return attempt.accept(List<NamespaceDescr>());
  if (!in.take('(')) return attempt.fail("\"(\" or NIL");
  ListBuilder<NamespaceDescr> list(in.arena());
  do {
    IMAPSPEC_TRY(const NamespaceDescr descr, namespace_descr(in, profile));
    list.push(descr);
  } while (in.peek() == '(');
  if (!in.take(')')) return attempt.fail("namespace-descr or \")\"");
  return attempt.accept(list.list());
}

}  // namespace

// Tags and options are atoms, also between quotes: their octets are their values.
bool operator==(const ListItem& a, const ListItem& b) {
  const auto same = [](const String& x, const String& y) { return equal_ignoring_case(x.octets(), y.octets()); };
  return same(a.tag, b.tag) &&
         std::equal(a.child_info.begin(), a.child_info.end(), b.child_info.begin(), b.child_info.end(), same) &&
         a.old_name == b.old_name && a.value == b.value;
}

// mailbox-list = "(" [mbx-list-flags] ")" SP
//                (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
//                [SP mbox-list-extended]
std::expected<MailboxList, Error> mailbox_list(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "mailbox-list");
  MailboxList result;
  if (!in.take('(')) return attempt.fail("\"(\"");
  if (!in.take(')')) {
    IMAPSPEC_TRY(result.attributes, mbx_list_flags(in, profile));
    in.skip(1);  // the ")" that ended the flags
  }
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(result.delimiter, delimiter(in, profile, "mailbox-list"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(result.mailbox, mailbox(in, profile));
  if (profile.has(Extension::ListExtended) && in.take(' ')) {
    IMAPSPEC_TRY(result.extended, mbox_list_extended(in, profile));
  }
  return attempt.accept(result);
}

// What follows the keyword in
// namespace-response = "NAMESPACE" SP namespace
//                      SP namespace SP namespace
//                 ; The first Namespace is the Personal Namespace(s).
//                 ; The second Namespace is the Other Users'
//                 ; Namespace(s).
//                 ; The third Namespace is the Shared Namespace(s).
std::expected<NamespaceResponse, Error> namespace_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  NamespaceResponse result;
  for (List<NamespaceDescr>* list : {&result.personal, &result.other_users, &result.shared}) {
    IMAPSPEC_CHECK(sp(in, "namespace-response"));
    IMAPSPEC_TRY(*list, namespace_(in, profile));
  }
  return attempt.accept(result);
}

}  // namespace imapspec::parser
