#include "runner/match/arrangement.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "runner/match/pattern.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

using Result = Arrangement::Result;

// What kind of response something is about: "FETCH", "OK [UIDNEXT]", "OK".
std::string status_kind(parser::Status status, std::string_view code) {
  std::string kind(parser::status_name(status));
  if (!code.empty()) kind += " [" + std::string(code) + ']';
  return kind;
}

std::string kind_of(const Pattern& pattern) {
  if (pattern.kind() == Pattern::Kind::Data) return std::string(pattern.word());
  if (pattern.kind() != Pattern::Kind::Untagged) return {};
  return status_kind(pattern.status(), pattern.code() == nullptr ? "" : pattern.code()->items.front().text);
}

// Whether a pattern is the same whatever the patterns before it capture.
bool is_fixed(std::string_view pattern) {
  const auto pieces = split_references(pattern);
  return pieces && std::ranges::none_of(*pieces, [](const Piece& piece) {
           const auto compared = comparison(piece.argument);
           return (piece.kind == Piece::Kind::Reference && !is_hole(piece)) || (compared && !compared->name.empty());
         });
}

class Arranger {
 public:
  Arranger(std::span<const std::string_view> patterns, std::span<const parser::Response* const> responses,
           std::string_view tag, bool in_order, Among among)
      : patterns_(patterns), responses_(responses), tag_(tag), in_order_(in_order), among_(among) {}

  Arrangement run(Bindings& bindings) {
    used_.assign(responses_.size(), false);
    read_.resize(patterns_.size());
    if (patterns_.size() > kMostArranged) {
      outcome_.result = Result::Undecided;
    } else if (place(0, 0, bindings)) {
      outcome_ = {};
    } else if (compared_.spent() || budget_ == 0) {
      outcome_.result = Result::Undecided;
    }
    return std::move(outcome_);
  }

 private:
  // place finds a response for the pattern `at` and all that follow. What is bound on a wrong way is taken back.
  bool place(std::size_t at, std::size_t from, Bindings& bindings) {
    if (at == patterns_.size()) return nothing_else();
    if (!read_pattern(at, bindings)) return false;
    const Pattern& pattern = *read_[at];
    if (at >= furthest_) {
      furthest_ = at;
      outcome_ = {Result::Missing, at, {}};
    }
    kinds_.push_back(kind_of(pattern));
    Bindings tried = bindings;
    for (std::size_t i = in_order_ ? from : 0; i < responses_.size() && budget_ > 0; ++i) {
      if (used_[i]) continue;
      --budget_;
      if (!pattern.matches(*responses_[i], tag_, tried, &compared_)) continue;
      used_[i] = true;
      if (place(at + 1, i + 1, tried)) {
        bindings = std::move(tried);
        return true;
      }
      used_[i] = false;
      tried = bindings;
      if (outcome_.result == Result::Unusable) break;
    }
    kinds_.pop_back();
    return false;
  }

  // read_pattern reads the pattern `at`, unless that was done and nothing can have changed.
  bool read_pattern(std::size_t at, const Bindings& bindings) {
    if (read_[at] && is_fixed(patterns_[at])) return true;
    constexpr std::size_t kCost = 100;  // as much as so many responses
    budget_ -= std::min(budget_, kCost);
    auto pattern = Pattern::parse(patterns_[at], bindings);
    if (!pattern) {
      outcome_ = {Result::Unusable, at, pattern.error()};
      return false;
    }
    read_[at] = *std::move(pattern);
    return true;
  }

  bool nothing_else() {
    furthest_ = patterns_.size();
    if (among_ == Among::Nothing) return true;
    const std::set<std::string, std::less<>> kinds(kinds_.begin(), kinds_.end());
    for (std::size_t i = 0; i < responses_.size(); ++i) {
      if (used_[i] || !wanted_alone(*responses_[i], kinds)) continue;
      outcome_ = {Result::Extra, i, {}};
      return false;
    }
    return true;
  }

  // wanted_alone says whether a response is one of those that must not be there unless a pattern asks for it.
  [[nodiscard]] bool wanted_alone(const parser::Response& response,
                                  const std::set<std::string, std::less<>>& kinds) const {
    if (const auto* status = std::get_if<parser::StatusResponse>(&response)) {
      if (status->tag) return false;
      return kinds.contains(status_kind(status->status, {})) ||
             (status->text.code &&
              kinds.contains(status_kind(status->status, code_term(*status->text.code).items.front().text)));
    }
    if (std::holds_alternative<parser::ContinueReq>(response)) return false;
    return among_ == Among::Untagged || kinds.contains(to_term(response).items.front().text);
  }

  std::span<const std::string_view> patterns_;
  std::span<const parser::Response* const> responses_;
  std::string_view tag_;
  bool in_order_;
  Among among_;
  std::vector<std::optional<Pattern>> read_;  // in use while a response is looked for
  std::vector<bool> used_;
  std::vector<std::string> kinds_;
  std::size_t furthest_ = 0;
  std::size_t budget_ = 200'000;
  MatchBudget compared_;
  Arrangement outcome_;
};

}  // namespace

Arrangement arrange(std::span<const std::string_view> patterns, std::span<const parser::Response* const> responses,
                    std::string_view tag, bool in_order, Among among, Bindings& bindings) {
  return Arranger(patterns, responses, tag, in_order, among).run(bindings);
}

}  // namespace imapspec::runner
