// What a refused unit looks like: the named quirks that explain why.
//
// Works on units that the strict parser refused, or whose response code it took for text. Nothing here makes
// the parser lenient: every repair is judged by it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/diagnose/quirk.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// FoundQuirk is a quirk and where its repair begins, in the octets that were diagnosed.
struct FoundQuirk {
  const Quirk* quirk = nullptr;
  std::size_t offset = 0;
};

// Diagnosis is up to three different quirks, each as often as it occurs, in the order in which they
// were met. `octets` under `profile` is the unit after all repairs.
struct Diagnosis {
  std::vector<FoundQuirk> quirks;
  std::string octets;
  Profile profile;
  std::optional<Error> error;  // what is still wrong with `octets`; nullopt where nothing is
};

// Repairs says which quirks may be tried: all, or those whose repair leaves the meaning in no doubt.
enum class Repairs : std::uint8_t { All, SameMeaning };

// refusal is the strict parser's error about a unit: why it is refused, or why what looks like the code of a
// status response is none. nullopt where it is right.
std::optional<Error> refusal(std::string_view octets, Unit unit, const Profile& profile, const Limits& limits = {});

// diagnose tries the quirks at the error, and again at the next one where a repair makes the error move on. Of
// several that fit, the one that makes the unit right is taken, or else the one that moves the error furthest.
// A quirk that explains nothing is not in the result. Units beyond our own limits are not diagnosed.
Diagnosis diagnose(std::string_view octets, Unit unit, const Profile& profile, const Limits& limits = {},
                   Repairs repairs = Repairs::All);

}  // namespace imapspec::parser
