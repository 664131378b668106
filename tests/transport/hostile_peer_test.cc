// Connections in the clear: deadlines, ends and floods.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <asio/buffer.hpp>
#include <asio/write.hpp>
#include <atomic>
#include <future>
#include <vector>

#include "runner/transport/socket_dialer.h"
#include "tests/transport/peer.h"

namespace imapspec::runner {
namespace {

using std::chrono::milliseconds;
using Kind = LinkError::Kind;

TEST(SocketLink, SendsInOneSegmentAndReceivesTheAnswer) {
  std::size_t first_read = 0;
  Peer peer([&](tcp::socket& socket) {
    std::array<char, 4096> buffer;
    asio::error_code error;
    first_read = socket.read_some(asio::buffer(buffer), error);
    asio::write(socket, asio::buffer(buffer.data(), first_read), error);
  });
  const auto link = peer.dial();
  const std::string octets(1300, 'x');
  ASSERT_TRUE(link->send(octets, soon()));
  EXPECT_EQ(receive_all(*link), octets);
  peer.finish();
  EXPECT_EQ(first_read, octets.size());
  EXPECT_FALSE(link->is_tls());
}

TEST(SocketLink, APeerThatNeverAnswersIsATimeoutAndNothingIsLostByIt) {
  Peer peer([](tcp::socket& socket) {
    std::array<char, 1> buffer;
    asio::error_code error;
    socket.read_some(asio::buffer(buffer), error);
    asio::write(socket, asio::buffer("late", 4), error);
    read_until_end(socket);
  });
  const auto link = peer.dial();
  const auto begun = Clock::now();
  const auto nothing = link->receive(within(milliseconds(40)));
  EXPECT_GE(Clock::now() - begun, milliseconds(40));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, Kind::Timeout);
  ASSERT_TRUE(link->send("x", soon()));
  const auto late = link->receive(soon());
  ASSERT_TRUE(late);
  EXPECT_EQ(*late, "late");
}

TEST(SocketLink, ADeadlineInThePastStillYieldsWhatIsThere) {
  std::promise<void> written;
  Peer peer([&](tcp::socket& socket) {
    asio::error_code error;
    asio::write(socket, asio::buffer("here", 4), error);
    written.set_value();
    read_until_end(socket);
  });
  const auto link = peer.dial();
  written.get_future().wait();
  const auto octets = link->receive(Clock::now() - milliseconds(1));
  ASSERT_TRUE(octets) << octets.error().message;
  EXPECT_EQ(*octets, "here");
}

TEST(SocketLink, APeerThatClosesAtOnceIsClosed) {
  Peer peer([](tcp::socket&) {});
  const auto link = peer.dial();
  for (int again = 0; again < 2; ++again) {
    const auto octets = link->receive(soon());
    ASSERT_FALSE(octets);
    EXPECT_EQ(octets.error().kind, Kind::Closed);
  }
}

TEST(SocketLink, APeerThatResetsIsClosedAlsoForSending) {
  std::promise<void> connected;
  std::promise<void> reset;
  Peer peer([&](tcp::socket& socket) {
    // Sooner, and there would be no connection.
    connected.get_future().wait();
    socket.set_option(asio::socket_base::linger(true, 0));
    socket.close();
    reset.set_value();
  });
  const auto link = peer.dial();
  connected.set_value();
  reset.get_future().wait();
  const auto octets = link->receive(soon());
  ASSERT_FALSE(octets);
  EXPECT_EQ(octets.error().kind, Kind::Closed);
  // Writing to a broken connection would raise SIGPIPE, and end this program.
  for (int again = 0; again < 3; ++again) {
    const auto sent = link->send("a NOOP\r\n", soon());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().kind, Kind::Closed);
  }
}

TEST(SocketLink, WhatCameBeforeTheEndIsStillReceived) {
  Peer peer([](tcp::socket& socket) {
    asio::error_code error;
    asio::write(socket, asio::buffer("* BYE\r\n", 7), error);
  });
  const auto link = peer.dial();
  EXPECT_EQ(receive_all(*link), "* BYE\r\n");
}

TEST(SocketLink, AFloodWithoutALineEndComesInBoundedPieces) {
  constexpr std::size_t kFlood = 100'000'000;
  Peer peer([](tcp::socket& socket) {
    const std::string piece(1'000'000, 'x');
    asio::error_code error;
    for (std::size_t sent = 0; sent < kFlood && !error; sent += piece.size()) {
      asio::write(socket, asio::buffer(piece), error);
    }
  });
  const auto link = peer.dial();
  std::size_t received = 0;
  std::size_t largest = 0;
  while (const auto octets = link->receive(soon())) {
    received += octets->size();
    largest = std::max(largest, octets->size());
  }
  EXPECT_EQ(received, kFlood);
  EXPECT_LE(largest, 65'536U);
}

TEST(SocketLink, AFloodFromAPeerThatDoesNotReadIsATimeoutAndIsNotBuffered) {
  std::atomic<std::size_t> flooded = 0;
  Peer peer([&](tcp::socket& socket) {
    const std::string piece(65'536, 'x');
    asio::error_code error;
    while (!error) flooded += socket.write_some(asio::buffer(piece), error);
  });
  auto link = peer.dial();
  const auto sent = link->send(std::string(std::size_t{64} << 20, 'y'), within(milliseconds(300)));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, Kind::Timeout);
  // What the kernel buffers for both sides, and the 1 MiB of the link.
  EXPECT_LT(flooded, std::size_t{32} << 20);
  link.reset();
}

TEST(SocketLink, AnswersAreReadWhileALargeMessageIsSent) {
  constexpr std::size_t kSize = std::size_t{40} << 20;
  std::size_t echoed = 0;
  Peer peer([&](tcp::socket& socket) {
    // An echo without a buffer of its own: it does not read on before its answer is taken.
    std::array<char, 65'536> buffer;
    asio::error_code error;
    while (echoed < 900'000 && !error) {
      const std::size_t size = socket.read_some(asio::buffer(buffer), error);
      echoed += asio::write(socket, asio::buffer(buffer.data(), size), error);
    }
    read_until_end(socket);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->send(std::string(kSize, 'y'), soon()));
  link->shut_down_sending();
  const std::size_t received = receive_all(*link).size();
  peer.finish();
  EXPECT_EQ(received, echoed);
}

TEST(SocketLink, HalfClosingTellsThePeerAndStillReceives) {
  std::size_t seen = 0;
  Peer peer([&](tcp::socket& socket) {
    seen = read_until_end(socket);
    asio::error_code error;
    asio::write(socket, asio::buffer("bye", 3), error);
  });
  const auto link = peer.dial();
  ASSERT_TRUE(link->send("12345", soon()));
  link->shut_down_sending();
  EXPECT_EQ(receive_all(*link), "bye");
  peer.finish();
  EXPECT_EQ(seen, 5U);
}

TEST(SocketLink, AClosedLinkSaysSo) {
  Peer peer([](tcp::socket& socket) { read_until_end(socket); });
  const auto link = peer.dial();
  link->close();
  link->close();
  link->shut_down_sending();
  EXPECT_EQ(link->receive(soon()).error().kind, Kind::Closed);
  EXPECT_EQ(link->send("x", soon()).error().kind, Kind::Closed);
  EXPECT_EQ(link->start_tls({}, soon()).error().kind, Kind::Closed);
}

TEST(SocketDialer, APortWhereNobodyListensIsUnreachable) {
  std::uint16_t port = 0;
  {
    asio::io_context context;
    const tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    port = acceptor.local_endpoint().port();
  }
  const auto link = make_dialer(Address{"127.0.0.1", port}, std::nullopt)->dial(Door::Cleartext, soon());
  ASSERT_FALSE(link);
  EXPECT_EQ(link.error().kind, Kind::Unreachable);
  EXPECT_THAT(link.error().message, testing::HasSubstr("127.0.0.1:" + std::to_string(port)));
}

TEST(SocketDialer, ADoorThatTheServerDoesNotHaveIsUnreachable) {
  const auto dialer = make_dialer(Address{"127.0.0.1", 1}, std::nullopt);
  EXPECT_TRUE(dialer->has(Door::Cleartext));
  EXPECT_FALSE(dialer->has(Door::ImplicitTls));
  EXPECT_EQ(dialer->dial(Door::ImplicitTls, soon()).error().kind, Kind::Unreachable);
}

TEST(SocketDialer, NamesAreLookedUpAndEveryAddressIsTried) {
  asio::io_context context;
  asio::error_code unknown;
  const auto addresses = tcp::resolver(context).resolve("localhost", "143", unknown);
  if (unknown || addresses.empty()) GTEST_SKIP() << "this machine has no localhost: " << unknown.message();
  // localhost may be ::1 first, where this peer does not listen.
  Peer peer([](tcp::socket&) {});
  const auto link = make_dialer(std::nullopt, Address{"localhost", peer.port()})->dial(Door::ImplicitTls, soon());
  ASSERT_TRUE(link) << link.error().message;
  EXPECT_EQ((*link)->receive(soon()).error().kind, Kind::Closed);
}

TEST(SocketDialer, AConnectionThatNobodyAnswersIsATimeout) {
  // With a full backlog Linux drops further connection requests.
  asio::io_context context;
  tcp::acceptor acceptor(context);
  acceptor.open(tcp::v4());
  acceptor.bind(tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  acceptor.listen(0);
  const auto dialer = make_dialer(Address{"127.0.0.1", acceptor.local_endpoint().port()}, std::nullopt);
  std::vector<std::unique_ptr<Link>> waiting;
  while (waiting.size() < 10) {
    auto link = dialer->dial(Door::Cleartext, within(milliseconds(100)));
    if (!link) {
      EXPECT_EQ(link.error().kind, Kind::Timeout);
      return;
    }
    waiting.push_back(*std::move(link));
  }
  FAIL() << "the backlog never filled";
}

}  // namespace
}  // namespace imapspec::runner
