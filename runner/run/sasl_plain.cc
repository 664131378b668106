#include "runner/run/sasl_plain.h"

#include <openssl/evp.h>

namespace imapspec::runner {

std::string plain_message(std::string_view user, std::string_view password) {
  std::string message;
  message += '\0';
  message += user;
  message += '\0';
  message += password;
  std::string encoded((message.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                      reinterpret_cast<const unsigned char*>(message.data()), static_cast<int>(message.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

}  // namespace imapspec::runner
