#include "fuzz/witness.h"

#include <utility>
#include <variant>

#include "parser/grammar/parse.h"

namespace imapspec::fuzz {

namespace {

// A mailbox that is renamed gets another UIDVALIDITY, since its new name may have had messages before. Whoever has it
// selected is told so: to say nothing would let a client keep UIDs under a name and a value that never had them.
constexpr std::string_view kToldOfRename = "uidvalidity-stays";
// A server has limits of its own, on the length of a tag for one, and BAD for what is beyond them.
constexpr std::string_view kBeyondALimit = "bad-to-a-right-command";

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
  use_profile(false);
}

void Witness::use_profile(bool rev2_enabled) {
  profile_ = offer_->profile(rev2_enabled);
  if (judges_ != nullptr) judge_ = &judges_->of(name_of(profile_));
}

void Witness::on_sent(std::string_view octets) {
  while (const auto event = sent_.next(octets)) {
    if (*event == runner::SentOctets::Event::Command) {
      monitor_.on_sent(sent_.unit(), profile_);
    } else {
      monitor_.on_literal_announced();
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
    if (invited_) sent_.invited();
    const auto* status = std::get_if<parser::StatusResponse>(&*parsed);
    if (status != nullptr && status->tag && sent_.answered(*status->tag)) monitor_.on_sent(sent_.unit(), profile_);
    monitor_.on_response(*parsed, profile_);
    const auto* enabled = std::get_if<parser::EnableData>(&*parsed);
    if (enabled != nullptr && parser::contains_capability(enabled->capabilities, "IMAP4rev2")) use_profile(true);
  }
  for (const runner::Violation& violation : monitor_.take()) {
    // Of what the specification leaves open nobody has to complain; our own server has no reason for a warning.
    const bool warns = violation.verdict == runner::Verdict::Warn && violation.check != kToldOfRename &&
                       violation.check != kBeyondALimit;
    if (warns || violation.verdict == runner::Verdict::Fail) complain(violation.message, unit);
  }
}

void Witness::on_tls() {
  sent_.reset();
  monitor_.on_tls();
}

void Witness::complain(std::string_view what, std::string_view unit) {
  complaints_.push_back(std::string(what) + "\n" + parser::escape_octets(unit));
}

std::vector<std::string> Witness::take() { return std::exchange(complaints_, {}); }

}  // namespace imapspec::fuzz
