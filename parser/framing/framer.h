// Units out of an octet stream: lines with their literals.
//
// RFC 9051 sections 2.2, 4.3
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/limits.h"

namespace imapspec::parser {

// Direction is who sent the octets. It decides what "{n}" at the end of a line means: in a
// command always a literal; in a response not where the line is a status response or a
// continuation request, whose text may end in anything.
enum class Direction : std::uint8_t { FromClient, FromServer };

// LiteralAnnouncement is "{n}", "{n+}" or "~{n}" at the end of a line.
struct LiteralAnnouncement {
  std::uint64_t octets = 0;
  bool synchronizing = true;
};

// FramingEvent says why Framer::consume stopped.
enum class FramingEvent : std::uint8_t {
  NeedMore,          // all octets were consumed and the unit is not complete
  LiteralAnnounced,  // literal() has the announcement; its octets may follow
  Unit,              // unit() has a whole unit
  LineTooLong,       // a limit of FramingLimits; the Framer stays where it is
  LiteralTooLong,
  UnitTooLong,
};

// Framer finds the end of each unit, octet by octet: any split of the stream gives the same
// units and events. A unit ends at LF; whether CR stood before it is for the grammar to judge, so
// that a bare LF is named and not waited on. Nothing is allocated by an announced size.
class Framer {
 public:
  explicit Framer(Direction direction, FramingLimits limits = {});

  // consume takes octets from the front of `octets` until an event; what is left was not
  // consumed. LiteralAnnounced comes right after the announcing line. Then the caller goes on, or
  // calls abandon_unit() if it refuses. After Unit the next call starts the next unit. A limit is
  // reported again until reset() or abandon_unit().
  FramingEvent consume(std::string_view& octets);

  // unit is the octets of the current unit so far, valid until the next call. Empty while an
  // abandoned unit is swallowed.
  [[nodiscard]] std::string_view unit() const { return swallowing_ ? std::string_view() : unit_; }

  // take_unit moves the octets of a complete unit out; empty without one.
  std::string take_unit();

  // literal is the last announcement.
  [[nodiscard]] const LiteralAnnouncement& literal() const { return literal_; }

  // abandon_unit forgets the current unit. The octets of a non-synchronizing literal that was
  // announced, and the rest of its line and further such literals, belong to it and are
  // swallowed (RFC 7888 section 4); those of a synchronizing one were never sent. It also
  // leaves LiteralTooLong, UnitTooLong and LineTooLong, where the rest of the line is swallowed
  // under a new budget.
  void abandon_unit();

  // reset forgets everything: after STARTTLS.
  void reset();

  // set_limits puts other limits in force from the next octet on.
  void set_limits(FramingLimits limits) { limits_ = limits; }

 private:
  FramingEvent consume_literal(std::string_view& octets);
  FramingEvent consume_line(std::string_view& octets);
  FramingEvent end_of_line();
  FramingEvent announce(const LiteralAnnouncement& announcement);
  FramingEvent stop(FramingEvent limit);
  void start_unit();
  [[nodiscard]] bool carries_literals(std::string_view line) const;

  Direction direction_;
  FramingLimits limits_;
  std::string unit_;
  LiteralAnnouncement literal_;
  std::uint64_t literal_left_ = 0;
  std::size_t line_start_ = 0;   // where the current line starts in unit_
  std::size_t line_octets_ = 0;  // octets of the unit outside literals
  std::size_t literals_ = 0;
  FramingEvent limit_ = FramingEvent::NeedMore;  // the limit that was reached, if any
  bool announced_ = false;                       // a literal was announced and nothing of it consumed
  bool complete_ = false;
  bool swallowing_ = false;  // unit_ then holds only the current line
};

// announced_literal reads an announcement at the end of `line` (without its line end).
// nullopt where there is none, or where the number is above 2^63 - 1.
std::optional<LiteralAnnouncement> announced_literal(std::string_view line);

}  // namespace imapspec::parser
