#include "runner/lint/patterns.h"

#include <algorithm>
#include <set>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"
#include "runner/match/pattern.h"
#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

constexpr std::string_view kTag = "t";

// A hole with a name takes what the name holds already, and that is not known here.
bool has_named_holes(std::string_view text) {
  const auto pieces = split_references(text);
  return !pieces ||
         std::ranges::any_of(*pieces, [](const Piece& piece) { return is_hole(piece) && !piece.name.empty(); });
}

bool has_holes(std::string_view text) {
  const auto pieces = split_references(text);
  return !pieces || std::ranges::any_of(*pieces, is_hole);
}

parser::Profile profile_with_all(bool rev1, bool rev2) {
  parser::Profile profile{.rev1 = rev1, .rev2 = rev2, .extensions = 0, .from_server = true};
  for (const parser::ExtensionName& name : parser::kExtensionNames) profile.add(name.extension);
  return profile;
}

// The response that a pattern without holes is, and whether `wide` matches it.
bool matches_as_response(std::string_view wide, std::string_view narrow, Term::Kind kind) {
  Bindings bindings = values_for(narrow, kind, values_for(wide, kind));
  const auto octets = expand(narrow, bindings);
  const auto pattern = Pattern::parse(narrow, bindings);
  const auto wider = Pattern::parse(wide, bindings);
  if (!octets || !pattern || !wider) return false;
  std::string line = octets->joined();
  if (pattern->kind() == Pattern::Kind::Tagged && !pattern->names_a_tag()) line = std::string(kTag) + ' ' + line;
  if (pattern->kind() != Pattern::Kind::Data) line += " x";
  line += "\r\n";
  parser::Arena arena;
  const auto response = parser::parse_response(line, arena, profile_with_all(true, true));
  return response && wider->matches(*response, kTag, bindings);
}

// What must be sent, as one of several or not.
bool demands(const Expectation& expectation) {
  using Kind = Expectation::Kind;
  return expectation.kind == Kind::Must || expectation.kind == Kind::InOrder || expectation.kind == Kind::Only;
}

class PatternLint {
 public:
  PatternLint(const Scenario& scenario, std::vector<LintFinding>& findings)
      : scenario_(scenario), findings_(findings) {}

  void run() {
    each_step(scenario_.steps, [this](const Step& step) {
      for (const Expectation& expectation : step.expectations) {
        profile(expectation);
        shadowed(expectation);
        if (expectation.kind == Expectation::Kind::MustNot) forbidden(step, expectation);
      }
      twice(step);
      completions(step);
      greeting(step);
    });
    closed();
  }

 private:
  void profile(const Expectation& expectation) {
    if (scenario_.profile == "any" || !demands(expectation)) return;
    for (const Alternative& alternative : expectation.alternatives) {
      // An alternative that says what a wrong server does may be what the grammar forbids.
      if (alternative.verdict.value_or(Verdict::Pass) != Verdict::Pass) continue;
      auto why = not_in_profile(alternative.pattern.text, scenario_.profile);
      if (!why) continue;
      findings_.push_back({"not-in-profile", alternative.pattern.where,
                           "a server that speaks IMAP4" + scenario_.profile + " cannot send this: " + *why,
                           "change the pattern, or the profile of the scenario"});
    }
  }

  // An alternative, or an entry of `outcome`, that an earlier one leaves nothing for.
  void shadowed(const Expectation& expectation) {
    if (expectation.kind != Expectation::Kind::Must) return;
    const std::vector<Alternative>& all = expectation.alternatives;
    for (std::size_t later = 1; later < all.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (all[earlier].when || !takes_all_of(all[earlier].pattern.text, all[later].pattern.text)) continue;
        findings_.push_back({"shadowed", all[later].pattern.where,
                             "'" + all[later].pattern.text + "' is never reached: '" + all[earlier].pattern.text +
                                 "' before it matches whatever it would",
                             "put it in front of the other, or remove it"});
        break;
      }
    }
  }

  void forbidden(const Step& step, const Expectation& forbids) {
    const std::string& wide = forbids.alternatives.front().pattern.text;
    for (const Expectation& expectation : step.expectations) {
      if (!demands(expectation)) continue;
      const bool all_of_them = expectation.kind != Expectation::Kind::Must;
      const auto is_forbidden = [&](const Alternative& one) { return takes_all_of(wide, one.pattern.text); };
      const bool impossible = all_of_them ? std::ranges::any_of(expectation.alternatives, is_forbidden)
                                          : std::ranges::all_of(expectation.alternatives, is_forbidden);
      if (expectation.alternatives.empty() || !impossible) continue;
      findings_.push_back({"never-holds", expectation.where,
                           "what is expected here must not come: '" + wide + "' forbids it in line " +
                               std::to_string(forbids.where.line),
                           "remove one of the two"});
    }
  }

  void twice(const Step& step) {
    for (auto one = step.expectations.begin(); one != step.expectations.end(); ++one) {
      const auto same = [&](const Expectation& other) {
        return other.kind == one->kind && other.kind != Expectation::Kind::Check &&
               other.requirement == one->requirement && other.text == one->text &&
               std::ranges::equal(other.alternatives, one->alternatives, {}, pattern_of, pattern_of);
      };
      if (std::find_if(step.expectations.begin(), one, same) == one) continue;
      findings_.push_back(
          {"twice", one->where, "the same expectation stands before it", "remove it, or use S-only for two responses"});
    }
  }

  // endings are the words of the tagged statuses that an expectation takes; none where it takes anything else.
  static std::set<std::string> endings(const Expectation& expectation) {
    std::set<std::string> words;
    if (expectation.kind != Expectation::Kind::Must) return words;
    for (const Alternative& alternative : expectation.alternatives) {
      const std::string& text = alternative.pattern.text;
      const std::string word = parser::to_upper(std::string_view(text).substr(0, text.find(' ')));
      if (word != "OK" && word != "NO" && word != "BAD") return {};
      words.insert(word);
    }
    return words;
  }

  // A command completes once.
  void completions(const Step& step) {
    std::set<std::string> before;
    for (const Expectation& expectation : step.expectations) {
      const std::set<std::string> words = endings(expectation);
      if (words.empty()) continue;
      const bool both =
          before.empty() || std::ranges::any_of(words, [&](const std::string& word) { return before.contains(word); });
      if (!both) {
        findings_.push_back(
            {"never-holds", expectation.where,
             "the command completes once, and not like that: " + *before.begin() + " is expected before",
             "make one expectation of them: S: ['OK', 'NO']"});
      }
      before = words;
    }
  }

  // A greeting answers nothing, and has no tag.
  void greeting(const Step& step) {
    const auto* const connect = std::get_if<ConnectStep>(&step.action);
    if (connect == nullptr && !std::holds_alternative<StartStep>(step.action)) return;
    const Start start = connect != nullptr     ? connect->start
                        : step.connection == 0 ? scenario_.start
                                               : scenario_.connections[step.connection - 1].start;
    if (start == Start::Selected) return;
    for (const Expectation& expectation : step.expectations) {
      if (endings(expectation).empty()) continue;
      findings_.push_back({"never-holds", expectation.where, "a greeting has no tag", "expect '* OK'"});
    }
  }

  static const std::string& pattern_of(const Alternative& alternative) { return alternative.pattern.text; }

  // Nothing can be sent where the server has to have closed the connection, or the scenario has.
  void closed() {
    const Step* closing = nullptr;
    for (const Step& step : scenario_.steps) {
      if (std::holds_alternative<ConnectStep>(step.action)) closing = nullptr;
      const bool sends =
          std::holds_alternative<CommandStep>(step.action) || std::holds_alternative<ContinueStep>(step.action) ||
          std::holds_alternative<PipelineStep>(step.action) || std::holds_alternative<QuietStep>(step.action) ||
          std::holds_alternative<SendStep>(step.action);
      if (closing != nullptr && sends && step.connection == closing->connection) {
        findings_.push_back(
            {"after-closed", step.where,
             "the connection is closed by then: line " + std::to_string(closing->where.line) + " says so",
             "use \"connect\" first"});
        closing = nullptr;
      }
      if (std::holds_alternative<CloseStep>(step.action) || std::holds_alternative<HalfCloseStep>(step.action)) {
        closing = &step;
      }
      for (const Expectation& expectation : step.expectations) {
        if (expectation.kind == Expectation::Kind::Must && expectation.alternatives.size() == 1 &&
            expectation.alternatives.front().pattern.text == "closed") {
          closing = &step;
        }
      }
    }
  }

  const Scenario& scenario_;
  std::vector<LintFinding>& findings_;
};

}  // namespace

bool takes_all_of(std::string_view wide, std::string_view narrow) {
  if (wide == narrow) return true;
  if (narrow == "closed" || wide == "closed" || narrow.starts_with('+') || has_holes(narrow) || has_named_holes(wide)) {
    return false;
  }
  return std::ranges::any_of(kNamedValues, [&](Term::Kind kind) { return matches_as_response(wide, narrow, kind); });
}

std::optional<std::string> not_in_profile(std::string_view pattern, std::string_view profile) {
  const parser::Profile grammar = profile_with_all(profile == "rev1", profile == "rev2");
  std::optional<std::string> why;
  for (const Term::Kind kind : kNamedValues) {
    const Bindings bindings = values_for(pattern, kind);
    // What no profile admits is told by the loader.
    if (!Pattern::parse(pattern, bindings)) continue;
    const auto parsed = Pattern::parse(pattern, bindings, &grammar);
    if (parsed) return std::nullopt;
    if (!why) why = parsed.error();
  }
  return why;
}

void lint_patterns(const Scenario& scenario, std::vector<LintFinding>& findings) {
  PatternLint(scenario, findings).run();
}

}  // namespace imapspec::runner
