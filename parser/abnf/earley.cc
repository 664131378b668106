#include "parser/abnf/earley.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace imapspec::abnf {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

// A number with one more digit, or the largest there is.
std::uint64_t with_digit(std::uint64_t value, char digit) {
  const auto last = static_cast<std::uint64_t>(digit - '0');
  return value > (kLargest - last) / 10 ? kLargest : value * 10 + last;
}

// Sets up to this size are searched from end to end.
constexpr std::size_t kFew = 12;

}  // namespace

std::size_t Earley::Set::slot(const Item& item) const {
  const std::size_t mask = slots_.size() - 1;
  const std::uint64_t mixed =
      (item.state * 0x9E3779B97F4A7C15U) ^ (item.entry * 0xC2B2AE3D27D4EB4FU) ^ (item.count * 0x165667B19E3779F9U);
  std::size_t at = (mixed >> 20) & mask;
  while (slots_[at] != 0 && items_[slots_[at] - 1] != item) at = (at + 1) & mask;
  return at;
}

void Earley::Set::index_items() {
  std::size_t size = 64;
  while (size < 4 * items_.size()) size *= 2;
  slots_.assign(size, 0);
  for (std::uint32_t index = 0; index < items_.size(); ++index) slots_[slot(items_[index])] = index + 1;
}

void Earley::Set::add(const Item& item) {
  if (items_.size() < kFew) {
    if (std::ranges::find(items_, item) == items_.end()) items_.push_back(item);
    return;
  }
  if (items_.size() == kFew || 2 * items_.size() > slots_.size()) index_items();
  const std::size_t at = slot(item);
  if (slots_[at] != 0) return;
  items_.push_back(item);
  slots_[at] = static_cast<std::uint32_t>(items_.size());
}

bool Earley::run(NonterminalId start, std::string_view octets, const Wanted& wanted) {
  begin_run(start, octets, wanted);
  while (true) {
    if (now_.size() == 1 && later_.empty()) skip_ahead();
    // Items may be added to the set meanwhile.
    for (std::size_t index = 0; index < now_.size(); ++index) {
      gave_up_ = gave_up_ || states() > most_states_;
      if (gave_up_) return false;
      process(Item(now_[index]));
    }
    if (position_ == octets_.size() || (then_.empty() && later_.empty())) break;
    move_on();
  }
  if (wanted.labels != nullptr) {
    for (std::size_t index = 0; position_ == octets_.size() && index < now_.size(); ++index) {
      const Program::Range& range = program_.states[now_[index].state].labels;
      wanted.labels->insert(wanted.labels->end(), program_.state_labels.begin() + range.begin,
                            program_.state_labels.begin() + range.end);
    }
    wanted.labels->insert(wanted.labels->end(), counted_labels_.begin(), counted_labels_.end());
  }
  return accepted_ && !gave_up_;
}

void Earley::begin_run(NonterminalId start, std::string_view octets, const Wanted& wanted) {
  octets_ = octets;
  end_mark_ = wanted.labels == nullptr ? LookAhead::kEnd : LookAhead::kAnything;
  matches_ = wanted.matches;
  gave_up_ = false;
  furthest_ = 0;
  accepted_ = octets.empty() && program_.nonterminals[start].nullable;
  now_.clear();
  then_.clear();
  later_.clear();
  waiters_.clear();
  counted_labels_.clear();
  entries_.assign(1, {.nonterminal = start});
  seen_[start] = 1;
  go_to(0);
  add_now({program_.nonterminals[start].initial, 0, 0});
}

std::size_t Earley::ahead(std::size_t position) const {
  return position == octets_.size() ? end_mark_ : program_.class_of(octets_[position]);
}

void Earley::go_to(std::uint32_t position) {
  position_ = position;
  next_ = ahead(position);
}

void Earley::add_now(const Item& item) {
  if (program_.states[item.state].live.has(next_)) now_.add(item);
}

// While there is one item, and nothing to do for it but to go on, sets are not needed.
void Earley::skip_ahead() {
  Item item = now_[0];
  while (position_ < octets_.size() && !program_.states[item.state].busy.has(next_)) {
    const std::uint32_t next = program_.next(item.state, next_);
    if (next >= Program::kMany) break;
    item.state = next;
    go_to(position_ + 1);
    furthest_ = std::max<std::size_t>(furthest_, position_);
    if (program_.states[next].live.has(next_)) continue;
    now_.clear();
    return;
  }
  now_.clear();
  now_.add(item);
}

void Earley::process(const Item& item) {
  const Program::State& state = program_.states[item.state];
  if (state.busy.has(next_)) {
    if (state.accepts) complete(item.entry);
    predict(item, state);
    for (std::uint32_t edge = state.counted.begin; edge < state.counted.end; ++edge) {
      count(item, program_.counted_edges[edge]);
    }
  }
  if (position_ < octets_.size()) scan(item);
}

void Earley::complete(std::uint32_t id) {
  Entry& entry = entries_[id];
  const Program::Nonterminal& nonterminal = program_.nonterminals[entry.nonterminal];
  if (entry.begin == position_ || entry.completed == position_ || !nonterminal.follow.has(next_)) return;
  entry.completed = position_;
  if (nonterminal.range && entry.value < nonterminal.range->least) return;
  if (nonterminal.excluded && is_excluded(entry, *nonterminal.excluded)) return;
  if (matches_ != nullptr) matches_->push_back({entry.nonterminal, entry.begin, position_});
  if (id == 0 && position_ == octets_.size()) accepted_ = true;
  for (std::uint32_t next = entry.waiters; next != 0; next = waiters_[next - 1].before) {
    const Waiter& waiter = waiters_[next - 1];
    std::uint64_t captured = waiter.count;
    if (waiter.captures) {
      captured = 0;
      for (const char digit : octets_.substr(entry.begin, position_ - entry.begin)) {
        captured = with_digit(captured, digit);
      }
      captured = std::min(captured, kLargest - 1) + 1;
    }
    add_now({waiter.target, waiter.entry, captured});
  }
}

bool Earley::is_excluded(const Entry& entry, NonterminalId excluded) {
  const Program::Nonterminal& nonterminal = program_.nonterminals[excluded];
  const std::string_view octets = octets_.substr(entry.begin, position_ - entry.begin);
  if (!nonterminal.plain) {
    if (inner_ == nullptr) inner_ = std::make_unique<Earley>(program_, most_states_);
    const bool matched = inner_->run(excluded, octets, {});
    gave_up_ = gave_up_ || inner_->gave_up();
    return matched;
  }
  StateId state = nonterminal.initial;
  for (const char octet : octets) state = program_.next(state, program_.class_of(octet));
  return program_.states[state].accepts;
}

void Earley::predict(const Item& item, const Program::State& state) {
  for (std::uint32_t index = state.nonterminals.begin; index < state.nonterminals.end; ++index) {
    const Program::NonterminalEdge& edge = program_.nonterminal_edges[index];
    const Program::Nonterminal& nonterminal = program_.nonterminals[edge.nonterminal];
    if (!nonterminal.first.has(next_)) continue;
    std::uint32_t& seen = seen_[edge.nonterminal];
    // What is left of an earlier run is an entry of this run, of this nonterminal and of this position, or it is not.
    const bool known = seen != 0 && seen <= entries_.size() && entries_[seen - 1].begin == position_ &&
                       entries_[seen - 1].nonterminal == edge.nonterminal;
    if (!known) {
      entries_.push_back({.nonterminal = edge.nonterminal, .begin = position_});
      seen = static_cast<std::uint32_t>(entries_.size());
      now_.add({nonterminal.initial, seen - 1, 0});
    }
    Entry& entry = entries_[seen - 1];
    waiters_.push_back({edge.target, item.entry, item.count, entry.waiters, edge.captures});
    entry.waiters = static_cast<std::uint32_t>(waiters_.size());
  }
}

void Earley::count(const Item& item, const Program::CountedEdge& edge) {
  const std::uint64_t wanted = item.count - 1;
  const std::string_view rest = octets_.substr(position_);
  const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, rest.size()));
  const OctetSet& set = program_.sets[edge.set];
  std::size_t matched = 0;
  while (matched < here && set[static_cast<unsigned char>(rest[matched])]) ++matched;
  furthest_ = std::max(furthest_, position_ + matched);
  if (matched < wanted) {
    if (matched == rest.size()) counted_labels_.push_back(edge.label);
  } else if (matched == 0) {
    add_now({edge.target, item.entry, 0});
  } else {
    later_.push_back({position_ + static_cast<std::uint32_t>(matched), {edge.target, item.entry, 0}});
    std::ranges::push_heap(later_, std::ranges::greater(), &Later::position);
  }
}

void Earley::scan(const Item& item) {
  const std::uint32_t next = program_.next(item.state, next_);
  if (next == Program::kDead) return;
  const auto& range = program_.nonterminals[program_.states[item.state].owner].range;
  if (range) {
    // The items of an entry share its digits.
    Entry& entry = entries_[item.entry];
    if (entry.valued != position_ + 1) entry.value = with_digit(entry.value, octets_[position_]);
    entry.valued = position_ + 1;
    if (entry.value > range->most) return;
  }
  furthest_ = std::max<std::size_t>(furthest_, position_ + 1);
  if (next < Program::kMany) return advance(next, item);
  for (const StateId target : program_.list(next)) advance(target, item);
}

void Earley::advance(StateId target, const Item& item) {
  if (program_.states[target].live.has(ahead(position_ + 1))) then_.add({target, item.entry, item.count});
}

void Earley::move_on() {
  std::swap(now_, then_);
  then_.clear();
  go_to(now_.empty() ? later_.front().position : position_ + 1);
  while (!later_.empty() && later_.front().position == position_) {
    add_now(later_.front().item);
    std::ranges::pop_heap(later_, std::ranges::greater(), &Later::position);
    later_.pop_back();
  }
}

}  // namespace imapspec::abnf
