#include "server/session/offer.h"

#include <algorithm>

#include "parser/core/ascii.h"

namespace imapspec::server {

namespace {

constexpr std::size_t kNone = kOfferedNames.size();

std::size_t index_of(std::string_view name) {
  const auto* const found = std::ranges::find_if(
      kOfferedNames, [name](const OfferedName& offered) { return parser::equal_ignoring_case(offered.name, name); });
  return static_cast<std::size_t>(found - kOfferedNames.begin());
}

}  // namespace

Offer::Offer() {
  for (std::size_t i = 0; i < kOfferedNames.size(); ++i) on_[i] = kOfferedNames[i].by_default;
}

bool Offer::set(std::string_view name, bool on) {
  const std::size_t at = index_of(name);
  if (at == kNone) return false;
  on_[at] = on;
  const std::string_view known = kOfferedNames[at].name;
  if (on && known == "LITERAL+") on_[index_of("LITERAL-")] = false;
  if (on && known == "LITERAL-") on_[index_of("LITERAL+")] = false;
  if (on && known == "QRESYNC") on_[index_of("CONDSTORE")] = true;
  if (!on && known == "CONDSTORE") on_[index_of("QRESYNC")] = false;
  if (on && known == "QUOTASET") on_[index_of("QUOTA")] = true;
  if (!on && known == "QUOTA") on_[index_of("QUOTASET")] = false;
  return true;
}

bool Offer::has(std::string_view name) const {
  const std::size_t at = index_of(name);
  return at != kNone && on_[at];
}

bool Offer::has(parser::Extension extension) const {
  for (std::size_t i = 0; i < kOfferedNames.size(); ++i) {
    if (kOfferedNames[i].extension == extension) return on_[i];
  }
  return false;
}

parser::Profile Offer::profile(bool rev2_enabled) const {
  parser::Profile profile{.rev1 = rev1, .rev2 = rev2 && (rev2_enabled || !rev1), .extensions = 0, .from_server = false};
  for (std::size_t i = 0; i < kOfferedNames.size(); ++i) {
    if (!on_[i] || !kOfferedNames[i].extension) continue;
    const parser::Extension extension = *kOfferedNames[i].extension;
    // IMAP4rev2 contains the others, and of BINARY less than the extension has.
    if (rev1 || extension >= parser::Extension::LiteralPlus) profile.add(extension);
  }
  return profile;
}

}  // namespace imapspec::server
