#include "bench/load/client.h"

#include <fmt/format.h>

#include <optional>

#include "runner/transport/socket_dialer.h"

namespace imapspec::bench {
namespace {

runner::Deadline patience() { return runner::Clock::now() + std::chrono::seconds(300); }

}  // namespace

Client::Client(const Server& server, const std::string& user, const std::string& password) {
  const auto dialer = runner::make_dialer(std::nullopt, runner::Address{server.host, server.port});
  auto link = dialer->dial(runner::Door::ImplicitTls, patience());
  if (!link) throw Failure(link.error().message);
  link_ = *std::move(link);
  runner::TlsOptions options;
  options.ca_file = server.ca;
  if (const auto facts = link_->start_tls(options, patience()); !facts) throw Failure(facts.error().message);
  if (!read_line().starts_with("* OK")) throw Failure("no greeting");
  run("LOGIN " + user + " " + password);
}

void Client::send(std::string_view octets) {
  if (const auto sent = link_->send(octets, patience()); !sent) throw Failure(sent.error().message);
}

std::string Client::read_line() {
  std::size_t end = waiting_.find("\r\n", at_);
  while (end == std::string::npos) {
    waiting_.erase(0, at_);
    const std::size_t seen = waiting_.size() - (waiting_.ends_with('\r') ? 1 : 0);
    at_ = 0;
    auto octets = link_->receive(patience());
    if (!octets) throw Failure(octets.error().message);
    waiting_ += *octets;
    end = waiting_.find("\r\n", seen);
  }
  std::string line = waiting_.substr(at_, end - at_);
  at_ = end + 2;
  return line;
}

template <class Each>
void Client::finish(std::string_view tag, const Each& each) {
  while (true) {
    std::string line = read_line();
    if (line.starts_with(tag) && line.substr(tag.size()).starts_with(' ')) {
      if (line.substr(tag.size()).starts_with(" OK")) return;
      throw Failure(line);
    }
    if (line.starts_with("* BYE")) throw Failure(line);
    each(std::move(line));
  }
}

std::string Client::run(std::string_view command) {
  const std::string tag = next_tag();
  send(fmt::format("{} {}\r\n", tag, command));
  std::string all;
  finish(tag, [&all](std::string line) { all.append(line).append("\r\n"); });
  return all;
}

std::size_t Client::spend(std::string_view command) {
  const std::string tag = next_tag();
  send(fmt::format("{} {}\r\n", tag, command));
  std::size_t octets = 0;
  finish(tag, [&octets](const std::string& line) { octets += line.size() + 2; });
  return octets;
}

void Client::append(std::string_view mailbox, std::string_view message) {
  const std::string tag = next_tag();
  send(fmt::format("{} APPEND {} {{{}+}}\r\n{}\r\n", tag, mailbox, message.size(), message));
  finish(tag, [](const std::string&) {});
}

void Client::idle(std::chrono::milliseconds time) {
  const std::string tag = next_tag();
  send(tag + " IDLE\r\n");
  while (!read_line().starts_with('+')) {
  }
  const auto octets = link_->receive(runner::Clock::now() + time);
  if (octets) {
    waiting_ += *octets;
  } else if (octets.error().kind != runner::LinkError::Kind::Timeout) {
    throw Failure(octets.error().message);
  }
  send("DONE\r\n");
  finish(tag, [](const std::string&) {});
}

}  // namespace imapspec::bench
