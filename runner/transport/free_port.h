// A port for a server that is about to start.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace imapspec::runner {

// free_port yields a TCP port of this machine's address `host` (IPv4) that is free now. Somebody may take it before the
// server does, which then says so. The error is a sentence.
std::expected<std::uint16_t, std::string> free_port(const std::string& host);

}  // namespace imapspec::runner
