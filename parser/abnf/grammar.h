// An ABNF grammar as data.
//
// RFC 5234, RFC 7405, and the notation of parser/spec/README.md for what ABNF cannot say
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace imapspec::abnf {

// RuleId and NodeId are indices into the Grammar that made them.
using RuleId = std::uint32_t;
using NodeId = std::uint32_t;

inline constexpr std::uint64_t kUnbounded = std::numeric_limits<std::uint64_t>::max();

// kCoreSource is the source of the core rules of RFC 5234 appendix B, which are built in.
inline constexpr std::size_t kCoreSource = std::numeric_limits<std::size_t>::max();

// Place is where something stands in a grammar file, 1-based.
struct Place {
  std::size_t source = 0;  // index of the Source, or kCoreSource
  std::size_t line = 0;
  std::size_t column = 0;
};

// Node is one element of a rule's definition. Which members count depends on `kind`.
struct Node {
  enum class Kind : std::uint8_t {
    Alternation,    // two children or more
    Concatenation,  // two children or more
    Repetition,     // children[0], `least` to `most` times; an option is 0 to 1
    Reference,      // `rule`
    Text,           // `text`; ASCII letters in either case unless `case_sensitive`
    Octet,          // one octet, `first` to `last`; %d13.10 is a Text that is case sensitive
    Exclusion,      // what children[0] matches and children[1] does not, over the same octets
    Counted,        // children[0] (one octet) as often as the number says that `rule` matched
                    // before it in the same concatenation, of which `rule` is a child itself;
                    // no concatenation has two of these as children
    Prose,          // `text`, a prose-val: matches nothing
  };
  Kind kind = Kind::Text;
  Place place;
  std::vector<NodeId> children;
  std::uint64_t least = 0;
  std::uint64_t most = kUnbounded;
  RuleId rule = 0;
  std::string text;
  bool case_sensitive = false;
  std::uint8_t first = 0;
  std::uint8_t last = 0;
};

// Resolution is one numbered departure from the RFC's text, or a reading of it.
struct Resolution {
  std::string id;        // as in "T25"
  std::string severity;  // "syntax" or "must": "lint" never changes a grammar
  std::string clause;    // as in "RFC 5182 section 2.1"
  std::string reason;
};

// NumericRange limits the decimal value of a rule's digits, leading zeros apart.
struct NumericRange {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

struct Rule {
  std::string name;  // as written where it is defined first
  NodeId definition = 0;
  Place place;                          // of the definition in force
  std::optional<NumericRange> range;    // @range
  std::vector<Resolution> resolutions;  // of every layer, in order
};

// Removal is a rule that a layer took away.
struct Removal {
  std::string name;
  Place place;
  std::vector<Resolution> resolutions;
};

// Grammar owns its nodes and rules and never changes once read. Every rule is reachable from a root, every node is part
// of a rule and stands before its children, and only rules recur: nodes form trees of bounded depth.
class Grammar {
 public:
  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
  [[nodiscard]] const Rule& rule(RuleId id) const { return rules_[id]; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }

  // removals are the rules that layers took away, in order.
  [[nodiscard]] const std::vector<Removal>& removals() const { return removals_; }

  // find looks a rule up by its name, in any case.
  [[nodiscard]] std::optional<RuleId> find(std::string_view name) const;

 private:
  friend class GrammarBuilder;
  std::vector<Rule> rules_;
  std::vector<Node> nodes_;
  std::vector<Removal> removals_;
  std::unordered_map<std::string, RuleId> by_name_;  // in lower case
};

}  // namespace imapspec::abnf
