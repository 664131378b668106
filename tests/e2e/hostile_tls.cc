#include "tests/e2e/hostile_tls.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <signal.h>

#include <array>
#include <chrono>
#include <string>

#include "server/net/certificate.h"

namespace imapspec::e2e {
namespace {

// use_certificate gives the context a certificate and its key, both in PEM.
bool use_certificate(SSL_CTX* context, const server::Certificate& certificate) {
  const auto memory = [](const std::string& pem) {
    return std::unique_ptr<BIO, int (*)(BIO*)>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  };
  const std::unique_ptr<X509, void (*)(X509*)> chain(
      PEM_read_bio_X509(memory(certificate.chain).get(), nullptr, nullptr, nullptr), X509_free);
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
      PEM_read_bio_PrivateKey(memory(certificate.key).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  return SSL_CTX_use_certificate(context, chain.get()) == 1 && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

}  // namespace

TlsPeer::TlsPeer(Peer& peer, Wants wants)
    : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free), ssl_(nullptr, SSL_free) {
  static const auto made =
      server::make_certificate(std::array<std::string, 1>{"127.0.0.1"}, std::chrono::system_clock::now());
  EXPECT_TRUE(made && use_certificate(context_.get(), made->certificate));
  if (wants == Wants::Certificate) {
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       [](int, X509_STORE_CTX*) { return 1; });
  }
  ssl_.reset(SSL_new(context_.get()));
  // OpenSSL writes without MSG_NOSIGNAL. Only this thread must not hear of it: programs inherit what is ignored.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  SSL_set_fd(ssl_.get(), peer.socket());
  accepted_ = SSL_accept(ssl_.get()) == 1;
}

TlsPeer::~TlsPeer() = default;

bool TlsPeer::read() {
  std::array<char, 4096> octets;
  return accepted_ && SSL_read(ssl_.get(), octets.data(), static_cast<int>(octets.size())) > 0;
}

std::optional<std::string> TlsPeer::read_line() {
  while (accepted_) {
    if (const std::size_t end = received_.find("\r\n"); end != std::string::npos) {
      std::string line = received_.substr(0, end);
      received_.erase(0, end + 2);
      return line;
    }
    std::array<char, 4096> octets;
    const int size = SSL_read(ssl_.get(), octets.data(), static_cast<int>(octets.size()));
    if (size <= 0) break;
    received_.append(octets.data(), static_cast<std::size_t>(size));
  }
  return std::nullopt;
}

bool TlsPeer::write(std::string_view octets) {
  return accepted_ && SSL_write(ssl_.get(), octets.data(), static_cast<int>(octets.size())) > 0;
}

}  // namespace imapspec::e2e
