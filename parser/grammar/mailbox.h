// Mailbox names.
//
// RFC 9051 sections 5.1, 9: mailbox
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

// Mailbox is a mailbox name, as no octets of a literal8 are. Every spelling of INBOX is INBOX; other names
// compare exactly.
class Mailbox {
 public:
  constexpr Mailbox() = default;

  // from yields nullopt for a name that no astring is.
  static constexpr std::optional<Mailbox> from(const String& name) {
    if (name.octets().find('\0') != std::string_view::npos) return std::nullopt;
    return unchecked(name);
  }

  // unchecked is for the function of a rule, which has just read the name.
  static constexpr Mailbox unchecked(const String& name) {
    Mailbox mailbox;
    mailbox.name_ = name;
    return mailbox;
  }

  [[nodiscard]] constexpr const String& name() const { return name_; }
  [[nodiscard]] bool is_inbox() const;
  // value is the name meant: "INBOX" for all its spellings.
  [[nodiscard]] std::string value() const;
  friend bool operator==(const Mailbox& a, const Mailbox& b) { return a.value() == b.value(); }

 private:
  String name_;
};

// mailbox = "INBOX" / astring
std::expected<Mailbox, Error> mailbox(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
