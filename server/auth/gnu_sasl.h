// SASL mechanisms by GNU SASL (libgsasl): those of the server that people run.
//
// RFC 4422, 4505, 4616, 5802, 7677, 2195
#pragma once

#include <memory>

#include "server/auth/sasl.h"

namespace imapspec::server {

// make_gnu_sasl has all of mechanisms(), with random nonces and a random secret behind its salts.
// nullptr where the library cannot be initialized.
std::unique_ptr<SaslMechanisms> make_gnu_sasl();

}  // namespace imapspec::server
