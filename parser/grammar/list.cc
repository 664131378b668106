#include "parser/grammar/list.h"

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// option-value = "(" option-val-comp ")"
// option-val-comp = astring /
//                   option-val-comp *(SP option-val-comp) /
//                   "(" option-val-comp ")"
//
// An option-val-comp is a tagged-ext-comp by another name.
std::expected<std::string_view, Error> option_value(Cursor& in, const Profile& profile) {
  const std::size_t start = in.offset();
  if (!in.take('(')) return in.fail("option-value", "\"(\"");
  if (auto value = tagged_ext_comp(in, profile); !value) return std::unexpected(value.error());
  if (!in.take(')')) return in.fail("option-value", "SP or \")\"");
  return in.since(start);
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
std::expected<ListOption, Error> option_extension(Cursor& in, const Profile& profile, std::string_view name) {
  ListOption option;
  option.name = name;
  if (in.peek() == ' ' && in.peek(1) == '(') {
    in.skip(1);
    IMAPSPEC_TRY(option.value, option_value(in, profile));
  }
  return option;
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
// list-select-base-opt = "SUBSCRIBED" / option-extension
// list-select-independent-opt = "REMOTE" / option-extension
// list-select-mod-opt = "RECURSIVEMATCH" / option-extension
//
// Note: T18, T24. option-extension is in each class, which would let RECURSIVEMATCH stand alone
// and SUBSCRIBED take a value. A known name is what it is; an unknown one is independent.
std::expected<List<ListOption>, Error> list_select_opts(Cursor& in, const Profile& profile) {
  if (!in.take('(')) return in.fail("list-select-opts", "\"(\"");
  ListBuilder<ListOption> options(in.arena());
  if (in.take(')')) return options.list();
  bool base = false;
  bool modifier = false;
  do {
    if (!is_atom_char(in.peek())) return in.fail("list-select-opt", "a selection option");
    IMAPSPEC_TRY(const std::string_view name, atom(in));
    const bool subscribed = equal_ignoring_case(name, "SUBSCRIBED");
    const bool recursive = equal_ignoring_case(name, "RECURSIVEMATCH");
    base = base || subscribed;
    modifier = modifier || recursive;
    if (subscribed || recursive || equal_ignoring_case(name, "REMOTE")) {
      options.push({name, {}, {}});
    } else {
      IMAPSPEC_TRY(const ListOption option, option_extension(in, profile, name));
      options.push(option);
    }
  } while (in.take(' '));
  if (in.peek() == ')' && modifier && !base) return in.fail("list-select-opts", "SUBSCRIBED next to RECURSIVEMATCH");
  if (!in.take(')')) return in.fail("list-select-opts", "SP or \")\"");
  return options.list();
}

// return-option = "SUBSCRIBED" / "CHILDREN" / status-option /
//                 option-extension
// status-option = "STATUS" SP "(" status-att *(SP status-att) ")"
//
// Note: T24. As above: option-extension is not for known names.
std::expected<ListOption, Error> return_option(Cursor& in, const Profile& profile) {
  if (!is_atom_char(in.peek())) return in.fail("return-option", "a return option");
  IMAPSPEC_TRY(const std::string_view name, atom(in));
  if (equal_ignoring_case(name, "SUBSCRIBED") || equal_ignoring_case(name, "CHILDREN")) return ListOption{name, {}, {}};
  if (profile.has(Extension::ListStatus) && equal_ignoring_case(name, "STATUS")) {
    if (!in.take(' ')) return in.fail("status-option", "SP");
    IMAPSPEC_TRY(const List<StatusAtt> atts, status_atts(in, profile));
    return ListOption{name, {}, atts};
  }
  return option_extension(in, profile, name);
}

// list-return-opts = "RETURN" SP
//                    "(" [list-return-opt *(SP list-return-opt)] ")"
// list-return-opt = return-option
std::expected<List<ListOption>, Error> list_return_opts(Cursor& in, const Profile& profile) {
  if (!in.take_word("RETURN")) return in.fail_word("list-return-opts", "RETURN");
  if (!in.take(' ')) return in.fail("list-return-opts", "SP");
  if (!in.take('(')) return in.fail("list-return-opts", "\"(\"");
  ListBuilder<ListOption> options(in.arena());
  if (in.take(')')) return options.list();
  do {
    IMAPSPEC_TRY(const ListOption option, return_option(in, profile));
    options.push(option);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("list-return-opts", "SP or \")\"");
  return options.list();
}

// patterns = "(" list-mailbox ")"
//              ; [RFC5258] supports multiple patterns,
//              ; but this document only requires one
//              ; to be supported.
//
// Note: T46. Read as RFC 5258 has it, with more of them, as in the example of section 6.3.9.
std::expected<List<String>, Error> patterns(Cursor& in, const Profile& profile) {
  if (!in.take('(')) return in.fail("patterns", "\"(\"");
  ListBuilder<String> list(in.arena());
  do {
    IMAPSPEC_TRY(const String pattern, list_mailbox(in, profile));
    list.push(pattern);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("patterns", "SP or \")\"");
  return list.list();
}

}  // namespace

// Names ignore case; values are what an extension makes of them and compare as written.
bool operator==(const ListOption& a, const ListOption& b) {
  return equal_ignoring_case(a.name, b.name) && a.value == b.value && a.status == b.status;
}

// list = "LIST" [SP list-select-opts] SP
//        mailbox SP mbox-or-pat
//        [SP list-return-opts]
// mbox-or-pat = list-mailbox / patterns
//
// Note: T50. The reference is a mailbox: no wildcards in it unquoted.
std::expected<ListArguments, Error> list_arguments(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "list-arguments");
  ListArguments result;
  const bool extended = profile.has(Extension::ListExtended);
  if (!in.take(' ')) return in.fail("list", "SP");
  if (extended && in.peek() == '(') {
    IMAPSPEC_TRY(result.selection, list_select_opts(in, profile));
    if (!in.take(' ')) return in.fail("list", "SP");
  }
  IMAPSPEC_TRY(result.reference, mailbox(in, profile));
  if (!in.take(' ')) return in.fail("list", "SP");
  if (extended && in.peek() == '(') {
    result.extended_patterns = true;
    IMAPSPEC_TRY(result.patterns, patterns(in, profile));
  } else {
    ListBuilder<String> one(in.arena());
    IMAPSPEC_TRY(const String pattern, list_mailbox(in, profile));
    one.push(pattern);
    result.patterns = one.list();
  }
  if (extended && in.take(' ')) {
    IMAPSPEC_TRY(result.returns, list_return_opts(in, profile));
  }
  return attempt.accept(result);
}

}  // namespace imapspec::parser
