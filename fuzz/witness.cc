#include "fuzz/witness.h"

#include <limits>
#include <utility>
#include <variant>

#include "parser/grammar/parse.h"

namespace imapspec::fuzz {

namespace {

// name_of is the profile's name as parser/spec has it.
std::string name_of(const parser::Profile& profile) {
  std::string name = !profile.rev1 ? "rev2" : profile.rev2 ? "rev1+rev2" : "rev1";
  for (const server::OfferedName& offered : server::kOfferedNames) {
    if (offered.extension && profile.has_added(*offered.extension)) name.append(" ").append(offered.name);
  }
  return name;
}

}  // namespace

Witness::Witness(const server::Offer& offer, GrammarJudges* judges) : offer_(&offer), judges_(judges) {
  // How much is too much, the server says.
  constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
  from_client_.set_limits({.line = kAny, .literal = kAny, .unit = kAny, .literals = kAny});
  use_profile(false);
}

void Witness::use_profile(bool rev2_enabled) {
  profile_ = offer_->profile(rev2_enabled);
  if (judges_ != nullptr) judge_ = &judges_->of(name_of(profile_));
}

void Witness::on_sent(std::string_view octets) {
  if (std::exchange(waits_, false)) {
    from_client_.abandon_unit();
    announced_ = false;
  }
  while (!octets.empty()) {
    const parser::FramingEvent event = from_client_.consume(octets);
    if (event == parser::FramingEvent::NeedMore) return;
    if (event != parser::FramingEvent::Unit && event != parser::FramingEvent::LiteralAnnounced) {
      from_client_.abandon_unit();
      announced_ = false;
      continue;
    }
    if (!std::exchange(announced_, true)) {
      // The server may refuse a command at its first literal: the monitor has to know all of it, as far as it was sent.
      parser::Framer ahead = from_client_;
      std::string_view rest = event == parser::FramingEvent::Unit ? std::string_view() : octets;
      while (!rest.empty() && ahead.consume(rest) == parser::FramingEvent::LiteralAnnounced) continue;
      monitor_.on_sent(ahead.unit(), profile_);
    }
    if (event == parser::FramingEvent::Unit) {
      announced_ = false;
    } else if (from_client_.literal().synchronizing) {
      monitor_.on_literal_announced();
      waits_ = octets.empty();
    }
  }
}

void Witness::on_said(std::string_view octets) {
  // Whoever answers a line before it ends had enough of it.
  if (!announced_ && !octets.empty() && !from_client_.unit().ends_with('\n') && !from_client_.unit().empty()) {
    announced_ = true;
    monitor_.on_sent(from_client_.unit(), profile_);
  }
  while (!octets.empty()) {
    if (from_server_.consume(octets) == parser::FramingEvent::Unit) on_unit(from_server_.unit());
  }
}

void Witness::on_unit(std::string_view unit) {
  arena_.reset();
  invited_ = false;
  const bool greeting = !std::exchange(greeted_, true);
  if (judge_ != nullptr) {
    if (const auto complaint = judge_->complaint(unit, greeting)) complain(*complaint, unit);
  }
  if (greeting) {
    const auto parsed = parser::parse_greeting(unit, arena_, profile_);
    if (!parsed) return complain(parser::describe(parsed.error(), unit), unit);
    monitor_.on_greeting(*parsed);
  } else {
    const auto parsed = parser::parse_response(unit, arena_, profile_);
    if (!parsed) return complain(parser::describe(parsed.error(), unit), unit);
    invited_ = std::holds_alternative<parser::ContinueReq>(*parsed);
    if (invited_) waits_ = false;
    monitor_.on_response(*parsed, profile_);
    const auto* enabled = std::get_if<parser::EnableData>(&*parsed);
    if (enabled != nullptr && parser::contains_capability(enabled->capabilities, "IMAP4rev2")) use_profile(true);
  }
  for (const runner::Violation& violation : monitor_.take()) {
    // Of what the specification leaves room for, nobody has to complain.
    if (violation.verdict == runner::Verdict::Fail) complain(violation.message, unit);
  }
}

void Witness::on_tls() {
  from_client_.reset();
  announced_ = false;
  monitor_.on_tls();
}

void Witness::complain(std::string_view what, std::string_view unit) {
  complaints_.push_back(std::string(what) + "\n" + parser::escape_octets(unit));
}

std::vector<std::string> Witness::take() { return std::exchange(complaints_, {}); }

}  // namespace imapspec::fuzz
