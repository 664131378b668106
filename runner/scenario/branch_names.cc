#include "runner/scenario/branch_names.h"

#include <map>

#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

struct Uses {
  std::set<std::string> bound;
  std::map<std::string, Where> all;  // also those that are bound; the first place
};

Uses uses_in(std::span<const Step> steps) {
  Uses uses;
  const auto take = [&](const WireText& text, bool binds) {
    const auto pieces = split_references(text.text);
    if (!pieces) return;
    for (const Piece& piece : *pieces) {
      if (piece.kind != Piece::Kind::Reference) continue;
      if (const auto compared = comparison(piece.argument); compared && !compared->name.empty()) {
        uses.all.emplace(compared->name, text.where);
      }
      // "#3" is no name that anything binds.
      if (piece.name.empty() || !is_name(piece.name)) continue;
      if (binds && is_hole(piece)) uses.bound.insert(piece.name);
      uses.all.emplace(piece.name, text.where);
    }
  };
  each_expected_text(steps, take);
  each_sent_text(steps, [&](const WireText& text) { take(text, false); });
  each_step(steps, [&](const Step& step) {
    for (const Expectation& expectation : step.expectations) {
      for (const Alternative& alternative : expectation.alternatives) {
        if (!alternative.when) continue;
        for (const std::string& name : alternative.when->captured()) uses.all.emplace(name, expectation.where);
      }
      if (!expectation.check) continue;
      for (const Expression::Name& name : expectation.check->names()) uses.all.emplace(name.name, expectation.where);
    }
  });
  return uses;
}

}  // namespace

std::set<std::string> bound_names(std::span<const Step> steps) { return uses_in(steps).bound; }

std::vector<SharedName> shared_names(const std::set<std::string>& constant,
                                     const std::vector<std::vector<Step>>& branches) {
  std::vector<Uses> uses;
  for (const auto& branch : branches) uses.push_back(uses_in(branch));
  std::vector<SharedName> shared;
  for (std::size_t binder = 0; binder < uses.size(); ++binder) {
    for (std::size_t other = 0; other < uses.size(); ++other) {
      if (other == binder) continue;
      for (const auto& [name, where] : uses[other].all) {
        // Where both bind it, it is told once, at the later branch.
        if (!uses[binder].bound.contains(name) || constant.contains(name)) continue;
        if (uses[other].bound.contains(name) && other < binder) continue;
        shared.push_back({name, where});
      }
    }
  }
  return shared;
}

}  // namespace imapspec::runner
