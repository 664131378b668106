#include "runner/run/transcript.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "parser/grammar/parse.h"
#include "parser/grammar/string.h"
#include "runner/monitor/secrets.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kShownOctets = 2'000;
constexpr std::size_t kLines = 2'000;
constexpr std::size_t kOctetsOfLast = 400;   // of a line that is shown a second time
constexpr std::size_t kOctets = 256U << 10;  // of one transcript; all of a run are kept to its end

// Of what is sent without the end of a line.
constexpr std::size_t kUnended = 2 * kShownOctets;

// What base64 leaves of a secret among other octets is hidden where it is as long: less comes by chance.
constexpr std::size_t kShortestHidden = 5;

std::string cut_and_escaped(std::string hidden, bool cut, std::size_t octets) {
  cut = cut || hidden.size() > kShownOctets;
  if (cut) hidden.resize(std::min(hidden.size(), kShownOctets));
  std::string shown = parser::escape_octets(hidden);
  if (cut) shown += fmt::format(" ... ({} octets)", octets);
  return shown;
}

std::string shown_piece(std::string hidden, std::size_t octets) {
  if (hidden.ends_with("\r\n")) hidden.resize(hidden.size() - 2);
  return cut_and_escaped(std::move(hidden), false, octets);
}

}  // namespace

void Secrets::add_form(std::string form, const std::string& shown) {
  const auto is_known = [&](const auto& secret) { return secret.first == form; };
  if (std::ranges::any_of(secrets_, is_known)) return;
  // The longest first, so that a secret inside another one leaves nothing behind.
  const auto shorter =
      std::ranges::find_if(secrets_, [&](const auto& secret) { return secret.first.size() < form.size(); });
  secrets_.emplace(shorter, std::move(form), shown);
}

void Secrets::add(const std::string& octets, const std::string& shown) {
  if (octets.empty()) return;
  // As they are, as a quoted string escapes them, and as either is shown.
  for (const std::string& form : {octets, parser::escape_quoted(octets)}) {
    add_form(form, shown);
    add_form(parser::escape_octets(form), shown);
  }
}

void Secrets::add_password(const std::string& password) {
  const std::string shown = "<password>";
  add(password, shown);
  if (password.empty()) return;
  add_form(base64(password), shown);
  for (std::string& form : base64_forms(password)) {
    if (form.size() >= kShortestHidden) add_form(std::move(form), shown);
  }
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

std::vector<std::string> Secrets::hide_in(const std::vector<std::string>& pieces) const {
  std::string all;
  std::vector<std::size_t> ends;
  for (const std::string& piece : pieces) ends.push_back((all += piece).size());
  std::vector<std::string> hidden(pieces.size());
  std::size_t piece = 0;
  const auto keep = [&](std::size_t from, std::size_t until) {
    for (; from < until; from = std::min(until, ends[piece])) {
      while (ends[piece] <= from) ++piece;
      hidden[piece] += all.substr(from, std::min(until, ends[piece]) - from);
    }
  };
  // Each piece says that something of it is hidden.
  const auto replace = [&](std::size_t from, std::size_t until, const std::string& shown) {
    for (; from < until; from = std::min(until, ends[piece])) {
      while (ends[piece] <= from) ++piece;
      hidden[piece] += shown;
    }
  };
  std::size_t done = 0;
  while (done < all.size()) {
    std::size_t first = std::string::npos;
    const std::pair<std::string, std::string>* secret = nullptr;
    for (const auto& one : secrets_) {
      const std::size_t at = all.find(one.first, done);
      if (at < first) {
        first = at;
        secret = &one;
      }
    }
    if (secret == nullptr) break;
    keep(done, first);
    done = first + secret->first.size();
    replace(first, done, secret->second);
  }
  keep(done, all.size());
  return hidden;
}

std::string Transcript::show(std::string_view octets) const {
  if (octets.ends_with("\r\n")) octets.remove_suffix(2);
  // Cut with room to spare, so that no secret is cut in two and shown by half.
  const std::string_view head = octets.substr(0, 2 * kShownOctets);
  return cut_and_escaped(log_->secrets->hide(head), octets.size() > head.size(), octets.size());
}

std::string Transcript::show_next(std::string_view octets) const {
  if (unended_.empty() || octets.size() > kUnended) return show(octets);
  std::vector<std::string> pieces = unended_;
  pieces.emplace_back(octets);
  return shown_piece(log_->secrets->hide_in(pieces).back(), octets.size());
}

void Transcript::sent(std::string_view octets) {
  const auto line = add(TranscriptLine::Direction::Client, show_next(octets));
  unended_.emplace_back(octets);
  unended_lines_.push_back(line);
  std::size_t size = 0;
  for (const std::string& piece : unended_) size += piece.size();
  // So much is not about logging in, and it would be gone through again with every piece.
  if (size > kUnended) {
    unended_.clear();
    unended_lines_.clear();
  }
  if (unended_.size() > 1) {
    const std::vector<std::string> hidden = log_->secrets->hide_in(unended_);
    const std::scoped_lock lock(log_->mutex);
    for (std::size_t i = 0; i < hidden.size(); ++i) {
      const auto number = unended_lines_[i];
      if (number && *number < log_->lines.size())
        log_->lines[*number].text = shown_piece(hidden[i], unended_[i].size());
    }
  }
  if (octets.ends_with('\n')) {
    unended_.clear();
    unended_lines_.clear();
  }
}

void Transcript::received(std::string_view octets) {
  // A server may talk without end, and what nobody keeps need not be shown.
  {
    const std::scoped_lock lock(log_->mutex);
    if (log_->full) return;
  }
  add(TranscriptLine::Direction::Server, show(octets));
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

std::optional<std::size_t> Transcript::add(TranscriptLine::Direction direction, std::string text) {
  const std::scoped_lock lock(log_->mutex);
  if (log_->full) return std::nullopt;
  const auto at = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - log_->start);
  log_->full = log_->lines.size() >= kLines || log_->octets >= kOctets;
  if (log_->full) {
    log_->lines.push_back({TranscriptLine::Direction::Note, at, "the transcript ends here: it would be too long"});
    return std::nullopt;
  }
  log_->octets += text.size();
  log_->lines.push_back({direction, at, std::move(text), connection_});
  return log_->lines.size() - 1;
}

}  // namespace imapspec::runner
