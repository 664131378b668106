#include "runner/run/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "runner/run/connections.h"
#include "runner/run/judge.h"
#include "runner/run/layout.h"
#include "runner/run/sasl_plain.h"
#include "runner/run/start.h"
#include "runner/run/step_run.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

// sends_any says whether anything that is sent contains one of the words.
bool sends_any(const Scenario& scenario, std::initializer_list<std::string_view> words) {
  bool found = false;
  each_sent_text(scenario.steps, [&](const WireText& text) {
    found = found || std::ranges::any_of(
                         words, [&](std::string_view word) { return text.text.find(word) != std::string::npos; });
  });
  return found;
}

// Whether anything of a scenario is the second user's, who may log in on any connection then.
bool needs_second_user(const Scenario& scenario) {
  return std::ranges::any_of(scenario.connections, &ConnectionPlan::second_user) ||
         std::ranges::any_of(scenario.mailboxes, &MailboxLayout::second_user) ||
         sends_any(scenario, {"{user2", "{password2"});
}

class ScenarioRun {
 public:
  ScenarioRun(const Scenario& scenario, const RunContext& context, std::string_view profile, Janitor& janitor)
      : scenario_(scenario),
        context_(context),
        janitor_(janitor),
        grammar_(grammar_profile(context.probe, profile)),
        started_(Clock::now()),
        transcript_(context.secrets, started_),
        connections_(scenario, context, grammar_, transcript_,
                     std::min(context.ends, started_ + context.options.scenario_timeout +
                                                scenario.pauses / context.options.time_scale)),
        result_(blank_result(scenario, context, profile)) {}

  ScenarioResult run() {
    const Bindings bindings = bound_names();
    StepRun steps({scenario_, context_, result_.profile, connections_}, bindings);
    if (scenario_.profile != "any" && scenario_.profile != result_.profile) {
      end(Verdict::Skip, fmt::format("it is about {}", scenario_.profile));
    } else if (auto missing = missing_doors()) {
      end(Verdict::Skip, *std::move(missing));
    } else if (needs_second_user(scenario_) && context_.options.second_account.user.empty()) {
      end(Verdict::Skip, "it needs a second user, and none is known");
    } else if (scenario_.sends.contains("delimiter") && context_.probe.delimiter.value_or("").empty()) {
      end(Verdict::Skip, context_.probe.delimiter ? "mailbox names have no hierarchy"
                                                  : "the delimiter of the hierarchy of mailbox names is not known");
    } else if (scenario_.needs && !scenario_.needs->holds(steps.facts())) {
      end(Verdict::Unimplemented, fmt::format("it needs: {}", scenario_.needs->text()));
    } else {
      converse(steps, bindings);
      // Who never logs in leaves nothing behind, unless the server is wrong; then who may log in cleans up.
      const bool may_log_in = context_.options.consent.risk != Risk::P0;
      const bool scratch = connections_.scratch_built() || !scenario_.mailboxes.empty();
      if (may_log_in && (scratch || sends_any(scenario_, {"mailbox"}))) {
        clean_up(bindings);
      }
      result_.transcript = transcript_.take();
    }
    settle();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::optional<std::string> missing_doors() const {
    auto missing = missing_door(context_, scenario_.tls);
    for (const ConnectionPlan& plan : scenario_.connections) {
      if (!missing) missing = missing_door(context_, plan.tls);
    }
    return missing;
  }

  [[nodiscard]] Bindings bound_names() const {
    const std::string base = fmt::format("{}imapspec-{}", context_.options.mailbox_prefix, unique_name());
    const Account& account = context_.options.account;
    Bindings bindings;
    bindings.set_octets("user", account.user);
    bindings.set_octets("password", account.password);
    bindings.set_octets("user2", context_.options.second_account.user);
    bindings.set_octets("password2", context_.options.second_account.password);
    bindings.set_octets("wrong-password", "wrong-" + context_.run_id);
    bindings.set_octets("mailbox", base);
    bindings.set_octets("other-mailbox", base + "-other");
    bindings.set_octets("plain", plain_message(account.user, account.password));
    bindings.set_octets("plain-wrong", plain_message(account.user, "wrong-" + context_.run_id));
    const std::string delimiter = context_.probe.delimiter.value_or("");
    if (!delimiter.empty()) bindings.set_octets("delimiter", delimiter);
    for (const auto& [name, octets] : scenario_.let) bindings.set_octets(name, octets);
    bind_layout(scenario_.mailboxes, bindings);
    return bindings;
  }

  // Unique in the run, and over runs, as the id's characters need no quoting.
  [[nodiscard]] std::string unique_name() const {
    std::size_t hash = std::hash<std::string>{}(scenario_.id + result_.profile);
    return fmt::format("{}-{:08x}", context_.run_id, hash & 0xffffffffU);
  }

  void converse(StepRun& steps, const Bindings& bindings) {
    if (const auto built = build_layout(scenario_.mailboxes, context_, bindings, grammar_, connections_.end());
        !built) {
      end(connections_.over() ? Verdict::Error : built.error().verdict,
          connections_.over().value_or(built.error().reason));
    } else if (auto begun = connections_.open(connections_.at(0), scenario_.start, bindings); !begun) {
      end(connections_.over() ? Verdict::Error : begun.error().verdict,
          connections_.over().value_or(begun.error().reason));
    } else {
      steps.run(scenario_.steps);
      if (steps.ending()) end(steps.ending()->verdict, steps.ending()->reason);
    }
    result_.findings = std::move(steps.findings());
    connections_.close_all();
    for (Connection& connection : connections_.all()) {
      for (Observed& observed : connection.observed) add_observed(std::move(observed));
    }
  }

  void add_observed(Observed observed) {
    Finding finding = finding_of(std::move(observed));
    finding.deviation = context_.secrets.hide(finding.deviation);
    const bool known = std::ranges::any_of(result_.findings, [&](const Finding& one) {
      return one.check == finding.check && one.requirement == finding.requirement && one.deviation == finding.deviation;
    });
    if (known) return;
    finding.message = context_.secrets.hide(finding.message);
    finding.scenarios = {scenario_.id};
    if (const auto row = context_.ledger.find(finding.requirement); row != context_.ledger.end()) {
      finding.level = row->second->level;
    }
    result_.findings.push_back(std::move(finding));
  }

  void end(Verdict verdict, std::string reason) {
    ended_ = verdict;
    result_.reason = std::move(reason);
  }

  void clean_up(const Bindings& bindings) {
    for (const bool second_user : {false, true}) {
      if (second_user && !needs_second_user(scenario_)) continue;
      if (const auto trouble = janitor_.delete_scratch(bindings, grammar_, second_user)) {
        transcript_.note("the scratch mailboxes could not be deleted: " + *trouble);
      }
    }
    forget_layout(scenario_.mailboxes, context_, bindings, grammar_);
  }

  // settle works out the verdict: the worst of the scenario's own steps, or why it ended.
  void settle() {
    Verdict worst = Verdict::Pass;
    for (const Finding& finding : result_.findings) {
      if (finding.check == Check::Step) worst = std::max(worst, finding.verdict);
    }
    result_.ended = ended_;
    if (ended_) worst = std::max(worst, *ended_);
    result_.verdict = worst;
    // What a step was skipped for is why the scenario was.
    const auto why = std::ranges::find_if(result_.findings, [&](const Finding& finding) {
      return finding.check == Check::Step && finding.verdict == worst;
    });
    const bool left_out = worst == Verdict::Skip || worst == Verdict::Unimplemented;
    if (left_out && result_.reason.empty() && why != result_.findings.end()) result_.reason = why->message;
    result_.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started_);
  }

  const Scenario& scenario_;
  const RunContext& context_;
  Janitor& janitor_;
  parser::Profile grammar_;
  Clock::time_point started_;
  Transcript transcript_;
  Connections connections_;
  ScenarioResult result_;
  std::optional<Verdict> ended_;
};

}  // namespace

ScenarioResult blank_result(const Scenario& scenario, const RunContext& context, std::string_view profile) {
  ScenarioResult result;
  result.id = scenario.id;
  result.title = scenario.title;
  result.profile = profile;
  result.requirements = scenario.requirements;
  result.where = scenario.where;
  if (const auto row = context.ledger.find(scenario.requirements.front()); row != context.ledger.end()) {
    result.section = row->second->section;
  }
  if (context.options.reproduce) result.reproduce = context.options.reproduce(scenario.id, profile);
  return result;
}

ScenarioResult run_scenario(const Scenario& scenario, const RunContext& context, std::string_view profile,
                            Janitor& janitor) {
  return ScenarioRun(scenario, context, profile, janitor).run();
}

}  // namespace imapspec::runner
