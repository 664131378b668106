#include "runner/run/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "parser/grammar/parse.h"
#include "runner/match/pattern.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kShownResponses = 12;

// The responses as a report shows them: all of a few, the last ones of many.
std::string show_actual(const Exchange& exchange, const Transcript& transcript) {
  std::string shown;
  const std::size_t total = exchange.responses.size();
  const std::size_t first = total > kShownResponses ? total - kShownResponses : 0;
  if (first > 0) shown = fmt::format("({} responses before these)\n", first);
  for (std::size_t i = first; i < total; ++i) shown += transcript.show(exchange.responses[i].octets) + '\n';
  if (exchange.closed) shown += "(the server closed the connection)\n";
  if (exchange.trouble) shown += '(' + exchange.trouble->message + ")\n";
  if (shown.empty()) return "(nothing)";
  shown.pop_back();
  return shown;
}

std::string show_expected(const Expectation& expectation) {
  std::string shown = expectation.kind == Expectation::Kind::MustNot ? "not: " : "";
  for (const Alternative& alternative : expectation.alternatives) {
    if (alternative.verdict && *alternative.verdict != Verdict::Pass) continue;
    if (!shown.empty() && !shown.ends_with(": ")) shown += "\nor ";
    shown += alternative.pattern.text;
  }
  return shown.empty() ? "(none of what was answered)" : shown;
}

// How the command ended, in a word that is the same in every run.
std::string ending(const Exchange& exchange) {
  if (const parser::StatusResponse* completion = exchange.completion()) {
    std::string text = "answered " + std::string(parser::status_name(completion->status));
    if (completion->text.code) text += fmt::format(" [{}]", completion->text.code->name);
    return text;
  }
  return exchange.closed ? "closed the connection" : "answered nothing";
}

// Whether an expectation is about how the command ends, and so fails by how it ended.
bool about_ending(const Pattern& pattern) {
  return pattern.kind() == Pattern::Kind::Tagged || pattern.kind() == Pattern::Kind::Closed;
}

class Judge {
 public:
  Judge(const Step& step, const Exchange& exchange, const JudgeInput& input, Bindings& bindings)
      : step_(step), exchange_(exchange), input_(input), bindings_(bindings) {}

  Judgement run() {
    for (const Expectation& expectation : step_.expectations) {
      one(expectation);
      if (judgement_.stop) break;
    }
    return std::move(judgement_);
  }

 private:
  Finding finding(const Expectation& expectation) const {
    const std::string& id =
        expectation.requirement.empty() ? input_.scenario.requirements.front() : expectation.requirement;
    Finding result = make_finding(input_.context, id, Check::Step, expectation.where);
    result.scenarios = {input_.scenario.id};
    result.sent = exchange_.sent;
    result.expected = show_expected(expectation);
    result.actual = show_actual(exchange_, input_.transcript);
    return result;
  }

  bool found(const Pattern& pattern) {
    if (pattern.kind() == Pattern::Kind::Closed) return exchange_.closed;
    return std::any_of(exchange_.responses.begin(), exchange_.responses.end(), [&](const Received& received) {
      return received.response && pattern.matches(*received.response, exchange_.tag, bindings_);
    });
  }

  void one(const Expectation& expectation) {
    bool ending_only = true;
    for (const Alternative& alternative : expectation.alternatives) {
      if (alternative.when && !alternative.when->holds(input_.facts)) continue;
      auto pattern = Pattern::parse(alternative.pattern.text, bindings_);
      if (!pattern) {
        judgement_.trouble =
            fmt::format("{}:{}: {}", alternative.pattern.where.file, alternative.pattern.where.line, pattern.error());
        judgement_.stop = true;
        return;
      }
      ending_only = ending_only && about_ending(*pattern);
      if (!found(*pattern)) continue;
      matched(expectation, alternative);
      return;
    }
    if (expectation.kind == Expectation::Kind::Must) missed(expectation, ending_only);
  }

  void matched(const Expectation& expectation, const Alternative& alternative) {
    if (expectation.kind == Expectation::Kind::MustNot) {
      Finding result = finding(expectation);
      result.verdict = verdict_for(result.level);
      result.deviation = "sent what must not come: " + alternative.pattern.text;
      result.message = fmt::format("the server sent a response that must not come here: {}", alternative.pattern.text);
      fail(std::move(result));
      return;
    }
    const Verdict verdict = alternative.verdict.value_or(Verdict::Pass);
    if (verdict == Verdict::Pass) return;
    Finding result = finding(expectation);
    result.verdict = verdict;
    result.deviation = ending(exchange_);
    result.message = alternative.message;
    if (verdict == Verdict::Fail) return fail(std::move(result));
    judgement_.findings.push_back(std::move(result));
  }

  void missed(const Expectation& expectation, bool ending_only) {
    if (exchange_.trouble) {
      judgement_.trouble = exchange_.trouble->message;
      judgement_.stop = true;
      return;
    }
    Finding result = finding(expectation);
    result.verdict = verdict_for(result.level);
    if (ending_only) {
      result.deviation = ending(exchange_);
      result.message = fmt::format("the server {}", result.deviation);
    } else {
      result.deviation = "did not send: " + expectation.alternatives.front().pattern.text;
      result.message = "no response matches what is expected";
    }
    fail(std::move(result));
  }

  void fail(Finding result) {
    judgement_.findings.push_back(std::move(result));
    judgement_.stop = true;
  }

  const Step& step_;
  const Exchange& exchange_;
  const JudgeInput& input_;
  Bindings& bindings_;
  Judgement judgement_;
};

}  // namespace

Finding make_finding(const RunContext& context, std::string_view requirement, Check check, Where where) {
  Finding finding;
  finding.requirement = requirement;
  finding.check = check;
  finding.where = std::move(where);
  if (const auto row = context.ledger.find(requirement); row != context.ledger.end()) {
    finding.rfc = row->second->rfc;
    finding.section = row->second->section;
    finding.level = row->second->level;
  }
  return finding;
}

Judgement judge(const Step& step, const Exchange& exchange, const JudgeInput& input, Bindings& bindings) {
  return Judge(step, exchange, input, bindings).run();
}

}  // namespace imapspec::runner
