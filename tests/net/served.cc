#include "tests/net/served.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "runner/transport/socket_dialer.h"

namespace imapspec::server {
namespace {

// must yields the value, or ends the test program with the reason.
template <class T, class E>
T must(std::expected<T, E> outcome) {
  if (!outcome) {
    if constexpr (std::is_same_v<E, std::string>) {
      ADD_FAILURE() << outcome.error();
    } else {
      ADD_FAILURE() << outcome.error().message;
    }
    std::abort();
  }
  return *std::move(outcome);
}

// One certificate serves all tests of a program.
const MadeCertificate& certificate() {
  static const MadeCertificate made =
      must(make_certificate(std::vector<std::string>{"localhost", "127.0.0.1"}, std::chrono::system_clock::now()));
  return made;
}

}  // namespace

Served::Served(FaultSet faults, Limits limits, double time_scale)
    : store_([] { return std::chrono::system_clock::now(); }, limits), folder_(must(PrivateFolder::create())) {
  authority_ = must(folder_.write("ca.pem", certificate().authority)).string();
  ServerConfig config;
  config.certificate = certificate().certificate;
  config.rsa_certificate = certificate().with_rsa;
  config.faults = faults;
  config.session.limits = limits;
  config.time_scale = time_scale;
  server_ = must(Server::create(store_, std::move(config)));
  thread_ = std::thread([this] { server_->run(); });
}

Served::~Served() { stop(); }

void Served::stop() {
  if (!thread_.joinable()) return;
  server_->stop();
  thread_.join();
}

std::unique_ptr<runner::Link> Served::dial_raw(runner::Door door) {
  const auto dialer = runner::make_dialer(runner::Address{server_->host(), server_->port()},
                                          runner::Address{server_->host(), server_->tls_port()});
  return must(dialer->dial(door, soon()));
}

std::unique_ptr<runner::Link> Served::dial(runner::Door door) {
  auto link = dial_raw(door);
  if (door == runner::Door::ImplicitTls) must(link->start_tls(trusting(), soon()));
  return link;
}

runner::TlsOptions Served::trusting() const {
  runner::TlsOptions options;
  options.server_name = "localhost";
  options.ca_file = authority_;
  return options;
}

std::string read_to(runner::Link& link, std::string_view prefix) {
  std::string all;
  while (true) {
    if (all.ends_with("\r\n")) {
      const std::size_t before = all.rfind("\r\n", all.size() - 3);
      const std::size_t line = before == std::string::npos ? 0 : before + 2;
      if (std::string_view(all).substr(line).starts_with(prefix)) return all;
    }
    const auto octets = link.receive(soon());
    if (!octets) return all;
    all += *octets;
  }
}

std::string ask(runner::Link& link, const std::string& tag, const std::string& command) {
  if (!link.send(tag + " " + command + "\r\n", soon())) return {};
  return read_to(link, tag + " ");
}

std::string read_to_end(runner::Link& link) {
  std::string all;
  while (true) {
    const auto octets = link.receive(soon());
    if (!octets) {
      EXPECT_EQ(octets.error().kind, runner::LinkError::Kind::Closed) << octets.error().message;
      return all;
    }
    all += *octets;
  }
}

}  // namespace imapspec::server
