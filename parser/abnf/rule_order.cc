#include "parser/abnf/rule_order.h"

#include <algorithm>
#include <limits>

namespace imapspec::abnf {
namespace {

void collect(const Grammar& grammar, NodeId id, std::vector<RuleId>& rules) {
  const Node& node = grammar.node(id);
  if (node.kind == Node::Kind::Reference || node.kind == Node::Kind::Counted) rules.push_back(node.rule);
  for (const NodeId child : node.children) collect(grammar, child, rules);
}

// Tarjan's strongly connected components, with a stack of its own: chains of rules may be long.
class Components {
 public:
  explicit Components(const Grammar& grammar) : grammar_(grammar), state_(grammar.rules().size()) {
    order_.component.resize(state_.size());
    order_.recursive.resize(state_.size());
    for (RuleId rule = 0; rule < state_.size(); ++rule) {
      if (state_[rule].index == kNew) visit_from(rule);
    }
  }

  RuleOrder take() { return std::move(order_); }

 private:
  static constexpr std::uint32_t kNew = std::numeric_limits<std::uint32_t>::max();
  struct State {
    std::uint32_t index = kNew;
    std::uint32_t low = 0;
    bool open = false;
  };
  struct Frame {
    RuleId rule;
    std::vector<RuleId> references;
    std::size_t next = 0;
  };

  void enter(RuleId rule) {
    state_[rule] = {next_index_, next_index_, true};
    ++next_index_;
    open_.push_back(rule);
    frames_.push_back({rule, references(grammar_, grammar_.rule(rule).definition)});
  }

  void visit_from(RuleId root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      State& state = state_[frame.rule];
      if (frame.next < frame.references.size()) {
        const RuleId other = frame.references[frame.next++];
        if (other == frame.rule) order_.recursive[other] = true;
        if (state_[other].index == kNew) {
          enter(other);
        } else if (state_[other].open) {
          state.low = std::min(state.low, state_[other].index);
        }
        continue;
      }
      if (state.low == state.index) close(frame.rule);
      const std::uint32_t low = state.low;
      frames_.pop_back();
      if (!frames_.empty()) {
        State& caller = state_[frames_.back().rule];
        caller.low = std::min(caller.low, low);
      }
    }
  }

  // All that is open from `first` on is one component.
  void close(RuleId first) {
    const bool many = open_.back() != first;
    for (bool last = false; !last; open_.pop_back()) {
      const RuleId rule = open_.back();
      last = rule == first;
      state_[rule].open = false;
      order_.component[rule] = next_component_;
      if (many) order_.recursive[rule] = true;
      order_.rules.push_back(rule);
    }
    ++next_component_;
  }

  const Grammar& grammar_;
  std::vector<State> state_;
  std::vector<RuleId> open_;
  std::vector<Frame> frames_;
  RuleOrder order_;
  std::uint32_t next_index_ = 0;
  std::uint32_t next_component_ = 0;
};

}  // namespace

std::vector<RuleId> references(const Grammar& grammar, NodeId node) {
  std::vector<RuleId> rules;
  collect(grammar, node, rules);
  return rules;
}

RuleOrder rule_order(const Grammar& grammar) { return Components(grammar).take(); }

}  // namespace imapspec::abnf
