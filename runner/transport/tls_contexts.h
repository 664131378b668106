// The TLS library's contexts of a run: what connections that ask for the same share.
#pragma once

#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runner/run/link.h"

struct ssl_ctx_st;

namespace imapspec::runner {

// check_certificate says, in a sentence, why a client cannot show the certificate in `pem`, which holds its chain and
// its key too. A key with a passphrase is an error: nobody is asked for it.
std::expected<void, std::string> check_certificate(const std::string& pem);

// TlsContexts keeps a context for each set of options that was asked for, as most of the work of a small handshake is
// to read certificates for it. A context does not change once it is made, and keeps no session. Thread-safe.
class TlsContexts {
 public:
  // context_for yields the context for `options`, of which the names and the session are left to the connection. It is
  // TlsUnavailable when the certificates to trust or the client's own cannot be read, or the TLS library cannot offer
  // what is asked for. A file of certificates that was written anew is read anew.
  std::expected<std::shared_ptr<ssl_ctx_st>, LinkError> context_for(const TlsOptions& options);

 private:
  struct Kept {
    TlsOptions options;
    std::string authorities;  // which file the certificates to trust were read from, and when it was written
    std::shared_ptr<ssl_ctx_st> context;
  };

  std::mutex mutex_;
  std::vector<Kept> kept_;
};

}  // namespace imapspec::runner
