// Tables of what an extension adds to the grammar: units that are right with its capability and
// wrong without it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {

// Sentence is a unit without its CRLF that an extension adds.
struct Sentence {
  std::string_view unit;
  std::string value;         // as dump() shows it
  std::string written = {};  // without CRLF, where serialize() chooses another spelling
};

// NotSentence is a unit without its CRLF that no capability makes right, refused at `offset`.
struct NotSentence {
  std::string_view unit;
  std::size_t offset = 0;
  std::string_view resolution = {};
};

// Extended is profiles with extensions in force and the same profiles without them.
struct Extended {
  UnitKind kind = UnitKind::Command;
  std::vector<Extension> extensions;
  std::vector<Profile> bases = {kRev1, kRev2, kRev1AndRev2};
};

// check_reading holds a unit against its value and spelling under one profile, and against the laws.
void check_reading(UnitKind kind, const Profile& profile, const Sentence& sentence);

// check_refused holds units that are wrong under one profile against it, and against the laws.
void check_refused(UnitKind kind, const Profile& profile, const std::vector<NotSentence>& others);

// check_sentences holds each unit against every base profile with and without the extensions, and
// against the laws of units. A sentence is refused without them, or the base grammar had it.
void check_sentences(const Extended& extended, const std::vector<Sentence>& sentences,
                     const std::vector<NotSentence>& others);

}  // namespace imapspec::parser::test
