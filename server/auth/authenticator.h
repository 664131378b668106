// Whose password is right.
//
// RFC 9051 sections 6.2.2, 6.2.3, 11.7
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/faults/faults.h"

namespace imapspec::server {

// Authenticator decides about credentials. Names and passwords are prepared strings (SASLprep).
class Authenticator {
 public:
  Authenticator() = default;
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;
  virtual ~Authenticator() = default;

  // accepts says whether `password` is the user's. It takes the same time whether the user is
  // unknown or the password wrong.
  [[nodiscard]] virtual bool accepts(std::string_view user, std::string_view password) const = 0;

  // password_of is what mechanisms compute with that are not sent the password; nullopt for an
  // unknown user, which they must not let anybody see.
  [[nodiscard]] virtual std::optional<std::string> password_of(std::string_view user) const = 0;
};

// PasswordAuthenticator knows users by name and password; the map and the faults must outlive it.
class PasswordAuthenticator : public Authenticator {
 public:
  PasswordAuthenticator(const std::map<std::string, std::string>& users, const FaultSet& faults)
      : users_(users), faults_(faults) {}
  [[nodiscard]] bool accepts(std::string_view user, std::string_view password) const override;
  [[nodiscard]] std::optional<std::string> password_of(std::string_view user) const override;

 private:
  const std::map<std::string, std::string>& users_;
  const FaultSet& faults_;
};

}  // namespace imapspec::server
