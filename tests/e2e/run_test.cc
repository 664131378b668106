// imapspec run: what its arguments, its files and its end are worth.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "runner/transport/socket_dialer.h"
#include "server/net/certificate.h"
#include "server/net/private_folder.h"
#include "tests/e2e/hostile_server.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using runner::TemporaryFolder;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

constexpr const char* kScenario = "rfc9051/6.1.1-capability/lists-imap4rev2";  // the quickest

// run runs `imapspec run --quiet` with these arguments.
Finished run(std::vector<std::string> arguments) {
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  ::setenv("IMAPSPEC_E2E_WRONG_PASSWORD", "secret-mallory", 1);
  arguments.insert(arguments.begin(), {"run", "--quiet"});
  return run_program(command(std::move(arguments)));
}

// on is the arguments for a server and its user.
std::vector<std::string> on(const std::string& server, std::vector<std::string> more) {
  more.insert(more.begin(),
              {kScenario, "--server", server, "--user", "alice", "--password-env", "IMAPSPEC_E2E_PASSWORD"});
  return more;
}

// One file of a suite that does not load, and where the mistake is.
struct BadScenario {
  std::string name;
  std::string yaml;
  std::string place;    // line:column
  std::string message;  // a word of it
};

void PrintTo(const BadScenario& one, std::ostream* out) { *out << one.name; }

class BadScenarios : public testing::TestWithParam<BadScenario> {};

TEST_P(BadScenarios, AreExitCode3WithFileLineAndColumn) {
  const TemporaryFolder folder;
  folder.write("one.yaml", GetParam().yaml);
  const Finished finished = run({"--scenarios", folder.path()});
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_EQ(finished.output, "");
  const std::string place = (folder.path() / "one.yaml").string() + ":" + GetParam().place;
  EXPECT_THAT(finished.errors, AllOf(HasSubstr(place), HasSubstr(GetParam().message)));
}

// good_until is a scenario that is right but for its last line.
std::string good_until(const std::string& line) {
  return "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nstart: authenticated\nsteps:\n  - C: 'NOOP'\n" + line +
         "\n";
}

INSTANTIATE_TEST_SUITE_P(
    Run, BadScenarios,
    testing::Values(BadScenario{"UnknownKey", good_until("  - S: 'OK'\nstpes: []"), "7:1", "stpes"},
                    BadScenario{"DuplicateKey", good_until("  - S: 'OK'\ntitle: U"), "7:1", "duplicate"},
                    BadScenario{"UnquotedWireText", good_until("  - S: NO"), "6:8", "single quotes"},
                    BadScenario{"InvalidExpectation", good_until("  - S: '* 2 EXISTSS'"), "6:8",
                                "\"S\" after \"EXISTS\""},
                    BadScenario{"UnknownRequirement",
                                "title: T\nrequirement: 6.1.1/imap4rev9-is-listed\nstart: authenticated\nsteps:\n"
                                "  - C: 'NOOP'\n  - S: 'OK'\n",
                                "2:14", "6.1.1/imap4rev9-is-listed"},
                    BadScenario{"NotYaml", "title: [\n", "2:1", "YAML"},
                    BadScenario{"NotUtf8", "title: \xff\xfe\n", "1:8", "UTF-8"}),
    [](const auto& each) { return each.param.name; });

TEST(Run, ShowsAllMistakesOfASuiteAtOnce) {
  const TemporaryFolder folder;
  folder.write("one.yaml", good_until("  - S: NO"));
  folder.write("two.yaml", good_until("  - S: '* 2 EXISTSS'"));
  const Finished finished = run({"--scenarios", folder.path()});
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_THAT(finished.errors, AllOf(HasSubstr("one.yaml:6:"), HasSubstr("two.yaml:6:")));
}

TEST(Run, DoesNotTakeABaselineThatDoesNotLoad) {
  const TemporaryFolder folder;
  folder.write("baseline.yaml", "- requirement: r/q\n  deviaton: x\n");
  const Finished finished = run({"--baseline", folder.path() / "baseline.yaml", kScenario});
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_THAT(finished.errors, ContainsRegex("baseline\\.yaml:2:3: .*deviaton"));
}

TEST(Run, TakesSeveralFoldersAndThenPrefixes) {
  const TemporaryFolder folder;
  folder.write("one/first.yaml", good_until("  - S: 'OK'"));
  folder.write("two/second.yaml", good_until("  - S: 'OK'"));
  const std::string report = folder.path() / "report.json";
  const Finished finished = run({"--json", report, "--scenarios", folder.path() / "one", "--scenarios",
                                 folder.path() / "two", "--fail-on", "warn", "second"});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
  std::ifstream stream(report);
  const auto scenarios = nlohmann::json::parse(stream).at("scenarios");
  ASSERT_EQ(scenarios.size(), 1U);
  EXPECT_EQ(scenarios.at(0).at("id"), "second");
}

TEST(Run, PassesOnAServerThatIsThereAlready) {
  Process server(command({"serve"}));
  const Ready ready = read_ready(server);
  EXPECT_EQ(run(on(host_port(ready.imap), {"--ca", ready.ca})).exit_code, 0);
  EXPECT_EQ(run(on(host_port(ready.imaps), {"--ca", ready.ca, "--tls", "implicit"})).exit_code, 0);
  const Finished insecure = run(on(host_port(ready.imap), {"--insecure"}));
  EXPECT_EQ(insecure.exit_code, 0);
  EXPECT_THAT(insecure.errors, HasSubstr("not verified"));
}

TEST(Run, SaysThatThePasswordIsWrong) {
  Process server(command({"serve"}));
  const Ready ready = read_ready(server);
  const Finished finished = run({kScenario, "--server", host_port(ready.imap), "--ca", ready.ca, "--user", "alice",
                                 "--password-env", "IMAPSPEC_E2E_WRONG_PASSWORD"});
  EXPECT_EQ(finished.exit_code, 4);
  EXPECT_THAT(finished.errors, AllOf(HasSubstr(host_port(ready.imap)), HasSubstr("LOGIN"), HasSubstr("NO")));
  EXPECT_THAT(finished.errors + finished.output, testing::Not(HasSubstr("secret-mallory")));
}

TEST(Run, TrustsNoCertificateThatItNeedNot) {
  const auto folder = server::PrivateFolder::create();
  const auto now = std::chrono::system_clock::now();
  const auto named_otherwise = server::make_certificate(std::vector<std::string>{"mail.example"}, now);
  const auto foreign = server::make_certificate(std::vector<std::string>{"127.0.0.1"}, now);
  ASSERT_TRUE(folder && named_otherwise && foreign);
  const std::string chain = *folder->write("chain.pem", named_otherwise->certificate.chain);
  const std::string key = *folder->write("key.pem", named_otherwise->certificate.key);
  const std::string authority = *folder->write("ca.pem", named_otherwise->authority);
  const std::string other_authority = *folder->write("other.pem", foreign->authority);
  Process server(command({"serve", "--cert", chain, "--key", key}));
  const Ready ready = read_ready(server);
  for (const bool implicit : {false, true}) {
    const std::string address = host_port(implicit ? ready.imaps : ready.imap);
    const std::string tls = implicit ? "implicit" : "starttls";
    const Finished wrong_name = run(on(address, {"--tls", tls, "--ca", authority}));
    EXPECT_EQ(wrong_name.exit_code, 4);
    EXPECT_THAT(wrong_name.errors, AllOf(HasSubstr(address), HasSubstr("certificate"), HasSubstr("mismatch")));
    const Finished wrong_authority = run(on(address, {"--tls", tls, "--ca", other_authority}));
    EXPECT_EQ(wrong_authority.exit_code, 4);
    EXPECT_THAT(wrong_authority.errors, AllOf(HasSubstr(address), HasSubstr("certificate"), HasSubstr("issuer")));
  }
}

TEST(Run, ThatDoesNotBeginLeavesFormerReportsAlone) {
  const TemporaryFolder folder;
  const auto text = [&](const char* name) {
    std::ifstream stream(folder.path() / name);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  folder.write("report.json", "former");
  std::filesystem::create_symlink("report.json", folder.path() / "link.json");
  folder.write("known.yaml", "[]\n");
  const std::vector<std::string> files = {"--json",           folder.path() / "link.json",
                                          "--html",           folder.path() / "new.html",
                                          "--write-baseline", folder.path() / "known.yaml"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), files.begin(), files.end());
    return run(std::move(more)).exit_code;
  };
  EXPECT_EQ(with({"--profile", "rev1", kScenario}), 2);
  EXPECT_EQ(text("report.json"), "former");
  EXPECT_EQ(text("known.yaml"), "[]\n");
  const std::filesystem::directory_iterator all(folder.path());
  EXPECT_EQ(std::distance(begin(all), end(all)), 3);
  EXPECT_EQ(with({kScenario}), 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "link.json"));
  EXPECT_TRUE(nlohmann::json::accept(text("report.json")));
  EXPECT_THAT(text("known.yaml"), HasSubstr("# What is known"));
  EXPECT_THAT(text("new.html"), HasSubstr("</html>"));
}

TEST(Run, OnAFullDiskIsExitCode2AndStillWritesItsFiles) {
  const TemporaryFolder folder;
  const std::string file = folder.path() / "known.yaml";
  std::vector<std::string> argv = command({"run", "--quiet", kScenario, "--write-baseline", file});
  argv.insert(argv.begin(), {"/bin/sh", "-c", "exec \"$@\" > /dev/full", "sh"});
  const Finished finished = run_program(argv);
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_THAT(finished.errors, HasSubstr("not all of the output could be written"));
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(Run, ATargetThatTalksIsReadToItsEnd) {
  const TemporaryFolder folder;
  folder.write("start.sh", R"(#!/bin/sh
mkfifo "$1/pipe"
"$2" serve --login-delay 0 --end-with $$ > "$1/pipe" &
read -r line < "$1/pipe"
echo "$line"
head -c 300000 /dev/zero | tr '\0' x
touch "$3/written"
wait
)");
  folder.write("stop.sh", "for i in 1 2 3 4 5 6 7 8 9; do [ -e \"$1/written\" ] && exit; sleep 0.2; done\n");
  folder.write("target.yaml",
               "name: talker\nstart: [sh, '{folder}/start.sh', '{state}', '{imapspec}', '{folder}']\n"
               "stop: [sh, '{folder}/stop.sh', '{folder}']\nuser: alice\npassword: secret-alice\n");
  const Finished finished = run({"--target", folder.path() / "target.yaml", kScenario});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "written"));
}

TEST(Run, ToReproduceHasTheTimesOfTheRun) {
  const TemporaryFolder folder;
  folder.write("one.yaml", good_until("  - S: 'BAD'"));
  const std::string report = folder.path() / "report.json";
  EXPECT_EQ(run({"--scenarios", folder.path(), "--timeout", "7", "--scenario-timeout", "8", "--fail-on", "weakness",
                 "--strict", "--json", report})
                .exit_code,
            1);
  std::ifstream stream(report);
  EXPECT_THAT(std::string(nlohmann::json::parse(stream).at("scenarios").at(0).at("reproduce")),
              HasSubstr(" --timeout 7 --scenario-timeout 8 --fail-on weakness --strict"));
}

TEST(Run, FailsOnWhatItIsTold) {
  const TemporaryFolder folder;
  const auto write = [&](const std::string& verdict) {
    folder.write("folder/" + verdict + ".yaml",
                 "title: T\nrequirement: 6.1.1/imap4rev2-is-listed\nstart: authenticated\nsteps:\n  - C: 'NOOP'\n"
                 "  - outcome:\n    - {S: 'OK', verdict: " +
                     verdict + ", message: told so}\n");
  };
  for (const char* verdict : {"pass", "info", "warn", "weakness", "fail"}) write(verdict);
  struct Row {
    const char* scenario;
    const char* fail_on;
    int exit_code;
  };
  for (const Row& row : std::array<Row, 9>{{{"pass", "warn,weakness", 0},
                                            {"info", "warn,weakness", 0},
                                            {"warn", "", 0},
                                            {"warn", "weakness", 0},
                                            {"warn", "warn", 1},
                                            {"weakness", "warn", 0},
                                            {"weakness", "weakness", 1},
                                            {"weakness", "warn,weakness", 1},
                                            {"fail", "", 1}}}) {
    std::vector<std::string> arguments{"--scenarios", folder.path(), std::string("folder/") + row.scenario};
    if (*row.fail_on != '\0') arguments.insert(arguments.end(), {"--fail-on", row.fail_on});
    const Finished finished = run(arguments);
    EXPECT_EQ(finished.exit_code, row.exit_code)
        << row.scenario << " with --fail-on " << row.fail_on << ": " << finished.errors;
  }
}

// children_of yields the processes that a process has started.
std::vector<pid_t> children_of(pid_t pid) {
  const std::string number = std::to_string(pid);
  std::ifstream file("/proc/" + number + "/task/" + number + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; file >> child;) children.push_back(child);
  return children;
}

TEST(Run, EndsOnASignalWithItsReportsAndItsServer) {
  for (const int number : {SIGINT, SIGTERM}) {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "report.json";
    Process process(command({"run", "--jobs", "1", "--json", file}));
    ASSERT_TRUE(process.wait_for_output());  // a scenario has ended, and most have not begun
    const auto children = children_of(process.pid());
    ASSERT_EQ(children.size(), 1U);
    process.send_signal(number);
    EXPECT_EQ(process.wait(), 128 + number);

    std::ifstream stream(file);
    const auto report = nlohmann::json::parse(stream);
    EXPECT_EQ(report.at("interrupted_by"), number);
    EXPECT_FALSE(report.at("scenarios").empty());
    EXPECT_LT(report.at("scenarios").size(), 100U);
    EXPECT_THAT(process.output(), HasSubstr("interrupted"));
    EXPECT_EQ(::kill(children.front(), 0), -1);
    EXPECT_EQ(errno, ESRCH);
  }
}

TEST(Run, TakesItsServerAlongWhenItIsKilled) {
  Process process(command({"run", "--jobs", "1"}));
  ASSERT_TRUE(process.wait_for_output());
  const auto children = children_of(process.pid());
  ASSERT_EQ(children.size(), 1U);
  const int server = static_cast<int>(::syscall(SYS_pidfd_open, children.front(), 0));
  ASSERT_GE(server, 0);
  process.send_signal(SIGKILL);
  EXPECT_EQ(process.wait(), 128 + SIGKILL);
  pollfd ended{.fd = server, .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&ended, 1, 10'000), 1) << "the server is still there";
  ::close(server);
}

TEST(Run, EndsSoonOnASignalThoughTheServerIsSilent) {
  SaneAtFirst sane("* OK [CAPABILITY IMAP4rev2] ready", [](Peer&, const std::string&) { return true; });
  HostileServer server(std::ref(sane));
  ::setenv("IMAPSPEC_E2E_PASSWORD", "secret-alice", 1);
  std::vector<std::string> arguments{"run",
                                     "--tls",
                                     "none",
                                     "--server",
                                     host_port(server.address()),
                                     "--user",
                                     "alice",
                                     "--password-env",
                                     "IMAPSPEC_E2E_PASSWORD",
                                     "--timeout",
                                     "2"};
  Process process(command(arguments));
  ASSERT_TRUE(process.wait_for_output());
  process.send_signal(SIGINT);
  EXPECT_EQ(process.wait(), 130);
}

}  // namespace
}  // namespace imapspec::e2e
