#include "runner/transport/tls_contexts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <asio/buffer.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/write.hpp>
#include <filesystem>
#include <thread>
#include <vector>

#include "runner/transport/socket_dialer.h"
#include "tests/runner/temporary_folder.h"
#include "tests/transport/peer.h"

namespace imapspec::runner {
namespace {

TlsOptions careless() {
  TlsOptions options;
  options.server_name = "localhost";
  options.verify = false;
  return options;
}

TEST(TlsContexts, AreSharedByConnectionsThatDifferInNamesAndSessionsOnly) {
  TlsContexts contexts;
  TlsOptions options = careless();
  const auto first = contexts.context_for(options);
  ASSERT_TRUE(first);
  options.server_name = "elsewhere.example";
  options.indicated = "";
  options.session = TlsSession(SSL_SESSION_new(), &SSL_SESSION_free);
  EXPECT_EQ(*contexts.context_for(options), *first);
}

TEST(TlsContexts, AreNotSharedByConnectionsThatOfferAnythingElse) {
  TlsContexts contexts;
  const auto made = certificate_for("client.example");
  std::vector<TlsOptions> offers(8, careless());
  offers[1].minimum = TlsVersion::Tls1_3;
  offers[2].maximum = TlsVersion::Tls1_2;
  offers[3].ciphers = "ECDHE-RSA-AES128-GCM-SHA256";
  offers[4].suites = "TLS_CHACHA20_POLY1305_SHA256";
  offers[5].protocols = {"imap"};
  offers[6].certificate = made.certificate.chain + made.certificate.key;
  offers[7].verify = true;
  std::vector<std::shared_ptr<ssl_ctx_st>> seen;
  for (const TlsOptions& options : offers) {
    const auto context = contexts.context_for(options);
    ASSERT_TRUE(context) << context.error().message;
    EXPECT_THAT(seen, testing::Not(testing::Contains(*context)));
    EXPECT_EQ(*contexts.context_for(options), *context) << "asked for again";
    seen.push_back(*context);
  }
}

TEST(TlsContexts, ReadAFileOfCertificatesAnewWhenItWasWrittenAnew) {
  const TemporaryFolder folder;
  TlsContexts contexts;
  TlsOptions options = careless();
  options.verify = true;
  options.ca_file = (folder.path() / "ca.pem").string();

  const auto missing = contexts.context_for(options);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, LinkError::Kind::TlsUnavailable);
  EXPECT_EQ(missing.error().message, "cannot read certificates from " + options.ca_file);

  folder.write("ca.pem", certificate_for("localhost").authority);
  const auto first = contexts.context_for(options);
  ASSERT_TRUE(first) << "what failed is tried again";
  EXPECT_EQ(*contexts.context_for(options), *first);

  folder.write("other.pem", certificate_for("localhost").authority);
  std::filesystem::rename(folder.path() / "other.pem", folder.path() / "ca.pem");
  const auto second = contexts.context_for(options);
  ASSERT_TRUE(second);
  EXPECT_NE(*second, *first);

  folder.write("ca.pem", "no certificate");
  EXPECT_FALSE(contexts.context_for(options));
  std::filesystem::remove(folder.path() / "ca.pem");
  EXPECT_FALSE(contexts.context_for(options)) << "what is gone is not trusted any more";
}

TEST(TlsContexts, AreMadeOnceForThreadsThatAskAtTheSameTime) {
  TlsContexts contexts;
  std::vector<std::shared_ptr<ssl_ctx_st>> got(8);
  {
    std::vector<std::jthread> threads;
    for (auto& place : got) {
      threads.emplace_back([&] {
        if (const auto context = contexts.context_for(careless())) place = *context;
      });
    }
  }
  ASSERT_NE(got.front(), nullptr);
  EXPECT_THAT(got, testing::Each(got.front()));
}

TEST(TlsContexts, OfOneDialerHandNoSessionFromLinkToLink) {
  const auto made = certificate_for("localhost");
  for (const TlsVersion version : {TlsVersion::Tls1_2, TlsVersion::Tls1_3}) {
    auto context = tls_context(made.certificate);
    const auto greeting = [&](asio::ip::tcp::socket& socket) {
      asio::ssl::stream<asio::ip::tcp::socket&> stream(socket, context);
      asio::error_code error;
      stream.handshake(asio::ssl::stream_base::server, error);
      asio::write(stream, asio::buffer("hi", 2), error);
      read_until_end(socket);
    };
    Peer first(greeting);
    Peer second(greeting);
    const auto dialer = make_dialer(Address{"127.0.0.1", first.port()}, Address{"127.0.0.1", second.port()});
    TlsOptions options = careless();
    options.minimum = options.maximum = version;
    for (const Door door : {Door::Cleartext, Door::ImplicitTls}) {
      auto link = dialer->dial(door, soon());
      ASSERT_TRUE(link) << link.error().message;
      const auto facts = (*link)->start_tls(options, soon());
      ASSERT_TRUE(facts) << facts.error().message;
      EXPECT_TRUE((*link)->receive(soon()));
      EXPECT_NE((*link)->session(), nullptr) << "there is something that could be resumed";
      EXPECT_FALSE(facts->resumed);
    }
  }
}

}  // namespace
}  // namespace imapspec::runner
