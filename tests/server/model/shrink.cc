// Delta debugging: fewer steps first, then simpler ones.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/server/model/play.h"

namespace imapspec::server::model {

namespace {

class Shrinker {
 public:
  Shrinker(Script script, const FaultSet& faults, fuzz::GrammarJudges* judges)
      : script_(std::move(script)), faults_(faults), judges_(judges) {}

  Script run() {
    Script before;
    do {
      before = script_;
      drop_steps();
      simplify_steps();
    } while (script_ != before);
    return script_;
  }

 private:
  // accept takes a script over if it fails too; what comes after the failure is left out.
  bool accept(Script candidate) {
    const Played played = play(candidate, faults_, judges_);
    if (!played.failure) return false;
    candidate.resize(std::min(candidate.size(), played.failure->step + 1));
    script_ = std::move(candidate);
    return true;
  }

  void drop_steps() {
    for (std::size_t piece = std::max<std::size_t>(script_.size() / 2, 1); piece > 0; piece /= 2) {
      for (std::size_t at = 0; at < script_.size();) {
        Script candidate = script_;
        const auto first = candidate.begin() + static_cast<std::ptrdiff_t>(at);
        candidate.erase(first, first + static_cast<std::ptrdiff_t>(std::min(piece, candidate.size() - at)));
        if (!accept(std::move(candidate))) at += piece;
      }
    }
  }

  void simplify_steps() {
    for (std::size_t at = 0; at < script_.size(); ++at) {
      for (bool changed = true; changed && at < script_.size();) {
        changed = false;
        for (Step& simpler : simpler_than(script_[at])) {
          Script candidate = script_;
          candidate[at] = std::move(simpler);
          changed = accept(std::move(candidate));
          if (changed) break;
        }
      }
    }
  }

  // simpler_than yields steps that say less: of an earlier session, with a word less or a plainer one.
  static std::vector<Step> simpler_than(const Step& step) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPlain{
        {{"0123456789,:*$", "1"}, {"0123456789,:*$", "1:*"}, {"abcdeINBOXinbox/\"", "INBOX"}, {"ab/c", "a"}}};
    std::vector<Step> simpler;
    for (std::size_t session = 0; session < step.session; ++session) simpler.push_back({session, step.text});
    const std::size_t end = std::min(step.text.find('{'), step.text.size());  // literals stay
    for (std::size_t at = step.text.find(' '); at < end; at = step.text.find(' ', at + 1)) {
      const std::size_t next = std::min(step.text.find_first_of(" {", at + 1), step.text.size());
      const std::string word = step.text.substr(at + 1, next - at - 1);
      Step shorter = step;
      shorter.text.erase(at, next - at);
      simpler.push_back(shorter);
      for (const auto& [octets, plain] : kPlain) {
        if (word.find_first_not_of(octets) != std::string::npos || word.size() <= plain.size()) continue;
        Step plainer = step;
        plainer.text.replace(at + 1, word.size(), plain);
        simpler.push_back(plainer);
      }
    }
    return simpler;
  }

  Script script_;
  FaultSet faults_;
  fuzz::GrammarJudges* judges_;
};

}  // namespace

Script shrink(Script script, const FaultSet& faults, fuzz::GrammarJudges* judges) {
  return Shrinker(std::move(script), faults, judges).run();
}

}  // namespace imapspec::server::model
