#include "runner/run/connection_gate.h"

#include <algorithm>
#include <variant>

namespace imapspec::runner {

std::size_t connections_of(const Scenario& scenario) { return 1 + scenario.connections.size(); }

void ConnectionGate::take(std::size_t connections) {
  if (most_ == 0) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return taken_ + connections <= most_; });
  taken_ += connections;
}

void ConnectionGate::give_back(std::size_t connections) {
  if (most_ == 0) return;
  {
    const std::scoped_lock lock(mutex_);
    taken_ -= connections;
  }
  changed_.notify_all();
}

}  // namespace imapspec::runner
