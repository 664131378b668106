// What went over the wire, for people: escaped, timed, without secrets.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/result/result.h"
#include "runner/run/link.h"

namespace imapspec::runner {

// Secrets are octets that must never be shown: passwords, and their base64 in SASL messages.
class Secrets {
 public:
  // add hides `octets`, also as a quoted string or a report escapes them; `shown` stands in their place.
  void add(const std::string& octets, const std::string& shown);

  // add_password hides a password in base64 too, as SASL has it, alone or among other octets.
  void add_password(const std::string& password);

  // hide replaces every secret in raw octets, and in what is shown of some.
  [[nodiscard]] std::string hide(std::string_view octets) const;

  // hide_in is hide for each of several pieces that follow one another: a secret may begin in one and end in another.
  [[nodiscard]] std::vector<std::string> hide_in(const std::vector<std::string>& pieces) const;

 private:
  void add_form(std::string form, const std::string& shown);

  std::vector<std::pair<std::string, std::string>> secrets_;
};

// Transcript keeps the units of one scenario. Long units are cut, and their number and size are bounded, so
// that a talkative server costs no memory. Copies write into the same transcript; they may do so at the same time.
class Transcript {
 public:
  // Transcript begins one. The secrets must outlive it and its copies.
  Transcript(const Secrets& secrets, Clock::time_point start) : log_(std::make_shared<Log>(secrets, start)) {}

  // of is this transcript for what one connection says; its lines carry the name.
  [[nodiscard]] Transcript of(std::string connection) const;

  void sent(std::string_view octets);
  void received(std::string_view octets);
  void note(std::string_view text) { add(TranscriptLine::Direction::Note, show(text)); }

  // show is octets as a transcript has them: without secrets, escaped, cut, without the CRLF.
  [[nodiscard]] std::string show(std::string_view octets) const;

  // show_next is show for octets that are sent next: what was sent before them may be the beginning of a secret.
  [[nodiscard]] std::string show_next(std::string_view octets) const;

  // last is the last lines of this connection, `lines` at most and cut short, without the `but` last of them. Nothing
  // where the transcript ended before.
  [[nodiscard]] std::vector<TranscriptLine> last(std::size_t lines, std::size_t but) const;

  [[nodiscard]] std::vector<TranscriptLine> take() { return std::move(log_->lines); }

 private:
  struct Log {
    Log(const Secrets& hidden, Clock::time_point begun) : secrets(&hidden), start(begun) {}
    const Secrets* secrets;
    Clock::time_point start;
    std::mutex mutex;  // guards what follows
    std::vector<TranscriptLine> lines;
    std::size_t octets = 0;  // of their texts
    bool full = false;
  };

  // add yields the number of the line; nullopt where there is no room.
  std::optional<std::size_t> add(TranscriptLine::Direction direction, std::string text);

  std::shared_ptr<Log> log_;
  std::string connection_;
  // What was sent since the last end of a line, and the lines that show it.
  std::vector<std::string> unended_;
  std::vector<std::optional<std::size_t>> unended_lines_;
};

}  // namespace imapspec::runner
