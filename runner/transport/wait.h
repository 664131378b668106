// Waiting for one socket until a deadline.
#pragma once

#include "runner/run/link.h"

namespace imapspec::runner {

// wait_for polls a descriptor for `events` (POLLIN, POLLOUT) and yields what is ready, 0 after
// the deadline or an interruption. A deadline that has passed still takes what is ready now. An error or a hang-up
// counts as ready: the operation that follows tells it.
short wait_for(int descriptor, short events, const Deadline& deadline);

}  // namespace imapspec::runner
