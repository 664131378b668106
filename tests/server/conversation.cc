#include "tests/server/conversation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

namespace imapspec::server {

namespace {

constexpr std::string_view kCrlf = "\r\n";

// Line is one line of a script, taken apart.
struct Line {
  char kind = 0;  // 'C', 'c', 'S', or 'T', 'N', 'X', 'L' for TLS, NEWS, CLOSED and LATER
  int session = 1;
  std::string_view text;
};

Line read(std::string_view line) {
  if (line == "TLS") return {'T', 1, {}};
  if (line == "NEWS") return {'N', 1, {}};
  if (line == "CLOSED") return {'X', 1, {}};
  if (line.starts_with("LATER ")) return {'L', 1, line.substr(6)};
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos) {
    ADD_FAILURE() << "not a line of a conversation: " << line;
    return {};
  }
  return {line[0], colon == 2 ? line[1] - '0' : 1, line.substr(colon + 2)};
}

// judges are for all tests of a program: reading a grammar takes time.
fuzz::GrammarJudges& judges() {
  static fuzz::GrammarJudges all(IMAPSPEC_SOURCE_DIR);
  return all;
}

bool matches(std::string_view actual, std::string_view expected) {
  if (!expected.ends_with('~')) return actual == expected;
  expected.remove_suffix(1);
  return actual.starts_with(expected);
}

}  // namespace

World::World(FaultSet faults, SessionOptions options)
    : faults_(faults),
      options_(std::move(options)),
      store_(
          [] {
            // 2024-02-29 12:00:00 UTC
            return std::chrono::system_clock::time_point(std::chrono::seconds(1'709'208'000));
          },
          options_.limits) {}

Session& World::connect(int number, bool tls) {
  auto& slot = sessions_[static_cast<std::size_t>(number - 1)];
  slot = std::make_unique<Session>(store_, options_, faults_);
  auto& witness = witnesses_[static_cast<std::size_t>(number - 1)];
  witness.reset();
  if (faults_.none()) witness.emplace(options_.offer, &judges());
  slot->on_connected(tls);
  return *slot;
}

void World::ready() {
  for (const int number : {1, 2}) {
    connect(number, true);
    send(number, "z LOGIN alice secret-alice\r\n");
    take(number);
    output_[number - 1].clear();
  }
}

void World::send(int number, std::string_view octets, std::size_t split) {
  if (!sessions_[number - 1]) connect(number, true);
  const std::size_t piece = split == 0 ? std::max<std::size_t>(octets.size(), 1) : split;
  for (; !octets.empty(); octets.remove_prefix(std::min(piece, octets.size()))) {
    if (auto& witness = witnesses_[number - 1]) witness->on_sent(octets.substr(0, piece));
    session(number).on_octets(octets.substr(0, piece));
  }
}

void World::tls_done() {
  if (witnesses_[0]) witnesses_[0]->on_tls();
  session(1).on_tls();
}

void World::tell_news() {
  for (const auto& each : sessions_) {
    if (each) each->on_store_changed();
  }
}

void World::wait(std::string_view time) {
  int minutes = 0;
  const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), minutes);
  EXPECT_TRUE(error == std::errc{} && std::string_view(end, time.data() + time.size()) == " minutes") << time;
  // What the clients did so far is over before the time begins.
  for (const std::chrono::minutes later : {std::chrono::minutes(0), std::chrono::minutes(minutes)}) {
    clock_ += later;
    for (const auto& each : sessions_) {
      if (each) each->on_time(clock_);
    }
  }
}

std::string World::take(int number) {
  std::string all;
  while (true) {
    for (std::string_view next = session(number).output(1000); !next.empty(); next = session(number).output(1000)) {
      all += next;
      session(number).sent(next.size());
    }
    const auto due = session(number).wake_at();
    if (!due) break;
    session(number).on_time(*due);
  }
  if (auto& witness = witnesses_[number - 1]) {
    witness->on_said(all);
    for (const std::string& complaint : witness->take()) ADD_FAILURE() << complaint;
  }
  return all;
}

void World::expect_nothing_left(std::string_view before) {
  for (const int number : {1, 2}) {
    if (sessions_[number - 1]) output_[number - 1] += take(number);
    EXPECT_EQ(output_[number - 1], "") << "session " << number << " said more, before: " << before;
    output_[number - 1].clear();
  }
}

void World::play(const std::vector<std::string>& lines) {
  bool sent = false;
  for (const std::string& whole : lines) {
    const Line line = read(whole);
    if (line.kind != 'S' && !(sent && (line.kind == 'C' || line.kind == 'c'))) expect_nothing_left(whole);
    sent = line.kind == 'C' || line.kind == 'c';
    switch (line.kind) {
      case 'C':
        send(line.session, std::string(line.text).append(kCrlf));
        break;
      case 'c':
        send(line.session, line.text);
        break;
      case 'S': {
        std::string& output = output_[line.session - 1];
        output += take(line.session);
        const std::size_t end = output.find(kCrlf);
        const std::string actual = end == std::string::npos ? output : output.substr(0, end);
        ASSERT_TRUE(matches(actual, line.text)) << "expected: " << line.text << "\nactual:   " << actual;
        output.erase(0, end == std::string::npos ? end : end + kCrlf.size());
        break;
      }
      case 'T':
        ASSERT_EQ(session(1).wish(), Wish::StartTls);
        tls_done();
        break;
      case 'N':
        tell_news();
        break;
      case 'L':
        wait(line.text);
        break;
      case 'X':
        EXPECT_EQ(session(1).wish(), Wish::Close);
        break;
      default:
        return;
    }
  }
  expect_nothing_left("the end");
}

std::string World::transcript(const std::vector<std::string>& lines, std::size_t split) {
  std::string all;
  for (const std::string& whole : lines) {
    const Line line = read(whole);
    if (line.kind == 'S') continue;
    if (line.kind == 'C') send(line.session, std::string(line.text).append(kCrlf), split);
    if (line.kind == 'c') send(line.session, line.text, split);
    if (line.kind == 'T') tls_done();
    if (line.kind == 'N') tell_news();
    if (line.kind == 'L') wait(line.text);
    for (const int number : {1, 2}) {
      if (sessions_[number - 1]) all += take(number);
    }
  }
  return all;
}

}  // namespace imapspec::server
