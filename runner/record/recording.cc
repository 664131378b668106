#include "runner/record/recording.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"
#include "runner/record/command_pieces.h"

namespace imapspec::runner {
namespace {

constexpr parser::FramingLimits kLimits{.line = 1U << 20, .literal = 32U << 20, .unit = 40U << 20, .literals = 10'000};
constexpr std::size_t kMostOctets = 64U << 20;      // of a connection
constexpr std::size_t kConnectionCost = 32U << 10;  // about what a recording takes beside its octets
constexpr std::size_t kCommandCost = 256;
constexpr std::size_t kResponseCost = 5U << 10;  // its values have an arena
constexpr std::size_t kMostInProgress = 1'000;
constexpr std::size_t kMostSecrets = 20;  // in one command
constexpr std::size_t kLongestWord = 40;  // more is no command

// A recording has no steps.
const Where kNowhere;

// What is not known yet is read with the widest grammar.
constexpr parser::Profile kWidest{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = false};

std::string_view without_line_end(std::string_view unit) {
  if (unit.ends_with('\n')) unit.remove_suffix(1);
  if (unit.ends_with('\r')) unit.remove_suffix(1);
  return unit;
}

}  // namespace

std::string command_words(std::string_view unit) {
  const auto word = [&unit] {
    const std::size_t end = std::min(unit.find_first_of(" \r\n"), unit.size());
    std::string text(unit.substr(0, std::min(end, kLongestWord)));
    unit.remove_prefix(std::min(end + 1, unit.size()));
    for (char& octet : text) octet = parser::to_upper(octet);
    return text;
  };
  word();  // the tag
  std::string name = word();
  if (name == "UID") name += ' ' + word();
  return name;
}

Recording::Recording(std::size_t number, RecordingBudget& budget)
    : number_(number),
      budget_(budget),
      started_(budget.now()),
      profile_(kWidest),
      shown_(secrets_, Clock::now()),
      replies_(kWidest, shown_),
      monitor_({.knowledge = budget.knowledge(), .secrets = {}, .canaries = {}, .users = {}}),
      client_(parser::Direction::FromClient, kLimits),
      server_(parser::Direction::FromServer, kLimits) {
  pay(kConnectionCost);
}

void Recording::pay(std::size_t octets) {
  if (!parsing_ || budget_.take(octets)) return;
  stop("the rest of the connection was not recorded: all recordings together would be too long");
}

void Recording::stop(std::string why) {
  if (!parsing_) return;
  parsing_ = false;
  notes_.push_back(std::move(why));
  add(Blurred{});
}

RecordedEvent& Recording::add(decltype(RecordedEvent::what) what) {
  return events_.emplace_back(RecordedEvent{.at = budget_.now(), .what = std::move(what)});
}

bool Recording::takes_lines() const {
  return std::ranges::any_of(in_progress_,
                             [](const auto& one) { return one.second == "AUTHENTICATE" || one.second == "IDLE"; });
}

void Recording::on_client(std::string_view octets) {
  octets_ += octets.size();
  pay(octets.size());
  if (octets_ > kMostOctets) stop("the rest of the connection was not recorded: it would be too long");
  while (parsing_) {
    switch (client_.consume(octets)) {
      case parser::FramingEvent::NeedMore:
        return;
      case parser::FramingEvent::LiteralAnnounced:
        on_announcement();
        break;
      case parser::FramingEvent::Unit:
        pay(kCommandCost);
        on_unit(client_.take_unit());
        break;
      default:
        stop("the client sent a command that is longer than our own limit");
    }
  }
}

// A command that waits at a literal is in progress already: the server may answer it.
void Recording::on_announcement() {
  if (!announced_) {
    const std::string_view begun = client_.unit();
    Said said{.kind = Said::Kind::Announced,
              .tag = std::string(begun.substr(0, begun.find(' '))),
              .name = command_words(begun),
              .octets = std::string(without_line_end(begun))};
    monitor_.on_sent(begun, profile_);
    if (in_progress_.size() < kMostInProgress) in_progress_[said.tag] = said.name;
    announced_ = events_.size();
    add(std::move(said));
  }
  if (client_.literal().synchronizing) {
    ++literals_due_;
    monitor_.on_literal_announced();
  }
}

void Recording::on_unit(std::string unit) {
  Said said{.kind = Said::Kind::Command, .tag = {}, .name = {}, .octets = std::string(without_line_end(unit))};
  if (announced_) {
    Said& begun = std::get<Said>(events_[*announced_].what);
    monitor_.on_sent_whole(unit, profile_);
    begun.kind = Said::Kind::Command;
    begun.octets = std::move(said.octets);
    announced_.reset();
    learn_secrets(begun);
    return;
  }
  monitor_.on_sent(unit, profile_);
  if (takes_lines()) {
    said.kind = Said::Kind::Line;
  } else {
    said.tag = said.octets.substr(0, said.octets.find(' '));
    said.name = command_words(unit);
    if (in_progress_.size() < kMostInProgress) in_progress_[said.tag] = said.name;
  }
  learn_secrets(said);
  add(std::move(said));
}

// What a server says must not be shown with what it was told in confidence.
void Recording::learn_secrets(const Said& said) {
  if (said.kind == Said::Kind::Line) {
    const bool idle = std::ranges::any_of(in_progress_, [](const auto& one) { return one.second == "IDLE"; });
    if (!idle && said.octets.size() > 1) secrets_.add(said.octets, "<credentials>");
    return;
  }
  const auto arguments = command_arguments(said.octets, said.name);
  if (said.name == "LOGIN") {
    // A password may have been sent with spaces as it is, or without a name.
    for (std::size_t i = arguments.size() > 1 ? 1 : 0; i < std::min(arguments.size(), kMostSecrets); ++i) {
      secrets_.add_password(arguments[i].value);
    }
  }
  if (said.name == "AUTHENTICATE" && arguments.size() > 1 && arguments[1].value.size() > 1) {
    secrets_.add(arguments[1].value, "<credentials>");
  }
}

std::optional<std::size_t> Recording::on_server(std::string_view octets) {
  octets_ += octets.size();
  pay(octets.size());
  if (octets_ > kMostOctets) stop("the rest of the connection was not recorded: it would be too long");
  const std::size_t size = octets.size();
  while (parsing_) {
    switch (server_.consume(octets)) {
      case parser::FramingEvent::NeedMore:
        return std::nullopt;
      case parser::FramingEvent::LiteralAnnounced:
        break;
      case parser::FramingEvent::Unit:
        pay(kResponseCost);
        on_reply(server_.take_unit());
        if (std::exchange(tls_next_, false)) {
          if (!octets.empty()) {
            notes_.push_back(fmt::format("{} octets that the server sent in the clear after STARTTLS were thrown away",
                                         octets.size()));
          }
          return size - octets.size();
        }
        break;
      default:
        stop("the server sent a response that is longer than our own limit");
    }
  }
  return std::nullopt;
}

void Recording::on_reply(std::string unit) {
  // It is parsed where it stays: the values view its octets.
  auto& received = std::get<Received>(add(Received{.octets = std::move(unit),
                                                   .repaired = {},
                                                   .arena = std::make_unique<parser::Arena>(),
                                                   .response = std::nullopt})
                                          .what);
  monitor_.on_octets(received.octets);
  const bool is_greeting = !std::exchange(greeted_, true);
  const parser::Unit read_as = is_greeting ? parser::Unit::ServerGreeting : parser::Unit::ServerResponse;
  replies_.parse(received, read_as);
  if (!received.response) {
    observe(received.octets);
    return events_.pop_back();
  }
  if (is_greeting) {
    monitor_.on_greeting(std::get<parser::StatusResponse>(*received.response));
  } else {
    monitor_.on_response(*received.response, profile_);
  }
  const auto* status = std::get_if<parser::StatusResponse>(&*received.response);
  observe(received.octets, status != nullptr && status->tag ? std::string_view(*status->tag) : std::string_view());
  replies_.set_code_apart(received, read_as);
  const parser::Response& response = *received.response;
  status = std::get_if<parser::StatusResponse>(&response);
  learn_capabilities(response);
  if (std::holds_alternative<parser::ContinueReq>(response) && literals_due_ > 0) {
    --literals_due_;
    return events_.pop_back();
  }
  if (status == nullptr || !status->tag) return;
  const auto command = in_progress_.find(std::string(*status->tag));
  const std::string name = command == in_progress_.end() ? "" : command->second;
  const bool good = status->status == parser::Status::Ok;
  on_status(*status);
  if (good && name == "STARTTLS") tls_next_ = true;
  if (good && name == "LOGOUT" && !ended_) ended_ = budget_.now();
  if (good && name == "COMPRESS") stop("the rest of the connection was not recorded: it is compressed");
}

void Recording::on_status(const parser::StatusResponse& status) {
  const std::string tag(*status.tag);
  in_progress_.erase(tag);
  // Refused at its literal, which never comes.
  if (announced_ && std::get<Said>(events_[*announced_].what).tag == tag) {
    client_.abandon_unit();
    announced_.reset();
    literals_due_ = 0;
  }
}

void Recording::observe(std::string_view response, std::string_view completes) {
  observations_.collect(monitor_, replies_, shown_, {.response = response, .completes = completes, .where = kNowhere});
}

void Recording::learn_capabilities(const parser::Response& response) {
  parser::Profile learned = profile_;
  const auto learn = [&](parser::List<parser::AtomName> names) {
    for (const std::string_view name : names) parser::add_capability(learned, name);
    const auto has = [&](std::string_view name) { return std::ranges::find(names, name) != names.end(); };
    if (has("IMAP4rev1")) {
      learned.rev1 = true;
      learned.rev2 = rev2_enabled_;
    } else if (has("IMAP4rev2")) {
      learned.rev1 = false;
      learned.rev2 = true;
    }
  };
  if (const auto* data = std::get_if<parser::CapabilityData>(&response)) {
    learn(data->capabilities);
  } else if (const auto* status = std::get_if<parser::StatusResponse>(&response)) {
    if (status->text.code && status->text.code->is("CAPABILITY")) learn(status->text.code->capabilities);
  } else if (const auto* enabled = std::get_if<parser::EnableData>(&response)) {
    for (const std::string_view capability : enabled->capabilities) {
      rev2_enabled_ = rev2_enabled_ || parser::equal_ignoring_case(capability, "IMAP4rev2");
      parser::add_enabled(learned, capability);
    }
  }
  if (learned == profile_) return;
  profile_ = learned;
  replies_ = ReplyParser(profile_, shown_);
}

void Recording::on_tls() {
  client_.reset();
  server_.reset();
  in_progress_.clear();
  announced_.reset();
  literals_due_ = 0;
  monitor_.on_tls();
  add(Secured{});
}

void Recording::on_closed() {
  if (std::exchange(closed_, true)) return;
  if (!ended_) ended_ = budget_.now();
  if (!parsing_) return;
  if (announced_) {
    notes_.push_back(fmt::format("the connection ended inside a literal of {}",
                                 parser::escape_octets(command_words(client_.unit()))));
  } else if (!client_.unit().empty() && !client_.unit().ends_with('\n')) {
    notes_.emplace_back("the connection ended in the middle of a line of the client");
  }
  if (!server_.unit().empty() && !server_.unit().ends_with('\n')) {
    notes_.emplace_back("the connection ended in the middle of a response");
  }
}

std::vector<Finding> Recording::findings() {
  observe();
  for (Observed& observed : observations_.take()) {
    Finding finding = finding_of(std::move(observed));
    // Some secrets are known only later.
    for (std::string* text : {&finding.deviation, &finding.message, &finding.sent, &finding.actual}) {
      *text = secrets_.hide(*text);
    }
    const bool known = std::ranges::any_of(findings_, [&](const Finding& one) {
      return one.requirement == finding.requirement && one.deviation == finding.deviation;
    });
    if (!known) findings_.push_back(std::move(finding));
  }
  return findings_;
}

}  // namespace imapspec::runner
