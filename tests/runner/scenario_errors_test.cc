// What is wrong with a scenario is told with its place, in words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/scenario/loader.h"
#include "tests/runner/load_errors.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::runner {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

// not_imap is the check of patterns here: everything is IMAP but for one word.
std::optional<std::string> not_imap(std::string_view pattern) {
  if (pattern.find("EXISTSS") == std::string_view::npos) return std::nullopt;
  return "not a response: \"" + std::string(pattern) + "\"";
}

class ScenarioErrors : public ::testing::Test {
 protected:
  ScenarioErrors() {
    folder_.write("crlf.eml", "Subject: x\r\n\r\nbody\r\n");
    folder_.write("lf.eml", "Subject: x\r\n\nbody\r\n");
    folder_.write("empty.eml", "");
  }

  std::vector<std::string> errors(std::string_view yaml) {
    return error_lines(parse_scenario(yaml, "id", "s.yaml", folder_.path(), not_imap));
  }

  TemporaryFolder folder_;
};

// kHead is a scenario up to its steps; they begin in line 4.
constexpr std::string_view kHead = "title: T\nrequirement: r/q\nstart: authenticated\n";
constexpr std::string_view kSteps = "steps:\n  - C: 'NOOP'\n  - S: 'OK'\n";

struct Row {
  std::string name;
  std::string yaml;
  std::vector<std::string> errors;
};

// A row whose text comes between head and steps, in line 4.
Row middle(std::string name, std::string_view text, std::vector<std::string> errors) {
  return {std::move(name), std::string(kHead) + std::string(text) + "\n" + std::string(kSteps), std::move(errors)};
}

// A row whose steps are these, from line 5 on.
Row steps(std::string name, std::string_view text, std::vector<std::string> errors) {
  return {std::move(name), std::string(kHead) + "steps:\n" + std::string(text) + "\n", std::move(errors)};
}

TEST_F(ScenarioErrors, OfYaml) {
  const std::string good = std::string(kHead) + std::string(kSteps);
  const std::vector<Row> table = {
      {"empty", "", {"s.yaml:1:1: the file is empty"}},
      {"comment only", "# nothing\n", {"s.yaml:1:1: the file is empty"}},
      {"null", "---\n", {"s.yaml:1:1: the file is empty"}},
      {"list", "- a\n", {"s.yaml:1:1: a scenario: expected a map, found a list"}},
      {"text", "a\n", {"s.yaml:1:1: a scenario: expected a map, found text"}},
      {"two documents", good + "---\n" + good, {"s.yaml:7:1: a second document; a file has one"}},
      {"an empty second document", good + "---\n", {"s.yaml:7:1: a second document; a file has one"}},
      {"comma only", ", ", {"s.yaml:1:1: a second document; a file has one"}},
      middle("duplicate key", "title: U", {"s.yaml:4:1: duplicate key \"title\"; the first is in line 1"}),
      middle("duplicate quoted key", "'title': U", {"s.yaml:4:1: duplicate key \"title\"; the first is in line 1"}),
      middle("anchor", "profile: &p rev1", {"s.yaml:4:10: an anchor (&); wire text is written in single quotes"}),
      middle("anchor and alias", "let: {a: &p 'x', b: *p}",
             {"s.yaml:4:10: an anchor (&); wire text is written in single quotes",
              "s.yaml:4:21: an alias (*); wire text is written in single quotes"}),
      middle("unknown alias", "profile: *p",
             {"s.yaml:4:10: not YAML: the referenced anchor is not defined; wire text is written in single quotes"}),
      steps("wire text like an alias", "  - S: * 2 EXISTS",
            {"s.yaml:5:9: not YAML: alias not found after *; wire text is written in single quotes"}),
      middle("tag", "profile: !!str rev1", {"s.yaml:4:10: a tag (!); expected a plain value"}),
      middle("non-specific tag", "profile: ! rev1", {"s.yaml:4:10: a tag (!); expected a plain value"}),
      middle("tag of a list", "mailbox: !x []", {"s.yaml:4:10: a tag (!); expected a plain value"}),
      middle("tag of a map", "let: !x {}", {"s.yaml:4:6: a tag (!); expected a plain value"}),
      middle(
          "merge key", "<<: {profile: rev1}",
          {"s.yaml:4:1: unknown key \"<<\"; expected one of title, requirement, start, tls, needs, profile, mailbox, "
           "mailboxes, let, each, connections, steps, version, class, inbox, tags, reconnect"}),
      middle("key that is a list", "? [a]\n: b", {"s.yaml:4:3: a key that is no word"}),
      middle("tab", "let:\n\ta: 'x'",
             {"s.yaml:5:3: not YAML: illegal map value; lines are indented with spaces, not with tabs"}),
      middle("no space behind a colon", "let: {a:'x'}",
             {"s.yaml:4:7: a space is missing behind the colon of \"a:'x'\""}),
      steps("other indentation", "  - C: 'NOOP'\n   - S: 'OK'",
            {"s.yaml:6:4: not YAML: end of sequence not found; is the line indented as those before it, and is "
             "everything "
             "in single quotes that has to be?"}),
      {"open quotes", "title: 'a''\n", {"s.yaml:1:8: the quotes are not closed"}},
      {"open double quotes", "title: \"a\\\"\n", {"s.yaml:1:8: the quotes are not closed"}},
      {"bad escape",
       "title: \"\\Seen\"\n",
       {"s.yaml:1:11: not YAML: unknown escape character: S; in single quotes backslashes are just that"}},
      {"NUL", std::string("title: a\0b\n", 11), {"s.yaml:1:9: a control character; in wire text it is written \\xHH"}},
      {"octet that ends yaml-cpp's input",
       "title: a\n\x04",
       {"s.yaml:2:1: a control character; in wire text it is written \\xHH"}},
      {"CR alone", "title: a\rstart: b\n", {"s.yaml:1:9: a CR that is not followed by LF"}},
      {"invalid UTF-8", "title: caf\xe9\n", {"s.yaml:1:11: not UTF-8; in wire text such an octet is written \\xHH"}},
      {"cut UTF-8", "title: caf\xc3", {"s.yaml:1:11: not UTF-8; in wire text such an octet is written \\xHH"}},
      {"UTF-16", std::string("\xff\xfet\0", 4), {"s.yaml:1:1: not UTF-8; in wire text such an octet is written \\xHH"}},
      {"byte order mark", "\xef\xbb\xbftitle: a\n", {"s.yaml:1:1: a byte order mark; expected UTF-8 without it"}},
      {"deep flow",
       "title: " + std::string(1000, '[') + std::string(1000, ']') + "\n",
       {"s.yaml:1:27: nested deeper than 20 levels"}},
      {"deep blocks",
       [] {
         std::string text;
         for (int i = 0; i < 21; ++i) text += "- ";
         return text + "a\n";
       }(),
       {"s.yaml:1:41: nested deeper than 20 levels"}},
      {"long line", "title: " + std::string(70'000, 'a') + "\n", {"s.yaml:1:65537: the line is longer than 64 KiB"}},
      {"huge", std::string((1U << 20U) + 1, '\n'), {"s.yaml: the file is larger than 1 MiB"}},
      {"many nodes",
       [] {
         std::string text;
         for (int i = 0; i < 10'000; ++i) text += "- a\n";
         return text;
       }(),
       {"s.yaml:10000:3: more than 10000 values in one file"}},
  };
  for (const Row& row : table) EXPECT_THAT(errors(row.yaml), ElementsAreArray(row.errors)) << row.name;
}

TEST_F(ScenarioErrors, OfKeys) {
  const std::vector<Row> table = {
      {"everything missing",
       "profile: any\n",
       {"s.yaml:1:1: the key \"title\" is missing", "s.yaml:1:1: the key \"requirement\" is missing",
        "s.yaml:1:1: the key \"start\" is missing", "s.yaml:1:1: the key \"steps\" is missing"}},
      middle("unknown key", "stpes: []", {"s.yaml:4:1: unknown key \"stpes\"; did you mean \"steps\"?"}),
      middle("wrong case", "Profile: any", {"s.yaml:4:1: unknown key \"Profile\"; did you mean \"profile\"?"}),
      middle("profile", "profile: rev3",
             {"s.yaml:4:10: \"profile\": unknown value \"rev3\"; expected one of any, rev1, rev2"}),
      middle("tls", "tls: [none]", {"s.yaml:4:6: \"tls\": expected text, found a list"}),
      middle("needs", "needs: capability", {"s.yaml:4:8: expected a name after \"capability\" in a condition"}),
      middle("needs nothing", "needs:", {"s.yaml:5:1: \"needs\": expected text, found nothing"}),
      middle("mailbox", "mailbox: crlf.eml", {"s.yaml:4:10: \"mailbox\": expected a list, found text"}),
      middle("mailbox without value", "mailbox:", {"s.yaml:5:1: \"mailbox\": expected a list, found nothing"}),
      middle("no such message", "mailbox: [nothing.eml]",
             {"s.yaml:4:11: \"nothing.eml\" in the folder of messages: there is no such file"}),
      middle("folder as message", "mailbox: [.]",
             {"s.yaml:4:11: \".\" in the folder of messages: it is no regular file"}),
      middle("outside", "mailbox: [../x.eml]",
             {"s.yaml:4:11: \"../x.eml\": the file has to be in the folder of messages"}),
      middle("absolute", "mailbox: [/etc/passwd]",
             {"s.yaml:4:11: \"/etc/passwd\": the file has to be in the folder of messages"}),
      middle("bare LF", "mailbox: [crlf.eml, lf.eml]",
             {"s.yaml:4:21: \"lf.eml\": line 2 ends with LF alone; messages are stored with CRLF"}),
      middle("empty message", "mailbox: [empty.eml]", {"s.yaml:4:11: \"empty.eml\": the message is empty"}),
      middle("message without name", "mailbox: [{flags: '\\Seen'}]",
             {"s.yaml:4:11: a message: expected one of the keys message, text, octets, generate"}),
      middle("message with an unknown key", "mailbox: [{message: crlf.eml, flag: '\\Seen'}]",
             {"s.yaml:4:31: unknown key \"flag\"; did you mean \"flags\"?"}),
      middle("flags", "mailbox: [{message: crlf.eml, flags: '(\\Seen)'}]",
             {"s.yaml:4:38: \"flags\": expected flags that APPEND can set, separated by one space, such as "
              "'\\Seen $Label'"}),
      middle("Recent", "mailbox: [{message: crlf.eml, flags: '\\Recent'}]",
             {"s.yaml:4:38: \"flags\": expected flags that APPEND can set, separated by one space, such as "
              "'\\Seen $Label'"}),
      middle("date", "mailbox: [{message: crlf.eml, date: 1996-07-17}]",
             {"s.yaml:4:37: \"date\": expected an IMAP date-time such as '17-Jul-1996 02:44:25 -0700'"}),
      middle("let", "let: [a]", {"s.yaml:4:6: \"let\": expected a map, found a list"}),
      middle("name", "let: {A: 'x'}",
             {"s.yaml:4:7: \"A\" is no name: expected small letters, digits and \"-\", a letter first, and no \"-\" "
              "with digits at the end"}),
      middle("name like a subtraction", "let: {a-1: 'x'}",
             {"s.yaml:4:7: \"a-1\" is no name: expected small letters, digits and \"-\", a letter first, and no "
              "\"-\" with digits at the end"}),
      middle("name known already", "let: {user: 'x'}", {"s.yaml:4:7: the name \"user\" is known from the start"}),
      middle("unquoted value", "let: {a: x}",
             {"s.yaml:4:10: a value of \"let\": unquoted wire text: write it in single quotes"}),
      middle("value with a reference", "let: {a: 'b{user}'}",
             {"s.yaml:4:12: a value of \"let\": a value has no references; a brace that is just an octet is \\x7B"}),
      middle("value with a brace", "let: {a: 'b{'}",
             {"s.yaml:4:12: \"{\" without \"}\"; a brace that is just an octet is \\x7B"}),
      middle("value from a file", "let: {a: {file: nothing}}",
             {"s.yaml:4:17: \"nothing\" in the folder of messages: there is no such file"}),
      middle("value from nowhere", "let: {a: {}}", {"s.yaml:4:10: the key \"file\" is missing"}),
      middle("needs in a list", "needs: [capability IDLE]",
             {"s.yaml:4:8: \"needs\": expected one condition such as capability A and capability B, found a list"}),
      middle("need of a word", "needs: IDLE",
             {"s.yaml:4:8: unknown name \"IDLE\" in a condition; did you mean \"capability IDLE\"?"}),
      middle("needs with a comma", "needs: capability IDLE, capability MOVE",
             {"s.yaml:4:8: \"IDLE,\" is no capability; each is asked about by itself, without quotes: capability A and "
              "capability B"}),
      middle("nothing for a map", "connections: {b: }",
             {"s.yaml:4:18: a connection: expected a map, found nothing; an empty one is {}"}),
      middle("message with a mistake in its name", "mailbox: [crfl.eml, crlf]",
             {"s.yaml:4:11: \"crfl.eml\" in the folder of messages: there is no such file; did you mean \"crlf.eml\"?",
              "s.yaml:4:21: \"crlf\" in the folder of messages: there is no such file; did you mean \"crlf.eml\"?"}),
      middle("need of what is captured", "needs: captured n",
             {"s.yaml:4:8: \"captured\" in \"needs\": nothing is captured yet; it is for \"when\""}),
      middle("need of a handshake", "needs: capability IDLE and tls-version = 1.3",
             {"s.yaml:4:8: \"tls-version\" in \"needs\": there is no connection yet; it is for \"when\""}),
      {"empty title",
       "title: ''\nrequirement: r\nstart: connected\n" + std::string(kSteps),
       {"s.yaml:1:8: \"title\": the text is empty"}},
      {"title of two lines",
       "title: |\n  a\n  b\nrequirement: r\nstart: connected\n" + std::string(kSteps),
       {"s.yaml:1:8: \"title\": expected one line"}},
      {"no requirements",
       "title: T\nrequirement: []\nstart: connected\n" + std::string(kSteps),
       {"s.yaml:2:14: \"requirement\": the list is empty"}},
      {"a requirement twice",
       "title: T\nrequirement: [a, a]\nstart: connected\n" + std::string(kSteps),
       {"s.yaml:2:18: the requirement \"a\" is there already"}},
      {"a requirement with a space",
       "title: T\nrequirement: a b\nstart: connected\n" + std::string(kSteps),
       {"s.yaml:2:14: a requirement: expected an id such as 6.3.2/uidvalidity-is-sent, found \"a b\""}},
      {"start",
       "title: T\nrequirement: r\nstart: selectd\n" + std::string(kSteps),
       {"s.yaml:3:8: \"start\": unknown value \"selectd\"; did you mean \"selected\"?"}},
      {"selected without a mailbox",
       "title: T\nrequirement: r\nstart: selected\n" + std::string(kSteps),
       {"s.yaml:3:8: \"start\": selected needs the key \"mailbox\""}},
      {"connected with starttls",
       "title: T\nrequirement: r\nstart: connected\ntls: starttls\n" + std::string(kSteps),
       {"s.yaml:4:6: \"tls\": starttls is no choice for \"start: connected\", where a step sends STARTTLS"}},
  };
  for (const Row& row : table) EXPECT_THAT(errors(row.yaml), ElementsAreArray(row.errors)) << row.name;
}

TEST_F(ScenarioErrors, OfSteps) {
  const std::string needs_end = " needs an expectation of how the command ends: a tagged status, '+' or 'closed'";
  const std::string unquoted = "unquoted wire text: write it in single quotes";
  const std::vector<Row> table = {
      steps("check that is no expression",
            "  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S: 'OK'\n  - check: '{n} >'",
            {"s.yaml:8:18: \"check\": expected a number, a text in double quotes or a {name} at the end"}),
      steps(
          "check of an unknown name",
          "  - C: 'NOOP'\n  - S: '* {count:number} EXISTS'\n  - S: 'OK'\n  - check: '{coun} > 1'",
          {"s.yaml:8:13: unknown name \"coun\": neither in let nor bound by an earlier hole; did you mean \"count\"?"}),
      steps("text beside data", "  - C: 'NOOP'\n  - S: '* 3 EXISTS'\n    text: three\n  - S: 'OK'",
            {"s.yaml:7:11: \"text\" beside a pattern without any: only OK, NO, BAD, BYE and PREAUTH have text"}),
      steps("order of one that is no list", "  - C: 'NOOP'\n  - S-in-order: 'OK'",
            {"s.yaml:6:17: \"S-in-order\": expected a list, found text"}),
      steps("only nothing", "  - C: 'NOOP'\n  - S: 'OK'\n  - S-only: []",
            {"s.yaml:7:13: \"S-only\": the list is empty"}),
      {"no steps", std::string(kHead) + "steps: []\n", {"s.yaml:4:8: \"steps\": the list is empty"}},
      {"steps that are none",
       std::string(kHead) + "steps: 'NOOP'\n",
       {"s.yaml:4:8: \"steps\": expected a list, found text"}},
      steps("step that is text", "  - 'NOOP'", {"s.yaml:5:5: a step: expected a map, found text"}),
      steps("step without a key", "  - {requirement: r}",
            {"s.yaml:5:6: \"requirement\" by itself; it stands beside wait, until, quiet, tls, S, S-not, S-may, "
             "S-in-order, "
             "S-only, outcome, check, in the same step"}),
      steps(
          "step that is empty", "  - {}",
          {"s.yaml:5:5: a step: expected one of the keys C, setup, pipeline, continue, send, wait, quiet, pause, tls, "
           "half-close, close, reset, connect, at-once, S, S-not, S-may, S-in-order, S-only, outcome, check"}),
      steps("two in one", "  - C: 'NOOP'\n    S: 'OK'", {"s.yaml:6:5: \"S\" beside \"C\"; each is a step of its own"}),
      steps("unknown key", "  - C: 'NOOP'\n  - Smay: 'OK'\n  - S: 'OK'",
            {"s.yaml:6:5: unknown key \"Smay\"; did you mean \"S-may\"?"}),
      steps("unknown action", "  - c: 'NOOP'\n  - S: 'OK'", {"s.yaml:5:5: unknown key \"c\"; did you mean \"C\"?"}),
      steps("expectation that is none", "  - C: 'NOOP'\n  - S: 'EXISTSS'",
            {"s.yaml:6:8: \"S\": not a response: \"EXISTSS\""}),
      steps("expectation of what is not read", "  - send: 'x NOOP\\x0d\\x0a'\n  - S: 'x OK'",
            {"s.yaml:6:5: an expectation after \"send\" without \"await\", which reads nothing"}),
      steps(
          "other languages' signs", "  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S: 'OK'\n  - check: '{n} == 3'",
          {"s.yaml:8:18: \"check\": expected a number, a text in double quotes or a {name} before \"=\"; the signs are "
           "=, !=, <, <=, >, >="}),
      steps(
          "name without braces", "  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S: 'OK'\n  - check: '3 = n'",
          {"s.yaml:8:17: \"check\": expected a number, a text in double quotes or a {name} before \"n\"; did you mean "
           "{n}?"}),
      steps("space behind the colon", "  - C: 'NOOP'\n  - S: '* {n: number} EXISTS'\n  - S: 'OK'",
            {"s.yaml:6:11: no space stands behind the colon in \"{n: number}\""}),
      steps("comparison with braces",
            "  - C: 'NOOP'\n  - S: '* {n:number} EXISTS'\n  - S: '* {:number > {n}} EXISTS'\n  - S: 'OK'",
            {"s.yaml:7:11: expected a comparison (<, <=, =, !=, >=, >) with a number, or with a name without braces, "
             "such "
             "as {:number > 3}"}),
      steps("companion", "  - C: 'NOOP'\n    await: a1\n  - S: 'OK'",
            {"s.yaml:6:5: \"await\" beside \"C\"; it goes with send, half-close only"}),
      steps("requirement of a command", "  - C: 'NOOP'\n    requirement: r\n  - S: 'OK'",
            {"s.yaml:6:5: \"requirement\" beside \"C\"; it goes with wait, until, quiet, tls, S, S-not, S-may, "
             "S-in-order, "
             "S-only, "
             "outcome, check only"}),
      steps("unquoted command", "  - C: NOOP\n  - S: 'OK'", {"s.yaml:5:8: \"C\": " + unquoted}),
      steps("unquoted pattern", "  - C: 'NOOP'\n  - S: OK", {"s.yaml:6:8: \"S\": " + unquoted}),
      steps("NO is false elsewhere", "  - C: 'NOOP'\n  - S: ['OK', NO]", {"s.yaml:6:15: \"S\": " + unquoted}),
      steps("double quotes", "  - C: \"NOOP\"\n  - S: 'OK'",
            {"s.yaml:5:8: \"C\": double-quoted wire text, in which YAML gives backslashes a meaning: write it in "
             "single quotes"}),
      steps("folded", "  - C: >\n      NOOP\n  - S: 'OK'",
            {"s.yaml:5:8: \"C\": folded wire text, which loses its line breaks: write it as a block with \"|\""}),
      steps("quotes over lines", "  - C: 'NO\n      OP'\n  - S: 'OK'",
            {"s.yaml:5:8: \"C\": quoted wire text over several lines, which loses its line breaks: write it as a "
             "block with \"|\""}),
      steps("no command", "  - C:\n  - S: 'OK'",
            {"s.yaml:6:3: \"C\": expected wire text in single quotes, found nothing"}),
      steps("empty command", "  - C: ''\n  - S: 'OK'", {"s.yaml:5:8: \"C\": the command is empty"}),
      steps("empty octets", "  - send: ''", {"s.yaml:5:11: \"send\": there are no octets"}),
      steps("empty pattern", "  - C: 'NOOP'\n  - S: ''", {"s.yaml:6:8: \"S\": the pattern is empty"}),
      steps("bad escape", "  - C: 'NO\\x4OP'\n  - S: 'OK'",
            {"s.yaml:5:11: \"\\x\" needs two hexadecimal digits; a backslash before an x is \\x5C"}),
      steps("place after doubled quotes", "  - C: 'a''''b{'\n  - S: 'OK'",
            {"s.yaml:5:15: \"{\" without \"}\"; a brace that is just an octet is \\x7B"}),
      steps("place in a block", "  - C: |\n      LOGIN {4}\n      {usr} {4}\n\n      x\n  - S: 'OK'",
            {"s.yaml:7:7: unknown name \"usr\": neither in let nor bound by an earlier hole; did you mean \"user\"?"}),
      steps("place in a block with an indentation of its own", "  - send: |2-\n       x{\n",
            {"s.yaml:6:9: \"{\" without \"}\"; a brace that is just an octet is \\x7B"}),
      steps("unknown reference", "  - C: 'SELECT {mailbx} {mailbox}'\n  - S: 'OK'",
            {"s.yaml:5:16: unknown name \"mailbx\": neither in let nor bound by an earlier hole; did you mean "
             "\"mailbox\"?"}),
      steps("used before it is bound",
            "  - C: 'UID FETCH {u:raw} FLAGS'\n  - S: '* 1 FETCH (UID {u:nz-number})'\n  - S: 'OK'",
            {"s.yaml:5:19: unknown name \"u\": neither in let nor bound by an earlier hole"}),
      steps("what must not come binds nothing",
            "  - C: 'NOOP'\n  - S: 'OK'\n  - S-not: '* {n:number} EXISTS'\n  - S-not: '* {n} RECENT'",
            {"s.yaml:8:15: unknown name \"n\": neither in let nor bound by an earlier hole; a hole that binds it says "
             "what "
             "it takes: {n:number}"}),
      steps("hole in a command", "  - C: 'FETCH {n:nz-number} FLAGS'\n  - S: 'OK'",
            {"s.yaml:5:15: a hole {n:nz-number} in what the client sends; holes are for patterns"}),
      steps("unknown rule", "  - C: 'NOOP'\n  - S: '* {n:numbr} EXISTS'\n  - S: 'OK'",
            {"s.yaml:6:11: unknown form or rule in \"{n:numbr}\"; did you mean \"number\"?"}),
      steps("invalid expectation", "  - C: 'NOOP'\n  - S: ['* 1 EXISTS', '* 1 EXISTSS']\n  - S: 'OK'",
            {"s.yaml:6:23: \"S\": not a response: \"* 1 EXISTSS\""}),
      steps("invalid outcome", "  - C: 'NOOP'\n  - outcome: [{S: '* 1 EXISTSS', verdict: pass}]\n  - S: 'OK'",
            {"s.yaml:6:19: \"S\": not a response: \"* 1 EXISTSS\""}),
      steps("command without expectation", "  - C: 'NOOP'", {"s.yaml:5:5: \"C\"" + needs_end}),
      steps("every command", "  - C: 'NOOP'\n  - C: 'NOOP'\n  - S: '* 1 EXISTS'\n  - C: 'NOOP'\n  - S: 'OK'",
            {"s.yaml:5:5: \"C\"" + needs_end, "s.yaml:6:5: \"C\"" + needs_end}),
      steps("what may come is no expectation", "  - C: 'NOOP'\n  - S-may: 'OK'\n  - S-not: 'NO'\n  - S: '* OK'",
            {"s.yaml:5:5: \"C\"" + needs_end}),
      steps("continuation without expectation", "  - C: 'IDLE'\n  - S: '+'\n  - continue: 'DONE'",
            {"s.yaml:7:5: \"continue\"" + needs_end}),
      steps("setup with an expectation of its end", "  - setup: 'NOOP'\n  - S: '* 1 EXISTS'\n  - S: 'a1 ok'",
            {"s.yaml:7:5: an expectation of how a \"setup\" command ends, which is OK always; use \"C\" to expect it"}),
      steps("expectation after close", "  - close: {}\n  - S: 'closed'",
            {"s.yaml:6:5: an expectation after \"close\", after which nothing is received"}),
      steps("close with a value", "  - close: now", {"s.yaml:5:12: \"close\": expected {}"}),
      steps("start without responses", "  - S: '* OK'\n  - close: {}",
            {"s.yaml:5:5: an expectation of what the start produced; \"authenticated\" produces nothing to judge"}),
      steps("connect", "  - connect: selected",
            {"s.yaml:5:14: \"connect\": selected needs the key \"mailbox\" in the scenario"}),
      steps("tls", "  - tls: works\n    maximum: 1.4",
            {"s.yaml:5:10: \"tls\": unknown value \"works\"; expected one of succeeds, refused, either",
             "s.yaml:6:14: \"maximum\": unknown value \"1.4\"; expected one of 1.0, 1.1, 1.2, 1.3"}),
      steps("await", "  - send: 'x'\n    await: [a1, 'a+', a1]",
            {"s.yaml:6:17: \"await\": \"a+\" is no tag", "s.yaml:6:23: \"await\": the tag \"a1\" is there already"}),
      steps("alternatives of what must not come", "  - C: 'NOOP'\n  - S: 'OK'\n  - S-not: ['OK', 'NO']",
            {"s.yaml:7:12: \"S-not\": expected wire text in single quotes, found a list"}),
      steps("no alternatives", "  - C: 'NOOP'\n  - S: []", {"s.yaml:6:8: \"S\": the list is empty"}),
      steps("outcome",
            "  - C: 'NOOP'\n  - outcome: [{S: 'OK'}, {verdict: pass}, {S: 'NO', verdict: xfail, when: maybe}]",
            {"s.yaml:6:15: the key \"verdict\" is missing", "s.yaml:6:26: the key \"S\" is missing",
             "s.yaml:6:62: \"verdict\": unknown value \"xfail\"; did you mean \"fail\"?",
             "s.yaml:6:75: unknown name \"maybe\" in a condition; expected one of capability, captured, not, profile, "
             "tls, "
             "plaintext-login, tls-version, tls-cipher, tls-alpn, tls-resumed"}),
      steps("condition on what nothing captures",
            "  - C: 'NOOP'\n  - outcome: [{S: '* {n:number} EXISTS', verdict: pass, when: captured n}]\n  - S: 'OK'",
            {"s.yaml:6:63: unknown name \"n\": neither in let nor bound by an earlier hole"}),
      steps("outcome that is no list", "  - C: 'NOOP'\n  - outcome: 'OK'",
            {"s.yaml:6:14: \"outcome\": expected a list, found text"}),
  };
  for (const Row& row : table) EXPECT_THAT(errors(row.yaml), ElementsAreArray(row.errors)) << row.name;
}

TEST_F(ScenarioErrors, AreAllCollectedInOrder) {
  EXPECT_THAT(errors("title: T\nstart: nowhere\nprofil: any\nsteps:\n  - C: NOOP\n  - C: 'NOOP'\n"),
              ElementsAre("s.yaml:1:1: the key \"requirement\" is missing",
                          "s.yaml:2:8: \"start\": unknown value \"nowhere\"; expected one of dialled, connected, "
                          "not-authenticated, authenticated, selected",
                          "s.yaml:3:1: unknown key \"profil\"; did you mean \"profile\"?",
                          "s.yaml:5:8: \"C\": unquoted wire text: write it in single quotes",
                          "s.yaml:6:5: \"C\" needs an expectation of how the command ends: a tagged status, '+' or "
                          "'closed'"));
}

TEST_F(ScenarioErrors, OfFixturesThatAreTooLargeOrBehindLinks) {
  folder_.write("large.eml", std::string((8U << 20U) + 1, 'a'));
  TemporaryFolder outside;
  outside.write("secret.eml", "x\r\n");
  std::filesystem::create_symlink(outside.path() / "secret.eml", folder_.path() / "link.eml");
  EXPECT_THAT(errors(std::string(kHead) + "mailbox: [large.eml, link.eml]\n" + std::string(kSteps)),
              ElementsAre("s.yaml:4:11: \"large.eml\" in the folder of messages: it is larger than 8 MiB",
                          "s.yaml:4:22: \"link.eml\": the file has to be in the folder of messages"));
}

TEST_F(ScenarioErrors, CountLinesOfFilesWithCrlf) {
  EXPECT_THAT(errors("title: T\r\nrequirement: r\r\nstart: connected\r\nsteps:\r\n  - C: NOOP\r\n"),
              ElementsAre("s.yaml:5:8: \"C\": unquoted wire text: write it in single quotes"));
}

}  // namespace
}  // namespace imapspec::runner
