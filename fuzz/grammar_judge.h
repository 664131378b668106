// The grammar's own opinion on what a server sends: the ABNF of a profile, recognised without the hand-written parser.
//
// RFC 9051 section 9
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "parser/abnf/grammar.h"
#include "parser/abnf/recogniser.h"

namespace imapspec::fuzz {

// GrammarJudge remembers the shapes that it has seen: a unit that differs from one of them only in its numbers and in
// its tag is not looked at again.
class GrammarJudge {
 public:
  // `profile` is written as in parser/spec/profiles.txt: "rev2", "rev1+rev2 ID QUOTA". `folder` is that of the sources.
  // What cannot be read ends the program.
  GrammarJudge(std::string_view profile, const std::string& folder);
  GrammarJudge(const GrammarJudge&) = delete;
  GrammarJudge& operator=(const GrammarJudge&) = delete;
  ~GrammarJudge() = default;

  // complaint is why the octets are no response (or greeting), nullopt where they are one. What is longer than
  // kLongest is passed over: the recogniser's time is more than linear.
  static constexpr std::size_t kLongest = 4'000;
  std::optional<std::string> complaint(std::string_view unit, bool greeting);

  // seen counts the units asked about; looked_at those that the recogniser was asked about.
  [[nodiscard]] std::size_t seen() const { return seen_; }
  [[nodiscard]] std::size_t looked_at() const { return looked_at_; }

 private:
  static constexpr std::size_t kMostShapes = 200'000;  // then they are forgotten

  abnf::Grammar grammar_;
  abnf::Recogniser recogniser_;
  abnf::RuleId response_;
  abnf::RuleId greeting_;
  std::unordered_set<std::string> shapes_;
  std::size_t seen_ = 0;
  std::size_t looked_at_ = 0;
};

// GrammarJudges are those of several profiles, each made when it is asked for first.
class GrammarJudges {
 public:
  explicit GrammarJudges(std::string folder) : folder_(std::move(folder)) {}

  GrammarJudge& of(const std::string& profile);

  // seen and looked_at are the sums.
  [[nodiscard]] std::size_t seen() const;
  [[nodiscard]] std::size_t looked_at() const;

 private:
  std::string folder_;
  std::map<std::string, GrammarJudge> judges_;
};

}  // namespace imapspec::fuzz
