#include "parser/abnf/components.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace imapspec::abnf {
namespace {

using Vertex = std::uint32_t;

// Tarjan's algorithm, with a stack of its own: ways may be long.
class Tarjan {
 public:
  explicit Tarjan(const std::vector<std::vector<Vertex>>& edges) : edges_(edges), state_(edges.size()) {
    found_.component.resize(edges.size());
    found_.cyclic.resize(edges.size());
    for (Vertex vertex = 0; vertex < edges.size(); ++vertex) {
      if (state_[vertex].index == kNew) visit_from(vertex);
    }
  }

  Components take() { return std::move(found_); }

 private:
  static constexpr std::uint32_t kNew = std::numeric_limits<std::uint32_t>::max();
  struct State {
    std::uint32_t index = kNew;
    std::uint32_t low = 0;
    bool open = false;
  };
  struct Frame {
    Vertex vertex;
    std::size_t next = 0;
  };

  void enter(Vertex vertex) {
    state_[vertex] = {next_index_, next_index_, true};
    ++next_index_;
    open_.push_back(vertex);
    frames_.push_back({vertex});
  }

  void visit_from(Vertex root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      State& state = state_[frame.vertex];
      if (frame.next < edges_[frame.vertex].size()) {
        const Vertex other = edges_[frame.vertex][frame.next++];
        if (other == frame.vertex) found_.cyclic[other] = true;
        if (state_[other].index == kNew) {
          enter(other);
        } else if (state_[other].open) {
          state.low = std::min(state.low, state_[other].index);
        }
        continue;
      }
      if (state.low == state.index) close(frame.vertex);
      const std::uint32_t low = state.low;
      frames_.pop_back();
      if (!frames_.empty()) {
        State& before = state_[frames_.back().vertex];
        before.low = std::min(before.low, low);
      }
    }
  }

  // All that is open from `first` on is one component.
  void close(Vertex first) {
    const bool many = open_.back() != first;
    for (bool last = false; !last; open_.pop_back()) {
      const Vertex vertex = open_.back();
      last = vertex == first;
      state_[vertex].open = false;
      found_.component[vertex] = next_component_;
      if (many) found_.cyclic[vertex] = true;
      found_.order.push_back(vertex);
    }
    ++next_component_;
  }

  const std::vector<std::vector<Vertex>>& edges_;
  std::vector<State> state_;
  std::vector<Vertex> open_;
  std::vector<Frame> frames_;
  Components found_;
  std::uint32_t next_index_ = 0;
  std::uint32_t next_component_ = 0;
};

}  // namespace

Components components(const std::vector<std::vector<std::uint32_t>>& edges) { return Tarjan(edges).take(); }

}  // namespace imapspec::abnf
