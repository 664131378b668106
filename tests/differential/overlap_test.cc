// Every pair of alternatives with a common sentence, and which of the two the parser takes.
//
// RFC 9051 section 9, RFC 3501 section 9; RFC 5234 section 3.2 has no order of alternatives
#include "parser/abnf/overlap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "parser/abnf/recogniser.h"
#include "parser/grammar/explain.h"
#include "parser/grammar/parse.h"
#include "tests/differential/profiles.h"

namespace imapspec::differential {
namespace {

constexpr std::size_t kSentences = 100;  // for each alternative
const std::string kTests = IMAPSPEC_SOURCE_DIR "/tests/differential/";

// Row is a line of the tables in overlaps/, whose columns are explained there.
struct Row {
  std::string rfc;  // as in "rfc9051"
  std::string alternation;
  std::size_t first = 0;
  std::size_t second = 0;
  std::string witness;
  parser::ReadAs read_as = parser::ReadAs::ClientCommand;
  std::string unit;  // with CRLF
  std::size_t begin = 0;
  std::size_t taken = 0;
  std::string rules;
  std::optional<std::string> only_other;
  std::string reason;

  // other is the alternative of the two that is not taken; with a third one taken, the first of them.
  [[nodiscard]] std::size_t other() const { return taken == first ? second : first; }
  [[nodiscard]] std::string name() const {
    return alternation + " " + std::to_string(first) + " " + std::to_string(second);
  }
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.rfc << ": " << row.name(); }

std::vector<std::string> columns_of(const std::string& line) {
  static constexpr std::string_view kSeparator = " | ";
  std::vector<std::string> columns;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + kSeparator.size()) {
    end = line.find(kSeparator, begin);
    columns.push_back(line.substr(begin, end - begin));
  }
  return columns;
}

Row row_of(const std::string& rfc, const std::string& line) {
  static const std::string kOpen = "\u00AB";
  static const std::string kClose = "\u00BB";
  const std::vector<std::string> columns = columns_of(line);
  if (columns.size() != 8) throw std::runtime_error("not eight columns: " + line);
  Row row;
  row.rfc = rfc;
  row.alternation = columns[0];
  row.first = std::stoul(columns[1]);
  row.second = std::stoul(columns[1].substr(columns[1].find(' ')));
  row.read_as = columns[2] == "command" ? parser::ReadAs::ClientCommand : parser::ReadAs::ServerResponse;
  row.begin = columns[3].find(kOpen);
  const std::size_t end = columns[3].find(kClose);
  if (end == std::string::npos || row.begin > end) throw std::runtime_error("no witness: " + line);
  const std::size_t after_open = row.begin + kOpen.size();
  row.witness = columns[3].substr(after_open, end - after_open);
  row.unit = columns[3].substr(0, row.begin) + row.witness + columns[3].substr(end + kClose.size()) + "\r\n";
  row.taken = std::stoul(columns[4]);
  if (columns[5] != "-") row.rules = columns[5];
  if (columns[6] != "-") row.only_other = columns[6];
  row.reason = columns[7];
  return row;
}

std::vector<Row> rows_of(const std::string& rfc) {
  std::ifstream file(kTests + "overlaps/" + rfc + ".txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') rows.push_back(row_of(rfc, line));
  }
  return rows;
}

std::vector<Row> all_rows() {
  std::vector<Row> rows = rows_of("rfc9051");
  std::ranges::copy(rows_of("rfc3501"), std::back_inserter(rows));
  return rows;
}

// Written is an RFC's grammar before anything is resolved, but with literals of the size that they say.
class Written {
 public:
  explicit Written(const std::string& rfc) : grammar_(read(rfc)), recogniser_(grammar_) {}
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;

  [[nodiscard]] const abnf::Grammar& grammar() const { return grammar_; }
  [[nodiscard]] abnf::Matches matches() {
    return [this](abnf::NodeId node, std::string_view octets) { return recogniser_.matches(node, octets); };
  }

  [[nodiscard]] const abnf::Node& alternation(std::string_view name) const {
    for (abnf::NodeId node = 0; node < grammar_.nodes().size(); ++node) {
      const bool is_one = grammar_.node(node).kind == abnf::Node::Kind::Alternation;
      if (is_one && abnf::alternation_name(grammar_, node) == name) return grammar_.node(node);
    }
    throw std::runtime_error("no alternation is called " + std::string(name));
  }

 private:
  static abnf::Grammar read(const std::string& rfc) {
    const auto manifest = read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec");
    auto grammar = written_grammar(manifest.value(), rfc, {kTests + "counted/" + rfc + ".abnf"});
    if (!grammar) throw std::runtime_error(grammar.error());
    return *std::move(grammar);
  }

  abnf::Grammar grammar_;
  abnf::Recogniser recogniser_;
};

Written& written(const std::string& rfc) {
  static Written rfc9051("rfc9051");
  static Written rfc3501("rfc3501");
  return rfc == "rfc9051" ? rfc9051 : rfc3501;
}

class EachRfc : public ::testing::TestWithParam<std::string> {};

TEST_P(EachRfc, HasARowForEachOverlapAndNoOther) {
  Written& rfc = written(GetParam());
  std::vector<std::string> found;
  for (const abnf::Overlap& overlap : find_overlaps(rfc.grammar(), rfc.matches(), 1, kSentences).overlaps) {
    found.push_back(abnf::alternation_name(rfc.grammar(), overlap.alternation) + " " + std::to_string(overlap.first) +
                    " " + std::to_string(overlap.second));
  }
  std::vector<std::string> listed;
  for (const Row& row : rows_of(GetParam())) listed.push_back(row.name());
  EXPECT_THAT(listed, ::testing::UnorderedElementsAreArray(found));
}

INSTANTIATE_TEST_SUITE_P(Overlap, EachRfc, ::testing::Values("rfc9051", "rfc3501"),
                         [](const auto& rfc) { return rfc.param; });

class Overlapping : public ::testing::TestWithParam<Row> {};

// derives says whether an alternative of the row derives octets, in the RFC's grammar.
bool derives(const Row& row, std::size_t alternative, std::string_view octets) {
  Written& rfc = written(row.rfc);
  return rfc.matches()(rfc.alternation(row.alternation).children.at(alternative - 1), octets);
}

TEST_P(Overlapping, AlternativesHaveTheWitness) {
  const Row& row = GetParam();
  EXPECT_TRUE(derives(row, row.first, row.witness));
  EXPECT_TRUE(derives(row, row.second, row.witness));
  EXPECT_TRUE(derives(row, row.taken, row.witness));
  EXPECT_FALSE(row.reason.empty());
}

// rules_in is what a Trace of the unit shows for the octets from `begin` on, as the tables have it.
std::string rules_in(const Row& row, std::string_view unit, std::size_t begin, std::size_t size) {
  const auto trace = parser::explain(unit, row.rfc == "rfc9051" ? parser::kRev2 : parser::kRev1, row.read_as);
  if (!trace) return "";
  std::string rules;
  bool has_all = size == 0;
  for (const parser::TraceNode& node : trace->nodes()) {
    if (node.begin < begin || node.end > begin + size) continue;
    rules += (rules.empty() ? "" : " ") + std::string(node.rule.text());
    const std::size_t part = node.end - node.begin;
    if (part < size) rules += "=" + std::string(unit.substr(node.begin, part));
    has_all = has_all || part == size;
  }
  return has_all ? rules : "";
}

TEST_P(Overlapping, AlternativesAreReadAsOneOfThem) {
  const Row& row = GetParam();
  EXPECT_EQ(rules_in(row, row.unit, row.begin, row.witness.size()), row.rules) << parser::escape_octets(row.unit);
  if (!row.only_other) return;
  EXPECT_TRUE(derives(row, row.other(), *row.only_other));
  EXPECT_FALSE(derives(row, row.taken, *row.only_other));
  const std::string unit = std::string(row.unit).replace(row.begin, row.witness.size(), *row.only_other);
  EXPECT_EQ(rules_in(row, unit, row.begin, row.only_other->size()), "") << parser::escape_octets(unit);
}

INSTANTIATE_TEST_SUITE_P(Overlap, Overlapping, ::testing::ValuesIn(all_rows()), [](const auto& row) {
  std::string name = row.param.rfc + " " + row.param.name();
  std::ranges::replace_if(name, [](char octet) { return octet == ' ' || octet == '-'; }, '_');
  return name;
});

}  // namespace
}  // namespace imapspec::differential
