#include "server/auth/authenticator.h"

#include <cstddef>

namespace imapspec::server {

namespace {

// equal_in_constant_time looks at every octet of `given`, wherever the first difference is.
bool equal_in_constant_time(std::string_view expected, std::string_view given) {
  unsigned difference = expected.size() == given.size() ? 0U : 1U;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const char want = expected.empty() ? '\0' : expected[i % expected.size()];
    difference |= static_cast<unsigned>(static_cast<unsigned char>(want) ^ static_cast<unsigned char>(given[i]));
  }
  return difference == 0;
}

}  // namespace

bool PasswordAuthenticator::accepts(std::string_view user, std::string_view password) const {
  const auto at = users_.find(std::string(user));
  const bool known = at != users_.end();
  // An unknown user is compared with something too, so that the time does not tell.
  const bool equal = equal_in_constant_time(known ? std::string_view(at->second) : "no such user", password);
  if (!known) return faults_.has(Fault::UnknownUserAccepted);
  return equal || faults_.has(Fault::PasswordNotChecked);
}

std::optional<std::string> PasswordAuthenticator::password_of(std::string_view user) const {
  const auto at = users_.find(std::string(user));
  if (at == users_.end()) return std::nullopt;
  return at->second;
}

}  // namespace imapspec::server
