#include "runner/run/suite_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "runner/run/canary_mail.h"
#include "runner/run/connection_gate.h"
#include "runner/run/executor.h"
#include "runner/run/janitor.h"
#include "runner/run/merge.h"

namespace imapspec::runner {
namespace {

// Repetition runs all of a plan once.
class Repetition {
 public:
  Repetition(const RunPlan& plan, const RunContext& context, const RunHooks& hooks, std::size_t number)
      : plan_(plan),
        context_(context),
        hooks_(hooks),
        number_(number),
        gate_(context.options.max_connections),
        janitor_(context) {
    // Mail is only looked at by who logs in.
    const auto logs_in = [&](const Scenario* one) {
      return one->risk != Risk::P0 && !not_allowed(*one, context.options.consent, plan.named.contains(one->id));
    };
    if (std::ranges::any_of(plan.scenarios, logs_in)) {
      canary_mail_.emplace(context, grammar_profile(context.probe, plan.profiles.front()), janitor_);
      context_.canaries = canary_mail_->canaries();
    }
    const std::size_t profiles = plan.profiles.size();
    results_.resize(plan.scenarios.size() * profiles);
    for (const bool alone : {false, true}) {
      for (std::size_t i = 0; i < results_.size(); ++i) {
        if (runs_alone(*plan.scenarios[i / profiles]) == alone) order_.push_back(i);
      }
      if (!alone) together_ = order_.size();
    }
  }

  void run() {
    const std::size_t jobs = std::clamp<std::size_t>(context_.options.jobs, 1, std::max<std::size_t>(together_, 1));
    {
      std::vector<std::jthread> workers;
      workers.reserve(jobs);
      for (std::size_t i = 0; i < jobs; ++i) workers.emplace_back([this] { work(together_); });
    }
    next_ = together_;
    work(order_.size());
    canary_mail_.reset();
    if (const auto left = janitor_.left(); left && hooks_.warn) hooks_.warn(*left);
  }

  // take hands over the results that there are, and says whether one of them ended the run.
  bool take(std::vector<ScenarioResult>& into) {
    const std::size_t stopped = stopped_at_.load();
    for (std::size_t place = 0; place < order_.size(); ++place) {
      auto& result = results_[order_[place]];
      // Whether one behind it had begun by then is a matter of luck.
      if (place > stopped && result) {
        result = blank(order_[place], Verdict::Skip,
                       fmt::format("not run: the run ended with {}", results_[order_[stopped]]->id));
      }
    }
    for (auto& result : results_) {
      if (result) into.push_back(*std::move(result));
    }
    return stopped != kNever;
  }

 private:
  static constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

  // work takes one place after the other, up to `end`.
  void work(std::size_t end) {
    while (true) {
      std::size_t place = next_.load();
      while (place < end && !next_.compare_exchange_weak(place, place + 1)) {
      }
      if (place >= end || context_.interrupted.load() != 0) return;
      const std::size_t i = order_[place];
      results_[i] = result_of(place, i);
      const std::scoped_lock lock(telling_);
      if (place > stopped_at_.load()) continue;
      hooks_.done(*results_[i]);
      if (hooks_.stops && hooks_.stops(*results_[i])) stopped_at_ = std::min(stopped_at_.load(), place);
    }
  }

  ScenarioResult result_of(std::size_t place, std::size_t i) {
    const Scenario& scenario = scenario_at(i);
    if (place > stopped_at_.load()) return blank(i, Verdict::Skip, {});
    if (const auto why = not_allowed(scenario, context_.options.consent, plan_.named.contains(scenario.id))) {
      return blank(i, Verdict::Skip, *why);
    }
    const std::size_t connections = connections_of(scenario);
    if (!gate_.bears(connections)) {
      return blank(i, Verdict::Skip,
                   fmt::format("it needs {} connections at once, and the server is to have {} at most", connections,
                               context_.options.max_connections));
    }
    const ConnectionGate::Pass pass(gate_, connections);
    if (Clock::now() >= context_.ends) return blank(i, Verdict::Error, "not run: the run's time was over");
    ScenarioResult result = run_scenario(scenario, context_, profile_at(i), janitor_);
    if (plan_.repeat > 1) result.repetition = number_;
    return result;
  }

  [[nodiscard]] const Scenario& scenario_at(std::size_t i) const { return *plan_.scenarios[i / plan_.profiles.size()]; }
  [[nodiscard]] const std::string& profile_at(std::size_t i) const { return plan_.profiles[i % plan_.profiles.size()]; }

  [[nodiscard]] ScenarioResult blank(std::size_t i, Verdict verdict, std::string reason) const {
    ScenarioResult result = blank_result(scenario_at(i), context_, profile_at(i));
    result.verdict = verdict;
    result.reason = std::move(reason);
    if (plan_.repeat > 1) result.repetition = number_;
    return result;
  }

  const RunPlan& plan_;
  RunContext context_;
  const RunHooks& hooks_;
  const std::size_t number_;  // from 1
  ConnectionGate gate_;
  Janitor janitor_;  // ends before the server is reset for the next repetition
  std::optional<CanaryMail> canary_mail_;
  std::vector<std::size_t> order_;  // places in `results_`: first what runs together, then what runs alone
  std::size_t together_ = 0;        // how many of them those are
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> stopped_at_{kNever};  // the first in that order that ended the run
  std::mutex telling_;
  std::vector<std::optional<ScenarioResult>> results_;
};

}  // namespace

std::vector<ScenarioResult> run_scenarios(const RunPlan& plan, const RunContext& context, const RunHooks& hooks) {
  std::vector<ScenarioResult> results;
  for (std::size_t number = 1; number <= plan.repeat && context.interrupted.load() == 0; ++number) {
    if (number > 1 && hooks.between) {
      if (const auto trouble = hooks.between()) {
        ScenarioResult failed;
        failed.id = kReset;
        failed.repetition = number;
        failed.title = "The server is reset between repetitions";
        failed.verdict = Verdict::Error;
        failed.reason = *trouble;
        results.push_back(std::move(failed));
        break;
      }
    }
    Repetition repetition(plan, context, hooks, number);
    repetition.run();
    if (repetition.take(results)) break;
  }
  return results;
}

}  // namespace imapspec::runner
