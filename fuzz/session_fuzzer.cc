// A client's octets against the reference server: it never crashes, all that it answers follows the
// grammar and the monitor's rules, and how the octets were split makes no difference.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/careful_client.h"
#include "fuzz/target.h"
#include "server/session/session.h"
#include "server/store/store.h"

namespace {

using namespace imapspec;

constexpr std::size_t kLongestInput = 16'384;

// Subject is a session on a store of its own, on a day that never ends.
struct Subject {
  server::Store store{[] { return std::chrono::system_clock::time_point(std::chrono::days(20'000)); }};
  server::SessionOptions options = [] {
    server::SessionOptions without_delays;
    without_delays.limits.login_delay = std::chrono::milliseconds(0);
    return without_delays;
  }();
  server::FaultSet faults;
  server::Session session{store, options, faults};
};

// What the session answers when the octets come `piece` at a time.
std::string answers(std::string_view octets, std::size_t piece) {
  Subject subject;
  server::Session& session = subject.session;
  session.on_connected(true);
  std::string heard;
  const auto listen = [&] {
    for (auto output = session.output(4'096); !output.empty(); output = session.output(4'096)) {
      heard += output;
      session.sent(output.size());
    }
    return session.wish() == server::Wish::None;
  };
  while (listen() && !octets.empty()) {
    const std::string_view now = octets.substr(0, piece);
    session.on_octets(now);
    octets.remove_prefix(now.size());
  }
  return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  if (size > kLongestInput) return 0;
  static fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  Subject subject;
  fuzz::CarefulClient client(subject.session, subject.options.offer, &judges);
  client.connect();
  client.say(octets);
  fuzz::require(answers(octets, kLongestInput) == answers(octets, 1), "the split makes a difference", octets);
  return 0;
}
