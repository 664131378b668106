// The response half of list.h: what LIST and NAMESPACE answer.

#include <algorithm>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/list.h"
#include "parser/grammar/number.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// (DQUOTE QUOTED-CHAR DQUOTE / nil), a hierarchy delimiter
//
// Note: L24. One character, also an escaped one or one of UTF-8; never "".
std::expected<NString, Error> delimiter(Cursor& in, const Profile& profile, Name rule) {
  if (in.take('"')) {
    IMAPSPEC_TRY(const std::string_view character, quoted_char(in, profile.rev2));
    if (!in.take('"')) return in.fail(rule, "DQUOTE");
    return String{character, StringForm::Quoted};
  }
  if (in.take_word("NIL")) return std::nullopt;
  if (ends_inside(in.rest(), "NIL")) return in.fail_word(rule, "NIL");
  return in.fail(rule, "a quoted hierarchy delimiter or NIL");
}

constexpr bool less_ignoring_case(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return to_lower(x) < to_lower(y); });
}

// first_repeated is the octets of the first attribute that was there before, or empty. It sorts,
// because a hostile list is long.
std::string_view first_repeated(Arena& arena, List<Flag> attributes) {
  std::string_view* sorted = arena.allocate<std::string_view>(attributes.size());
  std::transform(attributes.begin(), attributes.end(), sorted, [](const Flag& flag) { return flag.name; });
  std::sort(sorted, sorted + attributes.size(), [](std::string_view a, std::string_view b) {
    if (less_ignoring_case(a, b)) return true;
    return !less_ignoring_case(b, a) && a.data() < b.data();
  });
  std::string_view first;
  for (std::size_t index = 1; index < attributes.size(); ++index) {
    const std::string_view name = sorted[index];
    if (equal_ignoring_case(sorted[index - 1], name) && (first.empty() || name.data() < first.data())) first = name;
  }
  return first;
}

// mbx-list-sflag = "\NonExistent" / "\Noselect" / "\Marked" /
//                  "\Unmarked"
//                ; Selectability flags; only one per LIST response
bool is_mbx_list_sflag(std::string_view name) {
  return equal_ignoring_case(name, "\\NonExistent") || equal_ignoring_case(name, "\\Noselect") ||
         equal_ignoring_case(name, "\\Marked") || equal_ignoring_case(name, "\\Unmarked");
}

// "(" [mbx-list-flags] ")"
//
// mbx-list-flags = *(mbx-list-oflag SP) mbx-list-sflag
//                  *(SP mbx-list-oflag) /
//                  mbx-list-oflag *(SP mbx-list-oflag)
// mbx-list-oflag = "\Noinferiors" / child-mbox-flag /
//                  "\Subscribed" / "\Remote" / flag-extension
//                ; Other flags; multiple from this list are
//                ; possible per LIST response, but each flag
//                ; can only appear once per LIST response
//
// Note: T17. flag-extension includes the sflags too, so that only the comments forbid a second.
std::expected<List<Flag>, Error> mbx_list_flags(Cursor& in) {
  if (!in.take('(')) return in.fail("mailbox-list", "\"(\"");
  ListBuilder<Flag> flags(in.arena());
  if (in.take(')')) return flags.list();
  bool selectability = false;
  do {
    const std::size_t start = in.offset();
    if (!in.take('\\')) return in.fail("mbx-list-flags", "\"\\\"");
    IMAPSPEC_TRY([[maybe_unused]] const std::string_view name, atom(in));
    const Flag flag{in.since(start)};
    if (is_mbx_list_sflag(flag.name) && !in.at_end()) {
      if (selectability) return in.fail_at(start, "mbx-list-sflag", "only one selectability attribute");
      selectability = true;
    }
    flags.push(flag);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("mbx-list-flags", "SP or \")\"");
  const List<Flag> list = flags.list();
  if (const std::string_view repeated = first_repeated(in.arena(), list); !repeated.empty()) {
    return in.fail_at(static_cast<std::size_t>(repeated.data() - in.octets().data()), "mbx-list-oflag",
                      "each attribute only once");
  }
  return list;
}

// mbox-list-extended = "(" [mbox-list-extended-item
//                      *(SP mbox-list-extended-item)] ")"
// mbox-list-extended-item = mbox-list-extended-item-tag SP
//                           tagged-ext-val
// mbox-list-extended-item-tag = astring
std::expected<List<ListItem>, Error> mbox_list_extended(Cursor& in, const Profile& profile) {
  if (!in.take('(')) return in.fail("mbox-list-extended", "\"(\"");
  ListBuilder<ListItem> items(in.arena());
  if (in.take(')')) return items.list();
  do {
    ListItem item;
    IMAPSPEC_TRY(item.tag, astring(in, profile));
    if (!in.take(' ')) return in.fail("mbox-list-extended-item", "SP");
    IMAPSPEC_TRY(item.value, tagged_ext_val(in, profile));
    items.push(item);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("mbox-list-extended", "SP or \")\"");
  return items.list();
}

// namespace-response-extensions = *namespace-response-extension
// namespace-response-extension = SP string SP
//                   "(" string *(SP string) ")"
//
// Note: T44. Checked and not kept: no extension of this kind was ever registered.
std::expected<void, Error> namespace_response_extensions(Cursor& in, const Profile& profile) {
  while (in.take(' ')) {
    if (auto name = string(in, profile); !name) return std::unexpected(name.error());
    if (!in.take(' ')) return in.fail("namespace-response-extension", "SP");
    if (!in.take('(')) return in.fail("namespace-response-extension", "\"(\"");
    do {
      if (auto value = string(in, profile); !value) return std::unexpected(value.error());
    } while (in.take(' '));
    if (!in.take(')')) return in.fail("namespace-response-extension", "SP or \")\"");
  }
  return {};
}

// namespace-descr = "(" string SP
//                      (DQUOTE QUOTED-CHAR DQUOTE / nil)
//                       [namespace-response-extensions] ")"
std::expected<NamespaceDescr, Error> namespace_descr(Cursor& in, const Profile& profile) {
  NamespaceDescr descr;
  if (!in.take('(')) return in.fail("namespace-descr", "\"(\"");
  IMAPSPEC_TRY(descr.prefix, string(in, profile));
  if (!in.take(' ')) return in.fail("namespace-descr", "SP");
  IMAPSPEC_TRY(descr.delimiter, delimiter(in, profile, "namespace-descr"));
  if (auto extensions = namespace_response_extensions(in, profile); !extensions) {
    return std::unexpected(extensions.error());
  }
  if (!in.take(')')) return in.fail("namespace-descr", "SP or \")\"");
  return descr;
}

// namespace = nil / "(" 1*namespace-descr ")"
std::expected<List<NamespaceDescr>, Error> namespace_(Cursor& in, const Profile& profile) {
  if (in.take_word("NIL")) return List<NamespaceDescr>{};
  if (ends_inside(in.rest(), "NIL")) return in.fail_word("namespace", "NIL");
  if (!in.take('(')) return in.fail("namespace", "\"(\" or NIL");
  ListBuilder<NamespaceDescr> list(in.arena());
  do {
    IMAPSPEC_TRY(const NamespaceDescr descr, namespace_descr(in, profile));
    list.push(descr);
  } while (in.peek() == '(');
  if (!in.take(')')) return in.fail("namespace", "namespace-descr or \")\"");
  return list.list();
}

}  // namespace

// mailbox-list = "(" [mbx-list-flags] ")" SP
//                (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
//                [SP mbox-list-extended]
std::expected<MailboxList, Error> mailbox_list(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "mailbox-list");
  MailboxList result;
  IMAPSPEC_TRY(result.attributes, mbx_list_flags(in));
  if (!in.take(' ')) return in.fail("mailbox-list", "SP");
  IMAPSPEC_TRY(result.delimiter, delimiter(in, profile, "mailbox-list"));
  if (!in.take(' ')) return in.fail("mailbox-list", "SP");
  IMAPSPEC_TRY(result.mailbox, mailbox(in, profile));
  if (profile.has(Extension::ListExtended) && in.take(' ')) {
    IMAPSPEC_TRY(result.extended, mbox_list_extended(in, profile));
  }
  return attempt.accept(result);
}

// namespace-response = "NAMESPACE" SP namespace
//                      SP namespace SP namespace
//                 ; The first Namespace is the Personal Namespace(s).
//                 ; The second Namespace is the Other Users'
//                 ; Namespace(s).
//                 ; The third Namespace is the Shared Namespace(s).
std::expected<NamespaceResponse, Error> namespace_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "namespace-response");
  NamespaceResponse result;
  for (List<NamespaceDescr>* list : {&result.personal, &result.other_users, &result.shared}) {
    if (!in.take(' ')) return in.fail("namespace-response", "SP");
    IMAPSPEC_TRY(*list, namespace_(in, profile));
  }
  return attempt.accept(result);
}

// tagged-ext-comp = astring /
//                   tagged-ext-comp *(SP tagged-ext-comp) /
//                   "(" tagged-ext-comp ")"
//
// Note: T19. The rule is left-recursive and derives every list in endless ways. Read as
// comp = item *(SP item), item = astring / "(" comp ")".
std::expected<void, Error> tagged_ext_comp(Cursor& in, const Profile& profile) {
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit("tagged-ext-comp", "less nesting");
  Attempt attempt(in, "tagged-ext-comp");
  do {
    if (in.take('(')) {
      if (auto inner = tagged_ext_comp(in, profile); !inner) return inner;
      if (!in.take(')')) return in.fail("tagged-ext-comp", "SP or \")\"");
    } else if (auto item = astring(in, profile); !item) {
      return std::unexpected(item.error());
    }
  } while (in.take(' '));
  return attempt.accept(std::expected<void, Error>());
}

// tagged-ext-label = tagged-label-fchar *tagged-label-char
//                    ; Is a valid RFC 3501 "atom".
std::expected<std::string_view, Error> tagged_ext_label(Cursor& in) {
  Attempt attempt(in, "tagged-ext-label");
  if (!is_tagged_label_fchar(in.peek())) return in.fail("tagged-ext-label", "tagged-label-fchar");
  do {
    in.skip(1);
  } while (is_tagged_label_char(in.peek()));
  return attempt.accept(in.since(attempt.start()));
}

bool begins_tagged_ext_val(int octet) { return is_digit(octet) || octet == '*' || octet == '$' || octet == '('; }

// tagged-ext-val = tagged-ext-simple /
//                  "(" [tagged-ext-comp] ")"
// tagged-ext-simple = sequence-set / number / number64
//
// Note: T20. The three overlap: digits alone are a number64, which every other reading of them
// is too; "," or ":" after them, "*" and "$" make a sequence-set. Atoms and strings are no values.
std::expected<std::string_view, Error> tagged_ext_val(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "tagged-ext-val");
  if (in.take('(')) {
    if (in.take(')')) return attempt.accept(in.since(attempt.start()));
    if (auto inner = tagged_ext_comp(in, profile); !inner) return std::unexpected(inner.error());
    if (!in.take(')')) return in.fail("tagged-ext-val", "SP or \")\"");
    return attempt.accept(in.since(attempt.start()));
  }
  if (is_digit(in.peek())) {
    std::size_t digits = 1;
    while (is_digit(in.peek(digits))) ++digits;
    if (in.peek(digits) != ':' && in.peek(digits) != ',') {
      IMAPSPEC_TRY([[maybe_unused]] const std::uint64_t value, number64(in));
      return attempt.accept(in.since(attempt.start()));
    }
  } else if (in.peek() != '*' && in.peek() != '$') {
    return in.fail("tagged-ext-val", "a number, a sequence-set or \"(\"");
  }
  IMAPSPEC_TRY([[maybe_unused]] const SequenceSet set, sequence_set(in));
  return attempt.accept(in.since(attempt.start()));
}

}  // namespace imapspec::parser
