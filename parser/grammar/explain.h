// What a unit is made of, and why one was refused: the slow path, for people.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/core/trace.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/rule_reference.h"

namespace imapspec::parser {

// ReadAs is which of the entry points of parse.h reads a unit.
enum class ReadAs : std::uint8_t { ClientCommand, AuthenticateData, IdleDone, ServerResponse, ServerGreeting };

// Explanation is all there is to say about an error.
struct Explanation {
  Error error;
  std::vector<Name> path;                          // the rules that were open, the outermost first
  const RuleReference* reference = nullptr;        // of the innermost rule that is described anywhere
  const parser::Resolution* resolution = nullptr;  // why, where the ABNF would have gone on
};

// explanation_of tells of an error what was seen when it came up.
Explanation explanation_of(const Error& error, const Trace& trace);

// explain reads a unit once more, with a Trace: its syntax tree, or why it has none. It allocates.
std::expected<Trace, Explanation> explain(std::string_view octets, const Profile& profile, ReadAs read_as,
                                          const Limits& limits = {});

// explain_error is explain for who has no use for the tree: nullopt for a unit that is right.
std::optional<Explanation> explain_error(std::string_view octets, const Profile& profile, ReadAs read_as,
                                         const Limits& limits = {});

// describe makes one line of an explanation: the path, what describe() says of the error, and where to read on.
std::string describe(const Explanation& explanation, std::string_view octets);

}  // namespace imapspec::parser
