// A certificate authority that lives for one run of the server, and a certificate from it.
//
// RFC 5280 section 4; RFC 9051 section 11.1
#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <span>
#include <string>

namespace imapspec::server {

// Certificate is what a TLS server shows and how it proves it, in PEM.
struct Certificate {
  std::string chain;  // the server's certificate first
  std::string key;
};

// CertificateMaker makes one when it is called. The error is a sentence.
using CertificateMaker = std::function<std::expected<Certificate, std::string>()>;

// MadeCertificate is a Certificate and the authority that a client has to trust for it.
struct MadeCertificate {
  Certificate certificate;    // its key is on P-256
  CertificateMaker with_rsa;  // another of the same authority, for the same names and time
  std::string authority;      // PEM
};

// make_certificate makes a certificate, valid from a day before `now` for 30 days, for `names`: DNS names and IP
// addresses, at least one. RFC 9051 section 11.1 makes TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 mandatory, which an ECDSA
// certificate cannot serve; but an RSA key (of 2048 bits) takes longer to make than all else, and few clients need it.
// The authority's own key is forgotten with `with_rsa`. The error is a sentence.
std::expected<MadeCertificate, std::string> make_certificate(std::span<const std::string> names,
                                                             std::chrono::system_clock::time_point now);

// read_certificate reads PEM files of a chain and its key.
std::expected<Certificate, std::string> read_certificate(const std::string& chain_file, const std::string& key_file);

}  // namespace imapspec::server
