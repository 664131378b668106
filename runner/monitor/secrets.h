// Octets that no response may contain.
//
// RFC 9051 section 11
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/monitor/violation.h"

namespace imapspec::runner {

// Unspeakable is passwords, and what only another user's mail has.
class Unspeakable {
 public:
  Unspeakable() = default;
  // `users` are names: a password that is part of one may come anywhere.
  Unspeakable(std::vector<std::string> secrets, std::vector<std::string> canaries,
              const std::vector<std::string>& users);

  // check looks for them in the octets of one response.
  void check(std::string_view octets, Reports& reports) const;

 private:
  std::vector<std::string> secrets_;
  std::vector<std::string> canaries_;
};

}  // namespace imapspec::runner
