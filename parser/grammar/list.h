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
#include "parser/grammar/word.h"

namespace imapspec::parser {

// ListOption is a selection or return option; unknown ones keep their text and value.
struct ListOption {
  AtomName name;
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

// ListItem is mbox-list-extended-item. Which of the other members counts, its tag says.
struct ListItem {
  String tag;
  List<String> child_info;          // CHILDINFO: selection options, in quotes
  std::optional<Mailbox> old_name;  // OLDNAME
  std::string_view value;           // of any other tag, a tagged-ext-val as written
  friend bool operator==(const ListItem& a, const ListItem& b);
};

// MailboxList is a LIST (or, in RFC 3501, LSUB) response.
struct MailboxList {
  List<Flag> attributes;
  NString delimiter;  // one character, or nil
  Mailbox mailbox;
  List<ListItem> extended;
  friend bool operator==(const MailboxList&, const MailboxList&) = default;
};

// NamespaceExtension is namespace-response-extension.
struct NamespaceExtension {
  String name;
  List<String> values;
  friend bool operator==(const NamespaceExtension&, const NamespaceExtension&) = default;
};

struct NamespaceDescr {
  String prefix;
  NString delimiter;
  List<NamespaceExtension> extensions;
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

}  // namespace imapspec::parser
