#include "parser/grammar/rule_reference.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace imapspec::parser::test {
namespace {

const std::filesystem::path kSource = IMAPSPEC_SOURCE_DIR;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// All that the first group of `pattern` matches in the files below `folder` with this extension.
std::set<std::string> found_in(const std::filesystem::path& folder, std::string_view extension, const char* pattern) {
  std::set<std::string> found;
  const std::regex expression(pattern);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != extension || entry.path().filename() == "rule_reference.cc") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match) {
      found.insert((*match)[1].str());
    }
  }
  return found;
}

std::set<std::string> known_ids() {
  std::set<std::string> ids;
  for (const Resolution& each : resolutions()) ids.insert(std::string(each.id));
  return ids;
}

TEST(RuleReference, FindsWhatItHas) {
  ASSERT_NE(rule_reference("fetch"), nullptr);
  EXPECT_EQ(rule_reference("fetch")->rfc, "RFC 9051");
  EXPECT_EQ(rule_reference("fetch")->section, "6.4.5");
  EXPECT_EQ(rule_reference("lsub")->rfc, "RFC 3501");
  EXPECT_EQ(rule_reference("getacl")->section, "3.3");
  EXPECT_EQ(rule_reference("fetc"), nullptr);
  EXPECT_EQ(rule_reference(""), nullptr);
}

TEST(RuleReference, HasEachRuleThatIsTraced) {
  for (const std::string& rule : found_in(kSource / "parser" / "grammar", ".cc", R"re(Attempt \w+\(in, "([^"]+)")re")) {
    EXPECT_NE(rule_reference(rule), nullptr) << rule;
  }
}

// What matches single octets is in no trace.
TEST(RuleReference, HasEachRuleOfRfc9051OfMoreThanAnOctet) {
  const std::set<std::string> octets{"SP",
                                     "CTL",
                                     "CRLF",
                                     "ALPHA",
                                     "DIGIT",
                                     "DQUOTE",
                                     "OCTET",
                                     "CHAR",
                                     "CHAR8",
                                     "ASTRING-CHAR",
                                     "ATOM-CHAR",
                                     "TEXT-CHAR",
                                     "QUOTED-CHAR",
                                     "atom-specials",
                                     "list-char",
                                     "digit-nz",
                                     "list-wildcards",
                                     "base64-char",
                                     "UTF8-CHAR",
                                     "quoted-specials",
                                     "resp-specials",
                                     "UTF8-2",
                                     "UTF8-3",
                                     "UTF8-4",
                                     "tagged-label-char",
                                     "tagged-label-fchar"};
  const std::string grammar = text_of(kSource / "parser" / "spec" / "rfc9051.abnf");
  const std::regex rule(R"((?:^|\n)([A-Za-z][A-Za-z0-9-]*) *=)");
  std::size_t rules = 0;
  for (std::sregex_iterator match(grammar.begin(), grammar.end(), rule), end; match != end; ++match, ++rules) {
    const std::string name = (*match)[1].str();
    // T40: copied from another RFC and used nowhere.
    if (octets.contains(name) || name == "partial-range") continue;
    EXPECT_NE(rule_reference(name), nullptr) << name;
  }
  EXPECT_GT(rules, 200U);
}

TEST(Resolution, IsInTheTableWhereTheGrammarNamesOne) {
  const std::set<std::string> named = found_in(kSource / "parser" / "grammar", ".cc", R"re("([LTX][0-9]+)")re");
  EXPECT_EQ(named, known_ids());
}

TEST(Resolution, HasTheSeverityThatTheGrammarFilesGiveIt) {
  std::map<std::string, std::set<std::string>> severities;
  const std::regex resolved(R"(; @([LTX][0-9]+) (syntax|must))");
  for (const auto& entry : std::filesystem::directory_iterator(kSource / "parser" / "spec")) {
    if (entry.path().extension() != ".abnf") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), resolved), end; match != end; ++match) {
      severities[(*match)[1].str()].insert((*match)[2].str());
    }
  }
  for (const Resolution& each : resolutions()) {
    EXPECT_TRUE(severities[std::string(each.id)].contains(std::string(severity_name(each.severity)))) << each.id;
    EXPECT_FALSE(each.clause.empty()) << each.id;
    EXPECT_FALSE(each.reason.empty()) << each.id;
    EXPECT_EQ(resolution(each.id), &each);
  }
  EXPECT_EQ(resolution("T0"), nullptr);
}

}  // namespace
}  // namespace imapspec::parser::test
