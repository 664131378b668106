#include "parser/grammar/list.h"

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"
#include "parser/grammar/tagged_ext.h"

namespace imapspec::parser {

namespace {

// option-value = "(" option-val-comp ")"
// option-val-comp = astring /
//                   option-val-comp *(SP option-val-comp) /
//                   "(" option-val-comp ")"
//
// An option-val-comp is a tagged-ext-comp by another name.
std::expected<std::string_view, Error> option_value(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "option-value");
  if (!in.take('(')) return attempt.fail("\"(\"");
  IMAPSPEC_CHECK(tagged_ext_comp(in, profile, "option-val-comp"));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(attempt.octets());
}

// option-extension = (option-standard-tag / option-vendor-tag)
//                    [SP option-value]
// option-standard-tag = atom
// option-vendor-tag = vendor-token "-" atom
// vendor-token = "vendor." name-component
// name-component = 1*UTF8-CHAR
//
// Note: L25. A name-component as written holds CR, LF and quotes. A vendor tag is read as one
// atom, of which a standard tag is one too. The name has been read; its value follows.
std::expected<ListOption, Error> option_extension(Cursor& in, const Profile& profile, AtomName name,
                                                  std::size_t start) {
  Attempt attempt(in, "option-extension", start);
  ListOption option;
  option.name = name;
  if (in.peek() == ' ' && in.peek(1) == '(') {
    in.skip(1);
    IMAPSPEC_TRY(option.value, option_value(in, profile));
  }
  return attempt.accept(option);
}

// The name of an option, which may be one of its own or an option-standard-tag, and so no node of
// a Trace: a piece of `rule`.
std::expected<AtomName, Error> option_name(Cursor& in, Name rule, Name expected) {
  const std::size_t start = in.offset();
  while (is_atom_char(in.peek())) in.skip(1);
  if (in.offset() == start) return in.fail(rule, expected);
  return AtomName::unchecked(in.since(start));
}

// Refuses a value of an option that takes none, a piece of `rule`. As an option-extension it could have one.
std::expected<void, Error> no_value(Cursor& in, Name rule) {
  if (in.peek() != ' ' || in.peek(1) != '(') return {};
  return in.fail_at(in.offset() + 1, rule, "another option: this one takes no value", "T24");
}

enum class SelectClass { Base, Independent, Modifier, Unknown };

SelectClass select_class(std::string_view name) {
  if (equal_ignoring_case(name, "SUBSCRIBED")) return SelectClass::Base;
  if (equal_ignoring_case(name, "REMOTE")) return SelectClass::Independent;
  if (equal_ignoring_case(name, "RECURSIVEMATCH")) return SelectClass::Modifier;
  return SelectClass::Unknown;
}

Name rule_of(SelectClass select_class) {
  switch (select_class) {
    case SelectClass::Base:
      return "list-select-base-opt";
    case SelectClass::Modifier:
      return "list-select-mod-opt";
    case SelectClass::Independent:
    case SelectClass::Unknown:
      break;
  }
  return "list-select-independent-opt";
}

// list-select-opt = list-select-base-opt / list-select-independent-opt
//                   / list-select-mod-opt
// list-select-base-opt = "SUBSCRIBED" / option-extension
// list-select-independent-opt = "REMOTE" / option-extension
// list-select-mod-opt = "RECURSIVEMATCH" / option-extension
//
// Note: T18, T24. option-extension is in each class, which would let SUBSCRIBED take a value. A
// known name is what it is; an unknown one is independent.
std::expected<ListOption, Error> list_select_opt(Cursor& in, const Profile& profile, SelectClass& own) {
  Attempt attempt(in, "list-select-opt");
  IMAPSPEC_TRY(const AtomName name, option_name(in, "list-select-opt", "a selection option"));
  own = select_class(name);
  Attempt classed(in, rule_of(own), attempt.start());
  if (own != SelectClass::Unknown) {
    IMAPSPEC_CHECK(no_value(in, rule_of(own)));
    return attempt.accept(classed.accept(ListOption{name, {}, {}}));
  }
  IMAPSPEC_TRY(const ListOption option, option_extension(in, profile, name, attempt.start()));
  return attempt.accept(classed.accept(option));
}

// list-select-opts = "(" [
//                    (*(list-select-opt SP) list-select-base-opt
//                    *(SP list-select-opt))
//                   / (list-select-independent-opt
//                    *(SP list-select-independent-opt))
//                      ] ")"
//             ; Any number of options may be in any order.
//             ; If a list-select-mod-opt appears, then a
//             ; list-select-base-opt must also appear.
//
// Note: T18. The ABNF lets RECURSIVEMATCH stand alone, as an option-extension.
std::expected<List<ListOption>, Error> list_select_opts(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "list-select-opts");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<ListOption> options(in.arena());
  if (in.take(')')) return attempt.accept(options.list());
  bool base = false;
  bool modifier = false;
  SelectClass last = SelectClass::Unknown;
  do {
    IMAPSPEC_TRY(const ListOption option, list_select_opt(in, profile, last));
    base = base || last == SelectClass::Base;
    modifier = modifier || last == SelectClass::Modifier;
    options.push(option);
  } while (in.take(' '));
  if (in.peek() == ')' && modifier && !base) return attempt.fail("SP and SUBSCRIBED, next to RECURSIVEMATCH", "T18");
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(options.list());
}

// Whether what is here is an option-value at least up to an error's octet, and that octet too.
bool is_value_beyond(const Cursor& in, const Profile& profile, const Error& error) {
  Cursor probe(in.octets(), in.arena(), Limits());
  probe.skip(in.offset());
  return option_value(probe, profile).has_value() || probe.furthest().offset > error.offset;
}

// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
//
// Note: T24. As an option-extension, STATUS could stand alone or take any value.
std::expected<ListOption, Error> status_option(Cursor& in, const Profile& profile, AtomName name, std::size_t start) {
  Attempt attempt(in, "status-option", start);
  if (!in.take(' ')) return attempt.fail("SP", in.peek() == ')' ? Name("T24") : Name());
  if (in.peek() != '(') return attempt.fail("\"(\"", is_atom_char(in.peek()) ? Name("T24") : Name());
  if (const auto atts = status_atts(in, profile, "status-option")) {
    return attempt.accept(ListOption{name, {}, *atts});
  } else {
    const Error& error = atts.error();
    return attempt.fail_at(error.offset, error.expected, is_value_beyond(in, profile, error) ? Name("T24") : Name());
  }
}

// return-option = "SUBSCRIBED" / "CHILDREN" / status-option /
//                 option-extension
//
// Note: T24. As above: option-extension is not for known names.
std::expected<ListOption, Error> return_option(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "return-option");
  IMAPSPEC_TRY(const AtomName name, option_name(in, "return-option", "a return option"));
  if (equal_ignoring_case(name, "SUBSCRIBED") || equal_ignoring_case(name, "CHILDREN")) {
    IMAPSPEC_CHECK(no_value(in, "return-option"));
    return attempt.accept(ListOption{name, {}, {}});
  }
  const bool status = profile.has(Extension::ListStatus) && equal_ignoring_case(name, "STATUS");
  IMAPSPEC_TRY(const ListOption option, status ? status_option(in, profile, name, attempt.start())
                                               : option_extension(in, profile, name, attempt.start()));
  return attempt.accept(option);
}

// list-return-opt = return-option
std::expected<ListOption, Error> list_return_opt(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "list-return-opt");
  IMAPSPEC_TRY(const ListOption option, return_option(in, profile));
  return attempt.accept(option);
}

// list-return-opts = "RETURN" SP
//                    "(" [list-return-opt *(SP list-return-opt)] ")"
std::expected<List<ListOption>, Error> list_return_opts(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "list-return-opts");
  if (!in.take_word("RETURN", "list-return-opts")) return attempt.fail("RETURN");
  if (!in.take(' ')) return attempt.fail("SP");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<ListOption> options(in.arena());
  if (in.take(')')) return attempt.accept(options.list());
  do {
    IMAPSPEC_TRY(const ListOption option, list_return_opt(in, profile));
    options.push(option);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(options.list());
}

// patterns = "(" list-mailbox ")"
//              ; [RFC5258] supports multiple patterns,
//              ; but this document only requires one
//              ; to be supported.
//
// Note: T46. Read as RFC 5258 has it, with more of them, as in the example of section 6.3.9.
std::expected<List<String>, Error> patterns(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "patterns");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<String> list(in.arena());
  do {
    IMAPSPEC_TRY(const String pattern, list_mailbox(in, profile));
    list.push(pattern);
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(list.list());
}

// mbox-or-pat = list-mailbox / patterns
//
// RFC 3501, where nothing is `extended`, has list-mailbox in its place.
std::expected<List<String>, Error> mbox_or_pat(Cursor& in, const Profile& profile, bool extended) {
  Attempt attempt(in, extended ? Name("mbox-or-pat") : Name());
  if (extended && in.peek() == '(') {
    IMAPSPEC_TRY(const List<String> list, patterns(in, profile));
    return attempt.accept(list);
  }
  ListBuilder<String> one(in.arena());
  IMAPSPEC_TRY(const String pattern, list_mailbox(in, profile));
  one.push(pattern);
  return attempt.accept(one.list());
}

}  // namespace

// Names ignore case; values are what an extension makes of them and compare as written.
bool operator==(const ListOption& a, const ListOption& b) {
  return equal_ignoring_case(a.name, b.name) && a.value == b.value && a.status == b.status;
}

// What follows the keyword in
// list = "LIST" [SP list-select-opts] SP
//        mailbox SP mbox-or-pat
//        [SP list-return-opts]
//
// Note: T50. The reference is a mailbox: no wildcards in it unquoted.
// RFC 3501 has neither options nor patterns.
std::expected<ListArguments, Error> list_arguments(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  ListArguments result;
  const bool extended = profile.has(Extension::ListExtended);
  IMAPSPEC_CHECK(sp(in, "list"));
  if (extended && in.peek() == '(') {
    IMAPSPEC_TRY(result.selection, list_select_opts(in, profile));
    IMAPSPEC_CHECK(sp(in, "list"));
  }
  IMAPSPEC_TRY(result.reference, mailbox(in, profile));
  IMAPSPEC_CHECK(sp(in, "list"));
  result.extended_patterns = extended && in.peek() == '(';
  IMAPSPEC_TRY(result.patterns, mbox_or_pat(in, profile, extended));
  if (extended && in.take(' ')) {
    IMAPSPEC_TRY(result.returns, list_return_opts(in, profile));
  }
  return attempt.accept(result);
}

}  // namespace imapspec::parser
