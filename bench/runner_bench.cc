// What the runner itself takes for a command: to send it, to read, parse, watch and judge the answer.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "bench/suites.h"
#include "runner/run/executor.h"
#include "runner/scenario/loader.h"

namespace imapspec::bench {
namespace {

constexpr std::size_t kCommands = 200;

// One exchange: what a step sends, what it expects, and what the server answers before the completion.
struct Exchange {
  std::string_view command;
  std::string_view expected;
  std::string_view answer;
};

constexpr Exchange kNoop{"NOOP", "", ""};
constexpr Exchange kStatus{"STATUS box (MESSAGES UIDNEXT)", "* STATUS box (UIDNEXT {:nz-number})",
                           "* STATUS box (MESSAGES 3 UIDNEXT 7)\r\n"};
constexpr Exchange kList{"LIST \"\" %", "* LIST () \"/\" box",
                         "* LIST (\\HasChildren) \"/\" other\r\n* LIST () \"/\" box\r\n"};

// AnsweringLink is a server that answers every command at once, in the process of the benchmark.
class AnsweringLink : public runner::Link {
 public:
  explicit AnsweringLink(std::string_view answer)
      : answer_(answer), pending_("* PREAUTH [CAPABILITY IMAP4rev2] ready\r\n") {}

  std::expected<void, runner::LinkError> send(std::string_view octets, runner::Deadline) override {
    pending_ += answer_;
    pending_ += octets.substr(0, octets.find(' '));
    pending_ += " OK done\r\n";
    return {};
  }
  std::expected<std::string, runner::LinkError> receive(runner::Deadline) override {
    if (!pending_.empty()) return std::exchange(pending_, {});
    return std::unexpected(runner::LinkError{runner::LinkError::Kind::Timeout, "nothing to say"});
  }
  std::expected<runner::TlsFacts, runner::LinkError> start_tls(const runner::TlsOptions&, runner::Deadline) override {
    return std::unexpected(runner::LinkError{runner::LinkError::Kind::TlsUnavailable, "no TLS here"});
  }
  [[nodiscard]] bool is_tls() const override { return false; }
  [[nodiscard]] runner::TlsSession session() const override { return nullptr; }
  void shut_down_sending() override {}
  void reset() override {}
  void close() override {}

 private:
  std::string_view answer_;
  std::string pending_;
};

class AnsweringDialer : public runner::Dialer {
 public:
  explicit AnsweringDialer(std::string_view answer) : answer_(answer) {}

  [[nodiscard]] bool has(runner::Door) const override { return true; }
  std::expected<std::unique_ptr<runner::Link>, runner::LinkError> dial(runner::Door, runner::Deadline) override {
    return std::make_unique<AnsweringLink>(answer_);
  }

 private:
  std::string_view answer_;
};

runner::Scenario scenario_of(const Exchange& exchange) {
  std::string yaml = "title: T\nrequirement: r\nstart: authenticated\ntls: none\nsteps:\n";
  for (std::size_t i = 0; i < kCommands; ++i) {
    yaml += fmt::format("  - C: '{}'\n", exchange.command);
    if (!exchange.expected.empty()) yaml += fmt::format("  - S: '{}'\n", exchange.expected);
    yaml += "  - S: 'OK'\n";
  }
  auto scenario = runner::parse_scenario(yaml, "bench", "bench.yaml", ".");
  if (!scenario) throw std::runtime_error(runner::to_string(scenario.error().front()));
  return std::move(*scenario);
}

void run(benchmark::State& state, const Exchange& exchange) {
  const runner::Scenario scenario = scenario_of(exchange);
  runner::RunOptions options;
  options.tls = runner::DefaultTls::None;
  AnsweringDialer dialer(exchange.answer);
  runner::Probe probe;
  probe.capabilities = {"IMAP4rev2"};
  probe.offers_rev2 = true;
  const runner::Secrets secrets;
  const runner::RequirementMap ledger;
  const std::atomic<int> interrupted{0};
  const runner::RunContext context{options, dialer, probe, secrets, ledger, "id", interrupted};
  runner::Janitor janitor(context);
  for (auto pass : state) {
    const runner::ScenarioResult result = runner::run_scenario(scenario, context, "rev2", janitor);
    if (result.verdict != runner::Verdict::Pass) state.SkipWithError(result.reason.c_str());
  }
  const double commands = static_cast<double>(state.iterations()) * static_cast<double>(kCommands);
  state.counters["commands/s"] = benchmark::Counter(commands, benchmark::Counter::kIsRate);
}

}  // namespace

void register_runner() {
  for (const auto& [name, exchange] :
       {std::pair{"runner/noop", &kNoop}, std::pair{"runner/status", &kStatus}, std::pair{"runner/list", &kList}}) {
    benchmark::RegisterBenchmark(name, [exchange](benchmark::State& state) { run(state, *exchange); });
  }
}

}  // namespace imapspec::bench
