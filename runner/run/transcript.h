// What went over the wire, for people: escaped, timed, without secrets.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
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

  // hide replaces every secret in raw octets, and in what is shown of some.
  [[nodiscard]] std::string hide(std::string_view octets) const;

 private:
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

  void sent(std::string_view octets) { add(TranscriptLine::Direction::Client, octets); }
  void received(std::string_view octets) { add(TranscriptLine::Direction::Server, octets); }
  void note(std::string_view text) { add(TranscriptLine::Direction::Note, text); }

  // show is octets as a transcript has them: without secrets, escaped, cut, without the CRLF.
  [[nodiscard]] std::string show(std::string_view octets) const;

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

  void add(TranscriptLine::Direction direction, std::string_view octets);

  std::shared_ptr<Log> log_;
  std::string connection_;
};

}  // namespace imapspec::runner
