#include "parser/abnf/derivations.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <utility>

#include "parser/abnf/derivation_counter.h"
#include "parser/abnf/forest.h"

namespace imapspec::abnf {
namespace {

// Finds derivations one after the other. A derivation is made of tasks; where there are several things to do for one,
// it comes back to the others later. Tasks lie in lists that share their ends, so that a list can be kept.
class Explainer {
 public:
  Explainer(const GrammarFacts& facts, Forest& forest) : facts_(facts), forest_(forest) {}

  std::vector<Derivation> explain(RuleId start, std::uint32_t octets, std::size_t most) {
    std::vector<Derivation> found;
    if (most == 0) return found;
    add_part({start, 0, octets}, kNone);
    while (true) {
      while (todo_ != kNone) do_task(std::exchange(todo_, tasks_[todo_].rest), 0);
      found.push_back({derivation_});
      if (found.size() == most || choices_.empty()) return found;
      const Choice choice = choices_.back();
      choices_.pop_back();
      todo_ = tasks_[choice.task].rest;
      derivation_.resize(choice.parts);
      parents_.resize(choice.parts);
      do_task(choice.task, choice.next);
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  static constexpr std::uint32_t kWhole = 0xFFFFFFFEU;

  // A node to derive, or the rest of it from a state of its way on.
  struct Task {
    Occurrence node;
    std::uint32_t state = kWhole;
    std::uint32_t parent = kNone;  // the part around it
    std::uint32_t rest = kNone;    // the task after it
  };
  struct Choice {
    std::uint32_t task = 0;
    std::size_t next = 0;
    std::size_t parts = 0;
  };
  struct SortedWay {
    Way way;
    std::vector<std::vector<std::uint32_t>> outgoing;  // steps, by state
  };

  void add_task(const Occurrence& node, std::uint32_t state, std::uint32_t parent) {
    tasks_.push_back({node, state, parent, todo_});
    todo_ = static_cast<std::uint32_t>(tasks_.size() - 1);
  }

  // Takes the choice of a number among so many, and sees to the next one.
  void choose(std::uint32_t task, std::size_t number, std::size_t among) {
    if (number + 1 < among) choices_.push_back({task, number + 1, derivation_.size()});
  }

  void do_task(std::uint32_t id, std::size_t number) {
    const Task task = tasks_[id];
    if (task.state != kWhole) return go_on(id, task, number);
    if (facts_.sets.of_node(task.node.id)) return;
    const Node& node = facts_.grammar.node(task.node.id);
    switch (node.kind) {
      case Node::Kind::Reference:
        return add_part({node.rule, task.node.begin, task.node.end}, task.parent);
      case Node::Kind::Alternation: {
        std::vector<NodeId> matching;
        std::ranges::copy_if(node.children, std::back_inserter(matching),
                             [&](NodeId child) { return forest_.matches(child, task.node.begin, task.node.end); });
        choose(id, number, matching.size());
        return add_task({matching[number], task.node.begin, task.node.end}, kWhole, task.parent);
      }
      case Node::Kind::Exclusion:
        return add_task({node.children.front(), task.node.begin, task.node.end}, kWhole, task.parent);
      case Node::Kind::Concatenation:
      case Node::Kind::Repetition:
        return add_task(task.node, 0, task.parent);
      case Node::Kind::Text:
      case Node::Kind::Octet:
      case Node::Kind::Counted:
      case Node::Kind::Prose:
        return;
    }
  }

  // From a state of a way: to its end, or one step on.
  void go_on(std::uint32_t id, const Task& task, std::size_t number) {
    const SortedWay& sorted = way(task.node);
    const std::vector<std::uint32_t>& outgoing = sorted.outgoing[task.state];
    const std::size_t ends = sorted.way.ends[task.state] ? 1 : 0;
    choose(id, number, ends + outgoing.size());
    if (number < ends) return;
    const Way::Step& step = sorted.way.steps[outgoing[number - ends]];
    add_task(task.node, step.to, task.parent);
    add_task(step.child, kWhole, task.parent);
  }

  const SortedWay& way(const Occurrence& node) {
    const auto found = ways_.find(node);
    if (found != ways_.end()) return found->second;
    SortedWay sorted;
    sorted.way = forest_.way(node);
    sorted.outgoing.resize(sorted.way.states.size());
    for (std::uint32_t step = 0; step < sorted.way.steps.size(); ++step) {
      sorted.outgoing[sorted.way.steps[step].from].push_back(step);
    }
    return ways_.emplace(node, std::move(sorted)).first->second;
  }

  void add_part(const Occurrence& rule, std::uint32_t parent) {
    const std::size_t depth = parent == kNone ? 0 : derivation_[parent].depth + 1;
    derivation_.push_back({rule.id, rule.begin, rule.end, depth, is_cyclic(rule, parent)});
    parents_.push_back(parent);
    if (derivation_.back().cyclic) return;
    const auto part = static_cast<std::uint32_t>(derivation_.size() - 1);
    add_task({facts_.grammar.rule(rule.id).definition, rule.begin, rule.end}, kWhole, part);
  }

  // Parts over the same octets are one right around the other.
  [[nodiscard]] bool is_cyclic(const Occurrence& rule, std::uint32_t parent) const {
    for (; parent != kNone; parent = parents_[parent]) {
      const Derivation::Part& part = derivation_[parent];
      if (part.begin != rule.begin || part.end != rule.end) return false;
      if (part.rule == rule.id) return true;
    }
    return false;
  }

  const GrammarFacts& facts_;
  Forest& forest_;
  std::map<Occurrence, SortedWay> ways_;
  std::vector<Task> tasks_;
  std::uint32_t todo_ = kNone;
  std::vector<Choice> choices_;
  std::vector<Derivation::Part> derivation_;
  std::vector<std::uint32_t> parents_;  // by part
};

}  // namespace

struct Derivations::Forests {
  explicit Forests(const Grammar& grammar) : facts(grammar) {}

  // The forest of a sentence, or nothing.
  Forest* grow(RuleId start, std::string_view octets) {
    if (octets.size() > kMostOctets) return nullptr;
    std::unique_ptr<Forest>& forest = forests[start];
    if (forest == nullptr) forest = std::make_unique<Forest>(facts, start);
    return forest->grow(octets) ? forest.get() : nullptr;
  }

  GrammarFacts facts;
  std::unordered_map<RuleId, std::unique_ptr<Forest>> forests;
};

Derivations::Derivations(const Grammar& grammar) : forests_(std::make_unique<Forests>(grammar)) {}
Derivations::~Derivations() = default;
Derivations::Derivations(Derivations&&) noexcept = default;
Derivations& Derivations::operator=(Derivations&&) noexcept = default;

DerivationCount Derivations::count(RuleId start, std::string_view octets) {
  Forest* const forest = forests_->grow(start, octets);
  if (forest == nullptr) return {};
  return DerivationCounter(forests_->facts, *forest).count(start, octets.size());
}

std::vector<Derivation> Derivations::explain(RuleId start, std::string_view octets, std::size_t most) {
  Forest* const forest = forests_->grow(start, octets);
  if (forest == nullptr) return {};
  return Explainer(forests_->facts, *forest).explain(start, static_cast<std::uint32_t>(octets.size()), most);
}

std::string outline(const Grammar& grammar, const Derivation& derivation, std::string_view octets) {
  std::string text;
  for (const Derivation::Part& part : derivation.parts) {
    fmt::format_to(std::back_inserter(text), "{:{}}{} \"", "", 2 * part.depth, grammar.rule(part.rule).name);
    for (const char octet : octets.substr(part.begin, part.end - part.begin)) {
      const bool printable = octet >= ' ' && octet <= '~' && octet != '\\' && octet != '"';
      if (printable) text += octet;
      if (!printable) fmt::format_to(std::back_inserter(text), "\\x{:02X}", static_cast<unsigned char>(octet));
    }
    text += part.cyclic ? "\" again\n" : "\"\n";
  }
  return text;
}

}  // namespace imapspec::abnf
