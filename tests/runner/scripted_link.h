// A server as a list of turns, for conversations without sockets.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runner/run/link.h"

namespace imapspec::runner::test {

// Turn is what the server sends once the client has sent `after` octets strings more; see Script.
struct Turn {
  std::string expect;  // a prefix of what the client sends, tags apart; empty: sends unasked
  std::string answer;  // "%t" is replaced by the tag of what was sent
  bool close = false;  // closes after the answer, and after what comes behind it
  bool refuse_tls = false;
  std::string behind = {};  // what comes in a segment of its own after the answer
};

// Script is one connection's turns, and what the client sent in them.
struct Script {
  std::vector<Turn> turns;
  std::vector<std::string> sent = {};
  bool punctual = false;  // nothing is received after a deadline, though it is there
};

// ScriptedLink answers each send() with the next turn. Where the script has no more to say,
// receive() reports a timeout at once: nothing waits.
class ScriptedLink : public Link {
 public:
  explicit ScriptedLink(std::shared_ptr<Script> script) : script_(std::move(script)) { play(""); }

  std::expected<void, LinkError> send(std::string_view octets, Deadline) override {
    script_->sent.emplace_back(octets);
    play(octets);
    return {};
  }

  std::expected<std::string, LinkError> receive(Deadline deadline) override {
    if (script_->punctual && deadline.passed()) {
      return std::unexpected(LinkError{LinkError::Kind::Timeout, "no answer in time"});
    }
    if (!pending_.empty()) return std::exchange(pending_, {});
    if (!behind_.empty()) return std::exchange(behind_, {});
    if (closed_) return std::unexpected(LinkError{LinkError::Kind::Closed, "closed"});
    return std::unexpected(LinkError{LinkError::Kind::Timeout, "no answer in time"});
  }

  std::expected<TlsFacts, LinkError> start_tls(const TlsOptions&, Deadline) override {
    pending_.clear();
    behind_.clear();
    if (next_ < script_->turns.size() && script_->turns[next_].refuse_tls) {
      ++next_;
      return std::unexpected(LinkError{LinkError::Kind::TlsRefused, "alert"});
    }
    tls_ = true;
    return TlsFacts{.version = "TLSv1.3", .cipher = "test"};
  }

  [[nodiscard]] bool is_tls() const override { return tls_; }
  [[nodiscard]] TlsSession session() const override { return nullptr; }
  void shut_down_sending() override { script_->sent.emplace_back("(FIN)"); }
  void reset() override {
    script_->sent.emplace_back("(RST)");
    closed_ = true;
  }
  void close() override { closed_ = true; }

 private:
  void play(std::string_view sent) {
    if (next_ >= script_->turns.size() || script_->turns[next_].refuse_tls) return;
    const Turn& turn = script_->turns[next_];
    if (turn.expect.empty() != sent.empty()) return;
    if (sent.find(turn.expect) == std::string_view::npos) return;
    std::string answer = turn.answer;
    const std::string tag(sent.substr(0, sent.find(' ')));
    for (std::size_t at = answer.find("%t"); at != std::string::npos; at = answer.find("%t"))
      answer.replace(at, 2, tag);
    pending_ += std::exchange(behind_, {}) + answer;
    behind_ = turn.behind;
    closed_ = turn.close;
    ++next_;
  }

  std::shared_ptr<Script> script_;
  std::string pending_;
  std::string behind_;
  std::size_t next_ = 0;
  bool closed_ = false;
  bool tls_ = false;
};

// ScriptedDialer hands out one link per script, in order.
class ScriptedDialer : public Dialer {
 public:
  explicit ScriptedDialer(std::vector<std::shared_ptr<Script>> scripts) : scripts_(scripts.begin(), scripts.end()) {}

  [[nodiscard]] bool has(Door door) const override { return door == Door::Cleartext; }
  std::expected<std::unique_ptr<Link>, LinkError> dial(Door, Deadline) override {
    if (scripts_.empty()) return std::unexpected(LinkError{LinkError::Kind::Unreachable, "connection refused"});
    auto link = std::make_unique<ScriptedLink>(scripts_.front());
    scripts_.pop_front();
    return link;
  }

 private:
  std::deque<std::shared_ptr<Script>> scripts_;
};

}  // namespace imapspec::runner::test
