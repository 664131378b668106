// TLS as a client: trust, refusals, versions, and what came before the handshake.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/read.hpp>
#include <asio/ssl/stream.hpp>
#include <asio/write.hpp>
#include <future>
#include <optional>

#include "server/net/private_folder.h"
#include "server/net/tls_server.h"
#include "tests/transport/peer.h"

namespace imapspec::runner {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using Kind = LinkError::Kind;
using TlsStream = asio::ssl::stream<tcp::socket&>;

class Tls : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new server::PrivateFolder(*server::PrivateFolder::create());
    made_ = new server::MadeCertificate(certificate_for("127.0.0.1"));
    authority_ = new std::string(folder_->write("ca.pem", made_->authority)->string());
  }
  static void TearDownTestSuite() {
    delete authority_;
    delete made_;
    delete folder_;
  }

  static TlsOptions trusting() {
    TlsOptions options;
    options.server_name = "127.0.0.1";
    options.ca_file = *authority_;
    return options;
  }

  // echoing performs a handshake, then sends back one thing it reads, then closes properly.
  static std::function<void(tcp::socket&)> echoing(std::function<void(asio::ssl::context&)> change = {}) {
    return echoing_with(made_->certificate, std::move(change));
  }

  static std::function<void(tcp::socket&)> echoing_with(server::Certificate certificate,
                                                        std::function<void(asio::ssl::context&)> change = {}) {
    return [certificate = std::move(certificate), change = std::move(change)](tcp::socket& socket) {
      asio::ssl::context context = tls_context(certificate);
      if (change) change(context);
      TlsStream stream(socket, context);
      asio::error_code error;
      stream.handshake(TlsStream::server, error);
      if (error) {
        read_until_end(socket);
        return;
      }
      std::array<char, 4096> buffer;
      const std::size_t size = stream.read_some(asio::buffer(buffer), error);
      asio::write(stream, asio::buffer(buffer.data(), size), error);
      stream.shutdown(error);
    };
  }

  static server::PrivateFolder* folder_;
  static server::MadeCertificate* made_;
  static std::string* authority_;
};

server::PrivateFolder* Tls::folder_ = nullptr;
server::MadeCertificate* Tls::made_ = nullptr;
std::string* Tls::authority_ = nullptr;

TEST_F(Tls, CarriesOctetsBothWays) {
  Peer peer(echoing());
  const auto link = peer.dial();
  const auto facts = link->start_tls(trusting(), soon());
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->version, "TLSv1.3");
  EXPECT_FALSE(facts->cipher.empty());
  EXPECT_TRUE(link->is_tls());
  ASSERT_TRUE(link->send("a NOOP\r\n", soon()));
  const auto answer = link->receive(soon());
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "a NOOP\r\n");
  EXPECT_EQ(link->receive(soon()).error().kind, Kind::Closed);
}

TEST_F(Tls, WithoutANameTheDialledHostIsVerified) {
  Peer peer(echoing());
  const auto link = peer.dial();
  TlsOptions options = trusting();
  options.server_name.clear();
  EXPECT_TRUE(link->start_tls(options, soon()));
}

TEST_F(Tls, AnUnknownAuthorityIsUntrusted) {
  Peer peer(echoing_with(certificate_for("127.0.0.1").certificate));
  const auto link = peer.dial();
  const auto facts = link->start_tls(trusting(), soon());
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, Kind::TlsUntrusted);
  EXPECT_THAT(facts.error().message, HasSubstr("certificate"));
}

TEST_F(Tls, WrongNamesAreUntrusted) {
  for (const std::string name : {"127.0.0.2", "localhost", "::1"}) {
    Peer peer(echoing());
    const auto link = peer.dial();
    TlsOptions options = trusting();
    options.server_name = name;
    const auto facts = link->start_tls(options, soon());
    ASSERT_FALSE(facts) << name;
    EXPECT_EQ(facts.error().kind, Kind::TlsUntrusted) << name;
    EXPECT_THAT(facts.error().message, HasSubstr(" mismatch")) << name;
  }
}

TEST_F(Tls, NothingIsVerifiedWhenAskedNotTo) {
  Peer peer(echoing_with(certificate_for("elsewhere.example").certificate));
  const auto link = peer.dial();
  TlsOptions options;
  options.verify = false;
  EXPECT_TRUE(link->start_tls(options, soon()));
}

TEST_F(Tls, ServerNamesAreIndicatedForNamesOnly) {
  for (const std::string name : {"localhost", "127.0.0.1"}) {
    std::string hello;
    Peer peer([&](tcp::socket& socket) {
      std::array<char, 8192> buffer;
      asio::error_code error;
      hello.assign(buffer.data(), socket.read_some(asio::buffer(buffer), error));
    });
    {
      const auto link = peer.dial();
      TlsOptions options = trusting();
      options.server_name = name;
      EXPECT_FALSE(link->start_tls(options, soon()));
    }
    peer.finish();
    EXPECT_EQ(hello.find(name) != std::string::npos, name == "localhost");
  }
}

TEST_F(Tls, AnAlertOfThePeerIsARefusal) {
  Peer peer(echoing(
      [](asio::ssl::context& context) { SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_3_VERSION); }));
  const auto link = peer.dial();
  TlsOptions options = trusting();
  options.maximum = TlsVersion::Tls1_2;
  const auto facts = link->start_tls(options, soon());
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, Kind::TlsRefused);
  EXPECT_THAT(facts.error().message, HasSubstr("protocol version"));
}

TEST_F(Tls, OldVersionsAreReallyOffered) {
  struct Case {
    TlsVersion version;
    char minor;
  };
  for (const Case& old : {Case{TlsVersion::Tls1_0, 1}, Case{TlsVersion::Tls1_1, 2}}) {
    std::array<char, 11> hello{};
    Peer peer([&](tcp::socket& socket) {
      asio::error_code error;
      asio::read(socket, asio::buffer(hello), error);
    });
    const auto link = peer.dial();
    TlsOptions options = trusting();
    options.maximum = old.version;
    const auto facts = link->start_tls(options, soon());
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().kind, Kind::TlsRefused) << facts.error().message;
    peer.finish();
    // RFC 5246 section 7.4.1.2: after the headers of the record and of the handshake message.
    EXPECT_EQ(hello[9], 3);
    EXPECT_EQ(hello[10], old.minor);
  }
}

TEST_F(Tls, OldVersionsAreNegotiatedWithAPeerThatHasThem) {
  Peer peer(echoing([](asio::ssl::context& context) {
    SSL_CTX_set_security_level(context.native_handle(), 0);
    SSL_CTX_set_cipher_list(context.native_handle(), "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
  }));
  const auto link = peer.dial();
  TlsOptions options = trusting();
  options.minimum = TlsVersion::Tls1_0;
  options.maximum = TlsVersion::Tls1_1;
  const auto facts = link->start_tls(options, soon());
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->version, "TLSv1.1");
}

TEST_F(Tls, WhatIsNoHandshakeIsARefusal) {
  for (const std::string answer :
       {"* OK IMAP4rev2 ready\r\n", "HTTP/1.0 400 Bad Request\r\n\r\n", "\x16\x03\x03\xff\xff"}) {
    Peer peer([&](tcp::socket& socket) {
      asio::error_code error;
      std::array<char, 1> buffer;
      asio::read(socket, asio::buffer(buffer), error);
      asio::write(socket, asio::buffer(answer), error);
      socket.shutdown(tcp::socket::shutdown_send, error);
      read_until_end(socket);
    });
    const auto link = peer.dial();
    const auto facts = link->start_tls(trusting(), soon());
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().kind, Kind::TlsRefused) << facts.error().message;
  }
}

TEST_F(Tls, AnEndDuringTheHandshakeIsARefusal) {
  for (const bool reset : {false, true}) {
    Peer peer([&](tcp::socket& socket) {
      asio::error_code error;
      std::array<char, 1> buffer;
      asio::read(socket, asio::buffer(buffer), error);
      if (reset) socket.set_option(asio::socket_base::linger(true, 0), error);
    });
    const auto link = peer.dial();
    const auto facts = link->start_tls(trusting(), soon());
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().kind, Kind::TlsRefused) << facts.error().message;
  }
}

TEST_F(Tls, AHandshakeThatStallsIsATimeout) {
  Peer peer([](tcp::socket& socket) { read_until_end(socket); });
  const auto link = peer.dial();
  const auto facts = link->start_tls(trusting(), within(milliseconds(40)));
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, Kind::Timeout);
}

TEST_F(Tls, WhatCameInTheClearIsThrownAway) {
  std::promise<void> written;
  const auto then = echoing();
  Peer peer([&](tcp::socket& socket) {
    asio::error_code error;
    asio::write(socket, asio::buffer("* BYE injected\r\n", 16), error);
    written.set_value();
    then(socket);
  });
  const auto link = peer.dial();
  written.get_future().wait();
  const auto facts = link->start_tls(trusting(), soon());
  ASSERT_TRUE(facts) << facts.error().message;
  ASSERT_TRUE(link->send("under TLS", soon()));
  const auto answer = link->receive(soon());
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "under TLS");
}

TEST_F(Tls, AnEndWithoutCloseNotifyIsClosed) {
  Peer peer([&](tcp::socket& socket) {
    asio::ssl::context context = tls_context(made_->certificate);
    TlsStream stream(socket, context);
    asio::error_code error;
    stream.handshake(TlsStream::server, error);
    asio::write(stream, asio::buffer("last", 4), error);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->start_tls(trusting(), soon()));
  EXPECT_EQ(receive_all(*link), "last");
  EXPECT_EQ(link->receive(soon()).error().kind, Kind::Closed);
}

TEST_F(Tls, GarbageAfterTheHandshakeIsClosed) {
  Peer peer([&](tcp::socket& socket) {
    asio::ssl::context context = tls_context(made_->certificate);
    TlsStream stream(socket, context);
    asio::error_code error;
    stream.handshake(TlsStream::server, error);
    asio::write(socket, asio::buffer("* OK in the clear\r\n", 19), error);
    read_until_end(socket);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->start_tls(trusting(), soon()));
  const auto octets = link->receive(soon());
  ASSERT_FALSE(octets);
  EXPECT_EQ(octets.error().kind, Kind::Closed);
  EXPECT_EQ(link->send("x", soon()).error().kind, Kind::Closed);
}

TEST_F(Tls, HalfClosingEndsTlsProperly) {
  asio::error_code seen;
  Peer peer([&](tcp::socket& socket) {
    asio::ssl::context context = tls_context(made_->certificate);
    TlsStream stream(socket, context);
    asio::error_code error;
    stream.handshake(TlsStream::server, error);
    std::array<char, 16> buffer;
    stream.read_some(asio::buffer(buffer), seen);
    asio::write(stream, asio::buffer("bye", 3), error);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->start_tls(trusting(), soon()));
  link->shut_down_sending();
  EXPECT_EQ(receive_all(*link), "bye");
  peer.finish();
  // Not stream_truncated, which is the end without a close_notify.
  EXPECT_EQ(seen, asio::error::eof);
}

TEST_F(Tls, AFloodUnderTlsComesInBoundedPieces) {
  constexpr std::size_t kFlood = 20'000'000;
  Peer peer([&](tcp::socket& socket) {
    asio::ssl::context context = tls_context(made_->certificate);
    TlsStream stream(socket, context);
    asio::error_code error;
    stream.handshake(TlsStream::server, error);
    asio::write(stream, asio::buffer(std::string(kFlood, 'x')), error);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->start_tls(trusting(), soon()));
  std::size_t received = 0;
  std::size_t largest = 0;
  while (const auto octets = link->receive(soon())) {
    received += octets->size();
    largest = std::max(largest, octets->size());
  }
  EXPECT_EQ(received, kFlood);
  EXPECT_LE(largest, 65'536U);
}

TEST_F(Tls, WhatWeCannotOfferIsUnavailableAndNotHeldAgainstThePeer) {
  Peer peer([](tcp::socket& socket) { read_until_end(socket); });
  const auto link = peer.dial();
  TlsOptions options = trusting();
  options.ca_file = (folder_->path() / "missing.pem").string();
  EXPECT_EQ(link->start_tls(options, soon()).error().kind, Kind::TlsUnavailable);
}

TEST_F(Tls, IsNotNested) {
  Peer peer(echoing());
  const auto link = peer.dial();
  ASSERT_TRUE(link->start_tls(trusting(), soon()));
  EXPECT_EQ(link->start_tls(trusting(), soon()).error().kind, Kind::TlsUnavailable);
}

}  // namespace
}  // namespace imapspec::runner
