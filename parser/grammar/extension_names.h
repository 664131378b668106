// The capabilities that put the grammar of an extension in force.
//
// RFC 9051 section 7.2.2
#pragma once

#include <array>
#include <string_view>

#include "parser/grammar/profile.h"

namespace imapspec::parser {

// ExtensionName is an extension and the capability that a server lists for it.
struct ExtensionName {
  std::string_view capability;
  Extension extension;
};

inline constexpr auto kExtensionNames = std::to_array<ExtensionName>({
    {"ESEARCH", Extension::Esearch},
    {"LIST-EXTENDED", Extension::ListExtended},
    {"LIST-STATUS", Extension::ListStatus},
    {"LITERAL-", Extension::LiteralMinus},
    {"SASL-IR", Extension::SaslIr},
    {"STATUS=SIZE", Extension::StatusSize},
    {"BINARY", Extension::Binary},
    {"SEARCHRES", Extension::Searchres},
    {"ENABLE", Extension::Enable},
    {"NAMESPACE", Extension::Namespace},
    {"MOVE", Extension::Move},
    {"UIDPLUS", Extension::Uidplus},
    {"UNSELECT", Extension::Unselect},
    {"IDLE", Extension::Idle},
    {"LITERAL+", Extension::LiteralPlus},
    {"CONDSTORE", Extension::Condstore},
    {"QRESYNC", Extension::Qresync},
    {"ID", Extension::Id},
    {"QUOTA", Extension::Quota},
    {"ACL", Extension::Acl},
    {"MULTIAPPEND", Extension::Multiappend},
    {"APPENDLIMIT", Extension::AppendLimit},
    {"UTF8=ACCEPT", Extension::Utf8Accept},
    {"UNAUTHENTICATE", Extension::Unauthenticate},
});

}  // namespace imapspec::parser
