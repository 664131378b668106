#include "runner/run/sasl_plain.h"

#include "runner/monitor/secrets.h"

namespace imapspec::runner {

std::string plain_message(std::string_view user, std::string_view password) {
  std::string message;
  message += '\0';
  message += user;
  message += '\0';
  message += password;
  return base64(message);
}

}  // namespace imapspec::runner
