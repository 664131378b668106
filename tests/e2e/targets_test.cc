// imapspec run with targets: what is said of a server has to be true, and nothing of it stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/hostile_server.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using runner::TemporaryFolder;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kQuickest = "rfc9051/6.1.1-capability/lists-imap4rev2";

// A target whose server is no child of what started it, and in a session of its own, as daemons are.
class DaemonTarget {
 public:
  explicit DaemonTarget(const std::string& more = {}) {
    folder_.write("start.sh", R"(#!/bin/sh
# $1 state, $2 imapspec, $3 the target's folder
mkfifo "$1/pipe"
setsid sh -c 'echo $$ > "$2/daemon"; exec "$1" serve --login-delay 0 > "$0/pipe"' "$1" "$2" "$3" &
read -r line < "$1/pipe"
echo "$1" > "$3/state"
echo "$line"
)");
    folder_.write("target.yaml",
                  "name: daemon\nstart: [sh, '{folder}/start.sh', '{state}', '{imapspec}', '{folder}']\n"
                  "user: alice\npassword: secret-alice\n" +
                      more);
  }

  [[nodiscard]] std::string file() const { return folder_.path() / "target.yaml"; }

  // written is the first word of a file that the target wrote.
  [[nodiscard]] std::string written(const std::string& name) const {
    std::ifstream stream(folder_.path() / name);
    std::string word;
    stream >> word;
    return word;
  }

  // watch is a descriptor that is readable once the server has ended.
  [[nodiscard]] int watch() const {
    return static_cast<int>(::syscall(SYS_pidfd_open, std::stoi(written("daemon")), 0));
  }

  TemporaryFolder folder_;
};

bool ends(int watched) {
  pollfd ended{.fd = watched, .events = POLLIN, .revents = 0};
  return ::poll(&ended, 1, 10'000) == 1;
}

bool goes(const std::string& folder) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::filesystem::exists(folder)) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    ::usleep(20'000);
  }
  return true;
}

Finished run_target(const DaemonTarget& target, std::vector<std::string> more = {kQuickest}) {
  more.insert(more.begin(), {"run", "--quiet", "--target", target.file()});
  return run_program(command(std::move(more)));
}

TEST(Targets, LeaveNoDaemonBehindThoughTheyHaveNoStop) {
  const DaemonTarget target;
  const Finished finished = run_target(target);
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
  EXPECT_EQ(::kill(std::stoi(target.written("daemon")), 0), -1);
  EXPECT_FALSE(std::filesystem::exists(target.written("state")));
}

TEST(Targets, AreNamedByTheirFileAlone) {
  const DaemonTarget target;
  const Finished finished = run_program({"/bin/sh", "-c",
                                         "cd " + target.folder_.path().string() + " && exec " + command({}).front() +
                                             " run --quiet --target target.yaml " + kQuickest});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
}

TEST(Targets, GoWithARunThatIsKilled) {
  const DaemonTarget target;
  Process process(command({"run", "--jobs", "1", "--target", target.file()}));
  ASSERT_TRUE(process.wait_for_output()) << process.errors();
  const int server = target.watch();
  ASSERT_GE(server, 0);
  process.send_signal(SIGKILL);
  EXPECT_EQ(process.wait(), 128 + SIGKILL);
  EXPECT_TRUE(ends(server)) << "the server is still there";
  EXPECT_TRUE(goes(target.written("state")));
  ::close(server);
}

TEST(Targets, GoWithARunThatIsKilledWhileTheyStart) {
  const TemporaryFolder folder;
  folder.write("start.sh",
               "#!/bin/sh\nsetsid sh -c 'echo $$ > \"$0/daemon\"; exec sleep 600' \"$2\" &\n"
               "while [ ! -s \"$2/daemon\" ]; do sleep 0.02; done\necho \"$1\" > \"$2/state\"\n"
               "mv \"$2/state\" \"$2/begun\"\nsleep 600\n");
  folder.write("target.yaml",
               "name: slow\nstart: [sh, '{folder}/start.sh', '{state}', '{folder}']\nuser: alice\npassword: secret\n");
  const auto word = [&](const char* name) {
    std::ifstream stream(folder.path() / name);
    std::string text;
    stream >> text;
    return text;
  };
  Process process(command({"run", "--target", folder.path() / "target.yaml", kQuickest}));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (word("begun").empty() && std::chrono::steady_clock::now() < deadline) process.wait(Process::Milliseconds(20));
  ASSERT_NE(word("begun"), "") << process.errors();
  const int daemon = static_cast<int>(::syscall(SYS_pidfd_open, std::stoi(word("daemon")), 0));
  ASSERT_GE(daemon, 0);
  process.send_signal(SIGKILL);
  EXPECT_TRUE(ends(daemon));
  EXPECT_TRUE(goes(word("begun")));
  ::close(daemon);
}

TEST(Targets, AreResetBetweenRepetitionsAndOnlyThere) {
  const DaemonTarget target("reset: [sh, -c, 'echo x >> {folder}/resets']\n");
  EXPECT_EQ(run_target(target, {kQuickest, "--repeat", "3"}).exit_code, 0);
  std::ifstream stream(target.folder_.path() / "resets");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "x\nx\n");
}

TEST(Targets, WhoseResetFailsEndTheRun) {
  const DaemonTarget target("reset: [sh, -c, 'echo no room; exit 3']\n");
  const std::string report = target.folder_.path() / "report.json";
  EXPECT_EQ(run_target(target, {kQuickest, "--repeat", "2", "--json", report}).exit_code, 4);
  std::ifstream stream(report);
  EXPECT_THAT(std::string(nlohmann::json::parse(stream).at("scenarios").back().at("reason")),
              AllOf(HasSubstr("ended with 3"), HasSubstr("no room")));
}

TEST(Targets, TheBundledOneLosesItsMailWhenItIsReset) {
  Process server(command({"serve", "--allow-plaintext-login"}));
  const Ready ready = read_ready(server);
  const auto say = [&](const std::string& commands) {
    const Finished said = run_program({"/bin/bash", "-c", "exec 3<>/dev/tcp/$1/$2; printf '%s' \"$3\" >&3; cat <&3",
                                       "bash", ready.imap.host, std::to_string(ready.imap.port),
                                       "a LOGIN alice secret-alice\r\n" + commands + "z LOGOUT\r\n"});
    return said.output;
  };
  EXPECT_THAT(say("b CREATE one/two\r\nc SUBSCRIBE one\r\nd APPEND INBOX {9+}\r\nSubject:\n\r\n"), HasSubstr("d OK"));
  server.send_signal(SIGUSR1);
  std::string said;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  do {
    said = say("b LIST \"\" \"*\"\r\nc LIST (SUBSCRIBED) \"\" \"*\"\r\nd STATUS INBOX (MESSAGES)\r\n");
  } while (said.contains("one") && std::chrono::steady_clock::now() < deadline);
  EXPECT_THAT(said, AllOf(HasSubstr("INBOX (MESSAGES 0)"), testing::Not(HasSubstr("one")),
                          testing::Not(HasSubstr("Subscribed"))));
}

TEST(Targets, ThatSayAnotherDelimiterThanTheServerAreRefused) {
  const DaemonTarget wrong("hierarchy-delimiter: .\n");
  const Finished finished = run_target(wrong);
  EXPECT_EQ(finished.exit_code, 4);
  EXPECT_THAT(finished.errors,
              HasSubstr("its hierarchy delimiter was said to be \".\", and its answer to LIST says \"/\""));
  const Finished flat = run_target(DaemonTarget(), {kQuickest, "--hierarchy-delimiter", "NIL"});
  EXPECT_EQ(flat.exit_code, 4);
  EXPECT_THAT(flat.errors, HasSubstr("said to be NIL"));
  EXPECT_EQ(run_target(DaemonTarget("hierarchy-delimiter: /\n")).exit_code, 0);
}

// Where LIST tells nothing, what was said is used; where nothing was said, what needs it is skipped.
TEST(Targets, DelimitersAreUsedWhereTheServerTellsNone) {
  const TemporaryFolder folder;
  folder.write("one.yaml",
               "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nstart: authenticated\nsteps:\n"
               "  - C: 'NOOP \"{delimiter:raw}\"'\n  - S: 'OK'\n");
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  const auto reason_with = [&](std::vector<std::string> more, const std::string& said) {
    SaneAtFirst sane("* OK [CAPABILITY IMAP4rev2] ready", [&](Peer& peer, const std::string& line) {
      const bool right = line.find("NOOP") == std::string::npos || line.ends_with(said);
      return peer.send(line.substr(0, line.find(' ')) + (right ? " OK done\r\n" : " NO wrong\r\n"));
    });
    HostileServer server(std::ref(sane));
    more.insert(more.begin(), {"run", "--quiet", "--tls", "none", "--scenarios", folder.path(), "--server",
                               host_port(server.address()), "--user", "alice", "--password-env",
                               "IMAPSPEC_E2E_PASSWORD", "--json", folder.path() / "report.json"});
    run_program(command(std::move(more)));
    std::ifstream stream(folder.path() / "report.json");
    const auto report = nlohmann::json::parse(stream);
    const auto& one = report.at("scenarios").at(0);
    return std::string(one.at("verdict")) + ": " + (one.at("reason").is_null() ? "" : std::string(one.at("reason")));
  };
  EXPECT_EQ(reason_with({"--hierarchy-delimiter", "."}, "NOOP \".\""), "pass: ");
  EXPECT_EQ(reason_with({"--hierarchy-delimiter", "NIL"}, ""), "skip: mailbox names have no hierarchy");
  EXPECT_EQ(reason_with({}, ""), "skip: the delimiter of the hierarchy of mailbox names is not known");
}

}  // namespace
}  // namespace imapspec::e2e
