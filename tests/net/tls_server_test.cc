// What the server negotiates with clients that ask for odd things, sans I/O.
//
// RFC 9051 section 11.1, RFC 9325
#include "server/net/tls_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace imapspec::server {
namespace {

using Progress = TlsConnection::Progress;

class TlsServer : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto made = make_certificate(std::vector<std::string>{"localhost"}, std::chrono::system_clock::now());
    ASSERT_TRUE(made);
    context_ = new TlsContext(*TlsContext::create(made->certificate, false, {}, made->with_rsa));
  }
  static void TearDownTestSuite() { delete context_; }

  // Outcome is how a handshake ended, and what a client saw of it.
  struct Outcome {
    Progress progress = Progress::NeedsMore;
    std::string version;
    std::string cipher;
    std::string alpn;
    int key = EVP_PKEY_NONE;  // of the server's certificate
    bool certificate_requested = false;
    bool extended_master_secret = false;
    bool secure_renegotiation = false;
  };

  static Outcome shake_hands(const std::function<void(SSL*)>& configure = {}, const TlsContext& with = *context_) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> client(SSL_new(context.get()), SSL_free);
    SSL_set0_rbio(client.get(), BIO_new(BIO_s_mem()));
    SSL_set0_wbio(client.get(), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(client.get());
    if (configure) configure(client.get());
    TlsConnection server(with);
    Outcome outcome;
    // Each round is one flight of both; a handshake has two or three.
    for (int round = 0; round < 5 && outcome.progress == Progress::NeedsMore; ++round) {
      SSL_do_handshake(client.get());
      char* data = nullptr;
      const long size = BIO_get_mem_data(SSL_get_wbio(client.get()), &data);
      server.feed({data, static_cast<std::size_t>(size)});
      (void)BIO_reset(SSL_get_wbio(client.get()));
      outcome.progress = server.handshake();
      const std::string answer = server.take_pending();
      BIO_write(SSL_get_rbio(client.get()), answer.data(), static_cast<int>(answer.size()));
    }
    SSL_do_handshake(client.get());
    outcome.version = SSL_get_version(client.get());
    outcome.cipher = SSL_get_cipher_name(client.get());
    const unsigned char* alpn = nullptr;
    unsigned int alpn_size = 0;
    SSL_get0_alpn_selected(client.get(), &alpn, &alpn_size);
    outcome.alpn.assign(alpn, alpn + alpn_size);
    if (const X509* const shown = SSL_get0_peer_certificate(client.get())) {
      outcome.key = EVP_PKEY_get_base_id(X509_get0_pubkey(shown));
    }
    outcome.certificate_requested = SSL_get0_peer_CA_list(client.get()) != nullptr;
    outcome.extended_master_secret = SSL_get_extms_support(client.get()) == 1;
    outcome.secure_renegotiation = SSL_get_secure_renegotiation_support(client.get()) == 1;
    return outcome;
  }

  static void only_tls_1_2(SSL* client, const char* ciphers) {
    SSL_set_max_proto_version(client, TLS1_2_VERSION);
    SSL_set_security_level(client, 0);
    ASSERT_EQ(SSL_set_cipher_list(client, ciphers), 1) << ciphers;
  }

  static TlsContext* context_;
};

TlsContext* TlsServer::context_ = nullptr;

TEST_F(TlsServer, MakesAnRsaKeyForTheFirstClientThatNeedsIt) {
  const auto made = make_certificate(std::vector<std::string>{"localhost"}, std::chrono::system_clock::now());
  ASSERT_TRUE(made);
  int rsa_made = 0;
  const TlsContext context = *TlsContext::create(made->certificate, false, {}, [&] {
    ++rsa_made;
    return made->with_rsa();
  });
  const auto shake_with = [&](const char* ciphers) {
    return shake_hands([&](SSL* client) { only_tls_1_2(client, ciphers); }, context);
  };
  EXPECT_EQ(shake_hands({}, context).key, EVP_PKEY_EC);
  EXPECT_EQ(shake_with("ALL").key, EVP_PKEY_EC);
  EXPECT_EQ(shake_with("AES128-GCM-SHA256").progress, Progress::Failed);
  EXPECT_EQ(rsa_made, 0);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(shake_with("ECDHE-RSA-AES128-GCM-SHA256").key, EVP_PKEY_RSA);
  EXPECT_EQ(rsa_made, 1);
}

TEST_F(TlsServer, ShowsTheCertificateThatTheClientCanUse) {
  struct Case {
    const char* ciphers;  // of TLS 1.2; nullptr: TLS 1.3
    const char* signatures;
    const char* groups;
    int key;
  };
  const char* const both = "ECDSA+SHA256:RSA-PSS+SHA256:RSA+SHA256";
  const char* const rsa = "RSA-PSS+SHA256:RSA+SHA256";
  for (const auto& [ciphers, signatures, groups, key] : {
           Case{nullptr, both, "X25519:P-256", EVP_PKEY_EC},
           Case{nullptr, "ECDSA+SHA256", "P-256", EVP_PKEY_EC},
           Case{nullptr, rsa, "P-256", EVP_PKEY_RSA},
           Case{nullptr, "ECDSA+SHA384:RSA-PSS+SHA256", "P-256", EVP_PKEY_RSA},
           Case{"ECDHE-ECDSA-AES128-GCM-SHA256", both, "P-256", EVP_PKEY_EC},
           Case{"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDSA+SHA256", "P-256", EVP_PKEY_EC},
           Case{"ECDHE-RSA-AES128-GCM-SHA256", both, "P-256", EVP_PKEY_RSA},
           Case{"ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256", both, "P-256", EVP_PKEY_EC},
           Case{"ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256", rsa, "P-256", EVP_PKEY_RSA},
           Case{"ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256", both, "X25519", EVP_PKEY_RSA},
           Case{"ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA", both, "P-256", EVP_PKEY_RSA},
       }) {
    const Outcome outcome = shake_hands([&](SSL* client) {
      if (ciphers != nullptr) only_tls_1_2(client, ciphers);
      ASSERT_EQ(SSL_set1_sigalgs_list(client, signatures), 1);
      ASSERT_EQ(SSL_set1_groups_list(client, groups), 1);
    });
    const auto text = [](const char* list) { return std::string(list == nullptr ? "TLS 1.3" : list); };
    EXPECT_EQ(outcome.progress, Progress::Done) << text(ciphers) << ' ' << signatures << ' ' << groups;
    EXPECT_EQ(outcome.key, key) << text(ciphers) << ' ' << signatures << ' ' << groups;
    EXPECT_EQ(outcome.version, ciphers == nullptr ? "TLSv1.3" : "TLSv1.2");
  }
}

TEST_F(TlsServer, EndsTheHandshakeWhenThereIsNoCertificateForTheClient) {
  const auto rsa_only = [](SSL* client) { only_tls_1_2(client, "ECDHE-RSA-AES128-GCM-SHA256"); };
  const auto made = make_certificate(std::vector<std::string>{"localhost"}, std::chrono::system_clock::now());
  ASSERT_TRUE(made);
  const auto fails = [] { return std::expected<Certificate, std::string>(std::unexpect, "no keys today"); };
  for (const CertificateMaker& with_rsa : {CertificateMaker(), CertificateMaker(fails)}) {
    const TlsContext context = *TlsContext::create(made->certificate, false, {}, with_rsa);
    EXPECT_EQ(shake_hands(rsa_only, context).progress, Progress::Failed);
    EXPECT_EQ(shake_hands({}, context).key, EVP_PKEY_EC) << "others are served";
  }
}

TEST_F(TlsServer, PrefersTls13) {
  const Outcome outcome = shake_hands();
  EXPECT_EQ(outcome.progress, Progress::Done);
  EXPECT_EQ(outcome.version, "TLSv1.3");
  EXPECT_FALSE(outcome.certificate_requested);
}

TEST_F(TlsServer, HasTheMandatoryCipherSuites) {
  for (const char* cipher : {"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "DHE-RSA-AES128-GCM-SHA256",
                             "DHE-RSA-AES256-GCM-SHA384"}) {
    const Outcome outcome = shake_hands([&](SSL* client) { only_tls_1_2(client, cipher); });
    EXPECT_EQ(outcome.progress, Progress::Done) << cipher;
    EXPECT_EQ(outcome.cipher, cipher);
    EXPECT_EQ(outcome.version, "TLSv1.2");
    EXPECT_TRUE(outcome.extended_master_secret);
    EXPECT_TRUE(outcome.secure_renegotiation);
  }
  const Outcome outcome = shake_hands([](SSL* client) { SSL_set_ciphersuites(client, "TLS_AES_128_GCM_SHA256"); });
  EXPECT_EQ(outcome.progress, Progress::Done);
  EXPECT_EQ(outcome.cipher, "TLS_AES_128_GCM_SHA256");
}

TEST_F(TlsServer, RefusesWeakCipherSuites) {
  for (const char* ciphers :
       {"AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES128-SHA", "eNULL:@SECLEVEL=0", "aNULL:@SECLEVEL=0"}) {
    EXPECT_EQ(shake_hands([&](SSL* client) { only_tls_1_2(client, ciphers); }).progress, Progress::Failed) << ciphers;
  }
}

TEST_F(TlsServer, ChoosesTheStrongSuiteThoughItIsOfferedLast) {
  const Outcome outcome = shake_hands(
      [](SSL* client) { only_tls_1_2(client, "AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256"); });
  EXPECT_EQ(outcome.cipher, "ECDHE-RSA-AES128-GCM-SHA256");
}

TEST_F(TlsServer, RefusesOldVersions) {
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    const Outcome outcome = shake_hands([&](SSL* client) {
      SSL_set_security_level(client, 0);
      SSL_set_min_proto_version(client, TLS1_VERSION);
      SSL_set_max_proto_version(client, version);
    });
    EXPECT_EQ(outcome.progress, Progress::Failed);
  }
}

TEST_F(TlsServer, KnowsItsNamesOnly) {
  const auto with_name = [](const char* name) {
    return shake_hands([&](SSL* client) { SSL_set_tlsext_host_name(client, name); }).progress;
  };
  EXPECT_EQ(with_name("localhost"), Progress::Done);
  EXPECT_EQ(with_name("LOCALHOST"), Progress::Done);
  EXPECT_EQ(with_name("mail.example"), Progress::Failed);
}

TEST_F(TlsServer, SpeaksImapOnly) {
  const auto with_alpn = [](const std::string& protocols) {
    return shake_hands([&](SSL* client) {
      SSL_set_alpn_protos(client, reinterpret_cast<const unsigned char*>(protocols.data()),
                          static_cast<unsigned int>(protocols.size()));
    });
  };
  EXPECT_EQ(with_alpn("\x08http/1.1").progress, Progress::Failed);
  const Outcome imap = with_alpn("\x08http/1.1\x04imap");
  EXPECT_EQ(imap.progress, Progress::Done);
  EXPECT_EQ(imap.alpn, "imap");
}

TEST_F(TlsServer, SurvivesGarbage) {
  for (const std::string& garbage : {std::string("a CAPABILITY\r\n"), std::string(70'000, '\x16'), std::string(5, '\0'),
                                     std::string("\x16\x03\x01\x00\x05\x01\xff\xff\xff\xff", 10)}) {
    TlsConnection connection(*context_);
    connection.feed(garbage);
    EXPECT_NE(connection.handshake(), Progress::Done);
    EXPECT_EQ(connection.decrypt(100), "");
    connection.close_notify();
  }
}

}  // namespace
}  // namespace imapspec::server
