// Ctrl-C, SIGTERM and a terminal that is closed: the run ends early, cleans up and still writes its reports.
#pragma once

#include <atomic>

namespace imapspec::cli {

// catch_interrupts makes SIGINT, SIGTERM and SIGHUP set the flag below instead of ending the program. A second
// signal ends it at once. What is written to a pipe that nobody reads is lost, and does not end the program.
void catch_interrupts();

// interrupted_by is the signal's number, 0 before any.
const std::atomic<int>& interrupted_by();

}  // namespace imapspec::cli
