#include "runner/transport/wait.h"

#include <poll.h>

#include <cerrno>

namespace imapspec::runner {

short wait_for(int descriptor, short events, const Deadline& deadline) {
  while (true) {
    pollfd entry{.fd = descriptor, .events = events, .revents = 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(deadline.left().count()));
    if (ready > 0) return entry.revents;
    if (ready < 0 && errno != EINTR) return POLLERR;
    if (deadline.passed()) return 0;
  }
}

}  // namespace imapspec::runner
