#include "reports/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/escape.h"
#include "reports/html_style.h"
#include "reports/markup.h"
#include "reports/meeting.h"
#include "reports/wording.h"

namespace imapspec::reports {
namespace {

using runner::Check;
using runner::Finding;
using runner::RunResult;
using runner::ScenarioResult;
using runner::TranscriptLine;
using runner::Verdict;

constexpr std::size_t kTextOctets = 16384;
constexpr std::size_t kNamedScenarios = 5;

class Page {
 public:
  explicit Page(const RunResult& run)
      : run_(run),
        counts_(runner::count_verdicts(run)),
        several_profiles_(has_several_profiles(run)),
        meetings_(run),
        html_(Markup::Language::Html, "<!DOCTYPE html>\n") {}

  std::string page() {
    html_.open("html").attribute("lang", "en");
    head();
    html_.line().open("body");
    header();
    html_.line().open("main");
    summary();
    target();
    findings();
    scenarios();
    legend();
    html_.line().close();
    html_.line().open("footer");
    html_.element("p", "Made by imapspec " + shortened(run_.tool_version, kTextOctets) + ".").close();
    return std::move(html_).finish();
  }

 private:
  void text(std::string_view octets) { html_.text(shortened(octets, kTextOctets)); }

  void element(std::string_view name, std::string_view octets) { html_.element(name, shortened(octets, kTextOctets)); }

  void element(std::string_view name, std::string_view style_class, std::string_view octets) {
    html_.open(name).attribute("class", style_class);
    text(octets);
    html_.close();
  }

  static std::string class_of(Verdict verdict) { return fmt::format("v-{}", runner::verdict_name(verdict)); }

  void badge(Verdict verdict) { element("span", "badge " + class_of(verdict), runner::verdict_name(verdict)); }

  void heading(std::string_view words, std::string_view id) {
    html_.line().open("section").attribute("aria-labelledby", id);
    html_.line().open("h2").attribute("id", id).text(words).close();
  }

  void fact(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    html_.line().element("dt", name);
    html_.open("dd");
    element("code", value);
    html_.close();
  }

  void head() {
    html_.line().open("head");
    html_.line().open("meta").attribute("charset", "utf-8").close();
    html_.line().open("meta").attribute("name", "viewport");
    html_.attribute("content", "width=device-width, initial-scale=1").close();
    // Whatever a server managed to get in here, it loads nothing and runs nothing.
    html_.line().open("meta").attribute("http-equiv", "Content-Security-Policy");
    html_.attribute("content", "default-src 'none'; style-src 'unsafe-inline'").close();
    html_.line().element("title", fmt::format("imapspec: {}", shortened(run_.target.name, 200)));
    html_.line().style_sheet(html_style());
    html_.line().close();
  }

  void header() {
    html_.line().open("header");
    html_.line().element("h1", "imapspec: " + shortened(run_.target.name, 200));
    html_.line().open("p").attribute("class", "quiet");
    html_.text(fmt::format("{} scenarios, started {}, took {} s", run_.scenarios.size(), rfc3339_utc(run_.started),
                           seconds_text(run_.duration)));
    html_.close();
    if (run_.interrupted_by) {
      html_.line().open("p").attribute("class", "notice").attribute("role", "note");
      html_.text(fmt::format("Interrupted by signal {}: not all scenarios ran.", *run_.interrupted_by)).close();
    }
    html_.line().close();
  }

  void summary() {
    heading("Summary", "summary");
    html_.line().open("div").attribute("class", "bar").attribute("aria-hidden", "true");
    for (const Verdict verdict : kVerdicts) {
      if (counts_.at(verdict) == 0) continue;
      html_.open("span").attribute("class", class_of(verdict));
      html_.attribute("style", fmt::format("flex-grow:{}", counts_.at(verdict)));
      html_.text("").close();
    }
    html_.close();
    html_.line().open("ul").attribute("class", "counts");
    for (const Verdict verdict : kVerdicts) {
      const std::size_t count = counts_.at(verdict);
      html_.line().open("li").attribute("class", class_of(verdict) + (count == 0 ? " none" : ""));
      html_.element("b", std::to_string(count)).text(count_word(verdict)).close();
    }
    html_.close();
    html_.line().close();
  }

  void target() {
    const auto& facts = run_.target;
    heading("Target", "target");
    html_.line().open("dl").attribute("class", "facts");
    fact("name", facts.name);
    fact("host", facts.host);
    fact("TLS", facts.tls);
    fact("certificates", facts.insecure ? "not verified" : "verified where TLS is used");
    fact("greeting", facts.greeting);
    std::string capabilities;
    for (const std::string& capability : facts.capabilities) {
      if (!capabilities.empty()) capabilities += ' ';
      capabilities += capability;
    }
    fact("capabilities", capabilities);
    html_.close();
    html_.line().close();
  }

  void findings() {
    heading("Findings", "findings");
    if (run_.findings.empty()) {
      html_.line().element("p", "None.");
      html_.line().close();
      return;
    }
    html_.line().element("p", "Each deviation once, with the scenarios that met it.");
    html_.line().open("div").attribute("class", "scroll").attribute("role", "region");
    html_.attribute("aria-labelledby", "findings").attribute("tabindex", "0");
    html_.line().open("table").attribute("class", "findings");
    html_.line().open("thead").open("tr");
    for (const std::string_view name : {"Verdict", "Requirement", "Clause", "Found by", "What", "Met by"}) {
      html_.open("th").attribute("scope", "col").text(name).close();
    }
    html_.close().close();
    html_.line().open("tbody");
    for (std::size_t i = 1; i <= kVerdicts.size(); ++i) {
      const Verdict verdict = kVerdicts.at(i % kVerdicts.size());  // pass last
      for (const Finding& finding : run_.findings) {
        if (finding.verdict == verdict) finding_row(finding);
      }
    }
    html_.close().close().close();
    html_.line().close();
  }

  void finding_row(const Finding& finding) {
    html_.line().open("tr").open("td");
    badge(finding.verdict);
    html_.close().open("th").attribute("scope", "row");
    element("code", finding.requirement);
    html_.close();
    element("td", clause_text(finding));
    element("td", "word", runner::check_name(finding.check));
    html_.open("td");
    element("p", finding.message.empty() ? finding.deviation : finding.message);
    if (!finding.sent.empty() || !finding.expected.empty() || !finding.actual.empty()) {
      html_.open("details").element("summary", "sent, expected and actual");
      place(finding);
      exchange(finding);
      html_.close();
    }
    html_.close().open("td");
    met_by(finding);
    html_.close().close();
  }

  void met_by(const Finding& finding) {
    const std::vector<std::string>& ids = finding.scenarios;
    const std::size_t named = std::min(ids.size(), kNamedScenarios);
    for (std::size_t i = 0; i < named; ++i) link(finding, ids[i]);
    if (named == ids.size()) return;
    html_.open("details").element("summary", fmt::format("{} more", ids.size() - named));
    for (std::size_t i = named; i < ids.size(); ++i) link(finding, ids[i]);
    html_.close();
  }

  void link(const Finding& finding, std::string_view id) {
    html_.open("p");
    if (const auto place = meetings_.place(finding, id)) {
      html_.open("a").attribute("href", fmt::format("#s{}", *place));
      text(id);
      html_.close();
    } else {
      text(id);
    }
    html_.close();
  }

  void place(const Finding& finding) {
    if (!finding.where.file.empty()) element("p", "quiet", "at " + where_text(finding.where));
  }

  void exchange(const Finding& finding) {
    if (!finding.before.empty()) {
      std::string lines;
      for (const TranscriptLine& line : finding.before) lines += line_text(line) + '\n';
      html_.open("div").attribute("class", "sent");
      block("Before", lines);
      html_.close();
    }
    if (!finding.sent.empty()) {
      html_.open("div").attribute("class", "sent");
      block("Sent", finding.sent);
      html_.close();
    }
    if (finding.expected.empty() && finding.actual.empty()) return;
    html_.open("div").attribute("class", "pair");
    for (const auto& [name, octets] :
         {std::pair("Expected", &finding.expected), std::pair("Actual", &finding.actual)}) {
      if (octets->empty()) continue;
      html_.open("div");
      block(name, *octets);
      html_.close();
    }
    html_.close();
  }

  void block(std::string_view name, std::string_view octets) {
    html_.element("h4", name).open("pre").attribute("tabindex", "0");
    text(octets);
    html_.close();
  }

  void scenarios() {
    heading("Scenarios", "scenarios");
    if (run_.scenarios.empty()) html_.line().element("p", "None ran.");
    // In order of first meeting: a result need not be sorted.
    std::vector<std::pair<std::string_view, std::vector<std::size_t>>> folders;
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < run_.scenarios.size(); ++i) {
      const std::string_view folder = folder_of(run_.scenarios[i].id);
      const auto [place, is_new] = places.try_emplace(folder, folders.size());
      if (is_new) folders.push_back({folder, {}});
      folders[place->second].second.push_back(i);
    }
    for (const auto& [folder, members] : folders) folder_details(folder, members);
    html_.line().close();
  }

  void folder_details(std::string_view folder, const std::vector<std::size_t>& members) {
    std::map<Verdict, std::size_t> counts;
    for (const std::size_t i : members) ++counts[run_.scenarios[i].verdict];
    html_.line().open("details").attribute("class", "folder");
    const bool open =
        std::any_of(counts.begin(), counts.end(), [](auto& count) { return needs_attention(count.first); });
    if (open) html_.attribute("open", "open");
    html_.open("summary");
    text(folder.empty() ? "(no folder)" : folder);
    html_.open("span").attribute("class", "quiet").text(" — ");
    bool first = true;
    for (const Verdict verdict : kVerdicts) {
      const auto count = counts.find(verdict);
      if (count == counts.end()) continue;
      if (!std::exchange(first, false)) html_.text(", ");
      html_.text(fmt::format("{} {}", count->second, count_word(verdict)));
    }
    html_.close().close();
    html_.line().open("div").attribute("class", "body");
    for (const std::size_t i : members) scenario_details(run_.scenarios[i], i);
    html_.close();
    html_.line().close();
  }

  void scenario_details(const ScenarioResult& scenario, std::size_t place) {
    html_.line().open("details").attribute("class", "scenario").attribute("id", fmt::format("s{}", place));
    html_.open("summary");
    badge(scenario.verdict);
    html_.text(" ");
    element("code", labelled(name_of(scenario.id), scenario.profile, several_profiles_));
    html_.text(" ");
    text(scenario.title);
    html_.text(" ");
    element("span", "time", seconds_text(scenario.duration) + " s");
    html_.close();
    html_.line().open("div").attribute("class", "body").open("dl").attribute("class", "facts");
    fact("reason", scenario.reason);
    std::string requirements;
    for (const std::string& requirement : scenario.requirements) {
      if (!requirements.empty()) requirements += ", ";
      requirements += requirement;
    }
    fact("requirements", requirements);
    fact("section", scenario.section);
    fact("profile", scenario.profile);
    fact("file", where_text(scenario.where));
    fact("reproduce", scenario.reproduce);
    html_.close();
    for (const Finding& finding : scenario.findings) finding_of_scenario(finding);
    transcript(scenario.transcript);
    html_.close();
    html_.line().close();
  }

  void finding_of_scenario(const Finding& finding) {
    html_.line().open("div").attribute("class", "finding " + class_of(finding.verdict)).open("p");
    badge(finding.verdict);
    html_.text(" ");
    element("code", finding.requirement);
    html_.text(" ");
    text(fmt::format("{}, found by {}", clause_text(finding), runner::check_name(finding.check)));
    html_.close();
    element("p", finding.message.empty() ? finding.deviation : finding.message);
    place(finding);
    exchange(finding);
    html_.close();
  }

  void transcript(const std::vector<TranscriptLine>& lines) {
    if (lines.empty()) return;
    html_.line().element("h3", "Transcript").open("div").attribute("class", "scroll").attribute("role", "region");
    html_.attribute("aria-label", "Transcript").attribute("tabindex", "0");
    html_.open("table").attribute("class", "transcript").open("thead").open("tr");
    for (const std::string_view name : {"Seconds", "From", "Octets"}) {
      html_.open("th").attribute("scope", "col").text(name).close();
    }
    html_.close().close().open("tbody");
    for (const TranscriptLine& line : lines) {
      const bool client = line.direction == TranscriptLine::Direction::Client;
      const bool note = line.direction == TranscriptLine::Direction::Note;
      html_.line().open("tr").attribute("class", client ? "client" : note ? "note" : "server");
      element("td", seconds_text(line.at));
      element("td", speaker_mark(line));
      html_.open("td");
      element("code", line.text);
      html_.close().close();
    }
    html_.close().close().close();
  }

  void legend() {
    heading("What the verdicts mean", "legend");
    html_.line().open("dl").attribute("class", "facts");
    for (const Verdict verdict : kVerdicts) {
      html_.line().open("dt");
      badge(verdict);
      html_.close().element("dd", verdict_meaning(verdict));
    }
    html_.close();
    html_.line().element("p",
                         "What the monitor and the grammar find is counted once for the run, not in the verdict of the "
                         "scenarios that met it.");
    html_.line().close();
  }

  const RunResult& run_;
  std::map<Verdict, std::size_t> counts_;
  bool several_profiles_;
  Meetings meetings_;
  Markup html_;
};

}  // namespace

std::string html_report(const RunResult& run) { return Page(run).page(); }

}  // namespace imapspec::reports
