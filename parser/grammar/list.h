// LIST: its options, its patterns and its response; NAMESPACE.
//
// RFC 9051 sections 6.3.9, 6.3.10, 7.3.1, 9: list, mailbox-list, namespace-response
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/status.h"

namespace imapspec::parser {

// ListOption is a selection or return option; unknown ones keep their text and value.
struct ListOption {
  std::string_view name;
  std::string_view value;  // "(...)" as written, empty without one
  List<StatusAtt> status;  // of the return option STATUS
  friend bool operator==(const ListOption& a, const ListOption& b);
};

struct ListArguments {
  std::optional<List<ListOption>> selection;
  Mailbox reference;
  List<String> patterns;
  bool extended_patterns = false;  // written as a parenthesized list
  std::optional<List<ListOption>> returns;
  friend bool operator==(const ListArguments&, const ListArguments&) = default;
};

// ListItem is mbox-list-extended-item; its value is kept as written.
struct ListItem {
  String tag;
  std::string_view value;
  friend bool operator==(const ListItem&, const ListItem&) = default;
};

// MailboxList is a LIST (or, in RFC 3501, LSUB) response.
struct MailboxList {
  List<Flag> attributes;
  NString delimiter;  // one character, or nil
  Mailbox mailbox;
  List<ListItem> extended;
  friend bool operator==(const MailboxList&, const MailboxList&) = default;
};

struct NamespaceDescr {
  String prefix;
  NString delimiter;
  friend bool operator==(const NamespaceDescr&, const NamespaceDescr&) = default;
};

// NamespaceResponse's lists are empty where the wire has NIL.
struct NamespaceResponse {
  List<NamespaceDescr> personal, other_users, shared;
  friend bool operator==(const NamespaceResponse&, const NamespaceResponse&) = default;
};

// list, from the octet after "LIST"
std::expected<ListArguments, Error> list_arguments(Cursor& in, const Profile& profile);

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [...]
std::expected<MailboxList, Error> mailbox_list(Cursor& in, const Profile& profile);

// namespace-response, from the octet after "NAMESPACE"
std::expected<NamespaceResponse, Error> namespace_response(Cursor& in, const Profile& profile);

// tagged-ext-comp (or option-val-comp), what stands between the parentheses of an extension's value
std::expected<void, Error> tagged_ext_comp(Cursor& in, const Profile& profile);

// tagged-ext-label = tagged-label-fchar *tagged-label-char
std::expected<std::string_view, Error> tagged_ext_label(Cursor& in);

// begins_tagged_ext_val says whether a tagged-ext-val can begin with `octet`.
bool begins_tagged_ext_val(int octet);

// tagged-ext-val, kept as written
std::expected<std::string_view, Error> tagged_ext_val(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
