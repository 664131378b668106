#include "runner/scenario/baseline.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "runner/scenario/fixture_file.h"
#include "runner/scenario/glob.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kKeys = {"requirement"sv, "deviation"sv, "scenarios"sv, "verdict"sv,
                              "clause"sv,      "reason"sv,    "until"sv,     "sometimes"sv};
// What a finding can be.
constexpr std::array kVerdicts = {"fail"sv, "warn"sv, "weakness"sv, "info"sv};

// A day as 2027-01-31.
std::optional<std::chrono::year_month_day> day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = -1;
    const char* const end = text.data() + at + size;
    const auto [last, error] = std::from_chars(text.data() + at, end, value);
    return error == std::errc() && last == end ? value : -1;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day_of_month = number(8, 2);
  if (year < 0 || month < 0 || day_of_month < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day_of_month))};
  if (!date.ok()) return std::nullopt;
  return date;
}

BaselineEntry read_entry(YamlReader& reader, const YamlNode& node) {
  BaselineEntry entry;
  entry.where = node.where;
  if (const YamlNode* const requirement = reader.require(node, "requirement")) {
    entry.requirement = reader.requirement_id(*requirement).value_or("");
  }
  entry.deviation = reader.required_text(node, "deviation").value_or("");
  if (const YamlNode* const scenarios = YamlReader::find(node, "scenarios")) {
    if (reader.expect_list(*scenarios, "\"scenarios\"")) {
      for (const YamlNode& item : scenarios->items) {
        if (auto glob = reader.text(item, "\"scenarios\"")) entry.scenarios.push_back(std::move(*glob));
      }
    }
  }
  if (const YamlNode* const verdict = YamlReader::find(node, "verdict")) {
    if (const auto index = reader.choice(*verdict, kVerdicts, "\"verdict\"")) {
      entry.verdict = verdict_named(kVerdicts.at(*index)).value_or(Verdict::Fail);
    }
  }
  entry.clause = reader.optional_text(node, "clause");
  entry.reason = reader.required_text(node, "reason").value_or("");
  if (const YamlNode* const until = YamlReader::find(node, "until")) {
    const auto text = reader.text(*until, "\"until\"");
    if (text) entry.until = day(*text);
    if (text && !entry.until) reader.error(until->where, "\"until\": expected a day such as 2027-01-31");
  }
  if (const YamlNode* const sometimes = YamlReader::find(node, "sometimes")) {
    entry.sometimes = reader.boolean(*sometimes, "\"sometimes\"").value_or(false);
  }
  return entry;
}

std::string in_single_quotes(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

bool is_excusable(Verdict verdict) {
  return verdict == Verdict::Fail || verdict == Verdict::Warn || verdict == Verdict::Weakness ||
         verdict == Verdict::XFail;
}

const BaselineEntry* known_entry(const std::vector<BaselineEntry>& known, const Finding& finding) {
  const auto found = std::ranges::find_if(known, [&](const BaselineEntry& entry) {
    return entry.requirement == finding.requirement && entry.deviation == finding.deviation &&
           (finding.verdict == Verdict::XFail || entry.verdict == finding.verdict);
  });
  return found == known.end() ? nullptr : &*found;
}

}  // namespace

std::expected<std::vector<BaselineEntry>, std::vector<LoadError>> load_baseline(const std::filesystem::path& file) {
  const auto yaml = read_bounded(file, kMaxFileOctets);
  if (!yaml) return std::unexpected(std::vector<LoadError>{{{file.string(), 0, 0}, yaml.error()}});
  const auto tree = read_yaml(*yaml, file.string());
  if (!tree) return std::unexpected(tree.error());
  std::vector<LoadError> errors;
  YamlReader reader(*tree, errors);
  std::vector<BaselineEntry> entries;
  // A target without known findings has the empty list.
  if (reader.expect_list(tree->root, "a baseline", true)) {
    for (const YamlNode& node : tree->root.items) {
      if (reader.expect_map(node, kKeys, "an entry")) entries.push_back(read_entry(reader, node));
    }
  }
  if (!errors.empty()) {
    sort_by_place(errors);
    return std::unexpected(std::move(errors));
  }
  return entries;
}

std::vector<LoadError> stale_entries(const std::vector<BaselineEntry>& baseline, const std::vector<Scenario>& scenarios,
                                     const std::vector<Requirement>& requirements) {
  std::vector<LoadError> errors;
  for (const BaselineEntry& entry : baseline) {
    if (std::ranges::find(requirements, entry.requirement, &Requirement::id) == requirements.end()) {
      std::vector<std::string_view> ids;
      for (const Requirement& requirement : requirements) ids.push_back(requirement.id);
      errors.push_back({entry.where, "the requirement \"" + entry.requirement + "\" is not in the ledger" +
                                         did_you_mean(entry.requirement, ids)});
    }
    for (const std::string& glob : entry.scenarios) {
      if (std::ranges::any_of(scenarios, [&](const Scenario& one) { return glob_match(glob, one.id); })) continue;
      std::vector<std::string_view> ids;
      for (const Scenario& scenario : scenarios) ids.push_back(scenario.id);
      errors.push_back({entry.where, "no scenario is called \"" + glob + "\"" + did_you_mean(glob, ids)});
    }
  }
  return errors;
}

bool lacks_reason(const BaselineEntry& entry) { return entry.reason.starts_with(kReasonToDo); }

std::string write_baseline(const RunResult& run, const std::vector<BaselineEntry>& known) {
  // A step and the monitor may find the same thing: an entry is about both.
  std::vector<BaselineEntry> entries;
  for (const Finding& finding : run.findings) {
    if (!is_excusable(finding.verdict)) continue;
    const BaselineEntry* const old = known_entry(known, finding);
    BaselineEntry entry;
    entry.requirement = finding.requirement;
    entry.deviation = finding.deviation;
    entry.verdict = old != nullptr ? old->verdict : finding.verdict;
    entry.clause = old != nullptr ? old->clause : "";
    entry.reason = old != nullptr ? old->reason : std::string(kReasonToDo);
    entry.sometimes = old != nullptr && old->sometimes;
    const auto same = std::ranges::find_if(entries, [&](const BaselineEntry& one) {
      return one.requirement == entry.requirement && one.deviation == entry.deviation && one.verdict == entry.verdict;
    });
    BaselineEntry& into = same != entries.end() ? *same : entries.emplace_back(std::move(entry));
    for (const std::string& scenario : finding.scenarios) {
      if (std::ranges::find(into.scenarios, scenario) == into.scenarios.end()) into.scenarios.push_back(scenario);
    }
  }
  std::string file = "# What is known of " + run.target.name +
                     ": each finding with its reason. A reason that begins with TODO is still to be written.\n";
  if (entries.empty()) return file + "[]\n";
  for (const BaselineEntry& entry : entries) {
    file += "\n- requirement: " + entry.requirement + "\n  deviation: " + in_single_quotes(entry.deviation) +
            "\n  scenarios:\n";
    for (const std::string& scenario : entry.scenarios) file += "    - " + scenario + "\n";
    file += "  verdict: " + std::string(verdict_name(entry.verdict)) + "\n";
    if (!entry.clause.empty()) file += "  clause: " + in_single_quotes(entry.clause) + "\n";
    file += "  reason: " + in_single_quotes(entry.reason) + "\n";
    if (entry.sometimes) file += "  sometimes: true\n";
  }
  return file;
}

}  // namespace imapspec::runner
