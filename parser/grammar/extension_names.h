// The capabilities that put the grammar of an extension in force.
//
// RFC 9051 sections 7.2.1, 7.2.2, Appendix E
#pragma once

#include <array>
#include <string_view>

#include "parser/core/list.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/word.h"

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

// add_capability puts in force what a server has that lists `capability`, one of those above or one
// with a value: APPENDLIMIT=35651584, QUOTA=RES-STORAGE, UTF8=ONLY. Others change nothing.
void add_capability(Profile& profile, std::string_view capability);

// add_enabled puts in force what is from the untagged response ENABLED on that names `capability`.
void add_enabled(Profile& profile, std::string_view capability);

// profile_of is the grammar of a server with these capabilities: the revisions that it lists, RFC 3501
// where it lists none, and its extensions.
Profile profile_of(List<AtomName> capabilities);

}  // namespace imapspec::parser
