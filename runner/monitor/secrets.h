// Octets that no response may contain.
//
// RFC 9051 section 11
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/monitor/session.h"

namespace imapspec::runner {

// Canary is octets that only one user's mail has.
struct Canary {
  std::string owner;
  std::string octets;
};

// Unspeakable is passwords, and what only another user's mail has.
class Unspeakable {
 public:
  Unspeakable() = default;
  // `users` are names: a password that is part of one may come anywhere.
  Unspeakable(std::vector<std::string> secrets, std::vector<Canary> canaries, const std::vector<std::string>& users);

  // check looks for them in the octets of one response. Who logged in under a name that is not known may be the owner.
  void check(std::string_view octets, Session& session) const;

 private:
  std::vector<std::string> secrets_;
  std::vector<Canary> canaries_;
};

}  // namespace imapspec::runner
