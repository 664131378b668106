#include "parser/framing/framer.h"

#include <algorithm>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"

namespace imapspec::parser {

namespace {

constexpr std::uint64_t kLargestNumber64 = 9'223'372'036'854'775'807U;

std::size_t left_of(std::size_t limit, std::size_t used) { return limit > used ? limit - used : 0; }

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// take_word cuts the next word off; runs of SP count as one, for a line that the grammar will
// refuse should not upset the framing too.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view each) { return equal_ignoring_case(word, each); });
}

bool is_tag(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return is_tag_char(static_cast<unsigned char>(c)); });
}

// A line whose end is resp-text, which may well look like an announcement.
// Note: trap T12. Framing has to know this much of the grammar, or `* OK see {5}` desynchronizes.
bool ends_in_text(std::string_view line) {
  if (line.starts_with('+')) return true;
  const std::string_view first = take_word(line);
  const std::string_view second = take_word(line);
  if (first == "*") return is_one_of(second, {"OK", "NO", "BAD", "BYE", "PREAUTH"});
  return is_tag(first) && is_one_of(second, {"OK", "NO", "BAD"});
}

}  // namespace

std::optional<LiteralAnnouncement> announced_literal(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  line.remove_suffix(1);
  LiteralAnnouncement announcement;
  if (line.ends_with('+')) {
    announcement.synchronizing = false;
    line.remove_suffix(1);
  }
  const std::size_t brace = line.find_last_not_of("0123456789");
  if (brace == std::string_view::npos || line[brace] != '{' || brace + 1 == line.size()) return std::nullopt;
  for (const char digit : line.substr(brace + 1)) {
    const auto value = static_cast<std::uint64_t>(digit - '0');
    if (announcement.octets > (kLargestNumber64 - value) / 10) return std::nullopt;
    announcement.octets = announcement.octets * 10 + value;
  }
  return announcement;
}

Framer::Framer(Direction direction, FramingLimits limits) : direction_(direction), limits_(limits) {}

FramingEvent Framer::consume(std::string_view& octets) {
  if (complete_) start_unit();
  if (limit_ != FramingEvent::NeedMore) return limit_;
  while (!octets.empty()) {
    announced_ = false;
    const FramingEvent event = literal_left_ > 0 ? consume_literal(octets) : consume_line(octets);
    if (event != FramingEvent::NeedMore) return event;
  }
  return FramingEvent::NeedMore;
}

FramingEvent Framer::consume_literal(std::string_view& octets) {
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(literal_left_, octets.size()));
  if (!swallowing_) unit_.append(octets.substr(0, taken));
  octets.remove_prefix(taken);
  literal_left_ -= taken;
  return FramingEvent::NeedMore;
}

FramingEvent Framer::consume_line(std::string_view& octets) {
  const std::size_t line_left = left_of(limits_.line, line_octets_);
  const std::size_t unit_left = left_of(limits_.unit, unit_.size());
  const std::size_t allowed = std::min(line_left, unit_left);
  const std::string_view within = octets.substr(0, allowed);
  const std::size_t lf = within.find('\n');
  const std::size_t taken = lf == std::string_view::npos ? within.size() : lf + 1;
  unit_.append(within.substr(0, taken));
  line_octets_ += taken;
  octets.remove_prefix(taken);
  if (lf != std::string_view::npos) return end_of_line();
  if (octets.empty()) return FramingEvent::NeedMore;
  return stop(line_left <= unit_left ? FramingEvent::LineTooLong : FramingEvent::UnitTooLong);
}

FramingEvent Framer::end_of_line() {
  const std::string_view line = without_line_end(std::string_view(unit_).substr(line_start_));
  const auto announcement = carries_literals(line) ? announced_literal(line) : std::nullopt;
  if (swallowing_) {
    if (announcement && !announcement->synchronizing) {
      literal_left_ = announcement->octets;
      unit_.clear();
    } else {
      // A synchronizing announcement ends the abandoned command too: its sender waits for a
      // continuation request, and has had the answer that the command failed.
      start_unit();
    }
    return FramingEvent::NeedMore;
  }
  if (announcement) return announce(*announcement);
  complete_ = true;
  return FramingEvent::Unit;
}

FramingEvent Framer::announce(const LiteralAnnouncement& announcement) {
  literal_ = announcement;
  literal_left_ = announcement.octets;
  announced_ = true;
  ++literals_;
  if (announcement.octets > limits_.literal) return stop(FramingEvent::LiteralTooLong);
  if (announcement.octets > left_of(limits_.unit, unit_.size()) || literals_ > limits_.literals) {
    return stop(FramingEvent::UnitTooLong);
  }
  line_start_ = unit_.size() + static_cast<std::size_t>(announcement.octets);
  return FramingEvent::LiteralAnnounced;
}

FramingEvent Framer::stop(FramingEvent limit) {
  limit_ = limit;
  return limit;
}

std::string Framer::take_unit() {
  if (!complete_) return {};
  std::string taken = std::exchange(unit_, {});
  start_unit();
  return taken;
}

void Framer::abandon_unit() {
  if (swallowing_ && limit_ == FramingEvent::NeedMore) return;
  const bool nothing_follows = complete_ || line_octets_ == 0 || (announced_ && literal_.synchronizing);
  const std::uint64_t octets_follow = literal_left_;
  std::string line_so_far;
  if (!announced_ && line_start_ < unit_.size()) {
    // The line may go on into an announcement whose start is here. Bounded, or each call would
    // hold a whole line again; an announcement longer than this is all leading zeros.
    constexpr std::size_t kLongestAnnouncement = 64;
    const std::size_t kept = std::min(unit_.size() - line_start_, kLongestAnnouncement);
    line_so_far = unit_.substr(unit_.size() - kept);
  }
  start_unit();
  if (nothing_follows) return;
  swallowing_ = true;
  literal_left_ = octets_follow;
  unit_ = std::move(line_so_far);
}

void Framer::reset() { start_unit(); }

void Framer::start_unit() {
  constexpr std::size_t kKeptCapacity = 1U << 20;  // one huge unit should not cost memory for ever
  if (unit_.capacity() > kKeptCapacity) unit_ = std::string();
  unit_.clear();
  literal_left_ = 0;
  line_start_ = 0;
  line_octets_ = 0;
  literals_ = 0;
  limit_ = FramingEvent::NeedMore;
  announced_ = false;
  complete_ = false;
  swallowing_ = false;
}

bool Framer::carries_literals(std::string_view line) const {
  // A response's first line decides: where it announced a literal, its further lines may too.
  return direction_ == Direction::FromClient || literals_ > 0 || !ends_in_text(line);
}

}  // namespace imapspec::parser
