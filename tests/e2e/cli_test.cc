// The imapspec command as a program: what it prints, and its exit codes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "runner/transport/socket_dialer.h"
#include "server/net/certificate.h"
#include "server/net/private_folder.h"
#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"

namespace imapspec::e2e {
namespace {

using runner::Door;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

runner::Deadline soon() { return runner::Clock::now() + std::chrono::seconds(20); }

// connect yields a connection that has read its greeting, under verified TLS at the TLS port.
std::unique_ptr<runner::Link> connect(const Ready& ready, Door door, const std::string& name = "127.0.0.1") {
  auto link = runner::make_dialer(ready.imap, ready.imaps)->dial(door, soon());
  EXPECT_TRUE(link) << link.error().message;
  if (!link) return nullptr;
  if (door == Door::ImplicitTls) {
    runner::TlsOptions options;
    options.server_name = name;
    options.ca_file = ready.ca;
    const auto facts = (*link)->start_tls(options, soon());
    EXPECT_TRUE(facts) << facts.error().message;
  }
  const auto greeting = (*link)->receive(soon());
  EXPECT_TRUE(greeting && greeting->starts_with("* OK ") && greeting->ends_with("\r\n"));
  return *std::move(link);
}

// ask sends a command with the tag "a" and yields its responses.
std::string ask(runner::Link& link, const std::string& text) {
  EXPECT_TRUE(link.send("a " + text + "\r\n", soon()));
  std::string answer;
  while (!(answer.ends_with("\r\n") && (answer.starts_with("a ") || answer.find("\r\na ") != std::string::npos))) {
    const auto octets = link.receive(soon());
    if (!octets) break;
    answer += *octets;
  }
  return answer;
}

TEST(Serve, IsReadyServesBothPortsAndEndsOnASignal) {
  for (const int number : {SIGINT, SIGTERM}) {
    Process process(command({"serve"}));
    const Ready ready = read_ready(process);
    ASSERT_TRUE(std::filesystem::exists(ready.ca));
    const auto cleartext = connect(ready, Door::Cleartext);
    const auto tls = connect(ready, Door::ImplicitTls);
    EXPECT_NE(connect(ready, Door::ImplicitTls, "localhost"), nullptr);
    ASSERT_TRUE(cleartext && tls);
    EXPECT_THAT(ask(*tls, "LOGIN bob secret-bob"), HasSubstr("a OK"));

    process.send_signal(number);
    EXPECT_EQ(process.wait(), 0);
    EXPECT_EQ(process.errors(), "");
    EXPECT_THAT(process.output(), MatchesRegex("READY [^\n]+\n"));
    EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(ready.ca).parent_path()));
    const auto octets = cleartext->receive(soon());
    ASSERT_FALSE(octets);
    EXPECT_EQ(octets.error().kind, runner::LinkError::Kind::Closed);
  }
}

TEST(Serve, TakesPasswordsInTheClearOnlyWhenTold) {
  for (const bool allowed : {false, true}) {
    Process process(command(allowed ? std::vector<std::string>{"serve", "--allow-plaintext-login"}
                                    : std::vector<std::string>{"serve"}));
    const auto link = connect(read_ready(process), Door::Cleartext);
    ASSERT_TRUE(link);
    EXPECT_THAT(ask(*link, "LOGIN alice secret-alice"), HasSubstr(allowed ? "a OK" : "a NO"));
  }
}

TEST(Serve, ShowsTheCertificateThatItIsGiven) {
  const auto folder = server::PrivateFolder::create();
  const auto made = server::make_certificate(std::vector<std::string>{"127.0.0.1"}, std::chrono::system_clock::now());
  ASSERT_TRUE(folder && made);
  const auto chain = folder->write("chain.pem", made->certificate.chain);
  const auto key = folder->write("key.pem", made->certificate.key);
  const auto authority = folder->write("ca.pem", made->authority);
  ASSERT_TRUE(chain && key && authority);
  Process process(command({"serve", "--cert", chain->string(), "--key", key->string()}));
  Ready ready = read_ready(process);
  EXPECT_EQ(ready.ca, chain->string());
  ready.ca = authority->string();
  EXPECT_NE(connect(ready, Door::ImplicitTls), nullptr);
  process.send_signal(SIGTERM);
  EXPECT_EQ(process.wait(), 0);
  EXPECT_TRUE(std::filesystem::exists(*chain));
}

TEST(Command, NamesTheSubcommandThatIsMeant) {
  const Finished word = run_program(command({"lnt"}));
  EXPECT_EQ(word.exit_code, 2);
  EXPECT_THAT(word.errors, HasSubstr("there is no subcommand \"lnt\"; did you mean \"lint\"?"));
  const Finished option = run_program(command({"--frobnicate"}));
  EXPECT_EQ(option.exit_code, 2);
  EXPECT_THAT(option.errors, HasSubstr("\"--frobnicate\""));
}

TEST(Lint, OfAFolderThatIsNotThereIsAMistakeOfTheCommand) {
  const Finished finished = run_program(command({"lint", "/nonexistent"}));
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_EQ(finished.output, "");
  EXPECT_THAT(finished.errors, HasSubstr("/nonexistent"));
}

TEST(Serve, NamesAFaultThatIsMeant) {
  const Finished finished = run_program(command({"serve", "--fault", "login-befor-tls"}));
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_EQ(finished.output, "");
  EXPECT_THAT(finished.errors, HasSubstr("login-before-tls"));
}

TEST(Serve, MisbehavesWhenAsked) {
  Process process(command({"serve", "--fault", "login-before-tls"}));
  const auto link = connect(read_ready(process), Door::Cleartext);
  ASSERT_TRUE(link);
  EXPECT_THAT(ask(*link, "LOGIN alice secret-alice"), HasSubstr("a OK"));
}

TEST(Serve, IsWhatItsFilesAndFlagsSay) {
  const auto folder = server::PrivateFolder::create();
  ASSERT_TRUE(folder);
  const auto config = folder->write("serve.yaml",
                                    "greeting: {text: Well met}\nlimits: {tag: 10}\n"
                                    "users:\n  - name: carol\n    password: p\n    mailboxes:\n"
                                    "      - {name: INBOX, messages: old.mbox}\n");
  const auto limits = folder->write("limits.yaml", "tag: 3\n");
  ASSERT_TRUE(config && limits && folder->write("old.mbox", "From a\nA: 1\n\nFrom b\nA: 2\n\n"));
  // A minute before login takes 120 ms, half an hour more than three seconds.
  Process process(command({"serve", "--config", config->string(), "--limits", limits->string(), "--profile",
                           "rev1+rev2", "--without", "BINARY", "--time-scale", "500", "--allow-plaintext-login"}));
  const Ready ready = read_ready(process);
  const auto link = connect(ready, Door::Cleartext);
  ASSERT_TRUE(link);
  EXPECT_THAT(ask(*link, "LOGIN carol p"), HasSubstr("a OK"));
  const std::string capability = ask(*link, "CAPABILITY");
  EXPECT_THAT(capability, HasSubstr(" IMAP4rev1 "));
  EXPECT_THAT(capability, Not(HasSubstr("BINARY")));
  EXPECT_THAT(ask(*link, "EXAMINE INBOX"), HasSubstr("* 2 EXISTS"));
  ASSERT_TRUE(link->send("long NOOP\r\n", soon()));
  const auto refused = link->receive(soon());
  EXPECT_TRUE(refused && refused->starts_with("long BAD"));
  const auto idle = runner::make_dialer(ready.imap, ready.imaps)->dial(Door::Cleartext, soon());
  ASSERT_TRUE(idle);
  std::string said;
  while (const auto octets = (*idle)->receive(soon())) said += *octets;
  EXPECT_THAT(said, HasSubstr("Well met"));
  EXPECT_THAT(said, HasSubstr("* BYE Autologout"));
}

TEST(Serve, SaysWhereAFileIsWrong) {
  const auto folder = server::PrivateFolder::create();
  ASSERT_TRUE(folder);
  const auto file = folder->write("wrong.yaml", "tga: 3\n");
  ASSERT_TRUE(file);
  const Finished limits = run_program(command({"serve", "--limits", file->string()}));
  EXPECT_EQ(limits.exit_code, 3);
  EXPECT_THAT(limits.errors, HasSubstr("wrong.yaml:1:1: unknown key \"tga\"; did you mean \"tag\"?"));
  EXPECT_EQ(run_program(command({"serve", "--config", file->string()})).exit_code, 3);
  EXPECT_EQ(run_program(command({"serve", "--with", "NOTHING"})).exit_code, 2);
  EXPECT_EQ(run_program(command({"serve", "--time-scale", "0"})).exit_code, 2);
}

TEST(Serve, RefusesWhatItCannotDo) {
  EXPECT_EQ(run_program(command({"serve", "--cert", "chain.pem"})).exit_code, 2);
  EXPECT_EQ(run_program(command({"serve", "--port", "70000"})).exit_code, 2);
  EXPECT_EQ(run_program(command({"serve", "--cert", "/nonexistent", "--key", "/nonexistent"})).exit_code, 3);
  Process first(command({"serve"}));
  const Ready ready = read_ready(first);
  const Finished second = run_program(command({"serve", "--port", std::to_string(ready.imap.port)}));
  EXPECT_EQ(second.exit_code, 4);
  EXPECT_THAT(second.errors, HasSubstr(std::to_string(ready.imap.port)));
}

TEST(Command, SaysHowItIsUsed) {
  EXPECT_EQ(run_program(command({"--help"})).exit_code, 0);
  EXPECT_EQ(run_program(command({"serve", "--help"})).exit_code, 0);
  const Finished version = run_program(command({"--version"}));
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_THAT(version.output, MatchesRegex("imapspec [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                {"nothing"},
                                                {"--nothing"},
                                                {"parse"},
                                                {"parse", "nothing"},
                                                {"parse", "command", "--profile", "rev3"},
                                                {"parse", "command", "--with", "NOTHING"},
                                                {"parse", "command", "a NOOP\\x0"},
                                                {"parse", "command", "--file", "/nowhere"},
                                                {"parse", "command", "a NOOP", "--file", "/dev/null"}}) {
    const Finished finished = run_program(command(wrong));
    EXPECT_EQ(finished.exit_code, 2) << testing::PrintToString(wrong);
    EXPECT_EQ(finished.output, "");
    EXPECT_NE(finished.errors, "");
  }
}

}  // namespace
}  // namespace imapspec::e2e
