// The imapspec command line, and what `imapspec serve` says when it is ready.
#pragma once

#include <string>
#include <vector>

#include "runner/transport/resolver.h"
#include "tests/e2e/process.h"

namespace imapspec::e2e {

// command puts the program of this build in front of its arguments.
std::vector<std::string> command(std::vector<std::string> arguments);

// Ready is the READY line of `imapspec serve` taken apart.
struct Ready {
  runner::Address imap;
  runner::Address imaps;
  std::string ca;
};

// read_ready waits for the line; without it the test fails.
Ready read_ready(Process& process);

// host_port writes HOST:PORT.
std::string host_port(const runner::Address& address);

}  // namespace imapspec::e2e
