#include "parser/diagnose/diagnose.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "parser/grammar/char_class.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"

namespace imapspec::parser {

namespace {

constexpr std::size_t kMostQuirks = 3;         // different ones
constexpr std::size_t kMostRepairs = 32;       // in one unit
constexpr std::size_t kMostOctets = 8U << 20;  // parsed for one diagnosis

// Judged is what the strict parser makes of a unit.
struct Judged {
  std::optional<Error> error;
  bool code = false;  // it is a status response with a code, or what looks like one
};

Judged judged(const StatusResponse& response) {
  return {response.text.malformed_code, response.text.code || response.text.malformed_code};
}

Judged judged(const Response& response) {
  const auto* status = std::get_if<StatusResponse>(&response);
  return status == nullptr ? Judged() : judged(*status);
}

Judged judged(const Command&) { return {}; }

template <class T>
Judged judged(const std::expected<T, Error>& outcome) {
  return outcome ? judged(*outcome) : Judged{outcome.error(), false};
}

Judged judged(std::string_view octets, Unit unit, const Profile& profile, const Limits& limits) {
  Arena arena;
  switch (unit) {
    case Unit::ServerGreeting:
      return judged(parse_greeting(octets, arena, profile, limits));
    case Unit::ClientCommand:
      return judged(parse_command(octets, arena, profile, limits));
    case Unit::ServerResponse:
      return judged(parse_response(octets, arena, profile, limits));
  }
  return {};
}

// State is a unit after some repairs.
struct State {
  std::string octets;
  Profile profile;
  std::optional<Error> error;
};

// Step is one more repair, and what it leads to.
struct Step {
  const Quirk* quirk = nullptr;
  Repair repair;
  State state;
  std::size_t reached = 0;  // the error's offset in the octets before the repair
};

// The offset in the octets before a repair.
std::size_t before_repair(const Repair& repair, std::size_t offset) {
  if (offset < repair.offset) return offset;
  if (offset < repair.offset + repair.inserted.size()) return repair.offset;
  return offset - repair.inserted.size() + repair.erased;
}

std::string repaired(const Repair& repair, std::string_view octets) {
  std::string result(octets.substr(0, repair.offset));
  result += repair.inserted;
  result += octets.substr(repair.offset + repair.erased);
  return result;
}

// Whether a repair puts nothing in the place of what it takes, which is more than spaces. Where the error is there
// again, what was taken need not have been wrong.
bool only_takes_a_word(const Repair& repair, std::string_view octets) {
  const std::string_view taken = octets.substr(repair.offset, repair.erased);
  return repair.inserted.empty() && taken.find_first_not_of(' ') != std::string_view::npos;
}

// Whether no word ends from one offset to another. A profile that gets no further knows some word that begins like
// the one here, which explains nothing.
bool in_one_word(std::string_view octets, std::size_t from, std::size_t to) {
  return from >= to || std::ranges::all_of(octets.substr(from, to - from),
                                           [](char c) { return is_atom_char(static_cast<unsigned char>(c)); });
}

// The least of the extensions that were put in force that will do.
Profile least(std::string_view octets, Unit unit, const Profile& before, const Profile& after, const Limits& limits) {
  Profile needed = before;
  needed.rev1 = after.rev1;
  if (!refusal(octets, unit, needed, limits)) return needed;
  for (const ExtensionName& name : kExtensionNames) {
    Profile one = needed;
    one.add(name.extension);
    if (!refusal(octets, unit, one, limits)) return one;
  }
  return after;
}

// Search is one diagnosis at work.
class Search {
 public:
  Search(std::string_view octets, Unit unit, const Profile& profile, const Limits& limits, Repairs repairs)
      : unit_(unit), limits_(limits), repairs_(repairs) {
    const Judged first = judged(octets, unit, profile, limits);
    code_ = first.code;
    state_ = {std::string(octets), profile, first.error};
  }

  Diagnosis run() && {
    while (state_.error && state_.error->kind != ErrorKind::LimitExceeded && made_.size() < kMostRepairs) {
      std::vector<Step> steps = next_steps();
      if (steps.empty()) break;
      for (Step& step : steps) make(std::move(step));
    }
    return {std::move(found_), std::move(state_.octets), state_.profile, state_.error};
  }

 private:
  void make(Step step) {
    std::size_t offset = step.repair.offset;
    for (auto repair = made_.rbegin(); repair != made_.rend(); ++repair) offset = before_repair(*repair, offset);
    found_.push_back({step.quirk, offset});
    made_.push_back(std::move(step.repair));
    state_ = std::move(step.state);
  }

  // The step that makes the unit right or leads furthest; where none leads on, two together.
  std::vector<Step> next_steps() {
    std::vector<Step> tried = steps_from(state_, nullptr);
    if (const auto best = best_of(tried, state_.error->offset)) return {std::move(tried[*best])};
    for (Step& first : tried) {
      if (first.reached < state_.error->offset) continue;
      std::vector<Step> more = steps_from(first.state, first.quirk);
      for (Step& second : more) second.reached = before_repair(first.repair, second.reached);
      if (const auto best = best_of(more, state_.error->offset)) return {std::move(first), std::move(more[*best])};
    }
    return {};
  }

  static std::optional<std::size_t> best_of(const std::vector<Step>& steps, std::size_t offset) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!steps[i].state.error) return i;
      if (steps[i].reached > offset && (!best || steps[i].reached > steps[*best].reached)) best = i;
    }
    return best;
  }

  // All quirks that look like it, `with` being used already.
  std::vector<Step> steps_from(const State& state, const Quirk* with) {
    const Place place{state.octets, *state.error, unit_, state.profile};
    std::vector<Step> steps;
    for (const Quirk& quirk : quirks()) {
      if (repairs_ == Repairs::SameMeaning && !quirk.same_meaning) continue;
      if (&quirk == with || !may_be_used(quirk, with)) continue;
      auto repair = quirk.repair(place);
      if (!repair || parsed_ > kMostOctets) continue;
      if (auto step = tried(quirk, *std::move(repair), state)) steps.push_back(*std::move(step));
    }
    return steps;
  }

  [[nodiscard]] bool may_be_used(const Quirk& quirk, const Quirk* with) const {
    std::vector<const Quirk*> different{&quirk};
    const auto note = [&](const Quirk* each) {
      if (each != nullptr && std::ranges::find(different, each) == different.end()) different.push_back(each);
    };
    note(with);
    for (const FoundQuirk& found : found_) note(found.quirk);
    return different.size() <= kMostQuirks;
  }

  std::optional<Step> tried(const Quirk& quirk, Repair repair, const State& state) {
    Step step;
    step.quirk = &quirk;
    step.state = {repaired(repair, state.octets), repair.profile.value_or(state.profile), {}};
    const Judged now = judged(step.state.octets, unit_, step.state.profile, limits_);
    parsed_ += step.state.octets.size();
    // What looks like a code stays one: anything can be made a text.
    if (code_ && !now.error && !now.code) return std::nullopt;
    step.state.error = now.error;
    if (now.error) {
      step.reached = before_repair(repair, now.error->offset);
      if (now.error->offset == repair.offset && only_takes_a_word(repair, state.octets)) step.reached = repair.offset;
      if (repair.profile && in_one_word(state.octets, state.error->offset, step.reached)) return std::nullopt;
    } else if (repair.profile) {
      step.state.profile = least(step.state.octets, unit_, state.profile, step.state.profile, limits_);
    }
    step.repair = std::move(repair);
    return step;
  }

  Unit unit_;
  Limits limits_;
  Repairs repairs_;
  bool code_ = false;
  State state_;
  std::vector<Repair> made_;
  std::vector<FoundQuirk> found_;
  std::size_t parsed_ = 0;
};

}  // namespace

std::optional<Error> refusal(std::string_view octets, Unit unit, const Profile& profile, const Limits& limits) {
  return judged(octets, unit, profile, limits).error;
}

Diagnosis diagnose(std::string_view octets, Unit unit, const Profile& profile, const Limits& limits, Repairs repairs) {
  return Search(octets, unit, profile, limits, repairs).run();
}

}  // namespace imapspec::parser
