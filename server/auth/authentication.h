// What the sessions of a server share about who may log in.
//
// RFC 9051 sections 6.2, 11.7
#pragma once

#include <memory>

#include "server/auth/failed_logins.h"
#include "server/auth/sasl.h"

namespace imapspec::server {

// Authentication outlives the sessions that use it.
struct Authentication {
  std::unique_ptr<SaslMechanisms> mechanisms;
  FailedLogins failed_logins;
};

}  // namespace imapspec::server
