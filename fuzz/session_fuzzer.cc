// Clients' octets against the reference server: it never crashes, all that it answers pleases a witness (the strict
// parser, the grammar, the monitor), and how the octets were split makes no difference. An octet 1, 2 or 3 in front of
// a command gives it to that session; 2 and 3 are logged in when they are used first.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/careful_client.h"
#include "fuzz/target.h"
#include "server/session/session.h"
#include "server/store/store.h"

namespace {

using namespace imapspec;

constexpr std::size_t kLongestInput = 16'384;
constexpr std::size_t kSessions = 3;

// Tally is told at the end, for who measures.
struct Tally {
  std::size_t scripts = 0;
  std::size_t commands = 0;
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

  ~Tally() {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
    std::fprintf(stderr, "%zu commands in %zu scripts, %.0f commands a second\n", commands, scripts,
                 static_cast<double>(commands) / taken.count());
  }
};

const server::SessionOptions kOptions;
const server::FaultSet kNoFaults;

// prepared is the store that every script begins with, on a day that never ends.
std::shared_ptr<const server::Store> prepared() {
  const auto store = std::make_shared<server::Store>(
      [] { return std::chrono::system_clock::time_point(std::chrono::days(20'000)); }, kOptions.limits);
  server::Account& alice = store->account("alice");
  const auto add = [&](std::string_view name, std::string_view octets, const server::FlagNames& flags) {
    alice.find(name)->append(store->hold(octets), flags, store->now());
  };
  for (const char* name : {"a/b", "b"}) fuzz::require(alice.create(name).has_value(), "no mailbox", name);
  alice.subscribe("a/b");
  add("INBOX", "Subject: one\r\n\r\nbody\r\n", {});
  add("INBOX",
      "From: =?utf-8?q?=C3=A4?= <a@b>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\none\r\n--x\r\n"
      "Content-Type: message/rfc822\r\n\r\nSubject: inside\r\n\r\ntext\r\n--x\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--x--\r\n",
      {"\\Seen", "kw"});
  add("INBOX", "x", {"\\Deleted"});
  add("INBOX", "Date: Mon, 1 Jan 2024 00:00:00 +0000\r\nTo: c@d\r\n\r\ny\r\n", {"\\Flagged", "\\Deleted"});
  add("b", "Subject: other\r\n\r\nz\r\n", {});
  return store;
}

// Stage is some sessions on one store.
class Stage {
 public:
  Stage(const std::shared_ptr<const server::Store>& beginning, fuzz::GrammarJudges& judges)
      : store_(beginning), judges_(judges) {}

  std::size_t play(std::string_view script) {
    std::size_t commands = 0;
    std::size_t session = 0;
    for (; !script.empty(); ++commands) {
      if (script.front() >= 1 && script.front() <= static_cast<char>(kSessions)) {
        session = static_cast<std::size_t>(script.front()) - 1;
        script.remove_prefix(1);
      }
      Seat& seat = seated(session);
      if (seat.client.is_over()) {
        script.remove_prefix(std::min(script.find('\n'), script.size() - 1) + 1);
        continue;
      }
      script = seat.client.say(script);
      spread_news();
    }
    return commands;
  }

 private:
  struct Seat {
    Seat(server::Store& store, fuzz::GrammarJudges& judges)
        : session(store, kOptions, kNoFaults), client(session, kOptions.offer, &judges) {}
    server::Session session;
    fuzz::CarefulClient client;
  };

  Seat& seated(std::size_t session) {
    std::optional<Seat>& seat = seats_[session];
    if (!seat) {
      seat.emplace(store_, judges_);
      seat->client.connect();
      if (session > 0) seat->client.say("z LOGIN alice secret-alice\r\n");
    }
    return *seat;
  }

  void spread_news() {
    if (store_.changes() == changes_) return;
    changes_ = store_.changes();
    for (std::optional<Seat>& seat : seats_) {
      if (!seat) continue;
      seat->session.on_store_changed();
      seat->client.listen();
    }
  }

  server::Store store_;
  fuzz::GrammarJudges& judges_;
  std::uint64_t changes_ = 0;
  std::array<std::optional<Seat>, kSessions> seats_;
};

// answers is what one session says when the octets come `piece` at a time.
std::string answers(const std::shared_ptr<const server::Store>& beginning, std::string_view octets, std::size_t piece) {
  server::Store store(beginning);
  server::Session session(store, kOptions, kNoFaults);
  session.on_connected(true);
  std::string heard;
  const auto listen = [&] {
    for (auto output = session.output(4'096); !output.empty(); output = session.output(4'096)) {
      heard += output;
      session.sent(output.size());
    }
  };
  listen();
  while (session.wish() == server::Wish::None && !octets.empty()) {
    const std::string_view now = octets.substr(0, piece);
    session.on_octets(now);
    octets.remove_prefix(now.size());
    listen();
    for (auto due = session.wake_at(); due; due = session.wake_at()) {
      session.on_time(*due);
      listen();
    }
  }
  return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const server::Store> beginning = prepared();
  static fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  static Tally tally;
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (size > kLongestInput) return 0;
  tally.commands += Stage(beginning, judges).play(octets);
  // That the split makes no difference takes as long again as all else, so that some inputs have to do.
  if (++tally.scripts % 16 == 0) {
    fuzz::require(answers(beginning, octets, kLongestInput) == answers(beginning, octets, 1),
                  "the split makes a difference", octets);
  }
  return 0;
}
