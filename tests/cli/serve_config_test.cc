// The files that `imapspec serve` reads: what they set, and what is said about mistakes in them.
#include "cli/serve_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "cli/limits_file.h"
#include "cli/yaml_file.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::cli {
namespace {

using server::Limits;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class ServeFiles : public testing::Test {
 protected:
  // The names of files come without that of the temporary folder.
  std::string shown(std::string lines) const {
    const std::string prefix = folder_.path().string() + "/";
    for (auto at = lines.find(prefix); at != std::string::npos; at = lines.find(prefix)) lines.erase(at, prefix.size());
    return lines;
  }

  std::string limits(std::string_view yaml, Limits& limits) {
    folder_.write("limits.yaml", yaml);
    const auto loaded = load_limits(folder_.path() / "limits.yaml", limits);
    return loaded ? "" : shown(lines_of(loaded.error()));
  }

  std::string config(std::string_view yaml) {
    folder_.write("serve.yaml", yaml);
    auto loaded = load_serve_config(folder_.path() / "serve.yaml");
    if (!loaded) return shown(lines_of(loaded.error()));
    config_ = *std::move(loaded);
    return "";
  }

  std::string preloaded() {
    const auto done = preload(config_.users, config_.session.limits, store_);
    return done ? "" : shown(runner::to_string(done.error()));
  }

  runner::TemporaryFolder folder_;
  ServeConfig config_;
  server::Store store_{[] { return std::chrono::system_clock::time_point(std::chrono::days(20'000)); }};
};

TEST_F(ServeFiles, LimitsAreSetByName) {
  Limits set;
  EXPECT_EQ(limits("tag: 5\nlogin-delay: 0.25\nidle: 1800\nstore: 1000000000000\n", set), "");
  Limits expected;
  expected.tag = 5;
  expected.login_delay = std::chrono::milliseconds(250);
  expected.idle = std::chrono::minutes(30);
  expected.store = 1'000'000'000'000;
  EXPECT_TRUE(set == expected);
}

TEST_F(ServeFiles, EveryLimitCanBeSetToItsLeastAndItsMost) {
  for (const server::LimitInfo& info : server::limit_table()) {
    const bool time = info.member.index() == 1;
    const auto written = [time](std::uint64_t value) {
      if (!time) return std::to_string(value);
      return std::to_string(value / 1000) + "." + std::to_string(1000 + value % 1000).substr(1);
    };
    const auto line = [&](std::uint64_t value) { return std::string(info.name) + ": " + written(value) + "\n"; };
    Limits set;
    EXPECT_EQ(limits(line(info.least), set), "");
    EXPECT_EQ(limits(line(info.most), set), "");
    EXPECT_THAT(limits(line(info.most + 1), set), HasSubstr("expected a "));
    if (info.least > 0) {
      EXPECT_THAT(limits(line(info.least - 1), set), HasSubstr("expected a "));
    }
  }
}

TEST_F(ServeFiles, MistakesInLimitsHaveAPlaceAndANearName) {
  Limits set;
  EXPECT_EQ(limits("tag: 5\nbad-comands: 3\n", set),
            "limits.yaml:2:1: unknown key \"bad-comands\"; did you mean \"bad-commands\"?");
  EXPECT_EQ(limits("tag: five\nline:\n  - 1\n", set),
            "limits.yaml:1:6: \"tag\": expected a number from 1 to 1073741824\n"
            "limits.yaml:3:3: \"line\": expected text, found a list");
  EXPECT_EQ(limits("idle: 60\nlinger: 0.0001\nhandshake: -1\n", set),
            "limits.yaml:1:7: \"idle\": expected a time from 1800 to 604800 seconds, with at most three decimals "
            "and without a unit, found \"60\"\n"
            "limits.yaml:2:9: \"linger\": expected a time from 0.001 to 86400 seconds, with at most three decimals "
            "and without a unit, found \"0.0001\"\n"
            "limits.yaml:3:12: \"handshake\": expected a time from 0.001 to 86400 seconds, with at most three decimals "
            "and without a unit, found \"-1\"");
  EXPECT_EQ(limits("tag: 5\ntag: 6\n", set), "limits.yaml:2:1: duplicate key \"tag\"; the first is in line 1");
  EXPECT_THAT(limits("- 1\n", set), HasSubstr("the limits: expected a map, found a list"));
  const auto missing = load_limits(folder_.path() / "none.yaml", set);
  ASSERT_FALSE(missing);
  EXPECT_EQ(shown(lines_of(missing.error())), "none.yaml: there is no such file");
}

TEST_F(ServeFiles, AConfigurationSetsWhatItNames) {
  EXPECT_EQ(
      config(
          "greeting:\n  kind: PREAUTH\n  text: Hello\n  user: carol\n"
          "profile: rev1+rev2\nwith: [LITERAL+]\nwithout: [binary]\nplaintext-login: allowed\nsasl: [PLAIN, CRAM-MD5]\n"
          "limits:\n  tag: 7\n"
          "users:\n  - name: carol\n    password: pass word\n    quota: {storage: 7, messages: 1000}\n"),
      "");
  const server::SessionOptions& session = config_.session;
  EXPECT_EQ(session.greeting.kind, server::Greeting::Kind::PreAuth);
  EXPECT_EQ(session.greeting.text, "Hello");
  EXPECT_EQ(session.greeting.user, "carol");
  EXPECT_TRUE(session.offer.rev1 && session.offer.rev2);
  EXPECT_TRUE(session.offer.has("LITERAL+"));
  EXPECT_FALSE(session.offer.has("LITERAL-"));
  EXPECT_FALSE(session.offer.has("BINARY"));
  EXPECT_TRUE(session.plaintext_login);
  EXPECT_THAT(session.mechanisms, ElementsAre("PLAIN", "CRAM-MD5"));
  EXPECT_EQ(session.limits.tag, 7U);
  EXPECT_EQ(session.users, (std::map<std::string, std::string>{{"carol", "pass word"}}));
  EXPECT_EQ(preloaded(), "");
  EXPECT_EQ(store_.account("carol").quota().storage, 7U);
  EXPECT_EQ(store_.account("carol").quota().messages, 1000U);
}

TEST_F(ServeFiles, MistakesInAConfigurationHaveAPlace) {
  EXPECT_THAT(
      config("with: [LITERALPLUS]\n"),
      StartsWith("serve.yaml:1:8: there is no capability \"LITERALPLUS\" to switch on or off; expected one of "));
  EXPECT_EQ(config("profile: rev3\nwithout: [BINRY]\nplaintext-login: yes\nsasl: [PLAINER]\n"),
            "serve.yaml:1:10: there is no profile \"rev3\"; expected one of rev1, rev2, rev1+rev2\n"
            "serve.yaml:2:11: there is no capability \"BINRY\" to switch on or off; did you mean \"BINARY\"?\n"
            "serve.yaml:3:18: \"plaintext-login\": unknown value \"yes\"; expected one of refused, allowed\n"
            "serve.yaml:4:8: a mechanism: unknown value \"PLAINER\"; did you mean \"PLAIN\"?");
  EXPECT_EQ(config("greeting: {kind: PREAUTH, user: nobody}\n"), "serve.yaml:1:33: there is no user \"nobody\"");
  EXPECT_EQ(config("greeting: {kind: PREAUTH}\n"), "serve.yaml:1:11: the key \"user\" is missing");
  EXPECT_EQ(config("users:\n  - {name: a, pasword: b}\n"),
            "serve.yaml:2:5: the key \"password\" is missing\n"
            "serve.yaml:2:15: unknown key \"pasword\"; did you mean \"password\"?");
  EXPECT_EQ(config("users:\n  - {name: a, password: b}\n  - {name: a, password: c}\n"),
            "serve.yaml:3:12: there is another user \"a\"");
  EXPECT_EQ(config("users:\n  - name: a\n    password: b\n    mailboxes:\n      - name: a//b\n"
                   "      - {name: inbox, special-use: '\\Sentt'}\n      - {name: INBOX, subscribed: maybe}\n"),
            "serve.yaml:5:15: no mailbox can have that name\n"
            "serve.yaml:6:36: \"special-use\": unknown value \"\\Sentt\"; did you mean \"\\Sent\"?\n"
            "serve.yaml:7:16: there is another mailbox \"INBOX\"\n"
            "serve.yaml:7:35: \"subscribed\": unknown value \"maybe\"; expected one of false, true");
}

TEST_F(ServeFiles, MailboxesAreFilledFromFoldersAndMboxFiles) {
  folder_.write("mail/b.eml", "A: 2\n\n");
  folder_.write("mail/a.eml", "A: 1\n\n");
  folder_.write("mail/notes.txt", "no message");
  folder_.write("old.mbox", "From x\nA: 3\n\n\nFrom x\nA: 4\n\n");
  ASSERT_EQ(config("users:\n  - name: carol\n    password: p\n    mailboxes:\n"
                   "      - {name: INBOX, messages: [mail, old.mbox]}\n"
                   "      - {name: a/b, special-use: '\\Sent', subscribed: true, messages: mail/b.eml}\n"),
            "");
  ASSERT_EQ(preloaded(), "");
  server::Account& account = store_.account("carol");
  std::vector<std::string> octets;
  for (const auto& message : account.find("INBOX")->messages()) octets.push_back(*message->octets);
  EXPECT_THAT(octets, ElementsAre("A: 1\r\n\r\n", "A: 2\r\n\r\n", "A: 3\r\n\r\n", "A: 4\r\n"));
  EXPECT_THAT(account.find("a/b")->messages(), SizeIs(1));
  EXPECT_THAT(account.find("a/b")->special_uses().names(), ElementsAre("\\Sent"));
  EXPECT_THAT(account.subscriptions(), ElementsAre("a/b"));
}

TEST_F(ServeFiles, WhatCannotBePreloadedIsAnErrorWithAPlace) {
  const auto with = [this](const std::string& name) {
    EXPECT_EQ(
        config("users:\n  - name: carol\n    password: p\n    mailboxes:\n      - {name: x, messages: " + name + "}\n"),
        "");
    return preloaded();
  };
  folder_.write("no-mbox", "A: 1\n");
  folder_.write("empty.eml", "");
  EXPECT_EQ(with("none"), "serve.yaml:5:9: mailbox \"x\": \"none\": there is no such file");
  EXPECT_EQ(with("no-mbox"),
            "serve.yaml:5:9: mailbox \"x\": \"no-mbox\": no mbox file: it does not begin with \"From \"");
  EXPECT_EQ(with("empty.eml"), "serve.yaml:5:9: mailbox \"x\": \"empty.eml\": a message is empty");
}

// The example of docs/serve.md: its first block of YAML.
TEST_F(ServeFiles, TheDocumentedExampleLoads) {
  std::ifstream in(IMAPSPEC_SOURCE_DIR "/docs/serve.md");
  std::stringstream text;
  text << in.rdbuf();
  const std::string document = text.str();
  const std::string fence = "```yaml\n";
  const std::size_t begin = document.find(fence);
  ASSERT_NE(begin, std::string::npos);
  const std::size_t from = begin + fence.size();
  folder_.write("mail/a.eml", "A: 1\n\n");
  folder_.write("archive.mbox", "From x\nA: 2\n\n");
  ASSERT_EQ(config(std::string_view(document).substr(from, document.find("```", from) - from)), "");
  ASSERT_EQ(preloaded(), "");
  EXPECT_THAT(store_.account("carol").find("INBOX")->messages(), SizeIs(1));
}

// Every limit is in the table of docs/serve.md, with its default.
TEST_F(ServeFiles, EveryLimitIsDocumented) {
  std::ifstream in(IMAPSPEC_SOURCE_DIR "/docs/serve.md");
  std::stringstream text;
  text << in.rdbuf();
  const Limits limits;
  for (const server::LimitInfo& info : server::limit_table()) {
    std::string value;
    if (const auto* const count = std::get_if<0>(&info.member)) {
      value = std::to_string(limits.*(*count));
    } else {
      value = std::to_string((limits.*std::get<1>(info.member)).count() / 1000) + " s";
    }
    const std::string row = "| `" + std::string(info.name) + "` | " + value + " | ";
    EXPECT_THAT(text.str(), HasSubstr(row));
    EXPECT_THAT(text.str(), HasSubstr(" | " + std::string(info.answer) + " |\n"));
  }
}

}  // namespace
}  // namespace imapspec::cli
