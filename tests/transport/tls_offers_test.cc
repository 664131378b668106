// What a TLS client offers: suites, names, protocols, certificates, sessions. And connections that are reset.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/write.hpp>
#include <optional>

#include "runner/transport/tls_contexts.h"
#include "tests/transport/peer.h"

namespace imapspec::runner {
namespace {

using testing::HasSubstr;
using Kind = LinkError::Kind;
using TlsStream = asio::ssl::stream<tcp::socket&>;

const server::MadeCertificate& made() {
  static const server::MadeCertificate certificate = certificate_for("localhost");
  return certificate;
}

TlsOptions careless() {
  TlsOptions options;
  options.server_name = "localhost";
  options.verify = false;
  return options;
}

// Met is what the server's side of a handshake knows of the client.
struct Met {
  std::string name;
  std::string subject;
};

// greeting shakes hands, looks at the client, says "hi" and waits for the end.
std::function<void(tcp::socket&)> greeting(asio::ssl::context& context, Met* met = nullptr) {
  return [&context, met](tcp::socket& socket) {
    TlsStream stream(socket, context);
    asio::error_code error;
    stream.handshake(TlsStream::server, error);
    if (met != nullptr && !error) {
      const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
      if (name != nullptr) met->name = name;
      if (X509* const certificate = SSL_get0_peer_certificate(stream.native_handle())) {
        std::array<char, 256> text{};
        X509_NAME_oneline(X509_get_subject_name(certificate), text.data(), static_cast<int>(text.size()));
        met->subject = text.data();
      }
    }
    asio::write(stream, asio::buffer("hi", 2), error);
    read_until_end(socket);
  };
}

// shake performs the handshake with a peer and reads its greeting. The link is still open.
std::expected<TlsFacts, LinkError> shake(const TlsOptions& options, asio::ssl::context& context, Met* met = nullptr,
                                         TlsSession* session = nullptr) {
  Peer peer(greeting(context, met));
  std::expected<TlsFacts, LinkError> facts;
  {
    const auto link = peer.dial();
    facts = link->start_tls(options, soon());
    if (facts) {
      EXPECT_TRUE(link->receive(soon()));
    }
    if (session != nullptr) *session = link->session();
  }
  peer.finish();
  return facts;
}

TEST(TlsOffers, TheSuitesThatAreAskedFor) {
  auto context = tls_context(made().certificate);
  TlsOptions options = careless();
  options.suites = "TLS_CHACHA20_POLY1305_SHA256";
  EXPECT_EQ(shake(options, context)->cipher, "TLS_CHACHA20_POLY1305_SHA256");
  options.maximum = TlsVersion::Tls1_2;
  options.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";
  EXPECT_THAT(shake(options, context)->cipher, HasSubstr("AES128-GCM-SHA256"));
  options.ciphers = "NO-SUCH-SUITE";
  EXPECT_EQ(shake(options, context).error().kind, Kind::TlsUnavailable);
}

TEST(TlsOffers, AnotherNameOrNone) {
  auto context = tls_context(made().certificate);
  TlsOptions options = careless();
  for (const auto& [indicated, seen] : {std::pair<std::optional<std::string>, std::string>{std::nullopt, "localhost"},
                                        {"elsewhere.example", "elsewhere.example"},
                                        {"", ""}}) {
    options.indicated = indicated;
    Met met;
    ASSERT_TRUE(shake(options, context, &met));
    EXPECT_EQ(met.name, seen);
  }
}

TEST(TlsOffers, ProtocolsOfWhichTheServerSelectsOne) {
  auto context = tls_context(made().certificate);
  TlsOptions options = careless();
  options.protocols = {"h2", "imap"};
  EXPECT_EQ(shake(options, context)->protocol, "");
  SSL_CTX_set_alpn_select_cb(
      context.native_handle(),
      [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned, void*) {
        // The second of the two: "\2h2\4imap".
        *size = in[3];
        *out = in + 4;
        return SSL_TLSEXT_ERR_OK;
      },
      nullptr);
  EXPECT_EQ(shake(options, context)->protocol, "imap");
}

TEST(TlsOffers, ACertificateOfTheClient) {
  auto context = tls_context(made().certificate);
  SSL_CTX_set_verify(context.native_handle(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     [](int, X509_STORE_CTX*) { return 1; });
  const auto client = certificate_for("client.example");
  TlsOptions options = careless();
  options.certificate = client.certificate.chain + client.certificate.key;
  options.maximum = TlsVersion::Tls1_2;
  Met met;
  ASSERT_TRUE(shake(options, context, &met));
  EXPECT_FALSE(met.subject.empty());
  options.certificate.clear();
  EXPECT_EQ(shake(options, context).error().kind, Kind::TlsRefused);
  options.certificate = "no PEM";
  EXPECT_EQ(shake(options, context).error().kind, Kind::TlsUnavailable);
}

// encrypted is the key with a passphrase.
std::string encrypted(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                     &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
  EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), "words", 5, nullptr, nullptr), 1);
  char* octets = nullptr;
  const long size = BIO_get_mem_data(out.get(), &octets);
  return {octets, static_cast<std::size_t>(size)};
}

TEST(TlsOffers, NoCertificateThatCannotBeShown) {
  const auto client = certificate_for("client.example").certificate;
  EXPECT_TRUE(check_certificate(client.chain + client.key));
  EXPECT_TRUE(check_certificate(client.key + client.chain));
  EXPECT_EQ(check_certificate("no PEM").error(), "there is no certificate (PEM)");
  EXPECT_EQ(check_certificate(client.chain).error(), "there is no key (PEM)");
  EXPECT_EQ(check_certificate(client.chain + made().certificate.key).error(), "the key is not that of the certificate");
  EXPECT_EQ(check_certificate(client.chain + encrypted(client.key)).error(),
            "the key is encrypted: take its passphrase off");
}

TEST(TlsOffers, ASessionToResume) {
  for (const TlsVersion version : {TlsVersion::Tls1_2, TlsVersion::Tls1_3}) {
    auto context = tls_context(made().certificate);
    TlsOptions options = careless();
    options.minimum = options.maximum = version;
    TlsSession session;
    EXPECT_FALSE(shake(options, context, nullptr, &session)->resumed);
    ASSERT_NE(session, nullptr);
    options.session = session;
    EXPECT_TRUE(shake(options, context)->resumed);
    // Another server knows nothing of it.
    auto other = tls_context(made().certificate);
    EXPECT_FALSE(shake(options, other)->resumed);
  }
}

TEST(Links, AResetArrivesAsOne) {
  asio::error_code seen;
  Peer peer([&](tcp::socket& socket) {
    std::array<char, 16> buffer;
    while (!seen) socket.read_some(asio::buffer(buffer), seen);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->send("x", soon()));
  link->reset();
  EXPECT_EQ(link->receive(soon()).error().kind, Kind::Closed);
  peer.finish();
  EXPECT_EQ(seen, asio::error::connection_reset);
}

TEST(Links, WaitingEndsSoonAfterAnInterruption) {
  Peer peer([](tcp::socket& socket) { read_until_end(socket); });
  {
    const auto link = peer.dial();
    const std::atomic<int> interrupted{15};
    const auto begun = Clock::now();
    const auto octets = link->receive({begun + std::chrono::seconds(20), &interrupted});
    ASSERT_FALSE(octets);
    EXPECT_EQ(octets.error().kind, Kind::Timeout);
    EXPECT_LT(Clock::now() - begun, std::chrono::seconds(10));
  }
}

}  // namespace
}  // namespace imapspec::runner
