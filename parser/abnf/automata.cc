#include "parser/abnf/automata.h"

#include <algorithm>
#include <utility>

#include "parser/abnf/writer.h"

namespace imapspec::abnf {
namespace {

// A rule that is referred to more than once is inlined up to this size, in edges.
constexpr std::size_t kSmall = 128;
// One that is referred to once, up to this.
constexpr std::size_t kLarge = 512;

// The sizes of rules with what is inlined in them.
class Sizes {
 public:
  Sizes(const Grammar& grammar, const RuleOrder& order, const OctetSets& sets)
      : grammar_(grammar), sets_(sets), size_(grammar.rules().size()), inlined_(grammar.rules().size()) {
    std::vector<std::size_t> uses(grammar.rules().size());
    for (const Node& node : grammar.nodes()) {
      if (node.kind == Node::Kind::Reference) ++uses[node.rule];
    }
    for (const RuleId rule : order.rules) {
      size_[rule] = size(grammar.rule(rule).definition);
      inlined_[rule] =
          !order.recursive[rule] && !grammar.rule(rule).range && size_[rule] <= (uses[rule] == 1 ? kLarge : kSmall);
    }
  }

  std::vector<bool> take_inlined() { return std::move(inlined_); }

 private:
  [[nodiscard]] std::size_t size(NodeId id) const {
    const Node& node = grammar_.node(id);
    if (sets_.of_node(id)) return 1;
    if (node.kind == Node::Kind::Text) return node.text.size() + 1;
    if (node.kind == Node::Kind::Reference) return inlined_[node.rule] ? size_[node.rule] + 1 : 1;
    // What becomes a nonterminal of its own is built once wherever it is used.
    std::size_t sum = 1;
    for (const NodeId child : node.children) sum += size(child);
    if (node.kind == Node::Kind::Repetition) sum *= std::max<std::size_t>(copies(node), 1);
    return std::min(sum, 2 * kLarge);
  }

  static std::size_t copies(const Node& node) { return node.most == kUnbounded ? node.least : node.most; }

  const Grammar& grammar_;
  const OctetSets& sets_;
  std::vector<std::size_t> size_;
  std::vector<bool> inlined_;
};

class Builder {
 public:
  Builder(const GrammarFacts& facts, Inlining inlining) : facts_(facts), grammar_(facts.grammar), inlining_(inlining) {}

  Automata build(Start start) {
    if (start.kind == Start::Kind::Rule) {
      nonterminal_of_rule(start.id);
    } else {
      add_nonterminal({start.id});
    }
    // Each may add more.
    for (NonterminalId id = 0; id < pending_.size(); ++id) build_nonterminal(id);
    return std::move(out_);
  }

 private:
  using Edge = Automata::Edge;

  // What to build a nonterminal of.
  struct Pending {
    NodeId node = 0;
    bool counts = false;  // a concatenation with a Counted in it
  };

  std::uint32_t new_state() {
    out_.states.emplace_back();
    return static_cast<std::uint32_t>(out_.states.size() - 1);
  }

  void connect(std::uint32_t from, std::uint32_t to) { out_.states[from].push_back({.target = to}); }

  // A path of one new edge; yields its end.
  std::uint32_t step(std::uint32_t from, Edge edge) {
    edge.target = new_state();
    out_.states[from].push_back(edge);
    return edge.target;
  }

  NonterminalId add_nonterminal(Pending what) {
    Automata::Nonterminal nonterminal;
    nonterminal.initial = new_state();
    out_.nonterminals.push_back(nonterminal);
    pending_.push_back(what);
    return static_cast<NonterminalId>(pending_.size() - 1);
  }

  NonterminalId nonterminal_of_rule(RuleId rule) {
    const auto [found, added] = by_rule_.emplace(rule, static_cast<NonterminalId>(pending_.size()));
    if (added) {
      const NonterminalId id = add_nonterminal({grammar_.rule(rule).definition});
      out_.nonterminals[id].rule = rule;
      out_.nonterminals[id].range = grammar_.rule(rule).range;
    }
    return found->second;
  }

  // Of an Exclusion, or of a concatenation that counts: where its rule is inlined, it is still one.
  NonterminalId nonterminal_of_node(NodeId node) {
    const auto [found, added] = by_node_.emplace(node, static_cast<NonterminalId>(pending_.size()));
    if (!added) return found->second;
    const bool excludes = grammar_.node(node).kind == Node::Kind::Exclusion;
    const NonterminalId id = add_nonterminal({excludes ? grammar_.node(node).children[0] : node, !excludes});
    out_.nonterminals[id].node = node;
    if (excludes) {
      const NonterminalId right = add_nonterminal({grammar_.node(node).children[1]});
      out_.nonterminals[id].excluded = right;
    }
    return id;
  }

  void build_nonterminal(NonterminalId id) {
    const Pending what = pending_[id];
    // A range is about the digits of one automaton: the checks of the reader saw to it that they fit into one.
    flat_ = out_.nonterminals[id].range.has_value();
    const std::uint32_t initial = out_.nonterminals[id].initial;
    const std::uint32_t final = what.counts ? counting(what.node, initial) : path(what.node, initial);
    out_.nonterminals[id].final = final;
  }

  std::uint32_t label(std::string text) {
    const auto [found, added] = labels_.emplace(std::move(text), static_cast<std::uint32_t>(out_.labels.size()));
    if (added) out_.labels.push_back(found->first);
    return found->second;
  }

  std::uint32_t label_of(NodeId id) { return label(write_node(grammar_, id)); }

  std::uint32_t set(const OctetSet& octets) {
    const auto [found, added] = sets_.emplace(octets, static_cast<std::uint32_t>(out_.sets.size()));
    if (added) out_.sets.push_back(octets);
    return found->second;
  }

  Edge octets(const OctetSet& which, std::uint32_t name) {
    return {.kind = Edge::Kind::Octets, .what = set(which), .label = name};
  }

  // path adds what a node matches, from a state on, and yields the state after it.
  std::uint32_t path(NodeId id, std::uint32_t from) {
    if (const auto which = facts_.sets.of_node(id)) return step(from, octets(*which, label_of(id)));
    const Node& node = grammar_.node(id);
    switch (node.kind) {
      case Node::Kind::Text:
        return text(node, label_of(id), from);
      case Node::Kind::Reference:
        return reference(node.rule, from);
      case Node::Kind::Alternation:
        return alternation(node, from);
      case Node::Kind::Repetition:
        return repetition(node, from);
      case Node::Kind::Concatenation:
        if (std::ranges::any_of(node.children, [&](NodeId child) { return is_counted(child); })) {
          return step(from, {.kind = Edge::Kind::Nonterminal, .what = nonterminal_of_node(id)});
        }
        for (const NodeId child : node.children) from = path(child, from);
        return from;
      case Node::Kind::Exclusion:
        return step(from, {.kind = Edge::Kind::Nonterminal, .what = nonterminal_of_node(id)});
      case Node::Kind::Prose:
      case Node::Kind::Octet:    // a set
      case Node::Kind::Counted:  // only in concatenations, see counting
        break;
    }
    return new_state();  // that nothing leads to
  }

  [[nodiscard]] bool is_counted(NodeId id) const { return grammar_.node(id).kind == Node::Kind::Counted; }

  std::uint32_t text(const Node& node, std::uint32_t name, std::uint32_t from) {
    for (const char letter : node.text) {
      from = step(from, octets(octets_of(letter, node.case_sensitive), name));
    }
    return from;
  }

  std::uint32_t reference(RuleId rule, std::uint32_t from) {
    if (flat_ || (inlining_ == Inlining::Yes && facts_.inlined[rule])) {
      return path(grammar_.rule(rule).definition, from);
    }
    return step(from, {.kind = Edge::Kind::Nonterminal, .what = nonterminal_of_rule(rule)});
  }

  std::uint32_t alternation(const Node& node, std::uint32_t from) {
    const std::uint32_t end = new_state();
    for (const NodeId child : node.children) connect(path(child, from), end);
    return end;
  }

  std::uint32_t repetition(const Node& node, std::uint32_t from) {
    const NodeId child = node.children.front();
    const bool loops = node.most == kUnbounded;
    for (std::uint64_t copy = loops ? 1 : 0; copy < node.least; ++copy) from = path(child, from);
    const std::uint32_t end = new_state();
    if (!loops) {
      for (std::uint64_t copy = node.least; copy < node.most; ++copy) {
        connect(from, end);
        from = path(child, from);
      }
      connect(from, end);
      return end;
    }
    const std::uint32_t begin = new_state();
    connect(from, begin);
    const std::uint32_t once = path(child, begin);
    connect(once, begin);
    connect(once, end);
    if (node.least == 0) connect(begin, end);
    return end;
  }

  // A concatenation with a Counted in it.
  std::uint32_t counting(NodeId id, std::uint32_t from) {
    const std::vector<NodeId>& children = grammar_.node(id).children;
    const auto counted = std::ranges::find_if(children, [&](NodeId child) { return is_counted(child); });
    const Node& node = grammar_.node(*counted);
    // The nearest one before it.
    auto count = counted;
    do {
      --count;
    } while (grammar_.node(*count).kind != Node::Kind::Reference || grammar_.node(*count).rule != node.rule);
    for (auto child = children.begin(); child != children.end(); ++child) {
      if (child == count) {
        from = step(from, {.kind = Edge::Kind::Nonterminal, .captures = true, .what = nonterminal_of_rule(node.rule)});
      } else if (child == counted) {
        const NodeId octet = node.children.front();
        from = step(from, {.kind = Edge::Kind::Counted,
                           .what = set(facts_.sets.of_node(octet).value_or(OctetSet())),
                           .label = label_of(octet)});
      } else {
        from = path(*child, from);
      }
    }
    return from;
  }

  const GrammarFacts& facts_;
  const Grammar& grammar_;
  Inlining inlining_;
  bool flat_ = false;
  Automata out_;
  std::vector<Pending> pending_;  // by nonterminal
  std::unordered_map<RuleId, NonterminalId> by_rule_;
  std::unordered_map<NodeId, NonterminalId> by_node_;
  std::unordered_map<std::string, std::uint32_t> labels_;
  std::unordered_map<OctetSet, std::uint32_t> sets_;
};

}  // namespace

GrammarFacts::GrammarFacts(const Grammar& described)
    : grammar(described),
      order(rule_order(described)),
      sets(described, order),
      inlined(Sizes(described, order, sets).take_inlined()) {}

Automata build_automata(const GrammarFacts& facts, Start start, Inlining inlining) {
  return Builder(facts, inlining).build(start);
}

}  // namespace imapspec::abnf
