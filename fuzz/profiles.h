// The profiles that every parser is run under.
#pragma once

#include <array>
#include <string>

#include "parser/grammar/profile.h"

namespace imapspec::fuzz {

// describe puts a profile into words, as in "rev1+rev2 with extensions, from a server: ".
inline std::string describe(const parser::Profile& profile) {
  std::string words = profile.rev1 && profile.rev2 ? "rev1+rev2" : profile.rev1 ? "rev1" : "rev2";
  if (profile.extensions != 0) words += " with extensions";
  return words + (profile.from_server ? ", from a server: " : ", from a client: ");
}

// kProfiles is each revision as it stands, and what admits most: both with every extension.
inline constexpr std::array<parser::Profile, 4> kProfiles{
    {parser::kRev1,
     parser::kRev2,
     parser::kRev1AndRev2,
     {.rev1 = true, .rev2 = true, .extensions = ~decltype(parser::Profile::extensions){0}, .from_server = false}}};

}  // namespace imapspec::fuzz
