#include "runner/run/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

// More than any valid reply to the suite needs; several scenarios at a time must not hurt this machine.
constexpr parser::FramingLimits kLimits{.line = 1U << 20, .literal = 4U << 20, .unit = 6U << 20, .literals = 10'000};
constexpr std::size_t kResponsesPerExchange = 20'000;
constexpr std::size_t kOctetsPerExchange = 8U << 20;

// The tag of a completion; empty for anything else.
std::string_view tag_of(const Received& received) {
  const auto* status = received.response ? std::get_if<parser::StatusResponse>(&*received.response) : nullptr;
  return status != nullptr && status->tag ? std::string_view(*status->tag) : std::string_view();
}

// The name of a command of the client; empty where there is none.
std::string_view name_sent(std::string_view unit) {
  const std::size_t space = unit.find(' ');
  if (space == std::string_view::npos) return {};
  const std::string_view rest = unit.substr(space + 1);
  return rest.substr(0, rest.find_first_of(" \r\n"));
}

// Whether a command selects a mailbox, or tries to.
bool selects(std::string_view name) {
  return parser::equal_ignoring_case(name, "SELECT") || parser::equal_ignoring_case(name, "EXAMINE");
}

std::size_t octets_of(const Exchange& exchange) {
  std::size_t octets = 0;
  for (const Received& received : exchange.responses) octets += received.octets.size();
  return octets;
}

}  // namespace

Conversation::Conversation(const RunContext& context, parser::Profile profile, Transcript transcript,
                           std::shared_ptr<MailboxKnowledge> knowledge)
    : context_(context),
      transcript_(std::move(transcript)),
      patience_{.answer = context.options.answer_timeout, .interrupted = &context.interrupted},
      framer_(parser::Direction::FromServer, kLimits),
      replies_(profile, transcript_),
      monitor_(monitor_facts(context, std::move(knowledge))) {}

Deadline Conversation::answer_deadline() const {
  return {std::min(Clock::now() + patience_.answer, patience_.end), patience_.interrupted};
}

Deadline Conversation::connect_deadline() const {
  return {std::min(Clock::now() + context_.options.connect_timeout, patience_.end), patience_.interrupted};
}

std::expected<void, LinkError> Conversation::dial(Door door) {
  auto link = context_.dialer.dial(door, connect_deadline());
  if (!link) return std::unexpected(link.error());
  link_ = std::move(*link);
  transcript_.note(door == Door::Cleartext ? "connected" : "connected to the port of implicit TLS");
  return {};
}

std::expected<Exchange, LinkError> Conversation::connect(Door door) {
  if (auto dialled = dial(door); !dialled) return std::unexpected(dialled.error());
  if (door == Door::ImplicitTls) {
    if (auto started = start_tls(context_.options.tls_options); !started) return std::unexpected(started.error());
  }
  Exchange exchange = read_greeting();
  if (exchange.trouble) return std::unexpected(*exchange.trouble);
  return exchange;
}

Exchange Conversation::read_greeting() {
  Exchange exchange;
  if (!greeted_) read(exchange, {.one_unit = true});
  return exchange;
}

std::expected<TlsFacts, LinkError> Conversation::start_tls(const TlsOptions& options) {
  if (!open()) return std::unexpected(LinkError{LinkError::Kind::Closed, "the connection is closed"});
  buffered_.clear();
  framed_ = 0;
  unasked_.responses.clear();
  framer_.reset();
  auto facts = link_->start_tls(options, connect_deadline());
  if (!facts) {
    transcript_.note("TLS handshake failed: " + facts.error().message);
    close();
    return facts;
  }
  transcript_.note(fmt::format("TLS handshake done: {}, {}{}{}", facts->version, facts->cipher,
                               facts->protocol.empty() ? "" : ", ALPN " + facts->protocol,
                               facts->resumed ? ", resumed" : ""));
  // What was said in the clear may have been an attacker's (section 6.2.1).
  capabilities_.reset();
  raw_.reset();
  if (guard_) guard_->reset();
  monitor_.on_tls();
  handshake_ = *facts;
  return facts;
}

// Where there is nothing more to take (the end of the connection, a limit) the next read tells it.
void Conversation::hear_until(const Deadline& deadline) {
  std::size_t octets = octets_of(unasked_);
  while (hear_buffered() && greeted_ && open() && octets <= kOctetsPerExchange &&
         unasked_.responses.size() <= kResponsesPerExchange) {
    auto received = link_->receive(deadline);
    if (!received) return;
    octets += received->size();
    buffered_ = *std::move(received);
    framed_ = 0;
  }
}

bool Conversation::hear_buffered() {
  std::string_view rest = std::string_view(buffered_).substr(framed_);
  bool more = true;
  while (more && !rest.empty()) {
    const parser::FramingEvent event = framer_.consume(rest);
    if (event == parser::FramingEvent::Unit) {
      if (accept(framer_.take_unit(), unasked_)) unasked_.responses.pop_back();
    } else {
      more = event == parser::FramingEvent::LiteralAnnounced || event == parser::FramingEvent::NeedMore;
    }
  }
  framed_ = buffered_.size() - rest.size();
  return more;
}

void Conversation::on_sent(std::string_view unit) {
  hear_unasked();
  follow(unit);
}

void Conversation::follow(std::string_view unit) {
  const std::string_view tag = unit.substr(0, unit.find(' '));
  in_progress_.emplace(tag);
  const std::string_view name = name_sent(unit);
  logging_out_ = logging_out_ || parser::equal_ignoring_case(name, "LOGOUT");
  monitor_.on_sent(unit, replies_.profile());
  observe();
  numbering_.on_sent(tag, selects(name));
}

void Conversation::on_sent_octets(std::string_view octets) {
  hear_unasked();
  while (const auto event = raw_.next(octets)) {
    if (*event == SentOctets::Event::Command) {
      follow(raw_.unit());
    } else {
      monitor_.on_literal_announced();
    }
  }
}

void Conversation::leave_line() {
  // What is heard may say that the line was a command.
  if (raw_.midway()) hear_unasked();
  if (raw_.left()) follow(raw_.unit());
  raw_.reset();
}

Exchange Conversation::wait(const std::function<bool(const Exchange&)>& enough) {
  Exchange exchange;
  exchange.tag = last_tag_;
  exchange.sent = "(nothing)";
  exchange.closed = !open();
  if (!exchange.closed) read(exchange, {.enough = enough});
  return exchange;
}

Exchange Conversation::half_close(const std::vector<std::string>& tags) {
  Exchange exchange;
  if (!tags.empty()) exchange.tag = tags.back();
  exchange.sent = "(the end of our direction)";
  exchange.closed = !open();
  if (exchange.closed) return exchange;
  transcript_.note("our direction is closed");
  link_->shut_down_sending();
  read(exchange, {.tags = tags});
  return exchange;
}

void Conversation::pause(std::chrono::milliseconds time) {
  const auto begun = Clock::now();
  hear_until({std::min(begun + time, patience_.end), patience_.interrupted});
  let_pass(time - std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun));
}

void Conversation::let_pass(std::chrono::milliseconds time) const {
  const Deadline deadline{std::min(Clock::now() + time, patience_.end), patience_.interrupted};
  while (!deadline.passed()) std::this_thread::sleep_for(deadline.left());
}

void Conversation::give_up(Exchange& exchange, std::string why) {
  transcript_.note(why);
  exchange.trouble = LinkError{LinkError::Kind::Closed, std::move(why)};
  close();
}

bool Conversation::within_limits(Exchange& exchange, std::size_t octets) {
  const bool few = exchange.responses.size() <= kResponsesPerExchange;
  if (few && octets <= kOctetsPerExchange) return true;
  give_up(exchange, few ? fmt::format("more than {} octets to one command: our own limit", kOctetsPerExchange)
                        : fmt::format("more than {} responses to one command: our own limit", kResponsesPerExchange));
  return false;
}

bool Conversation::reached(Goal& goal, const Received& last) {
  if (goal.one_unit) return true;
  if (goal.continuation && last.is_continuation()) return true;
  const auto tag = std::ranges::find(goal.tags, tag_of(last));
  if (tag == goal.tags.end()) return false;
  goal.tags.erase(tag);
  return goal.tags.empty();
}

void Conversation::read(Exchange& exchange, Goal goal) {
  const Deadline deadline = answer_deadline();
  if (!unasked_.responses.empty()) exchange.responses = std::exchange(unasked_.responses, {});
  std::size_t octets_read = octets_of(exchange);
  // It may have completed between two steps; with a tag that was sent again since, it has not.
  const auto completed = [&](const std::string& tag) {
    return !in_progress_.contains(tag) && exchange.completion_of(tag) != nullptr;
  };
  if (std::erase_if(goal.tags, completed) > 0 && goal.tags.empty()) return;
  std::size_t asked = 0;  // responses that were there when it was last asked whether they are enough
  while (true) {
    std::string_view rest = std::string_view(buffered_).substr(framed_);
    const parser::FramingEvent event = framer_.consume(rest);
    framed_ = buffered_.size() - rest.size();
    switch (event) {
      case parser::FramingEvent::LiteralAnnounced:
        continue;
      case parser::FramingEvent::LineTooLong:
        return give_up(exchange, fmt::format("a line of more than {} octets: our own limit", kLimits.line));
      case parser::FramingEvent::LiteralTooLong:
      case parser::FramingEvent::UnitTooLong:
        return give_up(exchange, fmt::format("a response of more than {} octets: our own limit", kLimits.literal));
      case parser::FramingEvent::Unit:
        accept(framer_.take_unit(), exchange);
        octets_read += exchange.responses.back().octets.size();
        if (!within_limits(exchange, octets_read) || reached(goal, exchange.responses.back())) return;
        continue;
      case parser::FramingEvent::NeedMore:
        break;
    }
    if (goal.enough && exchange.responses.size() > asked) {
      if (goal.enough(exchange)) return;
      asked = exchange.responses.size();
      // Asking takes time too, and what is there is received even when the time is over.
      if (deadline.passed()) {
        exchange.trouble = LinkError{LinkError::Kind::Timeout, "not received in time"};
        return;
      }
    }
    auto octets = link_->receive(deadline);
    if (!octets) {
      if (octets.error().kind == LinkError::Kind::Closed) {
        closed_ = true;
        exchange.closed = true;
        transcript_.note("the server closed the connection");
      } else {
        exchange.trouble = octets.error();
        transcript_.note(octets.error().message);
      }
      return;
    }
    buffered_ = *std::move(octets);
    framed_ = 0;
  }
}

void Conversation::observe(std::string_view response, std::string_view completes) {
  observations_.collect(monitor_, replies_, transcript_,
                        {.response = response, .completes = completes, .where = where_});
}

bool Conversation::accept(std::string octets, Exchange& exchange) {
  transcript_.received(octets);
  monitor_.on_octets(octets);
  Received& received = exchange.responses.emplace_back();
  received.octets = std::move(octets);
  received.arena = std::make_unique<parser::Arena>();
  // The first unit is the greeting even where it does not parse as one.
  const bool is_greeting = !std::exchange(greeted_, true);
  const parser::Unit unit = is_greeting ? parser::Unit::ServerGreeting : parser::Unit::ServerResponse;
  replies_.parse(received, unit);
  if (!received.response) {
    observe(received.octets);
    return false;
  }
  const auto* const status = std::get_if<parser::StatusResponse>(&*received.response);
  if (status != nullptr && status->status == parser::Status::Bad) ++bad_commands_;
  if (status != nullptr && status->tag && raw_.answered(*status->tag)) follow(raw_.unit());
  const bool answers_nothing = status != nullptr && completes_nothing(*status);
  if (status != nullptr && status->status == parser::Status::Bye && !logging_out_) bye_ = show(status->text.text);
  if (received.is_continuation()) raw_.invited();
  tell_guard(received);
  if (is_greeting) {
    monitor_.on_greeting(std::get<parser::StatusResponse>(*received.response));
  } else {
    monitor_.on_response(*received.response, replies_.profile());
  }
  observe(received.octets, tag_of(received));
  replies_.set_code_apart(received, unit);
  if (!is_greeting) numbering_.on_response(*received.response);
  if (const auto* enabled = std::get_if<parser::EnableData>(&*received.response)) {
    for (const std::string_view capability : enabled->capabilities) replies_.enable(capability);
  }
  remember_capabilities(*received.response);
  return answers_nothing;
}

bool Conversation::completes_nothing(const parser::StatusResponse& status) {
  if (!status.tag) return false;
  const auto command = in_progress_.find(std::string_view(*status.tag));
  if (command == in_progress_.end()) return true;
  in_progress_.erase(command);
  return false;
}

void Conversation::remember_capabilities(const parser::Response& response) {
  const auto remember = [&](parser::List<parser::AtomName> list) { capabilities_.emplace(list.begin(), list.end()); };
  if (const auto* data = std::get_if<parser::CapabilityData>(&response)) {
    remember(data->capabilities);
  } else if (const auto* status = std::get_if<parser::StatusResponse>(&response)) {
    if (status->text.code && status->text.code->is("CAPABILITY")) remember(status->text.code->capabilities);
  }
}

void Conversation::drain(std::chrono::milliseconds time) {
  if (!open()) return;
  link_->shut_down_sending();
  const Deadline deadline{Clock::now() + time, nullptr};
  while (!deadline.passed() && link_->receive(deadline)) continue;
}

std::optional<std::string> Conversation::why_not(const Exchange& exchange) const {
  const parser::StatusResponse* const completion = exchange.completion();
  if (completion == nullptr) return exchange.trouble ? exchange.trouble->message : "the server closed the connection";
  if (completion->status == parser::Status::Ok) return std::nullopt;
  return fmt::format("{} {}", parser::status_name(completion->status), show(completion->text.text));
}

void Conversation::log_out() {
  if (open()) command({.segments = {"LOGOUT"}});
  close();
}

void Conversation::close() {
  if (link_ == nullptr) return;
  link_->close();
  closed_ = true;
}

void Conversation::reset() {
  if (link_ == nullptr) return;
  transcript_.note("the connection is reset by us");
  link_->reset();
  closed_ = true;
}

}  // namespace imapspec::runner
