// What went over the wire, for people: escaped, timed, without secrets.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
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
  // add hides `octets`, also as a quoted string escapes them; `shown` stands in their place.
  void add(std::string octets, std::string shown);

  // hide replaces every secret in raw octets.
  [[nodiscard]] std::string hide(std::string_view octets) const;

 private:
  std::vector<std::pair<std::string, std::string>> secrets_;
};

// Transcript keeps the units of one scenario. Long units are cut, and their number and size are bounded, so
// that a talkative server costs no memory.
class Transcript {
 public:
  Transcript(const Secrets& secrets, Clock::time_point start) : secrets_(&secrets), start_(start) {}

  void sent(std::string_view octets) { add(TranscriptLine::Direction::Client, octets); }
  void received(std::string_view octets) { add(TranscriptLine::Direction::Server, octets); }
  void note(std::string_view text) { add(TranscriptLine::Direction::Note, text); }

  // show is octets as a transcript has them: without secrets, escaped, cut, without the CRLF.
  [[nodiscard]] std::string show(std::string_view octets) const;

  [[nodiscard]] std::vector<TranscriptLine> take() { return std::move(lines_); }

 private:
  void add(TranscriptLine::Direction direction, std::string_view octets);

  const Secrets* secrets_;
  Clock::time_point start_;
  std::vector<TranscriptLine> lines_;
  std::size_t octets_ = 0;  // of their texts
  bool full_ = false;
};

}  // namespace imapspec::runner
