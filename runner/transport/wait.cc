#include "runner/transport/wait.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace imapspec::runner {

short wait_for(int descriptor, short events, Deadline deadline) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const int milliseconds = static_cast<int>(std::clamp<long long>(left, 0, std::numeric_limits<int>::max()));
    pollfd entry{.fd = descriptor, .events = events, .revents = 0};
    const int ready = ::poll(&entry, 1, milliseconds);
    if (ready > 0) return entry.revents;
    if (ready < 0 && errno != EINTR) return POLLERR;
    if (Clock::now() >= deadline) return 0;
  }
}

}  // namespace imapspec::runner
