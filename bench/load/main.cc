// imapspec_load: many sessions at once, or one mailbox with very many messages, against a server that runs already.
//
// imapspec_load sessions HOST PORT CA SECONDS SESSIONS [PID]
// imapspec_load mailbox HOST PORT CA MESSAGES
//
// It logs in as alice with the password secret-alice, under implicit TLS. Its exit code is 1 when the server did
// anything wrong, and when the memory of PID grew while the load stayed the same.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <fstream>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bench/load/client.h"

namespace imapspec::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t kSessionsOfAMailbox = 10;
constexpr std::size_t kMessagesOfAMailbox = 100;

std::string message(std::size_t number, std::size_t octets) {
  std::string text = fmt::format(
      "Date: Thu, 29 Feb 2024 12:00:00 +0000\r\nFrom: Alice <alice@example.org>\r\nTo: Bob <bob@example.org>\r\n"
      "Subject: Number {}\r\nMessage-ID: <{}@example.org>\r\n\r\n",
      number, number);
  while (text.size() + 72 < octets)
    text += "What is written here is neither read nor understood by anybody at all.\r\n";
  return text;
}

// Load is what all sessions of a run share.
struct Load {
  const Server& server;
  Clock::time_point end;
  std::mutex mutex;
  std::vector<double> milliseconds;  // that commands took, without IDLE
  std::vector<std::string> failures;
};

std::size_t exists(const std::string& answer) {
  const std::size_t at = answer.rfind(" EXISTS\r\n");
  if (at == std::string::npos) throw Failure("SELECT without EXISTS");
  return std::stoul(answer.substr(answer.rfind("* ", at) + 2));
}

class Worker {
 public:
  Worker(Load& load, std::size_t number)
      : load_(load),
        client_(load.server, "alice", "secret-alice"),
        mailbox_(fmt::format("load{}", number / kSessionsOfAMailbox)),
        random_(static_cast<unsigned>(number)) {}

  void work() {
    while (Clock::now() < load_.end) step();
    const std::scoped_lock lock(load_.mutex);
    load_.milliseconds.insert(load_.milliseconds.end(), milliseconds_.begin(), milliseconds_.end());
  }

 private:
  template <class Work>
  void timed(const Work& work) {
    const auto begun = Clock::now();
    work();
    milliseconds_.push_back(Milliseconds(Clock::now() - begun).count());
  }

  void step() {
    std::size_t messages = 0;
    timed([&] { messages = exists(client_.run("SELECT " + mailbox_)); });
    timed([&] { client_.append(mailbox_, message(random_(), 2'000)); });
    timed([&] { client_.spend("UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"); });
    timed([&] { client_.spend("UID FETCH * BODY[]"); });
    timed([&] {
      client_.run(random_() % 2 == 0 ? "UID STORE * +FLAGS (\\Answered)" : "UID STORE * -FLAGS (\\Answered)");
    });
    client_.idle(std::chrono::milliseconds(20 + random_() % 100));
    if (messages <= kMessagesOfAMailbox) return;
    timed([&] { client_.run("UID SEARCH DELETED"); });
    // By UID: what the numbers were at SELECT, others may have expunged since.
    timed([&] { client_.run("UID STORE 1:* +FLAGS.SILENT (\\Deleted)"); });
    timed([&] { client_.run("EXPUNGE"); });
  }

  Load& load_;
  Client client_;
  std::string mailbox_;
  std::minstd_rand random_;
  std::vector<double> milliseconds_;
};

// resident is the resident set of a process in MiB; 0 where it is not known.
double resident(const std::string& pid) {
  std::ifstream in("/proc/" + pid + "/statm");
  double pages = 0;
  in >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double quantile(std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

int sessions(const Server& server, std::chrono::seconds time, std::size_t count, const std::string& pid) {
  {
    Client first(server, "alice", "secret-alice");
    for (std::size_t i = 0; i * kSessionsOfAMailbox < count; ++i) {
      first.run(fmt::format("CREATE load{}", i));
      first.append(fmt::format("load{}", i), message(i, 2'000));
    }
  }
  const auto begun = Clock::now();
  Load load{server, begun + time, {}, {}, {}};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back([&load, i] {
      try {
        Worker(load, i).work();
      } catch (const std::exception& failure) {
        const std::scoped_lock lock(load.mutex);
        load.failures.push_back(failure.what());
      }
    });
  }
  std::vector<double> memory;
  while (Clock::now() < load.end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    memory.push_back(resident(pid));
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& failure : load.failures) fmt::print("failed: {}\n", failure);
  if (load.milliseconds.empty()) return 1;
  std::sort(load.milliseconds.begin(), load.milliseconds.end());
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  fmt::print("{} sessions, {:.0f} s: {} commands, {:.0f}/s, {} failed; ms: median {:.1f}, 99 % {:.1f}, most {:.1f}\n",
             count, seconds, load.milliseconds.size(), static_cast<double>(load.milliseconds.size()) / seconds,
             load.failures.size(), quantile(load.milliseconds, 0.5), quantile(load.milliseconds, 0.99),
             load.milliseconds.back());
  bool flat = true;
  if (!pid.empty()) {
    // After a third of the time all mailboxes are as full as they get.
    const auto third = memory.begin() + static_cast<std::ptrdiff_t>(memory.size() / 3);
    const double early = *std::max_element(memory.begin(), third + 1);
    const double late = *std::max_element(third, memory.end());
    flat = late < early * 1.25 + 8;
    fmt::print("resident MiB: {:.1f} in the first third, {:.1f} later{}\n", early, late, flat ? "" : ": it grew");
  }
  return load.failures.empty() && flat ? 0 : 1;
}

int mailbox(const Server& server, std::size_t count) {
  Client client(server, "alice", "secret-alice");
  const auto timed = [](std::string_view what, const auto& work) {
    const auto begun = Clock::now();
    const std::size_t octets = work();
    fmt::print("{:<44} {:>10.1f} ms {:>12} octets\n", what, Milliseconds(Clock::now() - begun).count(), octets);
    std::fflush(stdout);
  };
  client.run("CREATE big");
  client.run("SELECT big");
  constexpr std::size_t kAppended = 1'000;
  timed("1000 times APPEND", [&] {
    for (std::size_t i = 0; i < kAppended; ++i) client.append("big", message(i, 2'000));
    return std::size_t{0};
  });
  timed("COPY to the full size", [&] {
    std::size_t octets = 0;
    for (std::size_t have = kAppended; have < count;) {
      const std::size_t more = std::min(have, count - have);
      octets += client.spend(fmt::format("COPY 1:{} big", more));
      client.run("NOOP");
      have += more;
    }
    return octets;
  });
  timed("UNSELECT, SELECT", [&] { return client.spend("UNSELECT") + client.spend("SELECT big"); });
  for (const std::string_view command :
       {"UID FETCH 1:* FLAGS", "UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE)", "UID SEARCH ALL", "UID SEARCH UNSEEN",
        "UID SEARCH SUBJECT 777", "UID SEARCH FROM alice", "UID SEARCH BODY nonsense",
        "UID SEARCH LARGER 1000 SINCE 1-Jan-2024", "STORE 1:* +FLAGS.SILENT (\\Seen)", "STORE 1:* +FLAGS (\\Flagged)",
        "UID SEARCH SEEN"}) {
    timed(command, [&] { return client.spend(command); });
  }
  client.run(fmt::format("STORE {}:* +FLAGS.SILENT (\\Deleted)", count / 2 + 1));
  timed("EXPUNGE of half of them", [&] { return client.spend("EXPUNGE"); });
  client.run("UNSELECT");
  client.run("DELETE big");
  return 0;
}

}  // namespace
}  // namespace imapspec::bench

int main(int argc, char** argv) {
  using namespace imapspec::bench;
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() >= 5) {
      const Server server{words[1], static_cast<std::uint16_t>(std::stoul(words[2])), words[3]};
      if (words[0] == "mailbox") return mailbox(server, std::stoul(words[4]));
      if (words[0] == "sessions" && words.size() >= 6) {
        return sessions(server, std::chrono::seconds(std::stoul(words[4])), std::stoul(words[5]),
                        words.size() > 6 ? words[6] : std::string());
      }
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "imapspec_load: {}\n", error.what());
    return 1;
  }
  fmt::print(stderr,
             "imapspec_load sessions HOST PORT CA SECONDS SESSIONS [PID]\n"
             "imapspec_load mailbox HOST PORT CA MESSAGES\n");
  return 2;
}
