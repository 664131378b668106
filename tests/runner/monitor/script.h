// A conversation of a few lines that the monitor is told, and what it says of it.
#pragma once

#include <string>
#include <vector>

#include "parser/grammar/profile.h"
#include "runner/monitor/monitor.h"

namespace imapspec::runner::test {

// Lines are what happens, in order. "C: ..." is sent and "S: ..." comes back, "L:" announces a literal, "G: ..." is
// the greeting, "T:" a TLS handshake. "2C: ..." and "2S: ..." are on a second connection of the same scenario, which
// shares what is known of mailboxes. "O: ..." came and does not parse. Lines end by themselves.
using Lines = std::vector<std::string>;

// watch plays them and yields what the monitor found. Responses are read with the grammar `read_as`, so that a
// server may be given what its own has not.
std::vector<Violation> watch(const Lines& lines, const parser::Profile& profile, const parser::Profile& read_as);
std::vector<Violation> watch(const Lines& lines, const parser::Profile& profile = parser::kRev2);

// joined is one after the other.
Lines joined(Lines first, const Lines& second);

// logged_in is a greeting and LOGIN; selected goes on with SELECT of a mailbox with three messages, all that has to be
// told of it, and UIDNEXT 10 under UIDVALIDITY 7. On the second connection too, where `second` is set.
Lines logged_in(const Lines& then = {}, bool second = false);
Lines selected(const Lines& then = {}, bool second = false);

// kSecret and kCanary are what must not be said.
inline constexpr const char* kSecret = "correct-horse";
inline constexpr const char* kCanary = "canary-of-bob";

}  // namespace imapspec::runner::test
