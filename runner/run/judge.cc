#include "runner/run/judge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "parser/grammar/parse.h"
#include "runner/match/arrangement.h"
#include "runner/match/pattern.h"
#include "runner/scenario/glob.h"

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
  using Kind = Expectation::Kind;
  const bool all = expectation.kind == Kind::InOrder || expectation.kind == Kind::Only;
  for (const Alternative& alternative : expectation.alternatives) {
    if (alternative.verdict && *alternative.verdict != Verdict::Pass) continue;
    if (!shown.empty() && !shown.ends_with(": "))
      shown += !all ? "\nor " : expectation.kind == Kind::Only ? "\nand " : "\nthen ";
    shown += alternative.pattern.text;
    if (alternative.when) shown += "  (when " + alternative.when->text() + ')';
  }
  if (expectation.kind == Kind::Only) shown += shown.empty() ? "nothing" : "\nand nothing else";
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

// Whether an expectation is about the end of the connection.
bool about_end(const Pattern& pattern) {
  return pattern.kind() == Pattern::Kind::Closed ||
         (pattern.kind() == Pattern::Kind::Untagged && pattern.status() == parser::Status::Bye);
}

bool is_bye(const Received& received) {
  const auto* status = received.response ? std::get_if<parser::StatusResponse>(&*received.response) : nullptr;
  return status != nullptr && status->status == parser::Status::Bye;
}

class Judge {
 public:
  Judge(const Step& step, const Exchange& exchange, const JudgeInput& input, Bindings& bindings)
      : step_(step), exchange_(exchange), input_(input), bindings_(bindings) {
    lookup_ = [this](std::string_view name) { return value_of(name); };
  }

  Judgement run() {
    for (const Expectation& expectation : step_.expectations) {
      one(expectation);
      if (judgement_.stop) break;
    }
    return std::move(judgement_);
  }

 private:
  // value_of is what a name stands for in an expression.
  std::optional<Expression::Value> value_of(std::string_view name) const {
    using Value = Expression::Value;
    if (name.starts_with('#')) {
      const auto number = bindings_.message_number(name);
      return number ? std::optional(Value{Value::Kind::Number, std::to_string(*number)}) : std::nullopt;
    }
    const Term* term = bindings_.find(name);
    if (term == nullptr || term->is_list()) return std::nullopt;
    const Value::Kind kind = term->kind == Term::Kind::Number    ? Value::Kind::Number
                             : term->kind == Term::Kind::Numbers ? Value::Kind::Set
                                                                 : Value::Kind::Text;
    return Value{kind, term->kind == Term::Kind::DateTime ? term->spelling : term->text};
  }

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

  // found yields the response that matches; nullptr where the connection was closed and that is expected.
  std::optional<const Received*> found(const Pattern& pattern) {
    if (pattern.kind() == Pattern::Kind::Closed) return exchange_.closed ? std::optional(nullptr) : std::nullopt;
    for (const Received& received : exchange_.responses) {
      if (!received.response) continue;
      if (pattern.matches(*received.response, exchange_.tag, bindings_, &budget_)) return &received;
    }
    return std::nullopt;
  }

  void one(const Expectation& expectation) {
    using Kind = Expectation::Kind;
    budget_ = {};
    if (expectation.kind == Kind::Check) return check(expectation);
    if (expectation.kind == Kind::InOrder || expectation.kind == Kind::Only) return together(expectation);
    bool ending_only = true;
    bool ended = true;  // by what was read already: what more there is to read cannot change it
    for (const Alternative& alternative : expectation.alternatives) {
      if (alternative.when && !alternative.when->holds(input_.facts)) continue;
      auto pattern = Pattern::parse(alternative.pattern.text, bindings_);
      if (!pattern) return trouble(alternative.pattern.where, pattern.error());
      ending_only = ending_only && about_ending(*pattern);
      ended = ended && pattern->kind() == Pattern::Kind::Tagged &&
              exchange_.completion_of(pattern->names_a_tag() ? pattern->tag() : exchange_.tag) != nullptr;
      const auto response = found(*pattern);
      if (!response) continue;
      matched(expectation, alternative);
      if (*response != nullptr && !expectation.text.empty()) compare_text(expectation, **response);
      return;
    }
    if (budget_.spent())
      return trouble(expectation.where, "it would take too long to compare the responses: our own limit");
    if (expectation.kind == Kind::Must && !ended && (exchange_.trouble || cut_off())) return unanswered();
    if (expectation.kind == Kind::Must) missed(expectation, ending_only);
    if (expectation.kind == Kind::MustNot && !ending_only && beyond_limits()) unread(expectation);
  }

  void trouble(const Where& where, std::string_view why) {
    judgement_.trouble = fmt::format("{}:{}: {}", where.file, where.line, why);
    judgement_.stop = true;
  }

  // check is about captured values alone.
  void check(const Expectation& expectation) {
    const auto holds = expectation.check->holds(lookup_);
    if (!holds) return trouble(expectation.where, holds.error());
    if (*holds) return;
    Finding result = finding(expectation);
    result.verdict = verdict_for(result.level);
    result.expected = expectation.check->text();
    result.actual = input_.context.secrets.hide(expectation.check->shown(lookup_));
    result.deviation = "does not hold: " + expectation.check->text();
    result.message = fmt::format("{} does not hold: {}", expectation.check->text(), result.actual);
    end_with(std::move(result));
  }

  // together is about several responses at once: their order, or that there are no others.
  void together(const Expectation& expectation) {
    std::vector<std::string_view> patterns;
    std::optional<std::size_t> end;  // of the connection, which is no response and comes last
    for (const Alternative& alternative : expectation.alternatives) {
      if (alternative.pattern.text == "closed") {
        end = static_cast<std::size_t>(&alternative - expectation.alternatives.data());
      } else {
        patterns.push_back(alternative.pattern.text);
      }
    }
    std::vector<const parser::Response*> responses;
    std::vector<const Received*> sources;
    for (const Received& received : exchange_.responses) {
      if (!received.response) continue;
      responses.push_back(&*received.response);
      sources.push_back(&received);
    }
    const bool in_order = expectation.kind == Expectation::Kind::InOrder;
    const Among among = in_order ? Among::Nothing : expectation.among_untagged ? Among::Untagged : Among::Kind;
    const Arrangement arranged = arrange(patterns, responses, exchange_.tag, in_order, among, bindings_);
    switch (arranged.result) {
      case Arrangement::Result::Found:
        if (end && !exchange_.closed) return missing(expectation, *end);
        if (!in_order && beyond_limits()) unread(expectation);
        return;
      case Arrangement::Result::Unusable:
        return trouble(expectation.alternatives[with_end(arranged.index, end)].pattern.where, arranged.trouble);
      case Arrangement::Result::Undecided:
        return trouble(expectation.where, "it would take too long to compare the responses: our own limit");
      case Arrangement::Result::Missing:
        return missing(expectation, with_end(arranged.index, end));
      case Arrangement::Result::Extra:
        break;
    }
    Finding result = finding(expectation);
    result.verdict = verdict_for(result.level);
    result.deviation = "sent more than: " + join(patterns);
    result.message = fmt::format("the server sent a response beside those that are expected: {}",
                                 input_.transcript.show(sources[arranged.index]->octets));
    end_with(std::move(result));
  }

  // with_end is the index of a pattern among all, of which the end of the connection is one.
  static std::size_t with_end(std::size_t index, std::optional<std::size_t> end) {
    return end && index >= *end ? index + 1 : index;
  }

  void missing(const Expectation& expectation, std::size_t index) {
    if (exchange_.trouble || cut_off()) return unanswered();
    missed(expectation, false, index);
  }

  static std::string join(const std::vector<std::string_view>& patterns) {
    return patterns.empty() ? "nothing" : fmt::format("{}", fmt::join(patterns, "; "));
  }

  // compare_text is about text for people. What it says is nobody's duty, so it is never more than a warning.
  void compare_text(const Expectation& expectation, const Received& received) {
    const auto* status = std::get_if<parser::StatusResponse>(&*received.response);
    if (status == nullptr || glob_match('*' + expectation.text + '*', status->text.text)) return;
    Finding result = finding(expectation);
    result.verdict = std::min(verdict_for(result.level), Verdict::Warn);
    result.expected += "\nwith the text: " + expectation.text;
    result.deviation = "text is not: " + expectation.text;
    result.message = fmt::format("the text of the answer does not say \"{}\"", expectation.text);
    judgement_.findings.push_back(std::move(result));
  }

  void matched(const Expectation& expectation, const Alternative& alternative) {
    if (expectation.kind == Expectation::Kind::MustNot) {
      Finding result = finding(expectation);
      result.verdict = verdict_for(result.level);
      result.deviation = "sent what must not come: " + alternative.pattern.text;
      result.message = fmt::format("the server sent a response that must not come here: {}", alternative.pattern.text);
      end_with(std::move(result));
      return;
    }
    const Verdict verdict = alternative.verdict.value_or(Verdict::Pass);
    if (verdict == Verdict::Pass) return;
    Finding result = finding(expectation);
    result.verdict = verdict;
    result.deviation = ending(exchange_);
    result.message = alternative.message;
    // After a skip the rest asks for what nobody promised, or does what must not be done here.
    const bool last = verdict == Verdict::Fail || verdict == Verdict::Skip || verdict == Verdict::Unimplemented;
    if (last) return end_with(std::move(result));
    judgement_.findings.push_back(std::move(result));
  }

  // unanswered is for what may be in that which was not read, or not sent any more.
  void unanswered() {
    if (exchange_.trouble) judgement_.trouble = exchange_.trouble->message;
    judgement_.cut_off = !exchange_.trouble;
    judgement_.stop = true;
  }

  // cut_off says whether a BYE is why something did not come. A step that is about the end of the connection is judged
  // by it.
  [[nodiscard]] bool cut_off() const {
    const bool over = exchange_.closed || (!exchange_.responses.empty() && is_bye(exchange_.responses.back()));
    return input_.bye && over && std::ranges::none_of(step_.expectations, [this](const Expectation& expectation) {
             return std::ranges::any_of(expectation.alternatives, [this](const Alternative& alternative) {
               const auto pattern = Pattern::parse(alternative.pattern.text, bindings_);
               return pattern && about_end(*pattern);
             });
           });
  }

  void missed(const Expectation& expectation, bool ending_only, std::size_t index = 0) {
    if (!ending_only && beyond_limits()) return unread(expectation);
    Finding result = finding(expectation);
    result.verdict = verdict_for(result.level);
    if (ending_only) {
      result.deviation = ending(exchange_);
      result.message = fmt::format("the server {}", result.deviation);
    } else {
      result.deviation = "did not send: " + expectation.alternatives[index].pattern.text;
      result.message = expectation.kind == Expectation::Kind::InOrder && index > 0
                           ? fmt::format("no response matches, after those before it: {}",
                                         expectation.alternatives[index].pattern.text)
                           : "no response matches what is expected";
      // It is a finding of its own, and may be why: what is expected has a form.
      if (could_not_read()) result.message += "; one that could not be read may have been meant";
    }
    end_with(std::move(result));
  }

  [[nodiscard]] bool could_not_read() const {
    return std::ranges::any_of(exchange_.responses, [](const Received& one) { return !one.response; });
  }

  [[nodiscard]] bool beyond_limits() const {
    return std::ranges::any_of(exchange_.responses, &Received::beyond_limits);
  }

  // unread is for what a response would decide that nobody knows.
  void unread(const Expectation& expectation) {
    trouble(expectation.where, "a response is more than the parser takes, and it may decide this: our own limit");
  }

  void end_with(Finding result) {
    judgement_.findings.push_back(std::move(result));
    judgement_.stop = true;
  }

  const Step& step_;
  const Exchange& exchange_;
  const JudgeInput& input_;
  Bindings& bindings_;
  Expression::Lookup lookup_;
  MatchBudget budget_;  // of one expectation
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
