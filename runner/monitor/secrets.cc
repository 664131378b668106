#include "runner/monitor/secrets.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

// Shorter ones come by chance.
constexpr std::size_t kShortest = 6;

// What servers say of logging in, whatever a password is.
constexpr auto kOrdinary = std::to_array<std::string_view>(
    {"password", "secret", "username", "account", "invalid", "credentials", "authentication", "incorrect"});

}  // namespace

Unspeakable::Unspeakable(std::vector<std::string> secrets, std::vector<Canary> canaries,
                         const std::vector<std::string>& users)
    : secrets_(std::move(secrets)), canaries_(std::move(canaries)) {
  std::erase_if(secrets_, [&](const std::string& secret) {
    const bool ordinary = std::ranges::any_of(
        kOrdinary, [&](std::string_view word) { return parser::equal_ignoring_case(word, secret); });
    return ordinary || secret.size() < kShortest ||
           std::ranges::any_of(users, [&](const std::string& user) { return user.contains(secret); });
  });
  std::erase_if(canaries_, [](const Canary& canary) { return canary.octets.size() < kShortest; });
}

void Unspeakable::check(std::string_view octets, Session& session) const {
  if (std::ranges::any_of(secrets_, [&](const std::string& one) { return octets.contains(one); })) {
    session.reports.add(CheckId::SecretEchoed, "a response contains a password",
                        "a response contains a password or its base64");
  }
  if (session.login == Login::Yes && !session.knows_user()) return;
  if (std::ranges::any_of(
          canaries_, [&](const Canary& one) { return session.user != one.owner && octets.contains(one.octets); })) {
    session.reports.add(CheckId::CanaryShown, "a response contains another user's data",
                        "a response contains what only another user's mail has");
  }
}

}  // namespace imapspec::runner
