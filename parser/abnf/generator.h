// Sentences of a grammar, chosen so that every choice of the grammar is made soon.
//
// RFC 5234
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parser/abnf/coverage.h"
#include "parser/abnf/derivation_table.h"
#include "parser/abnf/random.h"

namespace imapspec::abnf {

// Span is where a rule (a Reference) or a Text stands in a sentence.
struct Span {
  std::size_t offset = 0;
  std::size_t size = 0;
  NodeId node = kNoNode;
};

// Sentence is octets with the spans that they were derived by, except single octets of a class.
struct Sentence {
  std::string octets;
  std::vector<Span> spans;
};

// Generator derives sentences from the root of a table, the same for the same seed. Each sentence aims
// at a point that was not chosen yet while there is one. The table must outlive it.
class Generator {
 public:
  Generator(const DerivationTable& table, Matches matches, std::uint64_t seed);

  // sentence is one of the language; nullopt where no derivation was found, which a grammar that has
  // sentences makes unlikely.
  std::optional<Sentence> sentence();

  // near_miss breaks one @range or one "-" on the way; mostly it is not of the language. nullopt where
  // the grammar has neither.
  std::optional<Sentence> near_miss();

  // has_aims says whether there may be a choice that was never made, and misses_aims whether near_miss may make it.
  [[nodiscard]] bool has_aims() const { return has_aims(inside_) || misses_aims(); }
  [[nodiscard]] bool misses_aims() const { return has_aims(outside_); }

  [[nodiscard]] const Coverage& coverage() const { return coverage_; }

 private:
  // Aims walks over points, at first over those that were never chosen.
  struct Aims {
    std::vector<PointId> points;
    std::vector<std::uint8_t> failures;
    std::size_t next = 0;
  };
  struct Mark {
    std::size_t octets;
    std::size_t spans;
    std::size_t journal;
  };
  [[nodiscard]] static bool has_aims(const Aims& aims) { return aims.next < aims.points.size(); }
  std::optional<Sentence> aimed(Aims& aims);
  [[nodiscard]] std::optional<std::size_t> next_aim(Aims& aims);
  bool attempt(std::optional<PointId> aim);

  // Each derives `node` on the way to `waypoint`, which stands in it or is kNoNode.
  void derive(NodeId node, NodeId waypoint);
  void derive_concatenation(NodeId node, NodeId waypoint);
  void derive_repetition(NodeId node, NodeId waypoint);
  void derive_reference(NodeId node, NodeId waypoint);
  void derive_definition(RuleId rule, NodeId waypoint);
  void derive_difference(NodeId node, NodeId waypoint);
  void derive_counted(NodeId node, NodeId waypoint);
  void derive_text(NodeId node);
  void derive_octet_range(NodeId node);
  void derive_count(NodeId node);
  void derive_aimed_count(NodeId node, NodeId waypoint);
  [[nodiscard]] std::size_t count_for(NodeId counted, NodeId waypoint);
  bool derive_number(RuleId rule, NodeId waypoint);
  // derive_octet chooses, in a character class, what makes this octet.
  void derive_octet(NodeId node, NodeId waypoint, std::uint8_t octet);
  std::uint8_t octet_for(NodeId node, NodeId waypoint);

  std::uint32_t choose(NodeId node, NodeId waypoint);
  std::uint32_t least_covered(NodeId node, const std::vector<std::uint32_t>& choices);
  [[nodiscard]] bool affordable(NodeId node, std::uint32_t choice) const;
  [[nodiscard]] std::uint64_t repetitions(NodeId node, std::uint32_t choice);
  [[nodiscard]] bool aims_at(NodeId node) const { return aim_node_ == node; }
  void take(NodeId node, std::uint32_t choice);
  [[nodiscard]] Mark mark() const;
  void go_back(const Mark& mark);
  [[nodiscard]] std::size_t room() const;
  [[nodiscard]] bool exhausted() const;

  const DerivationTable* table_;
  const Grammar* grammar_;
  Matches matches_;
  Random random_;
  Coverage coverage_;
  Aims inside_;
  Aims outside_;

  // The sentence being derived.
  Sentence sentence_;
  std::vector<PointId> journal_;  // the points it has chosen
  NodeId aim_node_ = kNoNode;
  std::uint32_t aim_choice_ = 0;
  bool failed_ = false;
  std::size_t count_ = 0;     // of the octets that a Counted node derives next
  std::size_t budget_ = 0;    // octets
  std::size_t reserved_ = 0;  // octets that what is still to be derived needs at least
  std::size_t depth_ = 0;     // rules that are open
  std::size_t steps_ = 0;     // rules that were opened
  std::vector<std::uint32_t> choices_;
};

}  // namespace imapspec::abnf
