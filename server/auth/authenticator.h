// Who a client is: passwords, and the SASL mechanism PLAIN.
//
// RFC 9051 sections 6.2.2, 6.2.3; RFC 4616
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace imapspec::server {

// Authenticator decides whether credentials are right.
class Authenticator {
 public:
  Authenticator() = default;
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;
  virtual ~Authenticator() = default;

  // accepts says whether `password` is the user's. It takes the same time whether the user is
  // unknown or the password wrong.
  [[nodiscard]] virtual bool accepts(std::string_view user, std::string_view password) const = 0;
};

// PasswordAuthenticator knows users by name and password; the map must outlive it.
class PasswordAuthenticator : public Authenticator {
 public:
  explicit PasswordAuthenticator(const std::map<std::string, std::string>& users) : users_(users) {}
  [[nodiscard]] bool accepts(std::string_view user, std::string_view password) const override;

 private:
  const std::map<std::string, std::string>& users_;
};

// PlainMessage is message = [authzid] UTF8NUL authcid UTF8NUL passwd (RFC 4616 section 2).
struct PlainMessage {
  std::string authorization_id;
  std::string authentication_id;
  std::string password;
};

// parse_plain yields nullopt where `message` is no PLAIN message.
std::optional<PlainMessage> parse_plain(std::string_view message);

// decode_base64 is strict: the alphabet of RFC 4648 section 4, whole groups, padding only at
// the end (section 6.2.2). nullopt for all else.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace imapspec::server
