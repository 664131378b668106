#include "runner/monitor/sent_octets.h"

#include <limits>
#include <utility>

namespace imapspec::runner {

SentOctets::SentOctets() {
  // How much is too much, the server says.
  constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
  framer_.set_limits({.line = kAny, .literal = kAny, .unit = kAny, .literals = kAny});
}

std::optional<SentOctets::Event> SentOctets::next(std::string_view& octets) {
  if (std::exchange(literal_due_, false)) {
    waits_ = octets.empty();
    return Event::Literal;
  }
  if (!octets.empty() && waits_) reset();
  while (!octets.empty()) {
    const parser::FramingEvent event = framer_.consume(octets);
    if (event == parser::FramingEvent::NeedMore) return std::nullopt;
    if (event != parser::FramingEvent::Unit && event != parser::FramingEvent::LiteralAnnounced) {
      framer_.abandon_unit();
      forget();
      continue;
    }
    const bool literal = event == parser::FramingEvent::LiteralAnnounced;
    literal_due_ = literal && framer_.literal().synchronizing;
    if (!std::exchange(told_, literal)) {
      unit_ = framer_.unit();
      if (!literal) return Event::Command;
      // The server may refuse a command at its first literal: all of it is told, as far as it was sent.
      ahead_ = framer_;
      std::string_view rest = octets;
      while (!rest.empty() && ahead_.consume(rest) == parser::FramingEvent::LiteralAnnounced) continue;
      unit_ = ahead_.unit();
      return Event::Command;
    }
    if (literal_due_) return next(octets);
  }
  return std::nullopt;
}

bool SentOctets::answered(std::string_view tag) {
  const std::string_view line = framer_.unit();
  return line.substr(0, line.find(' ')) == tag && left();
}

bool SentOctets::left() {
  if (told_ || !in_line()) return false;
  told_ = true;
  unit_ = framer_.unit();
  return true;
}

void SentOctets::reset() {
  framer_.reset();
  forget();
}

void SentOctets::forget() {
  told_ = false;
  literal_due_ = false;
  waits_ = false;
}

}  // namespace imapspec::runner
