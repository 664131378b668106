// The profiles that every parser is run under.
#pragma once

#include <array>

#include "parser/grammar/profile.h"

namespace imapspec::fuzz {

// kProfiles is each revision as it stands, and what admits most: both with every extension.
inline constexpr std::array<parser::Profile, 4> kProfiles{
    {parser::kRev1,
     parser::kRev2,
     parser::kRev1AndRev2,
     {.rev1 = true, .rev2 = true, .extensions = ~decltype(parser::Profile::extensions){0}, .from_server = false}}};

}  // namespace imapspec::fuzz
