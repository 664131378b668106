#include "runner/match/matcher.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

using Kind = Term::Kind;

std::optional<std::int64_t> number_of(const Term& term) {
  if (term.kind != Kind::Number && term.kind != Kind::Numbers) return std::nullopt;
  std::int64_t value = 0;
  const char* const last = term.text.data() + term.text.size();
  const auto [end, error] = std::from_chars(term.text.data(), last, value);
  if (error != std::errc{} || end != last) return std::nullopt;
  return value;
}

bool fits_number(std::string_view rule, const Term& value) {
  constexpr std::int64_t kMostNumber = 4'294'967'295;
  const auto number = number_of(value);
  if (!number) return false;
  if (rule == "number64") return true;
  if (rule == "mod-sequence-value") return *number != 0;
  if (rule == "number") return *number <= kMostNumber;
  return (rule == "nz-number" || rule == "uniqueid") && *number != 0 && *number <= kMostNumber;
}

bool fits(std::string_view rule, const Term& value) {
  switch (value.kind) {
    case Kind::Number:
      return fits_number(rule, value);
    case Kind::Numbers:
      if (rule == "sequence-set") return true;
      if (rule == "uid-set") return value.text.find_first_of("*$") == std::string::npos;
      return fits_number(rule, value);
    case Kind::DateTime:
      return rule == "date-time" || rule == "date";
    case Kind::Keyword:
      return rule == "atom" || rule == "flag" || rule == "text" || (rule == "keyword" && !value.text.starts_with('\\'));
    case Kind::Octets:
      return rule == "string" || rule == "astring" || rule == "nstring" || rule == "mailbox";
    case Kind::Nil:
      return rule == "nstring";
    default:
      return false;
  }
}

// What a hole for this rule captures: a date is the day of an INTERNALDATE, as SEARCH would name it.
Term captured_value(std::string_view rule, const Term& actual) {
  if (rule != "date") return actual;
  return leaf_term(Kind::Octets, std::string(std::string_view(actual.spelling).substr(0, actual.spelling.find(' '))));
}

bool passes_test(const Term& hole, const Term& actual) {
  const std::string_view wanted = hole.spelling;
  const bool word = actual.kind == Kind::Keyword;
  if (!word && actual.kind != Kind::Octets) return false;
  const std::string_view text = word ? actual.spelling : actual.text;
  if (hole.rule == "case") return text == wanted;
  if (hole.rule == "nocase") return parser::equal_ignoring_case(text, wanted);
  if (hole.rule == "prefix") return text.starts_with(wanted);
  return text.find(wanted) != std::string_view::npos;
}

bool is_test(std::string_view rule) { return std::ranges::find(hole_tests(), rule) != hole_tests().end(); }

}  // namespace

// Items is a pattern's list taken apart.
struct Matcher::Items {
  std::vector<const Term*> wanted, banned, ignored;
  bool rest = false;   // more may follow
  bool exact = false;  // what is not wanted has to be ignored

  explicit Items(const Term& pattern) {
    for (const Term& item : pattern.items) {
      switch (item.kind) {
        case Kind::Ban:
          banned.push_back(&item.items.front());
          break;
        case Kind::Ignore:
          ignored.push_back(&item.items.front());
          break;
        case Kind::Rest:
          rest = true;
          break;
        default:
          wanted.push_back(&item);
      }
    }
    exact = !rest && pattern.kind != Kind::Subset;
  }
};

bool Matcher::matches(const Term& pattern, const Term& actual) {
  captured_.clear();
  if (compare(pattern, actual) && !budget_->spent()) return true;
  captured_.clear();
  return false;
}

void Matcher::bind(Bindings& bindings) {
  for (auto& [name, value] : captured_) bindings.set(std::move(name), std::move(value));
  captured_.clear();
}

bool Matcher::compare(const Term& pattern, const Term& actual) {
  if (budget_->spent()) return false;
  --budget_->left;
  switch (pattern.kind) {
    case Kind::Hole:
      return fill(pattern, actual);
    case Kind::Any:
      return pattern.text.empty() || capture(pattern.text, actual);
    case Kind::List:
    case Kind::Set:
    case Kind::Subset:
      return actual.is_list() && in_list(pattern, actual);
    default:
      return same_value(pattern, actual);
  }
}

const Term* Matcher::find(const std::string& name) const {
  const auto found =
      std::ranges::find(captured_, name, [](const auto& one) -> const std::string& { return one.first; });
  return found == captured_.end() ? bindings_->find(name) : &found->second;
}

bool Matcher::capture(const std::string& name, const Term& value) {
  if (const Term* bound = find(name)) return same_value(*bound, value);
  captured_.emplace_back(name, value);
  return true;
}

bool Matcher::fill(const Term& hole, const Term& actual) {
  if (is_test(hole.rule) ? !passes_test(hole, actual) : !fits(hole.rule, actual) || !holds(hole, actual)) return false;
  return hole.text.empty() || capture(hole.text, captured_value(hole.rule, actual));
}

// holds says whether a number compares as the hole's argument wants.
bool Matcher::holds(const Term& hole, const Term& actual) const {
  if (hole.spelling.empty()) return true;
  const auto compared = comparison(hole.spelling);
  const auto number = number_of(actual);
  if (!compared || !number) return false;
  std::int64_t other = compared->number;
  if (!compared->name.empty()) {
    const Term* named = find(compared->name);
    const auto value = named == nullptr ? std::nullopt : number_of(*named);
    if (!value || __builtin_add_overflow(*value, other, &other)) return false;
  }
  using Sign = Comparison::Sign;
  switch (compared->sign) {
    case Sign::Less:
      return *number < other;
    case Sign::LessOrEqual:
      return *number <= other;
    case Sign::Equal:
      return *number == other;
    case Sign::NotEqual:
      return *number != other;
    case Sign::GreaterOrEqual:
      return *number >= other;
    case Sign::Greater:
      return *number > other;
  }
  return false;
}

// attempt is compare; what fails captures nothing.
bool Matcher::attempt(const Term& pattern, const Term& actual) {
  const std::size_t before = captured_.size();
  if (compare(pattern, actual)) return true;
  captured_.resize(before);
  return false;
}

bool Matcher::any_of(const std::vector<const Term*>& patterns, const Term& actual) {
  return std::ranges::any_of(patterns, [&](const Term* pattern) {
    const std::size_t before = captured_.size();
    const bool found = compare(*pattern, actual);
    captured_.resize(before);
    return found;
  });
}

bool Matcher::in_list(const Term& pattern, const Term& actual) {
  const Items items(pattern);
  if (!items.banned.empty() &&
      std::ranges::any_of(actual.items, [&](const Term& item) { return any_of(items.banned, item); })) {
    return false;
  }
  if (pattern.kind == Kind::List && items.ignored.empty()) {
    // The common case, without a choice to make.
    const std::size_t count = items.wanted.size();
    if (items.rest ? actual.items.size() < count : actual.items.size() != count) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (!compare(*items.wanted[i], actual.items[i])) return false;
    }
    return true;
  }
  if (pattern.kind == Kind::List || pattern.in_order) return in_order(items, 0, actual.items, 0);
  if (items.exact && items.ignored.empty() && items.wanted.size() != actual.items.size()) return false;
  std::vector<bool> used(actual.items.size(), false);
  return in_set(items, 0, actual.items, used);
}

bool Matcher::in_set(const Items& items, std::size_t at, const std::vector<Term>& actual, std::vector<bool>& used) {
  if (at == items.wanted.size()) {
    if (!items.exact) return true;
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (!used[i] && !any_of(items.ignored, actual[i])) return false;
    }
    return true;
  }
  for (std::size_t i = 0; i < actual.size() && !budget_->spent(); ++i) {
    if (used[i]) continue;
    const std::size_t before = captured_.size();
    if (attempt(*items.wanted[at], actual[i])) {
      used[i] = true;
      if (in_set(items, at + 1, actual, used)) return true;
      used[i] = false;
      captured_.resize(before);
    }
  }
  return false;
}

bool Matcher::in_order(const Items& items, std::size_t at, const std::vector<Term>& actual, std::size_t from) {
  const bool last = at == items.wanted.size();
  if (last && (!items.exact || from == actual.size())) return true;
  for (std::size_t i = from; i < actual.size() && !budget_->spent(); ++i) {
    const std::size_t before = captured_.size();
    if (!last && attempt(*items.wanted[at], actual[i])) {
      if (in_order(items, at + 1, actual, i + 1)) return true;
      captured_.resize(before);
    }
    // What stands between the items that are wanted.
    if (items.exact && !any_of(items.ignored, actual[i])) return false;
  }
  return last;
}

}  // namespace imapspec::runner
