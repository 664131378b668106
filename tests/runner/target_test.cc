// Targets: the files that say how to start and reach a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/scenario/target.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Target : public ::testing::Test {
 protected:
  std::expected<TargetConfig, std::vector<LoadError>> load(std::string_view yaml) {
    folder_.write("target.yaml", yaml);
    return load_target(folder_.path() / "target.yaml");
  }

  // errors are told without the temporary folder's name.
  std::vector<std::string> errors(std::string_view yaml) {
    std::vector<std::string> all = error_lines(load(yaml));
    for (std::string& line : all) line.erase(0, folder_.path().string().size() + 1);
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(Target, IsStartedByScriptsBesideItsFile) {
  folder_.write("start", "#!/bin/sh\n");
  folder_.write("stop", "#!/bin/sh\n");
  folder_.write("known.yaml", "[]\n");
  const auto target = load(R"(name: dovecot
start: start
stop: stop
plaintext-login: refused
user: alice
password: 1234
user2: bob
password2: 'secret: 2'
mailbox-prefix: INBOX.
jobs: 4
baseline: known.yaml
)");
  ASSERT_THAT(error_lines(target), IsEmpty());
  EXPECT_EQ(target->name, "dovecot");
  EXPECT_THAT(target->start, ElementsAre((folder_.path() / "start").string(), "{state}"));
  EXPECT_THAT(target->stop, ElementsAre((folder_.path() / "stop").string(), "{state}"));
  EXPECT_THAT(target->reset, IsEmpty());
  EXPECT_EQ(target->ready, TargetConfig::Ready::Line);
  EXPECT_EQ(target->plaintext_login, "refused");
  EXPECT_EQ(target->user, "alice");
  EXPECT_EQ(target->password, "1234");
  EXPECT_EQ(target->user2, "bob");
  EXPECT_EQ(target->password2, "secret: 2");
  EXPECT_EQ(target->mailbox_prefix, "INBOX.");
  EXPECT_EQ(target->jobs, 4U);
  EXPECT_EQ(target->max_connections, 0U);
  EXPECT_EQ(target->bad_commands.before_login, 2U);
  EXPECT_EQ(target->bad_commands.after_login, 10U);
  EXPECT_EQ(target->baseline, folder_.path() / "known.yaml");
  EXPECT_EQ(target->folder, folder_.path());
}

TEST_F(Target, IsStartedByCommandsAndReachedAtChosenPorts) {
  const auto target = load(R"(name: mine
start: [my-imapd, --port, '{port}', '--tls={tls-port}', '{state}']
reset: ['{folder}/reset', '{state}/mail', '{pid}']
ready: ports
start-time: 2.5
host: 127.0.0.2
ca: '{state}/tls/ca.pem'
client-certificate: '{state}/tls/client.pem'
client-key: '{state}/tls/client-key.pem'
hierarchy-delimiter: '.'
pid-file: '{state}/pid'
tls: implicit
user: alice
user2: bob
user-suffix: '@localhost'
password: secret
password2: secret
max-connections: 5
login-delay: 0.25
bad-commands: {before-login: 3}
)");
  ASSERT_THAT(error_lines(target), IsEmpty());
  EXPECT_THAT(target->start, ElementsAre("my-imapd", "--port", "{port}", "--tls={tls-port}", "{state}"));
  EXPECT_THAT(target->stop, IsEmpty());
  EXPECT_THAT(target->reset, ElementsAre("{folder}/reset", "{state}/mail", "{pid}"));
  EXPECT_EQ(target->ready, TargetConfig::Ready::Ports);
  EXPECT_EQ(target->start_time, std::chrono::milliseconds(2500));
  EXPECT_EQ(target->host, "127.0.0.2");
  EXPECT_EQ(target->ca, "{state}/tls/ca.pem");
  EXPECT_EQ(target->client_certificate, "{state}/tls/client.pem");
  EXPECT_EQ(target->client_key, "{state}/tls/client-key.pem");
  EXPECT_EQ(target->delimiter, ".");
  EXPECT_EQ(target->pid_file, "{state}/pid");
  EXPECT_EQ(target->tls, "implicit");
  EXPECT_EQ(target->user, "alice@localhost");
  EXPECT_EQ(target->user2, "bob@localhost");
  EXPECT_EQ(target->max_connections, 5U);
  EXPECT_EQ(target->login_delay, std::chrono::milliseconds(250));
  EXPECT_EQ(target->bad_commands.before_login, 3U);
  EXPECT_EQ(target->bad_commands.after_login, 10U);
}

TEST_F(Target, TellsWhatIsWrong) {
  EXPECT_THAT(errors("name: x\nstart: ../start\nstop: gone\nuser: u\nplaintext_login: refused\njobs: -1\n"),
              ElementsAre("target.yaml:1:1: the key \"password\" is missing",
                          "target.yaml:2:8: \"start\": expected the name of a file beside this one",
                          "target.yaml:3:7: \"stop\": there is no file \"gone\" beside this one",
                          "target.yaml:5:1: unknown key \"plaintext_login\"; did you mean \"plaintext-login\"?",
                          "target.yaml:6:7: \"jobs\": expected a number from 0 to 1000"));
  EXPECT_THAT(errors("name: x\nstart: [a, '{prot}']\nuser: u\npassword: p\nbad-commands: {before-login: 0}\n"),
              ElementsAre("target.yaml:2:12: unknown reference in \"{prot}\"; expected one of state, host, port, "
                          "tls-port, folder, imapspec; did you mean \"port\"?",
                          "target.yaml:5:30: \"before-login\": expected a number from 1 to 1000000"));
  EXPECT_THAT(
      errors("name: x\nstart: [a, '{pid}']\nuser: u\npassword: p\nhierarchy-delimiter: nil\nclient-key: k\n"),
      ElementsAre("target.yaml:2:12: unknown reference in \"{pid}\"; expected one of state, host, port, "
                  "tls-port, folder, imapspec",
                  "target.yaml:5:22: \"hierarchy-delimiter\": expected one character, such as '/', or NIL where "
                  "names are flat",
                  "target.yaml:6:13: \"client-key\": there is no \"client-certificate\" that it belongs to"));
}

TEST_F(Target, HasADelimiterOrNoneOrLeavesItToTheServer) {
  const auto delimiter = [&](const std::string& line) {
    const auto target = load("name: x\nstart: [a]\nuser: u\npassword: p\n" + line);
    EXPECT_THAT(error_lines(target), IsEmpty());
    return target ? target->delimiter : std::nullopt;
  };
  EXPECT_EQ(delimiter(""), std::nullopt);
  EXPECT_EQ(delimiter("hierarchy-delimiter: /\n"), "/");
  EXPECT_EQ(delimiter("hierarchy-delimiter: NIL\n"), "");
}

TEST(TargetDelimiter, IsOneCharacterThatCanBeQuoted) {
  EXPECT_EQ(hierarchy_delimiter("\\"), "\\");
  EXPECT_EQ(hierarchy_delimiter(" "), " ");
  for (const char* const text : {"", "//", "nil", "\t", "\x7f", "\xc3\xa9"}) {
    EXPECT_EQ(hierarchy_delimiter(text), std::nullopt) << text;
  }
}

TEST(TargetCommand, ReferencesAreFilledIn) {
  const TargetValues values{{"port", "143"}, {"state", "/s{port}"}};
  EXPECT_EQ(fill_in("{state}/x:{port}", values), "/s{port}/x:143");
  EXPECT_EQ(fill_in("{host} {port", values), "{host} {port");
  EXPECT_EQ(fill_in("", values), "");
}

}  // namespace
}  // namespace imapspec::runner
