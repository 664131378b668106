// How many connections a run has to a server at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// connections_of is how many connections a scenario has at once. The one that cleans up comes after them.
std::size_t connections_of(const Scenario& scenario);

// ConnectionGate hands out connections. A scenario takes all that it needs at once, so that no two wait for each
// other's.
class ConnectionGate {
 public:
  // `most` is how many there are; 0: no limit.
  explicit ConnectionGate(std::size_t most) : most_(most) {}

  // bears says whether there can ever be so many.
  [[nodiscard]] bool bears(std::size_t connections) const { return most_ == 0 || connections <= most_; }

  // Pass is the right to some connections, given back when it ends.
  class Pass {
   public:
    Pass(ConnectionGate& gate, std::size_t connections) : gate_(gate), connections_(connections) {
      gate_.take(connections_);
    }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    ~Pass() { gate_.give_back(connections_); }

   private:
    ConnectionGate& gate_;
    std::size_t connections_;
  };

 private:
  void take(std::size_t connections);
  void give_back(std::size_t connections);

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t taken_ = 0;
};

}  // namespace imapspec::runner
