#include "runner/record/course.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace imapspec::runner {
namespace {

// Its own, and as many as may have names (docs/scenario-format.md, "Connections").
constexpr std::size_t kMostConnections = 17;

// Places gives recordings, in the order in which they began, their places among the connections of a scenario.
class Places {
 public:
  // take yields nullopt where all are in use.
  std::optional<std::size_t> take(const Recording& recording) {
    const auto free = std::ranges::find_if(
        over_, [&](const std::optional<std::uint64_t>& ended) { return ended && *ended < recording.started(); });
    if (free == over_.end() && over_.size() == kMostConnections) return std::nullopt;
    const auto place = static_cast<std::size_t>(free - over_.begin());
    if (free == over_.end()) over_.emplace_back();
    over_[place] = recording.ended();
    return place;
  }

 private:
  std::vector<std::optional<std::uint64_t>> over_;  // when the last one in each place was
};

// Whether other connections may do something between two steps of the command.
bool has_two_parts(const Turn& turn) {
  return turn.said->name == "IDLE" && turn.asked_on > 0 && turn.went_on > turn.asked_on;
}

}  // namespace

std::optional<Course> course_of(std::span<const Recording* const> recordings) {
  Course course;
  Places places;
  std::vector<std::pair<std::uint64_t, Act>> timed;
  std::vector<bool> used;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const Turns& turns = course.turns.emplace_back(turns_of(*recordings[i]));
    if (turns.commands.empty()) continue;
    const auto place = places.take(*recordings[i]);
    if (!place) return std::nullopt;
    if (*place == used.size()) {
      used.push_back(false);
      course.connections.push_back(*place == 0 ? "main" : fmt::format("client{}", *place + 1));
    }
    const auto add = [&](Act::Kind kind, std::uint64_t at, const Turn* turn) {
      timed.emplace_back(at, Act{.kind = kind, .recording = i, .connection = *place, .turn = turn});
    };
    for (const Turn& turn : turns.commands) {
      const bool parts = has_two_parts(turn);
      if (&turn == &turns.commands.front() && used[*place]) add(Act::Kind::Connect, turn.at, nullptr);
      used[*place] = true;
      add(parts ? Act::Kind::Begin : Act::Kind::Command, turn.at, &turn);
      if (parts) add(Act::Kind::Rest, turn.went_on, &turn);
    }
  }
  std::ranges::sort(timed, {}, [](const auto& one) { return std::pair(one.first, one.second.kind); });
  for (auto& [at, act] : timed) course.acts.push_back(act);
  return course;
}

std::vector<std::vector<const Recording*>> clients_of(std::span<const Recording* const> recordings) {
  struct Group {
    std::size_t index;
    Places places;
  };
  std::vector<std::vector<const Recording*>> groups;
  std::map<std::string, Group, std::less<>> group_of_user;
  const auto first = std::ranges::find_if(recordings, [](const Recording* one) { return !one->user().empty(); });
  const std::string_view first_user = first == recordings.end() ? std::string_view() : (*first)->user();
  for (const Recording* const recording : recordings) {
    const std::string user(recording->user().empty() ? first_user : recording->user());
    const auto group = group_of_user.find(user);
    if (group != group_of_user.end() && group->second.places.take(*recording)) {
      groups[group->second.index].push_back(recording);
      continue;
    }
    Group begun{.index = groups.size(), .places = {}};
    (void)begun.places.take(*recording);
    group_of_user.insert_or_assign(user, std::move(begun));
    groups.push_back({recording});
  }
  return groups;
}

}  // namespace imapspec::runner
