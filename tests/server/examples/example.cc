#include "tests/server/examples/example.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>

#include "fuzz/witness.h"
#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "server/session/session.h"
#include "tests/server/examples/agreement.h"

namespace imapspec::server::examples {

namespace {

fuzz::GrammarJudges& judges() {
  static fuzz::GrammarJudges all(IMAPSPEC_SOURCE_DIR);
  return all;
}

std::vector<Unit> read_units() {
  std::vector<Unit> units;
  std::ifstream stream(std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "tests/parser/examples/rfc9051.txt");
  for (std::string line; std::getline(stream, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("  ")) {
      units.back().octets = parser::unescape_octets(std::string_view(line).substr(2)).value() + "\r\n";
      continue;
    }
    units.push_back({std::stoul(line), line[line.find(' ') + 1] == 'C', {}});
  }
  return units;
}

std::string replaced(std::string text, const Case& one) {
  for (const auto& [from, to] : one.instead) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  }
  return text;
}

// Conversation is one session, and what it said that no line of the example has named.
class Conversation {
 public:
  explicit Conversation(const Case& one) : one_(one), options_(options_of(one)) {
    if (one_.prepare) one_.prepare(store_);
    session_.on_connected(one_.start != Start::Clear);
    listen();
    if (one_.start == Start::LoggedIn) {
      said_.clear();
      say("zz LOGIN alice secret-alice\r\n");
    }
    for (const std::string& command : one_.commands) say("zz " + command + "\r\n");
    if (one_.before) one_.before(store_);
  }

  // A greeting is an example's only where it shows one.
  void forget() { said_.clear(); }

  // say sends one unit, and waits before the octets of a synchronizing literal.
  void say(std::string_view octets) {
    parser::Framer framer(parser::Direction::FromClient);
    std::string_view sent = octets;
    while (!octets.empty()) {
      framer.consume(octets);
      send(sent.substr(0, sent.size() - octets.size()));
      sent = octets;
    }
  }

  void hear(const Unit& unit) {
    if (const auto at = one_.meanwhile.find(unit.line); at != one_.meanwhile.end()) {
      at->second(store_);
      session_.on_store_changed();
      listen();
    }
    const std::string wanted = replaced(unit.octets, one_);
    const auto found =
        std::find_if(said_.begin(), said_.end(), [&](const std::string& said) { return agrees(wanted, said); });
    if (found != said_.end()) {
      said_.erase(found);
      if (session_.wish() == Wish::StartTls && said_.empty()) {
        witness_.on_tls();
        session_.on_tls();
      }
      return;
    }
    if (std::find(one_.optional.begin(), one_.optional.end(), unit.line) != one_.optional.end()) return;
    ADD_FAILURE() << "line " << unit.line << ": " << wanted << "was not said, but:\n" << left();
  }

  // end_turn fails where more was said than the example has.
  void end_turn() {
    std::erase_if(said_, [&](const std::string& said) {
      return std::any_of(one_.extra.begin(), one_.extra.end(), [&](const std::string& beginning) {
        return said.starts_with("* " + beginning) || (beginning == "+" && said.starts_with('+'));
      });
    });
    EXPECT_TRUE(said_.empty()) << "said besides:\n" << left();
    said_.clear();
  }

 private:
  static SessionOptions options_of(const Case& one) {
    SessionOptions options;
    options.users = {{"alice", "secret-alice"}, {"SMITH", "SESAME"}, {"test", "test"}};
    if (one.options) one.options(options);
    return options;
  }

  void send(std::string_view octets) {
    witness_.on_sent(octets);
    session_.on_octets(octets);
    listen();
  }

  // listen lets the time pass that the session waits for.
  void listen() {
    hear_output();
    for (auto due = session_.wake_at(); due; due = session_.wake_at()) {
      session_.on_time(*due);
      hear_output();
    }
  }

  void hear_output() {
    for (auto output = session_.output(10'000); !output.empty(); output = session_.output(10'000)) {
      std::string_view rest = output;
      while (!rest.empty()) {
        if (from_server_.consume(rest) == parser::FramingEvent::Unit) said_.push_back(from_server_.take_unit());
      }
      witness_.on_said(output);
      session_.sent(output.size());
    }
    for (const std::string& complaint : witness_.take()) ADD_FAILURE() << complaint;
  }

  [[nodiscard]] std::string left() const {
    std::string text;
    for (const std::string& said : said_) text += said;
    return text;
  }

  const Case& one_;
  SessionOptions options_;
  Store store_{[] { return std::chrono::system_clock::time_point(std::chrono::days(14'000)); }, options_.limits};
  FaultSet faults_;
  Session session_{store_, options_, faults_};
  fuzz::Witness witness_{options_.offer, &judges()};
  parser::Framer from_server_{parser::Direction::FromServer};
  std::vector<std::string> said_;
};

}  // namespace

std::vector<Unit> units_between(std::size_t first, std::size_t last) {
  static const std::vector<Unit> kUnits = read_units();
  std::vector<Unit> units;
  std::copy_if(kUnits.begin(), kUnits.end(), std::back_inserter(units),
               [&](const Unit& unit) { return first <= unit.line && unit.line <= last; });
  return units;
}

void play(const Case& one) {
  const std::vector<Unit> units = units_between(one.first, one.last);
  ASSERT_FALSE(units.empty());
  Conversation conversation(one);
  bool speaking = !units.front().from_client;
  if (!speaking) conversation.forget();
  for (const Unit& unit : units) {
    if (unit.from_client) {
      if (!speaking) {
        conversation.say(replaced(unit.octets, one));
        continue;
      }
      conversation.end_turn();
      conversation.say(replaced(unit.octets, one));
      speaking = false;
    } else {
      conversation.hear(unit);
      speaking = true;
    }
  }
  conversation.end_turn();
}

Mails::Mails(Store& store, std::string_view mailbox) : store_(store) {
  Account& account = store.account("alice");
  box_ = account.find(mailbox);
  if (box_ == nullptr) {
    EXPECT_TRUE(account.create(mailbox));
    box_ = account.find(mailbox);
  }
}

Mails& Mails::add(std::size_t count, const FlagNames& flags, std::string_view octets) {
  for (; count > 0; --count) box_->append(store_.hold(octets), flags, store_.now());
  return *this;
}

Mails& Mails::uid(std::uint32_t next) {
  EXPECT_GE(next, box_->uid_next());
  const std::uint32_t first = box_->uid_next();
  const auto octets = store_.hold("x");
  while (box_->uid_next() < next) box_->append(octets, {}, store_.now());
  box_->expunge([first](const Message& message) { return static_cast<std::uint32_t>(message.uid) >= first; });
  return *this;
}

Mails& Mails::validity(std::uint32_t uid_validity) {
  box_->set_uid_validity(uid_validity);
  return *this;
}

Mails& Mails::expunge(std::size_t number) {
  const Message* doomed = box_->messages()[number - 1].get();
  box_->expunge([doomed](const Message& message) { return &message == doomed; });
  return *this;
}

}  // namespace imapspec::server::examples
