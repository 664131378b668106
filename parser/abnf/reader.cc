#include "parser/abnf/reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "parser/abnf/checks.h"
#include "parser/abnf/core_rules.h"
#include "parser/abnf/syntax.h"

namespace imapspec::abnf {
namespace {

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& octet : lower) {
    if (octet >= 'A' && octet <= 'Z') octet = static_cast<char>(octet | 0x20);
  }
  return lower;
}

}  // namespace

// GrammarBuilder applies statements one by one, and makes a Grammar of what is there in the end.
class GrammarBuilder {
 public:
  explicit GrammarBuilder(std::span<const Source> layers) : layers_(layers) {
    for (std::size_t index = 0; index < layers.size(); ++index) read_syntax(layers[index], index, draft_, errors_);
    read_core_rules();
  }

  std::expected<Grammar, std::vector<ReadError>> build(std::span<const std::string_view> roots) {
    // A rule with a syntax error is missing: what else is wrong cannot be told.
    if (errors_.empty()) {
      for (Statement& statement : draft_.statements) apply(statement);
    }
    if (errors_.empty()) resolve(roots);
    if (errors_.empty()) move_to_grammar();
    if (errors_.empty()) {
      for (const Problem& problem : check(grammar_)) fail_at(problem.place, problem.message);
    }
    if (errors_.empty()) return std::move(grammar_);
    if (errors_.size() > kMaxErrors) errors_.resize(kMaxErrors);
    return std::unexpected(std::move(errors_));
  }

 private:
  struct DraftRule {
    Rule rule;  // the definition is a node of the draft
    bool removed = false;
    bool reached = false;
    std::size_t number = 0;  // in the grammar
  };

  void fail_at(const Place& place, std::string message) {
    const std::string& name = place.source < layers_.size() ? layers_[place.source].name : "";
    errors_.push_back({name, place.line, place.column, std::move(message)});
  }

  void read_core_rules() {
    const Source source{"the core rules", std::string(kCoreRules)};
    Draft core;
    core.nodes = std::move(draft_.nodes);
    read_syntax(source, kCoreSource, core, errors_);
    draft_.nodes = std::move(core.nodes);
    for (Statement& statement : core.statements) core_.emplace(lower_case(statement.name), std::move(statement));
  }

  // The rule of a name that a layer defined.
  DraftRule* find_in_layers(std::string_view name) {
    const auto found = by_name_.find(lower_case(name));
    return found == by_name_.end() || rules_[found->second].removed ? nullptr : &rules_[found->second];
  }

  // The same, but that a core rule begins to exist here.
  DraftRule* find(std::string_view name) {
    if (DraftRule* const found = find_in_layers(name)) return found;
    const auto core = core_.find(lower_case(name));
    if (core == core_.end()) return nullptr;
    return &define(core->second);
  }

  DraftRule& define(const Statement& statement) {
    const auto [entry, added] = by_name_.emplace(lower_case(statement.name), rules_.size());
    if (added) rules_.emplace_back();
    DraftRule& draft = rules_[entry->second];
    draft.removed = false;
    draft.rule = {statement.name, statement.definition, statement.place, statement.range, statement.resolutions};
    return draft;
  }

  void apply(const Statement& statement) {
    if (statement.kind == Statement::Kind::Define) {
      if (const DraftRule* const found = find_in_layers(statement.name)) {
        const Place& other = found->rule.place;
        const std::string where =
            other.source < layers_.size() ? layers_[other.source].name + ":" + std::to_string(other.line) : "use";
        return fail_at(statement.place, "\"" + statement.name + "\" exists already, since " + where);
      }
      define(statement);
      return;
    }
    const bool removes = statement.kind == Statement::Kind::Remove;
    DraftRule* const draft = removes ? find_in_layers(statement.name) : find(statement.name);
    if (draft == nullptr) return fail_at(statement.place, "there is no rule \"" + statement.name + "\" yet");
    Rule& rule = draft->rule;
    if (removes) {
      draft->removed = true;
      grammar_.removals_.push_back({rule.name, statement.place, statement.resolutions});
      return;
    }
    rule.resolutions.insert(rule.resolutions.end(), statement.resolutions.begin(), statement.resolutions.end());
    if (statement.kind == Statement::Kind::Replace) {
      rule.definition = statement.definition;
      rule.place = statement.place;
      rule.range = statement.range;
      return;
    }
    if (rule.range && statement.range) return fail_at(statement.range_place, "the rule has a range already");
    if (statement.range) rule.range = statement.range;
    extend(rule, statement.definition);
  }

  // RFC 5234 section 3.3: the alternatives of both are one list.
  void extend(Rule& rule, NodeId more) {
    Node node;
    node.kind = Node::Kind::Alternation;
    node.place = draft_.nodes[rule.definition].place;
    for (const NodeId part : {rule.definition, more}) {
      const Node& old = draft_.nodes[part];
      if (old.kind == Node::Kind::Alternation) {
        node.children.insert(node.children.end(), old.children.begin(), old.children.end());
      } else {
        node.children.push_back(part);
      }
    }
    rule.definition = static_cast<NodeId>(draft_.nodes.size());
    draft_.nodes.push_back(std::move(node));
  }

  // Follows references, in order, so that core rules come into being; then from the roots.
  void resolve(std::span<const std::string_view> roots) {
    for (std::size_t index = 0; index < rules_.size(); ++index) {
      if (!rules_[index].removed) for_each_reference(index, [](std::size_t) {});
    }
    std::vector<std::size_t> reached;
    const auto reach = [&](std::size_t index) {
      if (!std::exchange(rules_[index].reached, true)) reached.push_back(index);
    };
    for (const std::string_view root : roots) {
      if (find(root) == nullptr) {
        errors_.push_back({"", 0, 0, "the root \"" + std::string(root) + "\" is not a rule"});
      } else {
        reach(by_name_.at(lower_case(root)));
      }
    }
    // What is not there was reported above already.
    if (!errors_.empty()) return;
    while (!reached.empty()) {
      const std::size_t index = reached.back();
      reached.pop_back();
      for_each_reference(index, reach);
    }
    for (const DraftRule& draft : rules_) {
      if (!draft.removed && !draft.reached) fail_at(draft.rule.place, "no root reaches \"" + draft.rule.name + "\"");
    }
  }

  // Calls `visit` with the index of every rule that a rule refers to, and reports what is no rule.
  template <class Visit>
  void for_each_reference(std::size_t index, Visit visit) {
    std::vector<NodeId> open = {rules_[index].rule.definition};
    while (!open.empty()) {
      const Node& node = draft_.nodes[open.back()];
      open.pop_back();
      if (node.kind == Node::Kind::Reference || node.kind == Node::Kind::Counted) {
        if (find(node.text) == nullptr) {
          fail_at(node.place, "there is no rule \"" + node.text + '"');
        } else {
          visit(by_name_.at(lower_case(node.text)));
        }
      }
      open.insert(open.end(), node.children.rbegin(), node.children.rend());
    }
  }

  void move_to_grammar() {
    for (DraftRule& draft : rules_) {
      if (draft.removed) continue;
      draft.number = grammar_.rules_.size();
      grammar_.by_name_.emplace(lower_case(draft.rule.name), static_cast<RuleId>(draft.number));
      grammar_.rules_.push_back(draft.rule);
    }
    for (Rule& rule : grammar_.rules_) rule.definition = move_node(rule.definition);
  }

  // Nesting is bounded, so this is too. Alternatives of an extended rule belong to one rule only: nothing is moved
  // twice.
  NodeId move_node(NodeId from) {
    const auto to = static_cast<NodeId>(grammar_.nodes_.size());
    grammar_.nodes_.push_back(std::move(draft_.nodes[from]));
    if (Node& node = grammar_.nodes_[to]; node.kind == Node::Kind::Reference || node.kind == Node::Kind::Counted) {
      node.rule = static_cast<RuleId>(rules_[by_name_.at(lower_case(node.text))].number);
      node.text.clear();
    }
    for (std::size_t child = 0; child < grammar_.nodes_[to].children.size(); ++child) {
      const NodeId moved = move_node(grammar_.nodes_[to].children[child]);
      grammar_.nodes_[to].children[child] = moved;
    }
    return to;
  }

  std::span<const Source> layers_;
  std::vector<ReadError> errors_;
  Draft draft_;
  std::unordered_map<std::string, Statement> core_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<DraftRule> rules_;
  Grammar grammar_;
};

std::expected<Grammar, std::vector<ReadError>> read_grammar(std::span<const Source> layers,
                                                            std::span<const std::string_view> roots) {
  return GrammarBuilder(layers).build(roots);
}

std::string describe(const ReadError& error) {
  if (error.line == 0) return error.message;
  return error.file + ":" + std::to_string(error.line) + ":" + std::to_string(error.column) + ": " + error.message;
}

std::vector<NodeId> prose(const Grammar& grammar) {
  std::vector<NodeId> found;
  for (NodeId id = 0; id < grammar.nodes().size(); ++id) {
    if (grammar.node(id).kind == Node::Kind::Prose) found.push_back(id);
  }
  return found;
}

}  // namespace imapspec::abnf
