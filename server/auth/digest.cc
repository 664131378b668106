#include "server/auth/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstddef>

namespace imapspec::server {

namespace {

using Octets = std::array<unsigned char, EVP_MAX_MD_SIZE>;

const EVP_MD* algorithm(Hash hash) {
  switch (hash) {
    case Hash::Md5:
      return EVP_md5();
    case Hash::Sha1:
      return EVP_sha1();
    case Hash::Sha256:
      return EVP_sha256();
  }
  return nullptr;
}

std::string text_of(const Octets& octets, std::size_t size) {
  return {reinterpret_cast<const char*>(octets.data()), size};
}

const unsigned char* octets_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string digest(Hash hash, std::string_view text) {
  Octets out{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), out.data(), &size, algorithm(hash), nullptr);
  return text_of(out, size);
}

std::string hmac(Hash hash, std::string_view key, std::string_view text) {
  Octets out{};
  unsigned size = 0;
  HMAC(algorithm(hash), key.data(), static_cast<int>(key.size()), octets_of(text), text.size(), out.data(), &size);
  return text_of(out, size);
}

std::string salted_password(Hash hash, std::string_view password, std::string_view salt, unsigned iterations) {
  Octets out{};
  const int size = EVP_MD_get_size(algorithm(hash));
  PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), octets_of(salt), static_cast<int>(salt.size()),
                    static_cast<int>(iterations), algorithm(hash), size, out.data());
  return text_of(out, static_cast<std::size_t>(size));
}

}  // namespace imapspec::server
