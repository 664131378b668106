// What a session is told of TLS: channel bindings and the client's certificate.
//
// RFC 9266; RFC 5929 section 3; RFC 8314 section 4.2
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "server/net/tls_server.h"

namespace imapspec::server {
namespace {

template <class T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, decltype([](T* value) { kFree(value); })>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Cert = Owned<X509, X509_free>;

// Client is a certificate that signs itself, and its key.
struct Client {
  Key key;
  Cert certificate;
  std::string pem;
};

Client client_named(const std::vector<std::string>& names) {
  Client client;
  client.key.reset(EVP_EC_gen("P-256"));
  client.certificate.reset(X509_new());
  X509* const x509 = client.certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_NAME* const subject = X509_get_subject_name(x509);
  for (const std::string& name : names) {
    X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.data()), static_cast<int>(name.size()), -1,
                               0);
  }
  X509_set_issuer_name(x509, subject);
  X509_set_pubkey(x509, client.key.get());
  EXPECT_GT(X509_sign(x509, client.key.get(), EVP_sha256()), 0);
  const Owned<BIO, BIO_free_all> text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(text.get(), x509);
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  client.pem.assign(data, static_cast<std::size_t>(size));
  return client;
}

// Meeting is a handshake, and what both sides make of it.
struct Meeting {
  TlsConnection::Progress progress = TlsConnection::Progress::NeedsMore;
  TlsFacts facts;
  int key = EVP_PKEY_NONE;  // of the server's certificate
  std::string exporter;     // as the client computes them
  std::string finished;
};

struct Terms {
  int version = TLS1_3_VERSION;
  bool extended_master_secret = true;
  const char* signatures = nullptr;  // those that the client takes; nullptr: all
  const Client* client = nullptr;
  std::string authority;
};

Meeting meet(const Terms& terms) {
  static const auto made = make_certificate(std::vector<std::string>{"localhost"}, std::chrono::system_clock::now());
  auto context = TlsContext::create(made->certificate, false, terms.authority, made->with_rsa);
  EXPECT_TRUE(context) << context.error();
  const Owned<SSL_CTX, SSL_CTX_free> client_context(SSL_CTX_new(TLS_client_method()));
  const Owned<SSL, SSL_free> owned(SSL_new(client_context.get()));
  SSL* const client = owned.get();
  SSL_set_max_proto_version(client, terms.version);
  if (!terms.extended_master_secret) SSL_set_options(client, SSL_OP_NO_EXTENDED_MASTER_SECRET);
  if (terms.signatures != nullptr) {
    EXPECT_EQ(SSL_set1_sigalgs_list(client, terms.signatures), 1);
  }
  if (terms.client != nullptr) {
    SSL_use_certificate(client, terms.client->certificate.get());
    SSL_use_PrivateKey(client, terms.client->key.get());
  }
  SSL_set0_rbio(client, BIO_new(BIO_s_mem()));
  SSL_set0_wbio(client, BIO_new(BIO_s_mem()));
  SSL_set_connect_state(client);
  TlsConnection server(*context);
  Meeting meeting;
  for (int flight = 0; flight < 5 && meeting.progress == TlsConnection::Progress::NeedsMore; ++flight) {
    SSL_do_handshake(client);
    char* data = nullptr;
    const long size = BIO_get_mem_data(SSL_get_wbio(client), &data);
    server.feed({data, static_cast<std::size_t>(size)});
    (void)BIO_reset(SSL_get_wbio(client));
    meeting.progress = server.handshake();
    const std::string answer = server.take_pending();
    BIO_write(SSL_get_rbio(client), answer.data(), static_cast<int>(answer.size()));
  }
  if (meeting.progress != TlsConnection::Progress::Done) return meeting;
  SSL_do_handshake(client);
  meeting.facts = server.facts();
  meeting.key = EVP_PKEY_get_base_id(X509_get0_pubkey(SSL_get0_peer_certificate(client)));
  unsigned char exported[32];
  static constexpr unsigned char kNoContext = 0;
  EXPECT_EQ(
      SSL_export_keying_material(client, exported, sizeof(exported), "EXPORTER-Channel-Binding", 24, &kNoContext, 0, 1),
      1);
  meeting.exporter.assign(exported, exported + sizeof(exported));
  unsigned char finished[EVP_MAX_MD_SIZE];
  const std::size_t size = SSL_get_finished(client, finished, sizeof(finished));
  meeting.finished.assign(finished, finished + size);
  return meeting;
}

TEST(TlsFacts, OfTls13HaveTheExporterOfBothSides) {
  const Meeting meeting = meet({});
  EXPECT_EQ(meeting.facts.version, "TLSv1.3");
  EXPECT_EQ(meeting.facts.exporter, meeting.exporter);
  EXPECT_EQ(meeting.facts.exporter.size(), 32U);
  EXPECT_EQ(meeting.facts.unique, "");
  EXPECT_EQ(meeting.facts.certificate_name, "");
  EXPECT_NE(meet({}).facts.exporter, meeting.facts.exporter);
}

TEST(TlsFacts, OfTls12HaveBothBindings) {
  const Meeting meeting = meet({.version = TLS1_2_VERSION, .authority = ""});
  EXPECT_EQ(meeting.facts.version, "TLSv1.2");
  EXPECT_EQ(meeting.facts.exporter, meeting.exporter);
  EXPECT_EQ(meeting.facts.unique, meeting.finished);
  EXPECT_EQ(meeting.facts.unique.size(), 12U);
}

TEST(TlsFacts, HaveTheBindingsOfTheConnectionWhicheverCertificateIsInUse) {
  for (const auto& [signatures, key] :
       {std::pair("ECDSA+SHA256", EVP_PKEY_EC), std::pair("RSA-PSS+SHA256:RSA+SHA256", EVP_PKEY_RSA)}) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      const Meeting meeting = meet({.version = version, .signatures = signatures, .authority = ""});
      EXPECT_EQ(meeting.key, key);
      EXPECT_EQ(meeting.facts.exporter, meeting.exporter);
      EXPECT_EQ(meeting.facts.exporter.size(), 32U);
      EXPECT_EQ(meeting.facts.unique, version == TLS1_2_VERSION ? meeting.finished : "");
    }
  }
}

TEST(TlsFacts, HaveNoBindingWithoutTheExtendedMasterSecret) {
  const Meeting meeting = meet({.version = TLS1_2_VERSION, .extended_master_secret = false, .authority = ""});
  EXPECT_EQ(meeting.facts.version, "TLSv1.2");
  EXPECT_EQ(meeting.facts.exporter, "");
  EXPECT_EQ(meeting.facts.unique, "");
}

TEST(TlsFacts, NameWhomAVerifiedCertificateNames) {
  const Client alice = client_named({"alice"});
  EXPECT_EQ(meet({.client = &alice, .authority = alice.pem}).facts.certificate_name, "alice");
  EXPECT_EQ(meet({.version = TLS1_2_VERSION, .client = &alice, .authority = alice.pem}).facts.certificate_name,
            "alice");
  // Who has none is welcome too, and who was not asked did not show it.
  EXPECT_EQ(meet({.authority = alice.pem}).progress, TlsConnection::Progress::Done);
  EXPECT_EQ(meet({.client = &alice, .authority = ""}).facts.certificate_name, "");
}

TEST(TlsFacts, NameNobodyWhereTheCertificateIsOfAStrangerOrOfTwo) {
  const Client alice = client_named({"alice"});
  const Client stranger = client_named({"alice"});
  EXPECT_EQ(meet({.client = &stranger, .authority = alice.pem}).progress, TlsConnection::Progress::Failed);
  const Client two = client_named({"alice", "bob"});
  EXPECT_EQ(meet({.client = &two, .authority = two.pem}).facts.certificate_name, "");
  const Client none = client_named({});
  EXPECT_EQ(meet({.client = &none, .authority = none.pem}).facts.certificate_name, "");
}

TEST(TlsContext, RefusesAnAuthorityThatIsNone) {
  const auto made = make_certificate(std::vector<std::string>{"localhost"}, std::chrono::system_clock::now());
  EXPECT_FALSE(TlsContext::create(made->certificate, false, "not PEM"));
}

}  // namespace
}  // namespace imapspec::server
