// What a session knows of the TLS under it.
//
// RFC 9051 section 11.1; RFC 9266; RFC 5929 section 3
#pragma once

#include <string>

namespace imapspec::server {

// TlsFacts are told by who performs the handshake. What is not known is empty.
struct TlsFacts {
  std::string version;           // "TLSv1.3"
  std::string exporter;          // the channel binding tls-exporter; empty where RFC 9266 forbids it
  std::string unique;            // the channel binding tls-unique; there is none in TLS 1.3
  std::string certificate_name;  // whom the client's certificate names, if it was verified
};

// Peer is who is at the other end.
struct Peer {
  std::string address;  // any text that is the same for the same client; empty when not known
  TlsFacts tls;
};

}  // namespace imapspec::server
