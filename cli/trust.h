// The certificate that a server of this command shows, and what its clients trust for it.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "server/net/certificate.h"
#include "server/net/private_folder.h"

namespace imapspec::cli {

// Trust is the server's certificate, and the file that a client trusts for it.
struct Trust {
  server::Certificate certificate;
  server::CertificateMaker with_rsa;  // another one, for clients that need it; empty where one was given
  std::string ca_file;
  std::optional<server::PrivateFolder> folder;  // holds the file while the server runs
};

// given_trust reads PEM files.
std::expected<Trust, std::string> given_trust(const std::string& certificate_file, const std::string& key_file);

// made_trust makes a certificate for the loopback and `host`.
std::expected<Trust, std::string> made_trust(const std::string& host);

// host_port writes HOST:PORT, an IPv6 address in brackets.
std::string host_port(const std::string& host, std::uint16_t port);

}  // namespace imapspec::cli
