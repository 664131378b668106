#include "runner/run/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

// More than any valid reply to the suite needs; several scenarios at a time must not hurt this machine.
constexpr parser::FramingLimits kLimits{.line = 1U << 20, .literal = 4U << 20, .unit = 6U << 20, .literals = 10'000};
constexpr std::size_t kResponsesPerExchange = 20'000;
constexpr std::size_t kOctetsPerExchange = 8U << 20;

const Writing kOneWrite;

bool is_continuation(const Received& received) {
  return received.response && std::holds_alternative<parser::ContinueReq>(*received.response);
}

// The tag of a completion; empty for anything else.
std::string_view tag_of(const Received& received) {
  const auto* status = received.response ? std::get_if<parser::StatusResponse>(&*received.response) : nullptr;
  return status != nullptr && status->tag ? std::string_view(*status->tag) : std::string_view();
}

// Whether a command of the client selects a mailbox, or tries to.
bool selects(std::string_view unit) {
  const std::size_t space = unit.find(' ');
  if (space == std::string_view::npos) return false;
  const std::string_view rest = unit.substr(space + 1);
  const std::string_view name = rest.substr(0, rest.find_first_of(" \r\n"));
  return parser::equal_ignoring_case(name, "SELECT") || parser::equal_ignoring_case(name, "EXAMINE");
}

}  // namespace

Conversation::Conversation(const RunContext& context, parser::Profile profile, Transcript transcript)
    : context_(context),
      transcript_(std::move(transcript)),
      patience_{.answer = context.options.answer_timeout, .interrupted = &context.interrupted},
      framer_(parser::Direction::FromServer, kLimits),
      replies_(profile, transcript_) {}

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
  monitor_.on_tls();
  return facts;
}

bool Conversation::write(std::string_view octets, Exchange& exchange) {
  if (!open()) {
    exchange.closed = true;
    return false;
  }
  auto sent = link_->send(octets, answer_deadline());
  if (sent) return true;
  // What the server said before it closed is still worth reading.
  if (sent.error().kind != LinkError::Kind::Closed) exchange.trouble = sent.error();
  return false;
}

// write_cut writes octets that begin at `offset` of all that is being written. False when reading makes no sense.
bool Conversation::write_cut(std::string_view octets, std::size_t offset, const Writing& writing, Exchange& exchange) {
  transcript_.sent(octets);
  const std::size_t end = offset + octets.size();
  std::size_t writes = 0;
  auto cut = std::ranges::upper_bound(writing.cuts, offset);
  while (offset < end) {
    std::size_t next = end;
    if (writing.octet_by_octet) {
      next = offset + 1;
    } else if (cut != writing.cuts.end() && *cut < end) {
      next = *cut++;
    }
    if (writes++ > 0) pause(writing.gap);
    if (!write(octets.substr(0, next - offset), exchange)) return !exchange.closed && !exchange.trouble;
    octets.remove_prefix(next - offset);
    offset = next;
  }
  if (writes > 1) transcript_.note(fmt::format("in {} writes", writes));
  return true;
}

std::string Conversation::next_tag() { return fmt::format("a{}", next_tag_++); }

// What was there before anything was sent answers nothing of it.
void Conversation::hear_unasked() {
  std::string_view rest = std::string_view(buffered_).substr(framed_);
  while (!rest.empty()) {
    const parser::FramingEvent event = framer_.consume(rest);
    if (event == parser::FramingEvent::Unit) {
      accept(framer_.take_unit(), unasked_);
      const std::string_view tag = tag_of(unasked_.responses.back());
      if (!tag.empty() && !sent_tags_.contains(tag)) unasked_.responses.pop_back();
    } else if (event != parser::FramingEvent::LiteralAnnounced) {
      break;
    }
  }
  framed_ = buffered_.size() - rest.size();
}

void Conversation::on_sent(std::string_view unit) {
  hear_unasked();
  sent_tags_.emplace(unit.substr(0, unit.find(' ')));
  monitor_.on_sent(unit, replies_.profile());
  if (selects(unit)) numbering_.restart();
}

void Conversation::on_sent_octets(std::string_view octets) {
  parser::Framer client(parser::Direction::FromClient, kLimits);
  while (!octets.empty()) {
    const parser::FramingEvent event = client.consume(octets);
    if (event == parser::FramingEvent::Unit) {
      on_sent(client.unit());
    } else if (event != parser::FramingEvent::LiteralAnnounced) {
      return;
    } else if (client.literal().synchronizing) {
      monitor_.on_literal_announced();
    }
  }
}

Exchange Conversation::send_segments(const WireOctets& unit, std::string tag, const Outgoing& outgoing) {
  Exchange exchange;
  exchange.tag = std::move(tag);
  exchange.sent = transcript_.show(unit.joined());
  const std::vector<std::string> tags{exchange.tag};
  const Writing& writing = outgoing.writing != nullptr ? *outgoing.writing : kOneWrite;
  std::size_t offset = 0;
  for (const std::string& segment : unit.segments) {
    const bool last = &segment == &unit.segments.back();
    if (!last) monitor_.on_literal_announced();
    if (!write_cut(segment, offset, writing, exchange)) return exchange;
    offset += segment.size();
    if (last) break;
    const std::size_t before = exchange.responses.size();
    read(exchange, {.tags = tags, .continuation = true});
    const bool go = exchange.responses.size() > before && is_continuation(exchange.responses.back());
    if (!go) return exchange;  // completed without the rest, closed, or in trouble
  }
  read(exchange, {.tags = tags, .continuation = outgoing.until_continuation});
  return exchange;
}

// A server may refuse such a command without a tag, or not at all: a NOOP after it bounds what it answers.
Exchange Conversation::send_with_odd_tag(const WireOctets& unit, std::string tag, const Outgoing& outgoing) {
  Exchange exchange;
  exchange.tag = std::move(tag);
  const std::string octets = unit.joined();
  exchange.sent = transcript_.show(octets);
  on_sent(octets);
  if (!write_cut(octets, 0, outgoing.writing != nullptr ? *outgoing.writing : kOneWrite, exchange)) return exchange;
  const std::string bound = next_tag();
  const std::string noop = bound + " NOOP\r\n";
  on_sent(noop);
  if (write_cut(noop, 0, kOneWrite, exchange)) read(exchange, {.tags = {bound}});
  return exchange;
}

Exchange Conversation::command(const Outgoing& outgoing) {
  std::string tag = outgoing.tag ? *outgoing.tag : next_tag();
  WireOctets unit = outgoing.text;
  unit.segments.front().insert(0, tag + ' ');
  unit.segments.back() += "\r\n";
  if (!is_tag(tag)) return send_with_odd_tag(unit, std::move(tag), outgoing);
  last_tag_ = tag;
  on_sent(unit.joined());
  // "{n}" typed at the end of a line announces a literal that never comes.
  if (const auto announced =
          parser::announced_literal(std::string_view(unit.segments.back()).substr(0, unit.segments.back().size() - 2));
      announced && announced->synchronizing) {
    monitor_.on_literal_announced();
  }
  return send_segments(unit, std::move(tag), outgoing);
}

Exchange Conversation::pipeline(const std::vector<Outgoing>& commands, std::vector<std::string>& tags) {
  Exchange exchange;
  std::string octets;
  for (const Outgoing& command : commands) {
    tags.push_back(command.tag ? *command.tag : next_tag());
    octets += tags.back() + ' ' + command.text.joined() + "\r\n";
  }
  last_tag_ = tags.back();
  exchange.sent = transcript_.show(octets);
  on_sent_octets(octets);
  if (write_cut(octets, 0, kOneWrite, exchange)) read(exchange, {.tags = tags});
  return exchange;
}

Exchange Conversation::go_on(const Outgoing& outgoing) {
  WireOctets unit = outgoing.text;
  unit.segments.back() += "\r\n";
  return send_segments(unit, last_tag_, outgoing);
}

Exchange Conversation::send(const Outgoing& outgoing, const std::vector<std::string>& tags) {
  Exchange exchange;
  const std::string octets = outgoing.text.joined();
  exchange.sent = transcript_.show(octets);
  on_sent_octets(octets);
  if (!tags.empty()) exchange.tag = last_tag_ = tags.back();
  if (!write_cut(octets, 0, outgoing.writing != nullptr ? *outgoing.writing : kOneWrite, exchange)) return exchange;
  if (!tags.empty() || outgoing.until_continuation) {
    read(exchange, {.tags = tags, .continuation = outgoing.until_continuation});
  }
  return exchange;
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

void Conversation::pause(std::chrono::milliseconds time) const {
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
  if (goal.continuation && is_continuation(last)) return true;
  const auto tag = std::ranges::find(goal.tags, tag_of(last));
  if (tag == goal.tags.end()) return false;
  goal.tags.erase(tag);
  return goal.tags.empty();
}

void Conversation::read(Exchange& exchange, Goal goal) {
  const Deadline deadline = answer_deadline();
  std::size_t octets_read = 0;
  if (!unasked_.responses.empty()) exchange.responses = std::exchange(unasked_.responses, {});
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
    if (goal.enough && goal.enough(exchange)) return;
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

void Conversation::accept(std::string octets, Exchange& exchange) {
  transcript_.received(octets);
  Received& received = exchange.responses.emplace_back();
  received.octets = std::move(octets);
  received.arena = std::make_unique<parser::Arena>();
  // The first unit is the greeting even where it does not parse as one.
  const bool is_greeting = !std::exchange(greeted_, true);
  replies_.parse(received, is_greeting ? parser::Unit::ServerGreeting : parser::Unit::ServerResponse);
  if (!received.response) return;
  const parser::Response& response = *received.response;
  const auto* const status = std::get_if<parser::StatusResponse>(&response);
  if (status != nullptr && status->status == parser::Status::Bad) ++bad_commands_;
  if (is_greeting) {
    monitor_.on_greeting(std::get<parser::StatusResponse>(response));
  } else {
    monitor_.on_response(response, replies_.profile());
    numbering_.on_response(response);
  }
  if (const auto* enabled = std::get_if<parser::EnableData>(&response)) {
    for (const std::string_view capability : enabled->capabilities) replies_.enable(capability);
  }
  remember_capabilities(response);
}

void Conversation::remember_capabilities(const parser::Response& response) {
  const auto remember = [&](parser::List<parser::AtomName> list) { capabilities_.emplace(list.begin(), list.end()); };
  if (const auto* data = std::get_if<parser::CapabilityData>(&response)) {
    remember(data->capabilities);
  } else if (const auto* status = std::get_if<parser::StatusResponse>(&response)) {
    if (status->text.code && status->text.code->is("CAPABILITY")) remember(status->text.code->capabilities);
  }
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
