// imapspec parse: what it says about units, and its exit codes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "tests/e2e/imapspec_command.h"
#include "tests/e2e/process.h"
#include "tests/reports/json_schema.h"
#include "tests/runner/temporary_folder.h"

namespace imapspec::e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

Finished parse(std::vector<std::string> arguments, const std::string& input = {}) {
  arguments.insert(arguments.begin(), "parse");
  return run_program(command(arguments), input);
}

// What --json says, which has to be as the schema has it.
nlohmann::json parse_json(std::vector<std::string> arguments, const std::string& input = {}) {
  arguments.emplace_back("--json");
  const auto json = nlohmann::json::parse(parse(std::move(arguments), input).output, nullptr, false);
  std::ifstream schema(IMAPSPEC_SOURCE_DIR "/cli/parse.schema.json");
  EXPECT_THAT(reports::schema_violations(nlohmann::json::parse(schema), json), IsEmpty());
  return json;
}

struct ParseCase {
  std::string name;
  std::vector<std::string> arguments;
  std::string input;
  int exit_code;
};

void PrintTo(const ParseCase& one, std::ostream* out) { *out << one.name; }

class Parse : public testing::TestWithParam<ParseCase> {};

TEST_P(Parse, HasTheExitCode) {
  const Finished finished = parse(GetParam().arguments, GetParam().input);
  EXPECT_EQ(finished.exit_code, GetParam().exit_code) << finished.output << finished.errors;
  EXPECT_EQ(finished.errors, "");
  if (finished.exit_code == 0) {
    EXPECT_EQ(finished.output, "valid\n");
  } else {
    EXPECT_THAT(finished.output, Not(StartsWith("valid\n")));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Units, Parse,
    testing::Values(ParseCase{"Command", {"command"}, "a NOOP\r\n", 0},
                    ParseCase{"CommandWithLiteral", {"command"}, "a LOGIN {5}\r\nalice {3+}\r\nx\r\n\r\n", 0},
                    ParseCase{"CommandWithBareLineFeed", {"command"}, "a NOOP\n", 1},
                    ParseCase{"CommandWithoutEnd", {"command"}, "a NOOP", 1}, ParseCase{"Nothing", {"command"}, "", 1},
                    ParseCase{"Greeting", {"greeting"}, "* OK ready\r\n", 0},
                    ParseCase{"GreetingThatIsNone", {"greeting"}, "* NO never\r\n", 1},
                    ParseCase{"Response", {"response"}, "* 3 EXISTS\r\n", 0},
                    ParseCase{"RecentInRev1", {"response", "--profile", "rev1"}, "* 3 RECENT\r\n", 0},
                    ParseCase{"RecentInRev2", {"response", "--profile", "rev2"}, "* 3 RECENT\r\n", 1},
                    ParseCase{"ResponseWithNul", {"response"}, std::string("* OK a\0b\r\n", 10), 1},
                    ParseCase{"CodeThatIsNone", {"response"}, "* OK [UIDNEXT 0] next\r\n", 1},
                    ParseCase{"AuthenticateData", {"authenticate-data"}, "Zm9v\r\n", 0},
                    ParseCase{"AuthenticateCancel", {"authenticate-data"}, "*\r\n", 0},
                    ParseCase{"NoAuthenticateData", {"authenticate-data"}, "Zm9\r\n", 1},
                    ParseCase{"IdleDone", {"idle-done"}, "done\r\n", 0},
                    ParseCase{"Argument", {"command", "a NOOP"}, "", 0},
                    ParseCase{"ArgumentWithLiteral", {"command", "a LOGIN {3}\\x0d\\x0Ajoe x"}, "", 0},
                    ParseCase{"ArgumentWithLineFeed", {"command", "a NOOP\\x0A"}, "", 1},
                    ParseCase{"ExtensionThatIsNotInForce", {"command", "a ID NIL"}, "", 1},
                    ParseCase{"Extension", {"command", "a ID NIL", "--with", "quota,id"}, "", 0}),
    [](const auto& each) { return each.param.name; });

TEST(ParseInput, MayBeAFile) {
  const runner::TemporaryFolder folder;
  folder.write("unit", "* 3 EXISTS\r\n");
  const Finished finished = parse({"response", "--file", (folder.path() / "unit").string()});
  EXPECT_EQ(finished.exit_code, 0) << finished.errors;
  EXPECT_EQ(finished.output, "valid\n");
}

TEST(ParseInput, MayHaveSeveralUnits) {
  const Finished finished = parse({"command"}, "a LOGIN {1}\r\nx {1}\r\ny\r\nb BOOP\r\nc NOOP\r\nd");
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_THAT(finished.output, StartsWith("unit 1 at octet 0: valid\nunit 2 at octet 23: not valid\noffset 2: "));
  EXPECT_THAT(finished.output, HasSubstr("\nunit 3 at octet 31: valid\nunit 4 at octet 39: not valid\n"));
}

TEST(ParseInput, IsTakenUpToALimit) {
  const Finished finished = parse({"command"}, std::string((std::size_t{64} << 20) + 1, 'x'));
  EXPECT_EQ(finished.exit_code, 2);
  EXPECT_EQ(finished.output, "");
}

TEST(ParseOutput, PointsAtTheOctet) {
  const Finished finished = parse({"command"}, "a FETCH 0 FLAGS\r\n");
  EXPECT_THAT(finished.output, StartsWith("not valid\noffset 8: "));
  EXPECT_THAT(finished.output, HasSubstr("\n  a FETCH 0 FLAGS\\x0D\\x0A\n          ^\n"));
  EXPECT_THAT(finished.output, HasSubstr("\n  rules: command > "));
}

TEST(ParseOutput, NamesTheSectionAndTheResolution) {
  const Finished finished = parse({"response"}, "* LIST (\\Noselect \\Marked) \"/\" x\r\n");
  EXPECT_THAT(finished.output, HasSubstr("\n  see: RFC 9051 section 7.3.1\n"));
  EXPECT_THAT(finished.output,
              HasSubstr("\n  resolution: T17 (must): the ABNF as written has it, RFC 9051 section 9: mbx-list-sflag"));
}

TEST(ParseOutput, CountsEscapedOctetsInFrontOfTheCaret) {
  // Two octets that are shown as eight, then the wrong one.
  const Finished finished = parse({"response"}, std::string("* OK \xc3\xa9\0\r\n", 10));
  const std::string& text = finished.output;
  const std::size_t line = text.find("  * OK ");
  const std::size_t caret_line = text.find('\n', line) + 1;
  const std::size_t shown = text.find("\\x00", line) - line;
  EXPECT_EQ(text.find('^', caret_line) - caret_line, shown) << text;
}

TEST(ParseOutput, ShowsAPieceOfALongLineOnly) {
  const Finished finished = parse({"response"}, "* OK " + std::string(100'000, 'x') + std::string(1, '\0') + "\r\n");
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_LT(finished.output.size(), 1'000U);
  EXPECT_THAT(finished.output, HasSubstr("..."));
}

TEST(ParseOutput, NamesQuirks) {
  const Finished finished = parse({"response", "* STATUS  a (MESSAGES 3 )"});
  EXPECT_THAT(finished.output, HasSubstr("  quirk at offset 9: double-space: "));
  EXPECT_THAT(finished.output, HasSubstr("  quirk at offset 23: trailing-space-in-status: "));
  EXPECT_THAT(finished.output, HasSubstr("; seen: Exchange ("));
  EXPECT_THAT(finished.output, HasSubstr("\n  without: valid\n"));
}

TEST(ParseOutput, SaysWhatIsLeftWithoutAQuirk) {
  const Finished finished = parse({"response", "* STATUS  a (MOOSE MOOSE)"});
  EXPECT_THAT(finished.output, HasSubstr("  quirk at offset 9: double-space: "));
  EXPECT_THAT(finished.output, HasSubstr("\n  without: offset "));
}

TEST(ParseOutput, SaysThatACodeIsTakenForText) {
  const Finished finished = parse({"response", "* OK [ALERT]"});
  EXPECT_THAT(finished.output, StartsWith("valid as a text only\noffset 12: "));
  EXPECT_THAT(finished.output, HasSubstr("code-without-space"));
}

TEST(ParseOutput, SaysWhatIsALimitOfOurs) {
  const Finished finished = parse({"command", "a SEARCH " + std::string(200, '(') + "ALL" + std::string(200, ')')});
  EXPECT_THAT(finished.output, StartsWith("more than this parser takes\n"));
  EXPECT_EQ(finished.exit_code, 1);
}

TEST(ParseOutput, ExplainsWhatIsValid) {
  const Finished finished = parse({"response", "* 1 FETCH (FLAGS (\\Seen))", "--explain"});
  EXPECT_THAT(finished.output, StartsWith("valid\n  response 0..27 * 1 FETCH (FLAGS (\\Seen))\\x0D\\x0A\n    "));
  EXPECT_THAT(finished.output, HasSubstr(" 18..23 \\Seen\n"));
  EXPECT_THAT(parse({"response", "* 1 FETCH ()", "--explain"}).output, Not(HasSubstr("0..")));
}

TEST(ParseJson, SaysOfAValidUnitThatItIs) {
  const auto json = parse_json({"command"}, "a NOOP\r\n");
  EXPECT_EQ(json.at("valid"), true);
  ASSERT_EQ(json.at("units").size(), 1U);
  EXPECT_EQ(json.at("units")[0],
            nlohmann::json({{"offset", 0}, {"size", 8}, {"octets", "a NOOP\\x0D\\x0A"}, {"judgement", "accepted"}}));
}

TEST(ParseJson, HasTheErrorAndTheQuirks) {
  const auto json = parse_json({"response"}, std::string("* 3 EXISTS\r\n* FLAGS  (a\xff)\r\n"));
  EXPECT_EQ(json.at("valid"), false);
  EXPECT_EQ(json.at("units")[0].at("judgement"), "accepted");
  const auto& unit = json.at("units")[1];
  EXPECT_EQ(unit.at("offset"), 12);
  EXPECT_EQ(unit.at("judgement"), "refused");
  EXPECT_EQ(unit.at("error").at("offset"), 8);
  EXPECT_EQ(unit.at("error").at("kind"), "invalid");
  EXPECT_EQ(unit.at("error").at("found"), " (a\\xFF)\\x0D\\x0A");
  EXPECT_EQ(unit.at("error").at("path")[0], "response");
  for (const char* key : {"rule", "expected"}) EXPECT_NE(unit.at("error").at(key), "") << key;
  std::vector<std::string> names;
  for (const auto& quirk : unit.at("diagnosis").at("quirks")) names.push_back(quirk.at("name"));
  EXPECT_THAT(names, ElementsAre("double-space", "eight-bit-in-atom"));
  EXPECT_EQ(unit.at("diagnosis").at("explains_all"), true);
}

TEST(ParseJson, HasTheTreeWhenAsked) {
  const auto json = parse_json({"response", "* OK [ALERT] hot", "--explain"});
  const auto& tree = json.at("units")[0].at("tree");
  EXPECT_EQ(tree.at("rule"), "response");
  EXPECT_EQ(tree.at("begin"), 0);
  EXPECT_EQ(tree.at("end"), 18);
  // Somewhere in it is what the text is.
  std::vector<const nlohmann::json*> open{&tree};
  bool found = false;
  while (!open.empty()) {
    const nlohmann::json& node = *open.back();
    open.pop_back();
    found = found || (node.at("rule") == "text" && node.at("octets") == "hot");
    if (!node.contains("children")) continue;
    for (const auto& child : node.at("children")) {
      EXPECT_GE(child.at("begin"), node.at("begin"));
      EXPECT_LE(child.at("end"), node.at("end"));
      open.push_back(&child);
    }
  }
  EXPECT_TRUE(found) << tree.dump(2);
}

}  // namespace
}  // namespace imapspec::e2e
