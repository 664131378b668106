// What a server offers: revisions of the protocol, and capabilities beside them.
//
// RFC 9051 sections 6.1.1, 6.3.1, Appendix A
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

#include "parser/grammar/profile.h"

namespace imapspec::server {

// OfferedName is a capability that can be switched on and off.
struct OfferedName {
  std::string_view name;  // as CAPABILITY lists it; behind APPENDLIMIT comes its value, behind QUOTA the resources
  std::optional<parser::Extension> extension;  // whose grammar it puts in force, if it has any
  bool by_default;
};

inline constexpr auto kOfferedNames = std::to_array<OfferedName>({
    {"SASL-IR", parser::Extension::SaslIr, true},
    {"LITERAL-", parser::Extension::LiteralMinus, true},
    {"LITERAL+", parser::Extension::LiteralPlus, false},
    {"ENABLE", parser::Extension::Enable, true},
    {"ID", parser::Extension::Id, true},
    {"NAMESPACE", parser::Extension::Namespace, true},
    {"IDLE", parser::Extension::Idle, true},
    {"UNSELECT", parser::Extension::Unselect, true},
    {"UIDPLUS", parser::Extension::Uidplus, true},
    {"MOVE", parser::Extension::Move, true},
    {"CHILDREN", std::nullopt, true},
    {"SPECIAL-USE", std::nullopt, true},
    {"LIST-EXTENDED", parser::Extension::ListExtended, true},
    {"LIST-STATUS", parser::Extension::ListStatus, true},
    {"STATUS=SIZE", parser::Extension::StatusSize, true},
    {"ESEARCH", parser::Extension::Esearch, true},
    {"SEARCHRES", parser::Extension::Searchres, true},
    {"BINARY", parser::Extension::Binary, true},
    {"MULTIAPPEND", parser::Extension::Multiappend, true},
    {"APPENDLIMIT", parser::Extension::AppendLimit, true},
    {"QUOTA", parser::Extension::Quota, true},
    {"QUOTASET", std::nullopt, false},  // SETQUOTA is allowed to users
    {"CONDSTORE", parser::Extension::Condstore, true},
    {"QRESYNC", parser::Extension::Qresync, true},
    {"UNAUTHENTICATE", parser::Extension::Unauthenticate, false},
});

// Offer is at first IMAP4rev2 alone, with the capabilities that are on by default.
class Offer {
 public:
  Offer();

  bool rev1 = false;
  bool rev2 = true;

  // set switches a capability of kOfferedNames (in any case) on or off, and with it what cannot be beside or without
  // it: LITERAL+ and LITERAL- exclude each other (RFC 7888 section 5), QRESYNC has CONDSTORE (RFC 7162
  // section 3.2.3), and QUOTASET is nothing without QUOTA. False where there is no such name.
  bool set(std::string_view name, bool on);

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool has(parser::Extension extension) const;

  // profile is the grammar of a connection: where both revisions are offered, IMAP4rev2 is in force from
  // `rev2_enabled` on, and what IMAP4rev1 had can still be said.
  [[nodiscard]] parser::Profile profile(bool rev2_enabled) const;

 private:
  std::bitset<kOfferedNames.size()> on_;
};

}  // namespace imapspec::server
