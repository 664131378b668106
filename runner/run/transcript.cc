#include "runner/run/transcript.h"

#include <fmt/format.h>

#include <algorithm>

#include "parser/grammar/parse.h"
#include "parser/grammar/string.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kShownOctets = 2'000;
constexpr std::size_t kLines = 2'000;
constexpr std::size_t kOctetsOfLast = 400;   // of a line that is shown a second time
constexpr std::size_t kOctets = 256U << 10;  // of one transcript; all of a run are kept to its end

}  // namespace

void Secrets::add(const std::string& octets, const std::string& shown) {
  if (octets.empty()) return;
  // As they are, as a quoted string escapes them, and as either is shown.
  std::vector<std::string> forms{octets, parser::escape_quoted(octets)};
  for (std::size_t i = 0; i < 2; ++i) forms.push_back(parser::escape_octets(forms[i]));
  for (std::string& form : forms) {
    const auto is_known = [&](const auto& secret) { return secret.first == form; };
    if (std::ranges::none_of(secrets_, is_known)) secrets_.emplace_back(std::move(form), shown);
  }
  // The longest first, so that a secret inside another one leaves nothing behind.
  std::sort(secrets_.begin(), secrets_.end(),
            [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string Secrets::hide(std::string_view octets) const {
  std::string hidden(octets);
  for (const auto& [secret, shown] : secrets_) {
    for (std::size_t at = hidden.find(secret); at != std::string::npos; at = hidden.find(secret, at + shown.size())) {
      hidden.replace(at, secret.size(), shown);
    }
  }
  return hidden;
}

std::string Transcript::show(std::string_view octets) const {
  if (octets.ends_with("\r\n")) octets.remove_suffix(2);
  // Cut with room to spare, so that no secret is cut in two and shown by half.
  const std::string_view head = octets.substr(0, 2 * kShownOctets);
  std::string shown = log_->secrets->hide(head);
  const bool cut = octets.size() > head.size() || shown.size() > kShownOctets;
  if (cut) shown.resize(std::min(shown.size(), kShownOctets));
  shown = parser::escape_octets(shown);
  if (cut) shown += fmt::format(" ... ({} octets)", octets.size());
  return shown;
}

Transcript Transcript::of(std::string connection) const {
  Transcript same = *this;
  same.connection_ = std::move(connection);
  return same;
}

std::vector<TranscriptLine> Transcript::last(std::size_t lines, std::size_t but) const {
  const std::scoped_lock lock(log_->mutex);
  std::vector<TranscriptLine> found;
  if (log_->full) return found;
  for (auto line = log_->lines.rbegin(); line != log_->lines.rend() && found.size() < lines + but; ++line) {
    if (line->connection == connection_) found.push_back(*line);
  }
  found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(std::min(but, found.size())));
  std::ranges::reverse(found);
  for (TranscriptLine& line : found) {
    if (line.text.size() <= kOctetsOfLast) continue;
    line.text.resize(kOctetsOfLast);
    line.text += " ...";
  }
  return found;
}

void Transcript::add(TranscriptLine::Direction direction, std::string_view octets) {
  const std::scoped_lock lock(log_->mutex);
  if (log_->full) return;
  const auto at = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - log_->start);
  log_->full = log_->lines.size() >= kLines || log_->octets >= kOctets;
  if (log_->full) {
    log_->lines.push_back({TranscriptLine::Direction::Note, at, "the transcript ends here: it would be too long"});
    return;
  }
  log_->lines.push_back({direction, at, show(octets), connection_});
  log_->octets += log_->lines.back().text.size();
}

}  // namespace imapspec::runner
