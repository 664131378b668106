#include "runner/monitor/secrets.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

// Shorter ones come by chance.
constexpr std::size_t kShortest = 6;

// As short is what base64 leaves of the shortest.
constexpr std::size_t kShortestForm = 7;

// What servers say of logging in, whatever a password is.
constexpr auto kOrdinary = std::to_array<std::string_view>(
    {"password", "secret", "username", "account", "invalid", "credentials", "authentication", "incorrect"});

}  // namespace

std::string base64(std::string_view octets) {
  std::string encoded((octets.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                      reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

std::vector<std::string> base64_forms(std::string_view secret) {
  constexpr std::size_t kOctet = 8;
  constexpr std::size_t kDigit = 6;
  std::vector<std::string> forms;
  for (std::size_t before = 0; before < 3; ++before) {
    const std::string all = base64(std::string(before, 'x') + std::string(secret));
    const std::size_t begin = (before * kOctet + kDigit - 1) / kDigit;
    const std::size_t end = (before + secret.size()) * kOctet / kDigit;
    if (end > begin) forms.push_back(all.substr(begin, end - begin));
  }
  return forms;
}

Unspeakable::Unspeakable(std::vector<std::string> secrets, std::vector<Canary> canaries,
                         const std::vector<std::string>& users)
    : secrets_(std::move(secrets)), canaries_(std::move(canaries)) {
  std::erase_if(secrets_, [&](const std::string& secret) {
    const std::string upper = parser::to_upper(secret);
    const bool ordinary =
        std::ranges::any_of(kOrdinary, [&](std::string_view word) { return parser::to_upper(word).contains(upper); });
    return ordinary || secret.size() < kShortest ||
           std::ranges::any_of(users, [&](const std::string& user) { return user.contains(secret); });
  });
  for (std::size_t i = 0, plain = secrets_.size(); i < plain; ++i) {
    for (std::string& form : base64_forms(secrets_[i])) {
      if (form.size() >= kShortestForm) secrets_.push_back(std::move(form));
    }
  }
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
