#include "server/auth/mechanism.h"

#include <algorithm>
#include <array>

#include "parser/core/ascii.h"

namespace imapspec::server {

namespace {

constexpr auto kMechanisms = std::to_array<Mechanism>({
    {.name = "EXTERNAL", .certificate = true},
    {.name = "SCRAM-SHA-256-PLUS", .binding = true},
    {.name = "SCRAM-SHA-256"},
    {.name = "SCRAM-SHA-1-PLUS", .binding = true},
    {.name = "SCRAM-SHA-1"},
    {.name = "CRAM-MD5", .first = FirstWord::Server},
    {.name = "PLAIN", .plaintext = true},
    // Note: LOGIN has no RFC that says whether it takes an initial response, and clients send the
    // user name as one.
    {.name = "LOGIN", .first = FirstWord::Either, .plaintext = true},
    {.name = "ANONYMOUS"},
});

}  // namespace

std::span<const Mechanism> mechanisms() { return kMechanisms; }

const Mechanism* mechanism_named(std::string_view name) {
  const auto* found = std::ranges::find_if(
      kMechanisms, [&](const Mechanism& mechanism) { return parser::equal_ignoring_case(mechanism.name, name); });
  return found == kMechanisms.end() ? nullptr : found;
}

std::vector<std::string> usual_mechanisms() { return {"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN"}; }

}  // namespace imapspec::server
