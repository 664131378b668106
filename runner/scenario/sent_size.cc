#include "runner/scenario/sent_size.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <variant>

#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

// SentSize is what one step sends: octets that are the same in all rows, and names whose values are not.
struct SentSize {
  std::size_t octets = 0;
  std::map<std::string, std::size_t> times;
};

SentSize size_of(const Step& step, const Scenario& scenario) {
  SentSize size;
  each_sent_text(std::span(&step, 1), [&](const WireText& text) {
    const auto pieces = split_references(text.text);
    if (!pieces) return;
    for (const Piece& piece : *pieces) {
      size.octets += piece.text.size();
      if (piece.name.empty()) continue;
      const auto known = scenario.let.find(piece.name);
      if (known != scenario.let.end()) {
        size.octets += known->second.size();
      } else {
        ++size.times[piece.name];
      }
    }
  });
  return size;
}

std::size_t in_row(const SentSize& size, const Row& row) {
  std::size_t octets = size.octets;
  for (const auto& [name, value] : row.values) {
    const auto times = size.times.find(name);
    if (times != size.times.end()) octets += value.size() * times->second;
  }
  return octets;
}

}  // namespace

void check_sent_sizes(YamlReader& reader, const Scenario& scenario, const std::vector<Row>& rows) {
  each_step(scenario.steps, [&](const Step& step) {
    // Its branches are steps of their own.
    if (std::holds_alternative<AtOnceStep>(step.action)) return;
    const SentSize size = size_of(step, scenario);
    const auto too_much = [&](const Row& row) { return in_row(size, row) > kMostExpanded; };
    if (size.octets <= kMostExpanded && std::ranges::none_of(rows, too_much)) return;
    reader.error(step.where, "with its references this step sends more than 32 MiB");
  });
}

}  // namespace imapspec::runner
