// Several patterns against the responses to one command: in a given order, or with nothing beside them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/response.h"
#include "runner/match/bindings.h"

namespace imapspec::runner {

// most_arranged is how many patterns can be arranged at once.
inline constexpr std::size_t kMostArranged = 100;

// Arrangement is whether every pattern found a response of its own.
struct Arrangement {
  enum class Result : std::uint8_t {
    Found,
    Missing,    // `index` is the first pattern that found none
    Extra,      // `index` is a response that none of them wants
    Undecided,  // it would take too long to know
    Unusable,   // a pattern is none with the names as they are; `trouble` says why
  };
  Result result = Result::Found;
  std::size_t index = 0;
  std::string trouble;
};

// Among is which responses must not be there beside those that are wanted.
enum class Among : std::uint8_t {
  Nothing,   // all may be there
  Kind,      // those of the kinds that the patterns are about: FETCH, STATUS, OK with the code UIDNEXT
  Untagged,  // all untagged data
};

// arrange gives each pattern a response, `in_order` one after the other, and binds what the holes capture where it is
// Found. Later patterns can name what earlier ones captured. `tag` is that of the command in progress.
Arrangement arrange(std::span<const std::string_view> patterns, std::span<const parser::Response* const> responses,
                    std::string_view tag, bool in_order, Among among, Bindings& bindings);

}  // namespace imapspec::runner
