// Octets that no response may contain.
//
// RFC 9051 section 11
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/monitor/session.h"

namespace imapspec::runner {

// base64 is octets in base64 (RFC 4648 section 4).
std::string base64(std::string_view octets);

// base64_forms is what the base64 of any octets shows that have `secret` in them: a form for each of the three places
// where a group of three can begin, without the digits that depend on what stands around.
std::vector<std::string> base64_forms(std::string_view secret);

// Canary is octets that only one user's mail has.
struct Canary {
  std::string owner;
  std::string octets;
};

// Unspeakable is passwords, and what only another user's mail has.
class Unspeakable {
 public:
  Unspeakable() = default;
  // `secrets` are looked for in base64 too. `users` are names: a password that is part of one may come anywhere.
  Unspeakable(std::vector<std::string> secrets, std::vector<Canary> canaries, const std::vector<std::string>& users);

  // check looks for them in the octets of one response. Who logged in under a name that is not known may be the owner.
  void check(std::string_view octets, Session& session) const;

 private:
  std::vector<std::string> secrets_;
  std::vector<Canary> canaries_;
};

}  // namespace imapspec::runner
