#include "parser/abnf/recogniser.h"

#include <algorithm>
#include <limits>
#include <map>

#include "parser/abnf/earley.h"
#include "parser/abnf/program.h"

namespace imapspec::abnf {
namespace {

// Positions are of 32 bits, and there is one at the end.
constexpr std::size_t kMostOctets = std::numeric_limits<std::uint32_t>::max() - 1;

}  // namespace

struct Recogniser::Compiled {
  struct Machine {
    Machine(const GrammarFacts& facts, Start start, std::size_t most_states)
        : program(compile(facts, start, Inlining::Yes)), earley(program, most_states) {}
    Program program;
    Earley earley;
  };

  Compiled(const Grammar& grammar, std::size_t most) : facts(grammar), most_states(most) {}

  Machine& machine(Start start) {
    std::unique_ptr<Machine>& made = machines[start];
    if (made == nullptr) made = std::make_unique<Machine>(facts, start, most_states);
    return *made;
  }

  GrammarFacts facts;
  std::size_t most_states;
  std::map<Start, std::unique_ptr<Machine>> machines;
};

Recogniser::Recogniser(const Grammar& grammar, std::size_t most_states)
    : compiled_(std::make_unique<Compiled>(grammar, most_states)) {}
Recogniser::~Recogniser() = default;
Recogniser::Recogniser(Recogniser&&) noexcept = default;
Recogniser& Recogniser::operator=(Recogniser&&) noexcept = default;

bool Recogniser::matches(NodeId node, std::string_view octets) {
  if (octets.size() > kMostOctets) return false;
  return compiled_->machine({Start::Kind::Node, node}).earley.run(0, octets, {});
}

Recognition Recogniser::recognise(RuleId start, std::string_view octets, bool with_expected) {
  Recognition recognition;
  if (octets.size() > kMostOctets) return recognition;
  Compiled::Machine& machine = compiled_->machine({Start::Kind::Rule, start});
  recognition.accepted = machine.earley.run(0, octets, {});
  if (machine.earley.gave_up()) {
    recognition.gave_up = compiled_->most_states;
    return recognition;
  }
  recognition.furthest = machine.earley.furthest();
  if (!with_expected) return recognition;
  std::vector<std::uint32_t> labels;
  const bool complete = machine.earley.run(0, octets.substr(0, recognition.furthest), {.labels = &labels});
  for (const std::uint32_t label : labels) recognition.expected.push_back(machine.program.labels[label]);
  if (complete) recognition.expected.emplace_back(kEndOfInput);
  std::ranges::sort(recognition.expected);
  const auto repeated = std::ranges::unique(recognition.expected);
  recognition.expected.erase(repeated.begin(), repeated.end());
  return recognition;
}

}  // namespace imapspec::abnf
