// Connections over TCP and TLS: the only sockets of the runner.
#pragma once

#include <memory>
#include <optional>

#include "runner/run/link.h"
#include "runner/transport/resolver.h"

namespace imapspec::runner {

// make_dialer makes a dialer for a server with one or two ports. dial() on a door without an
// address is Unreachable. The links own all that they need and may outlive the dialer. Links of one dialer share
// what TLS needs, but no sessions.
//
// A link holds at most 1 MiB of what it received ahead, and receive() hands out at most 64 KiB.
// Where TlsOptions::server_name is empty, the host that was dialled is verified.
std::unique_ptr<Dialer> make_dialer(std::optional<Address> cleartext, std::optional<Address> implicit_tls);

}  // namespace imapspec::runner
