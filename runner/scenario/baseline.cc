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

bool matches_any(const std::vector<std::string>& globs, const std::string& scenario) {
  return std::ranges::any_of(globs, [&](const std::string& glob) { return glob_match(glob, scenario); });
}

// NewBaseline is what becomes of the known entries, and the new ones.
class NewBaseline {
 public:
  NewBaseline(const RunResult& run, const std::vector<BaselineEntry>& known)
      : run_(run), known_(known), uses_(run.baseline), met_(known.size()) {
    uses_.resize(known.size());
    for (const Finding& finding : run.findings) {
      if (!is_excusable(finding.verdict)) continue;
      for (const std::string& scenario : finding.scenarios) add(finding, scenario);
    }
  }

  [[nodiscard]] std::vector<BaselineEntry> entries() const {
    std::vector<BaselineEntry> all;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (auto entry = renewed(i)) all.push_back(*std::move(entry));
    }
    all.insert(all.end(), new_.begin(), new_.end());
    return all;
  }

 private:
  // The first entry that names the finding of this scenario, as where it is excused.
  [[nodiscard]] std::optional<std::size_t> known_entry(const Finding& finding, const std::string& scenario) const {
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const BaselineEntry& entry = known_[i];
      // What verdict a finding had that was excused is not known any more.
      const bool same_verdict = finding.verdict == Verdict::XFail ? uses_[i].met : entry.verdict == finding.verdict;
      if (entry.requirement == finding.requirement && entry.deviation == finding.deviation && same_verdict &&
          (entry.scenarios.empty() || matches_any(entry.scenarios, scenario))) {
        return i;
      }
    }
    return std::nullopt;
  }

  void add(const Finding& finding, const std::string& scenario) {
    if (const auto i = known_entry(finding, scenario)) {
      met_[*i].push_back(scenario);
      return;
    }
    // A step and the monitor may find the same thing: an entry is about both.
    auto into = std::ranges::find_if(new_, [&](const BaselineEntry& one) {
      return one.requirement == finding.requirement && one.deviation == finding.deviation &&
             one.verdict == finding.verdict;
    });
    if (into == new_.end()) {
      BaselineEntry entry;
      entry.requirement = finding.requirement;
      entry.deviation = finding.deviation;
      entry.verdict = finding.verdict;
      entry.reason = kReasonToDo;
      into = new_.insert(new_.end(), std::move(entry));
    }
    if (std::ranges::find(into->scenarios, scenario) == into->scenarios.end()) into->scenarios.push_back(scenario);
  }

  [[nodiscard]] bool ran(const std::string& glob) const {
    return std::ranges::any_of(run_.scenarios, [&](const ScenarioResult& one) {
      return one.verdict != Verdict::Skip && one.verdict != Verdict::Unimplemented && one.verdict != Verdict::Error &&
             glob_match(glob, one.id);
    });
  }

  // The entry as it is to be from now on; nullopt where what it names is gone.
  [[nodiscard]] std::optional<BaselineEntry> renewed(std::size_t i) const {
    BaselineEntry entry = known_[i];
    const bool is_over = !uses_[i].expired.empty();
    const bool is_part = run_.shard.count > 1;  // others may meet what this one did not
    if (met_[i].empty()) {
      const bool untested = uses_[i].scenario.empty() && !(uses_[i].anywhere && run_.whole);
      const bool stays = is_part || untested || (entry.sometimes && !is_over);
      return stays ? std::optional(std::move(entry)) : std::nullopt;
    }
    if (is_over) {
      entry.until.reset();
      entry.reason = std::string(kReasonToDo) + ": it was good until " + uses_[i].expired + ": " + known_[i].reason;
    }
    if (!entry.sometimes && !is_part) {
      std::erase_if(entry.scenarios, [&](const std::string& glob) {
        return ran(glob) &&
               std::ranges::none_of(met_[i], [&](const std::string& one) { return glob_match(glob, one); });
      });
    }
    return entry;
  }

  const RunResult& run_;
  const std::vector<BaselineEntry>& known_;
  std::vector<BaselineUse> uses_;  // one for each of those
  std::vector<std::vector<std::string>> met_;
  std::vector<BaselineEntry> new_;
};

std::string written_day(std::chrono::year_month_day day) {
  const auto digits = [](unsigned number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
  };
  return digits(static_cast<unsigned>(static_cast<int>(day.year())), 4) + '-' +
         digits(static_cast<unsigned>(day.month()), 2) + '-' + digits(static_cast<unsigned>(day.day()), 2);
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
  const std::vector<BaselineEntry> entries = NewBaseline(run, known).entries();
  std::string file = "# What is known of " + run.target.name +
                     ": each finding with its reason. A reason that begins with TODO is still to be written.\n";
  if (entries.empty()) return file + "[]\n";
  for (const BaselineEntry& entry : entries) {
    file += "\n- requirement: " + entry.requirement + "\n  deviation: " + in_single_quotes(entry.deviation) + "\n";
    if (!entry.scenarios.empty()) file += "  scenarios:\n";
    for (const std::string& scenario : entry.scenarios) file += "    - " + in_single_quotes(scenario) + "\n";
    file += "  verdict: " + std::string(verdict_name(entry.verdict)) + "\n";
    if (!entry.clause.empty()) file += "  clause: " + in_single_quotes(entry.clause) + "\n";
    file += "  reason: " + in_single_quotes(entry.reason) + "\n";
    if (entry.until) file += "  until: " + written_day(*entry.until) + "\n";
    if (entry.sometimes) file += "  sometimes: true\n";
  }
  return file;
}

}  // namespace imapspec::runner
