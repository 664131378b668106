// What the derivations of a grammar can choose, and what each choice costs.
//
// RFC 5234
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/abnf/octet_set.h"

namespace imapspec::abnf {

// PointId numbers the points of a table: one for each choice of each node that the root reaches.
using PointId = std::uint32_t;

inline constexpr NodeId kNoNode = std::numeric_limits<NodeId>::max();

// Matches says whether a node matches all of the octets; a Recogniser stands behind it.
using Matches = std::function<bool(NodeId, std::string_view)>;

// LengthClass is the choice of a Counted node: how many octets there are.
enum class LengthClass : std::uint8_t { None, One, Two, Some, Many };
inline constexpr std::uint32_t kLengthClasses = 5;
inline constexpr std::size_t kManyOctets = 60;  // on average

// kMostCounted is the greatest count whose octets are derived.
inline constexpr std::uint64_t kMostCounted = 5'000;

// TextCase is the choice of a Text node; one with a single letter has no Mixed.
enum class TextCase : std::uint8_t { Upper, Lower, Mixed };

// DerivationTable is made once for a grammar and a root and never changes. The Grammar must outlive it.
//
// What a choice is depends on the node: an alternative; how often something is repeated (least, one
// more, most, in between); the case of a text; the first or last octet of a range, or one inside; the
// class of a count. A rule with @range has boundary numbers besides.
class DerivationTable {
 public:
  struct Facts {
    std::uint64_t cost = kUnbounded;  // steps of the shortest derivation; kUnbounded without one
    std::uint64_t size = kUnbounded;  // octets of that derivation
    RuleId rule = 0;                  // the rule in whose definition the node stands
    std::uint32_t order = 0;          // place among all nodes, parents before children
    std::uint32_t order_end = 0;      // the place after its last descendant
    PointId first_point = 0;
    std::uint32_t choices = 0;  // of the node itself
    std::uint32_t numbers = 0;  // boundary numbers of a rule's definition; their points follow
    std::uint32_t octets = 0;   // 1-based index of its OctetSet, 0 where it is no character class
    std::uint32_t detour = 0;   // added to the length of a way through the node
    bool reached = false;       // by the root, on paper
    bool live = false;          // by a derivation of the root
    NodeId counted = kNoNode;   // the Counted child of a concatenation
    NodeId count = kNoNode;     // the child that says how many
    bool is_count = false;      // the node is that child
  };

  // BoundaryNumber is a spelling of a number at or next to an end of a rule's @range.
  struct BoundaryNumber {
    std::string digits;
    bool in_range = true;
  };

  // CountSpelling is how a rule that counts octets can write numbers.
  struct CountSpelling {
    bool none = false;  // 0 is one of them
    bool leading_zeros = false;
  };

  // The root is a rule's definition or any other node.
  DerivationTable(const Grammar& grammar, NodeId root, const Matches& matches);

  [[nodiscard]] const Grammar& grammar() const { return *grammar_; }
  [[nodiscard]] NodeId root() const { return root_; }
  [[nodiscard]] const Facts& facts(NodeId node) const { return facts_[node]; }

  [[nodiscard]] std::size_t points() const { return point_nodes_.size(); }
  [[nodiscard]] NodeId node_of(PointId point) const { return point_nodes_[point]; }
  // choice_of yields a choice of the node; from Facts::choices on it is one of its boundary numbers.
  [[nodiscard]] std::uint32_t choice_of(PointId point) const { return point - facts_[point_nodes_[point]].first_point; }
  // inside_points are those that sentences can have, outside_points those that only what breaks a
  // @range or a "-" can have. A point that is in neither cannot be derived.
  [[nodiscard]] const std::vector<PointId>& inside_points() const { return inside_points_; }
  [[nodiscard]] const std::vector<PointId>& outside_points() const { return outside_points_; }

  // contains says whether `inner` is `outer` or stands in it, in the same definition.
  [[nodiscard]] bool contains(NodeId outer, NodeId inner) const {
    return facts_[outer].order <= facts_[inner].order && facts_[inner].order < facts_[outer].order_end;
  }
  // waypoint yields the goal if it stands in the definition of `rule`, else the reference there that
  // leads to it.
  [[nodiscard]] NodeId waypoint(RuleId rule, NodeId goal) const;
  // first_waypoint is the same for the root.
  [[nodiscard]] NodeId first_waypoint(NodeId goal) const;

  // octets is the set of a node that matches exactly one octet, nullptr for other nodes.
  [[nodiscard]] const OctetSet* octets(NodeId node) const {
    const std::uint32_t index = facts_[node].octets;
    return index == 0 ? nullptr : &octet_sets_[index - 1];
  }
  // class_ends are the first and last octets of each run of a character class, ascending.
  [[nodiscard]] std::vector<std::uint8_t> class_ends(NodeId node) const;
  // octet_choice is the choice that the octet is of a character class; an octet inside a run of a
  // difference is none.
  [[nodiscard]] std::optional<std::uint32_t> octet_choice(NodeId node, std::uint8_t octet) const;

  [[nodiscard]] const std::vector<BoundaryNumber>& boundary_numbers(RuleId rule) const { return numbers_[rule]; }
  [[nodiscard]] const CountSpelling& count_spelling(RuleId rule) const { return counts_[rule]; }

 private:
  using PointState = std::uint8_t;  // a set of kInside and kOutside

  struct Hop {
    std::uint32_t distance = std::numeric_limits<std::uint32_t>::max();
    NodeId reference = kNoNode;
  };

  void place_nodes(NodeId node, RuleId rule);
  void find_counted(NodeId concatenation);
  void find_octets();
  void find_costs();
  [[nodiscard]] Facts costs_of(NodeId node) const;
  void find_reached();
  void find_numbers(const Matches& matches);
  void find_counts(const Matches& matches);
  [[nodiscard]] bool only_counts(RuleId rule) const;
  void number_points();
  [[nodiscard]] std::uint32_t choices_of(NodeId node) const;
  [[nodiscard]] bool derives(NodeId node, std::uint32_t choice) const;
  void find_live();
  void mark_choices(NodeId node, PointState state);
  void mark_class(NodeId node, const OctetSet& allowed, PointState state);
  void mark(NodeId node, std::uint32_t choice, PointState state);
  void find_detours();
  void find_hops();
  [[nodiscard]] Hop& hop(RuleId from, RuleId to) { return hops_[from * grammar_->rules().size() + to]; }
  [[nodiscard]] const Hop& hop(RuleId from, RuleId to) const { return hops_[from * grammar_->rules().size() + to]; }

  const Grammar* grammar_;
  NodeId root_;
  std::vector<Facts> facts_;   // by NodeId
  std::vector<NodeId> nodes_;  // by Facts::order
  std::vector<OctetSet> octet_sets_;
  std::vector<std::vector<BoundaryNumber>> numbers_;  // by RuleId
  std::vector<CountSpelling> counts_;                 // by RuleId
  std::vector<NodeId> point_nodes_;
  std::vector<PointState> point_states_;
  std::vector<PointId> inside_points_;
  std::vector<PointId> outside_points_;
  std::vector<Hop> hops_;  // rules x rules
};

}  // namespace imapspec::abnf
