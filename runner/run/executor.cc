#include "runner/run/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"
#include "runner/run/judge.h"
#include "runner/run/sasl_plain.h"
#include "runner/run/start.h"

namespace imapspec::runner {
namespace {

// uses_scratch_names says whether anything that is sent names a scratch mailbox.
bool uses_scratch_names(const Scenario& scenario) {
  const auto names = [](const WireText& text) { return text.text.find("mailbox") != std::string::npos; };
  return std::any_of(scenario.steps.begin(), scenario.steps.end(), [&](const Step& step) {
    if (const auto* command = std::get_if<CommandStep>(&step.action)) return names(command->text);
    if (const auto* send = std::get_if<SendStep>(&step.action)) return names(send->text);
    if (const auto* other = std::get_if<OtherStep>(&step.action)) return names(other->text);
    return false;
  });
}

class ScenarioRun {
 public:
  ScenarioRun(const Scenario& scenario, const RunContext& context, std::string_view profile)
      : scenario_(scenario),
        context_(context),
        grammar_(grammar_profile(context.probe, profile)),
        started_(Clock::now()),
        transcript_(context.secrets, started_) {
    result_.id = scenario.id;
    result_.title = scenario.title;
    result_.profile = profile;
    result_.requirements = scenario.requirements;
    result_.where = scenario.where;
    if (const auto row = context.ledger.find(scenario.requirements.front()); row != context.ledger.end()) {
      result_.section = row->second->section;
    }
    if (context.options.reproduce) result_.reproduce = context.options.reproduce(scenario.id, profile);
    facts_ = {.has_capability = [this](std::string_view name) { return knows_capability(name); },
              .value_of = [this](std::string_view name) { return fact(name); }};
  }

  ScenarioResult run() {
    if (scenario_.profile != "any" && scenario_.profile != result_.profile) {
      end(Verdict::Skip, fmt::format("it is about {}", scenario_.profile));
    } else if (const auto missing = missing_door(context_, scenario_.tls)) {
      end(Verdict::Skip, *missing);
    } else if (scenario_.needs && !scenario_.needs->holds(facts_)) {
      end(Verdict::Unimplemented, fmt::format("it needs: {}", scenario_.needs->text()));
    } else {
      bind_names();
      converse();
      for (auto* const each : {&conversation_, &other_}) {
        if (!*each) continue;
        collect(**each);
        (*each)->close();
      }
      result_.transcript = transcript_.take();
      if (scratch_built_ || uses_scratch_names(scenario_)) clean_up();
    }
    settle();
    return std::move(result_);
  }

 private:
  void bind_names() {
    const std::string base = fmt::format("{}imapspec-{}", context_.options.mailbox_prefix, unique_name());
    bindings_.set_octets("user", context_.options.account.user);
    bindings_.set_octets("password", context_.options.account.password);
    bindings_.set_octets("user2", context_.options.second_account.user);
    bindings_.set_octets("password2", context_.options.second_account.password);
    bindings_.set_octets("wrong-password", "wrong-" + context_.run_id);
    bindings_.set_octets("mailbox", base);
    bindings_.set_octets("other-mailbox", base + "-other");
    const Account& account = context_.options.account;
    bindings_.set_octets("plain", plain_message(account.user, account.password));
    bindings_.set_octets("plain-wrong", plain_message(account.user, "wrong-" + context_.run_id));
    for (const auto& [name, octets] : scenario_.let) bindings_.set_octets(name, octets);
  }

  // Unique in the run, and over runs, as the id's characters need no quoting.
  [[nodiscard]] std::string unique_name() const {
    std::size_t hash = std::hash<std::string>{}(scenario_.id + result_.profile);
    return fmt::format("{}-{:08x}", context_.run_id, hash & 0xffffffffU);
  }

  void converse() {
    if (!begin(scenario_.start)) return;
    for (const Step& step : scenario_.steps) {
      if (context_.interrupted.load() != 0) return end(Verdict::Error, "interrupted");
      if (!perform(step)) return;
    }
  }

  // begin opens a connection in a start state. The scratch mailbox is made once.
  bool begin(Start start) {
    if (conversation_) {
      collect(*conversation_);
      conversation_->close();
    }
    conversation_.emplace(context_, grammar_, transcript_);
    const bool make_scratch = scenario_.scratch && !scratch_built_ && start >= Start::Authenticated;
    scratch_built_ = scratch_built_ || make_scratch;
    auto reached = reach_start(*conversation_, context_,
                               {.start = start,
                                .tls = scenario_.tls,
                                .messages = make_scratch ? &scenario_.messages : nullptr,
                                .scratch = scenario_.scratch},
                               bindings_);
    if (!reached) {
      end(Verdict::Error, reached.error().reason);
      return false;
    }
    exchange_ = std::move(*reached);
    return true;
  }

  bool perform(const Step& step) {
    // An answer to LOGIN may tell other capabilities; conditions are about those before it.
    told_ = conversation_->capabilities();
    if (!std::visit([&](const auto& action) { return act(step, action); }, step.action)) return false;
    bind_tag();
    const JudgeInput input{.scenario = scenario_, .context = context_, .facts = facts_, .transcript = transcript_};
    Judgement judgement = judge(step, exchange_, input, bindings_);
    std::move(judgement.findings.begin(), judgement.findings.end(), std::back_inserter(result_.findings));
    if (!judgement.trouble.empty()) {
      end(Verdict::Error, judgement.trouble);
      return false;
    }
    return !judgement.stop;
  }

  void bind_tag() {
    if (!exchange_.tag.empty()) bindings_.set_octets("tag", exchange_.tag);
  }

  bool act(const Step&, const StartStep&) { return true; }

  bool act(const Step& step, const CommandStep& action) {
    auto octets = expand_or_end(action.text);
    if (!octets) return false;
    exchange_ = conversation_->command(*octets, step.until_continuation);
    if (parser::equal_ignoring_case(action.text.text, "CAPABILITY")) told_ = conversation_->capabilities();
    if (!action.setup) return true;
    return succeeded(exchange_);
  }

  // succeeded ends the scenario where a command that had to complete with OK did not.
  bool succeeded(const Exchange& exchange) {
    const parser::StatusResponse* completion = exchange.completion();
    if (completion != nullptr && completion->status == parser::Status::Ok) return true;
    if (exchange.trouble) {
      end(Verdict::Error, exchange.trouble->message);
    } else {
      end(Verdict::Skip, fmt::format("blocked: {} was refused", exchange.sent));
    }
    return false;
  }

  bool act(const Step&, const OtherStep& action) {
    auto octets = expand_or_end(action.text);
    if (!octets) return false;
    transcript_.note("on the second connection");
    if (!other_) {
      other_.emplace(context_, grammar_, transcript_);
      const StartRequest request{
          .start = Start::Authenticated, .tls = scenario_.tls, .messages = nullptr, .scratch = false};
      if (auto reached = reach_start(*other_, context_, request, bindings_); !reached) {
        end(Verdict::Error, reached.error().reason);
        return false;
      }
    }
    if (!succeeded(other_->command(*octets))) return false;
    transcript_.note("on the first connection");
    exchange_ = Exchange{};
    return true;
  }

  bool act(const Step& step, const ContinueStep& action) {
    auto octets = expand_or_end(action.text);
    if (!octets) return false;
    exchange_ = conversation_->go_on(*octets, step.until_continuation);
    return true;
  }

  bool act(const Step&, const SendStep& action) {
    auto octets = expand_or_end(action.text);
    if (!octets) return false;
    exchange_ = conversation_->send(octets->joined(), action.tags);
    return true;
  }

  bool act(const Step& step, const TlsStep& action) {
    TlsOptions options = context_.options.tls_options;
    if (action.maximum) {
      options.maximum = *action.maximum == "1.0"   ? TlsVersion::Tls1_0
                        : *action.maximum == "1.1" ? TlsVersion::Tls1_1
                        : *action.maximum == "1.2" ? TlsVersion::Tls1_2
                                                   : TlsVersion::Tls1_3;
      // An old client offers all that it has.
      if (options.maximum < TlsVersion::Tls1_2) options.minimum = TlsVersion::Tls1_0;
    }
    auto started = conversation_->start_tls(options);
    exchange_ = Exchange{};
    exchange_.sent = action.maximum ? "(a TLS handshake up to TLS " + *action.maximum + ")" : "(a TLS handshake)";
    using Kind = LinkError::Kind;
    if (started) {
      if (action.expected != TlsStep::Expected::Refused) return true;
      tls_finding(step, "a refused handshake", "accepted the handshake");
      return false;
    }
    switch (started.error().kind) {
      case Kind::TlsUnavailable:
        end(Verdict::Skip, started.error().message);
        return false;
      case Kind::TlsRefused:
      case Kind::Closed:
        if (action.expected == TlsStep::Expected::Succeeds) {
          tls_finding(step, "a TLS handshake", "refused the handshake");
          return false;
        }
        // Nothing more can be said on this connection; a scenario may open another.
        return action.expected == TlsStep::Expected::Refused;
      default:
        end(Verdict::Error, "TLS handshake: " + started.error().message);
        return false;
    }
  }

  bool act(const Step&, const CloseStep&) {
    conversation_->close();
    exchange_ = Exchange{};
    return true;
  }

  bool act(const Step&, const ConnectStep& action) { return begin(action.start); }

  std::optional<WireOctets> expand_or_end(const WireText& text) {
    auto octets = expand(text.text, bindings_);
    if (octets) return std::move(*octets);
    end(Verdict::Error, fmt::format("{}:{}: {}", text.where.file, text.where.line, octets.error()));
    return std::nullopt;
  }

  void tls_finding(const Step& step, std::string expected, std::string deviation) {
    Finding finding = make_finding(context_, scenario_.requirements.front(), Check::Step, step.where);
    finding.scenarios = {scenario_.id};
    finding.verdict = verdict_for(finding.level);
    finding.sent = exchange_.sent;
    finding.expected = std::move(expected);
    finding.actual = "the server " + deviation;
    finding.message = finding.actual;
    finding.deviation = std::move(deviation);
    result_.findings.push_back(std::move(finding));
  }

  // collect turns what grammar and monitor found into findings.
  void collect(Conversation& conversation) {
    for (Violation& violation : conversation.take_violations()) {
      add_violation(std::move(violation), Check::Monitor, {});
    }
    for (GrammarFinding& finding : conversation.take_grammar_findings()) {
      add_violation(std::move(finding.violation), Check::Grammar, std::move(finding.octets));
    }
  }

  void add_violation(Violation violation, Check check, std::string octets) {
    const bool known = std::any_of(result_.findings.begin(), result_.findings.end(), [&](const Finding& finding) {
      return finding.check == check && finding.requirement == violation.requirement &&
             finding.deviation == violation.deviation;
    });
    if (known) return;
    Finding finding = make_finding(context_, violation.requirement, check, scenario_.where);
    finding.scenarios = {scenario_.id};
    finding.verdict = verdict_for(finding.level);
    finding.deviation = std::move(violation.deviation);
    finding.message = std::move(violation.message);
    finding.actual = std::move(octets);
    result_.findings.push_back(std::move(finding));
  }

  bool knows_capability(std::string_view name) const {
    if (told_) return has_capability(*told_, name);
    const bool clear = conversation_ ? !conversation_->is_tls() : scenario_.tls == TlsUse::None;
    const bool before_login = scenario_.start <= Start::NotAuthenticated;
    if (clear && before_login && !context_.probe.cleartext_capabilities.empty()) {
      return has_capability(context_.probe.cleartext_capabilities, name);
    }
    return has_capability(context_.probe.capabilities, name);
  }

  std::string fact(std::string_view name) const {
    if (name == "profile") return result_.profile;
    if (name == "plaintext-login") return context_.options.plaintext_login;
    if (name == "tls") {
      switch (context_.options.tls) {
        case DefaultTls::None:
          return "none";
        case DefaultTls::StartTls:
          return "starttls";
        case DefaultTls::Implicit:
          return "implicit";
      }
    }
    return {};
  }

  void end(Verdict verdict, std::string reason) {
    ended_ = verdict;
    result_.reason = std::move(reason);
  }

  void clean_up() {
    if (const auto trouble = delete_scratch(context_, bindings_, grammar_)) {
      Transcript note(context_.secrets, started_);
      note.note("the scratch mailboxes could not be deleted: " + *trouble);
      std::ranges::move(note.take(), std::back_inserter(result_.transcript));
    }
  }

  // settle works out the verdict: the worst of the scenario's own steps, or why it ended.
  void settle() {
    Verdict worst = Verdict::Pass;
    for (const Finding& finding : result_.findings) {
      if (finding.check == Check::Step) worst = std::max(worst, finding.verdict);
    }
    if (ended_ && worst != Verdict::Fail) worst = std::max(worst, *ended_);
    result_.verdict = worst;
    result_.duration = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started_);
  }

  const Scenario& scenario_;
  const RunContext& context_;
  parser::Profile grammar_;
  Clock::time_point started_;
  Transcript transcript_;
  ScenarioResult result_;
  Condition::Facts facts_;
  Bindings bindings_;
  std::optional<Conversation> conversation_;
  std::optional<Conversation> other_;
  Exchange exchange_;
  std::optional<std::vector<std::string>> told_;  // what conditions of the step go by
  bool scratch_built_ = false;
  std::optional<Verdict> ended_;
};

}  // namespace

ScenarioResult run_scenario(const Scenario& scenario, const RunContext& context, std::string_view profile) {
  return ScenarioRun(scenario, context, profile).run();
}

}  // namespace imapspec::runner
