#include "runner/lint/names.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

using Names = std::set<std::string, std::less<>>;

// Capture is a name that holes bind.
struct Capture {
  Where where;  // the first hole
  std::size_t holes = 0;
  bool certain = false;  // some expectation cannot hold without binding it
};

// The names that a pattern's holes bind, and those that it refers to.
struct PatternNames {
  Names bound;
  Names used;
};

PatternNames names_of(const std::string& pattern) {
  PatternNames names;
  const auto pieces = split_references(pattern);
  if (!pieces) return names;
  for (const Piece& piece : *pieces) {
    if (piece.kind != Piece::Kind::Reference) continue;
    if (const auto compared = comparison(piece.argument)) names.used.insert(compared->name);
    if (!is_hole(piece)) {
      names.used.insert(piece.name);
    } else if (!piece.name.empty() && !names.bound.insert(piece.name).second) {
      // The second hole of a name compares with the first.
      names.used.insert(piece.name);
    }
  }
  return names;
}

class NameLint {
 public:
  NameLint(const Scenario& scenario, std::vector<LintFinding>& findings) : scenario_(scenario), findings_(findings) {}

  void run() {
    each_step(scenario_.steps, [this](const Step& step) {
      connections_.insert(step.connection);
      for (const Expectation& expectation : step.expectations) add(expectation);
    });
    for (const std::string& name : scenario_.sends) used_.insert(name);
    for (const auto& [name, where] : scenario_.named) {
      if (used_.contains(name)) continue;
      findings_.push_back({"unused-name", where, "the name \"" + name + "\" is used nowhere", "remove it"});
    }
    for (const auto& [name, capture] : captures_) tell(name, capture);
    for (std::size_t i = 0; i < scenario_.connections.size(); ++i) {
      if (connections_.contains(i + 1)) continue;
      const ConnectionPlan& plan = scenario_.connections[i];
      findings_.push_back({"unused-connection", plan.where, "no step is on the connection \"" + plan.name + "\"",
                           "put \"on: " + plan.name + "\" beside the steps that are, or remove it"});
    }
  }

 private:
  void add(const Expectation& expectation) {
    if (expectation.check) {
      for (const Expression::Name& name : expectation.check->names()) used_.insert(name.name);
    }
    const bool all = expectation.kind == Expectation::Kind::InOrder || expectation.kind == Expectation::Kind::Only;
    std::map<std::string, std::size_t, std::less<>> bindings;
    std::size_t going_on = 0;
    for (const Alternative& alternative : expectation.alternatives) {
      // With these verdicts the scenario ends: what follows needs no name from them.
      const Verdict verdict = alternative.verdict.value_or(Verdict::Pass);
      if (verdict != Verdict::Fail && verdict != Verdict::Skip && verdict != Verdict::Unimplemented) ++going_on;
      PatternNames names = names_of(alternative.pattern.text);
      if (alternative.when) {
        // It asks first whether there is a value.
        for (const std::string& name : alternative.when->captured()) {
          asked_about_.insert(name);
          names.used.erase(name);
        }
      }
      used_.insert(names.used.begin(), names.used.end());
      if (expectation.kind == Expectation::Kind::MustNot) {
        // What must not come binds nothing; its holes compare with what is bound.
        used_.insert(names.bound.begin(), names.bound.end());
        continue;
      }
      for (const std::string& name : names.bound) {
        auto [capture, added] = captures_.try_emplace(name);
        if (added) capture->second.where = alternative.pattern.where;
        ++bindings[name];
        // The alternatives of one expectation exclude each other: a name in all of them is bound once.
        if (all || bindings[name] == 1) ++capture->second.holes;
      }
    }
    const bool must = expectation.kind != Expectation::Kind::May && expectation.kind != Expectation::Kind::MustNot;
    for (const auto& [name, count] : bindings) {
      if (must && (all || count >= going_on)) captures_.find(name)->second.certain = true;
    }
  }

  void tell(const std::string& name, const Capture& capture) {
    const bool used = used_.contains(name);
    if (!used && !asked_about_.contains(name) && capture.holes < 2) {
      findings_.push_back({"unused-capture", capture.where, "{" + name + ":...} binds a name that nothing uses",
                           "leave the name out: {:...}"});
    }
    if (used && !capture.certain && !scenario_.named.contains(name)) {
      findings_.push_back({"maybe-unbound", capture.where,
                           "{" + name +
                               "} has a value only if the server sends what it need not send; without it, its "
                               "use ends the scenario with an error",
                           "bind it in an \"S\", in each alternative; or ask \"when: captured " + name + "\" first"});
    }
  }

  const Scenario& scenario_;
  std::vector<LintFinding>& findings_;
  Names used_;
  Names asked_about_;  // by "captured"
  std::set<std::size_t> connections_;
  std::map<std::string, Capture, std::less<>> captures_;
};

}  // namespace

void lint_names(const Scenario& scenario, std::vector<LintFinding>& findings) { NameLint(scenario, findings).run(); }

}  // namespace imapspec::runner
