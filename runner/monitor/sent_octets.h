// What a client sends, in any pieces, as the commands that a monitor is told of.
//
// RFC 9051 sections 2.2.1, 4.3
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "parser/framing/framer.h"

namespace imapspec::runner {

// SentOctets follows one direction of a connection, which is as long as the client wants it.
class SentOctets {
 public:
  // Event is what a monitor wants to be told next.
  enum class Event : std::uint8_t {
    Command,  // unit() was sent: Monitor::on_sent
    Literal,  // the command waits at a synchronizing literal: Monitor::on_literal_announced
  };

  SentOctets();

  // next takes octets until there is something to tell; nullopt when all of them are taken. What comes after a
  // synchronizing literal was announced, and was not asked for, is another command.
  std::optional<Event> next(std::string_view& octets);

  // answered says that the server has completed the command of that tag: who does so before the end of its line had
  // enough of it. left says that nobody goes on with what was sent. True where unit() is now to be told.
  bool answered(std::string_view tag);
  bool left();

  // invited says that the server has asked for the literal.
  void invited() { waits_ = false; }

  // reset forgets what was sent: what comes next is another command.
  void reset();

  // midway says whether what is sent next belongs to the command in progress.
  [[nodiscard]] bool midway() const { return told_ || in_line(); }

  // unit is the command, up to its end or as far as it was sent. Valid until the next call.
  [[nodiscard]] std::string_view unit() const { return unit_; }

 private:
  void forget();
  [[nodiscard]] bool in_line() const { return !framer_.unit().empty() && !framer_.unit().ends_with('\n'); }

  parser::Framer framer_{parser::Direction::FromClient};
  parser::Framer ahead_{parser::Direction::FromClient};
  std::string_view unit_;
  bool told_ = false;         // the command being sent was
  bool literal_due_ = false;  // to be told
  bool waits_ = false;        // a literal was announced, and neither asked for nor sent
};

}  // namespace imapspec::runner
