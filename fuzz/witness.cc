#include "fuzz/witness.h"

#include <utility>
#include <variant>

#include "parser/grammar/parse.h"

namespace imapspec::fuzz {

Witness::Witness(GrammarJudge* judge, const parser::Profile& profile) : judge_(judge), profile_(profile) {
  profile_.from_server = true;
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
  }
  for (const runner::Violation& violation : monitor_.take()) complain(violation.message, unit);
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
