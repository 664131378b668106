#include "runner/run/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/explain.h"
#include "parser/grammar/extension_names.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

// More than any valid reply to the suite needs; several scenarios at a time must not hurt this machine.
constexpr parser::FramingLimits kLimits{.line = 1U << 20, .literal = 4U << 20, .unit = 6U << 20, .literals = 10'000};
constexpr std::size_t kResponsesPerExchange = 20'000;
constexpr std::size_t kOctetsPerExchange = 8U << 20;
// Of responses in one conversation that no quirk explains: each is parsed many times to learn that.
constexpr std::size_t kOctetsUnexplained = 128U << 10;

// A status response that no quirk explains keeps its tag and its status, so that the conversation goes on.
std::optional<std::string> repair_status_text(std::string_view octets) {
  const std::size_t tag_end = octets.find(' ');
  if (tag_end == std::string_view::npos) return std::nullopt;
  const std::string_view rest = octets.substr(tag_end + 1);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \r\n"));
  for (const std::string_view status : {"OK", "NO", "BAD", "BYE"}) {
    if (parser::equal_ignoring_case(word, status)) {
      return fmt::format("{} {} (repaired)\r\n", octets.substr(0, tag_end), status);
    }
  }
  return std::nullopt;
}

std::string deviation_of(const parser::Error& error) {
  return fmt::format("{}: expected {}", error.rule.text(), error.expected.text());
}

// What is known of such mistakes: " (double-space: two spaces stand where one does)"
std::string explained(const parser::Diagnosis& diagnosis) {
  std::string text;
  const parser::Quirk* last = nullptr;
  for (const parser::FoundQuirk& found : diagnosis.quirks) {
    if (found.quirk != last) text += fmt::format(" ({}: {})", found.quirk->name, found.quirk->what);
    last = found.quirk;
  }
  return text;
}

}  // namespace

const parser::StatusResponse* Exchange::completion() const {
  for (const Received& received : responses) {
    if (!received.response) continue;
    const auto* status = std::get_if<parser::StatusResponse>(&*received.response);
    if (status != nullptr && status->tag == tag) return status;
  }
  return nullptr;
}

Conversation::Conversation(const RunContext& context, parser::Profile profile, Transcript& transcript)
    : context_(context), profile_(profile), transcript_(transcript), framer_(parser::Direction::FromServer, kLimits) {}

Deadline Conversation::answer_deadline() const { return Clock::now() + context_.options.answer_timeout; }

std::expected<Exchange, LinkError> Conversation::connect(Door door) {
  auto link = context_.dialer.dial(door, Clock::now() + context_.options.connect_timeout);
  if (!link) return std::unexpected(link.error());
  link_ = std::move(*link);
  transcript_.note(door == Door::Cleartext ? "connected" : "connected to the port of implicit TLS");
  if (door == Door::ImplicitTls) {
    if (auto started = start_tls(context_.options.tls_options); !started) return std::unexpected(started.error());
  }
  Exchange exchange;
  read(exchange, Until::OneUnit, {});
  if (exchange.trouble) return std::unexpected(*exchange.trouble);
  return exchange;
}

std::expected<void, LinkError> Conversation::start_tls(const TlsOptions& options) {
  buffered_.clear();
  framed_ = 0;
  framer_.reset();
  auto facts = link_->start_tls(options, Clock::now() + context_.options.connect_timeout);
  if (!facts) {
    transcript_.note("TLS handshake failed: " + facts.error().message);
    close();
    return std::unexpected(facts.error());
  }
  transcript_.note(fmt::format("TLS handshake done: {}, {}", facts->version, facts->cipher));
  // What was said in the clear may have been an attacker's (section 6.2.1).
  capabilities_.reset();
  monitor_.on_tls();
  return {};
}

bool Conversation::write(std::string_view octets, Exchange& exchange) {
  if (!open()) {
    exchange.closed = true;
    return false;
  }
  transcript_.sent(octets);
  auto sent = link_->send(octets, answer_deadline());
  if (sent) return true;
  // What the server said before it closed is still worth reading.
  if (sent.error().kind != LinkError::Kind::Closed) exchange.trouble = sent.error();
  return sent.error().kind == LinkError::Kind::Closed;
}

Exchange Conversation::send_segments(const WireOctets& text, std::string tag, bool until_continuation) {
  Exchange exchange;
  exchange.tag = std::move(tag);
  exchange.sent = transcript_.show(text.joined());
  const std::vector<std::string> tags{exchange.tag};
  for (std::size_t i = 0; i < text.segments.size(); ++i) {
    const bool last = i + 1 == text.segments.size();
    if (!last) monitor_.on_literal_announced();
    if (!write(text.segments[i], exchange)) return exchange;
    if (last) break;
    const std::size_t before = exchange.responses.size();
    read(exchange, Until::Continuation, tags);
    const bool go = exchange.responses.size() > before && exchange.responses.back().response &&
                    std::holds_alternative<parser::ContinueReq>(*exchange.responses.back().response);
    if (!go) return exchange;  // completed without the rest, closed, or in trouble
  }
  read(exchange, until_continuation ? Until::Continuation : Until::Completion, tags);
  return exchange;
}

Exchange Conversation::command(const WireOctets& text, bool until_continuation) {
  last_tag_ = fmt::format("a{}", next_tag_++);
  WireOctets unit = text;
  unit.segments.front().insert(0, last_tag_ + ' ');
  unit.segments.back() += "\r\n";
  monitor_.on_sent(unit.joined(), profile_);
  // "{n}" typed at the end of a line announces a literal that never comes.
  if (const auto announced =
          parser::announced_literal(std::string_view(unit.segments.back()).substr(0, unit.segments.back().size() - 2));
      announced && announced->synchronizing) {
    monitor_.on_literal_announced();
  }
  return send_segments(unit, last_tag_, until_continuation);
}

Exchange Conversation::go_on(const WireOctets& text, bool until_continuation) {
  WireOctets unit = text;
  unit.segments.back() += "\r\n";
  return send_segments(unit, last_tag_, until_continuation);
}

Exchange Conversation::send(const std::string& octets, const std::vector<std::string>& tags) {
  Exchange exchange;
  exchange.sent = transcript_.show(octets);
  // Tell the monitor unit by unit, as a server would see them.
  parser::Framer client(parser::Direction::FromClient, kLimits);
  std::string_view rest = octets;
  while (!rest.empty()) {
    const parser::FramingEvent event = client.consume(rest);
    if (event == parser::FramingEvent::Unit) {
      monitor_.on_sent(client.unit(), profile_);
      if (!tags.empty()) last_tag_ = tags.back();
    } else if (event == parser::FramingEvent::LiteralAnnounced) {
      if (client.literal().synchronizing) monitor_.on_literal_announced();
    } else {
      break;
    }
  }
  if (!write(octets, exchange)) return exchange;
  if (!tags.empty()) {
    exchange.tag = tags.back();
    read(exchange, Until::Completion, tags);
  }
  return exchange;
}

void Conversation::give_up(Exchange& exchange, std::string why) {
  transcript_.note(why);
  exchange.trouble = LinkError{LinkError::Kind::Closed, std::move(why)};
  close();
}

void Conversation::read(Exchange& exchange, Until until, std::vector<std::string> tags) {
  const Deadline deadline = answer_deadline();
  std::size_t octets_read = 0;
  while (true) {
    std::string_view rest = std::string_view(buffered_).substr(framed_);
    const parser::FramingEvent event = framer_.consume(rest);
    framed_ = buffered_.size() - rest.size();
    switch (event) {
      case parser::FramingEvent::LiteralAnnounced:
        continue;
      case parser::FramingEvent::LineTooLong:
        return give_up(exchange,
                       fmt::format("the server sent a line of more than {} octets: our own limit", kLimits.line));
      case parser::FramingEvent::LiteralTooLong:
      case parser::FramingEvent::UnitTooLong:
        return give_up(
            exchange, fmt::format("the server sent a response of more than {} octets: our own limit", kLimits.literal));
      case parser::FramingEvent::Unit: {
        accept(framer_.take_unit(), exchange);
        octets_read += exchange.responses.back().octets.size();
        if (exchange.responses.size() > kResponsesPerExchange) {
          return give_up(exchange, fmt::format("the server sent more than {} responses to one command: our own limit",
                                               kResponsesPerExchange));
        }
        if (octets_read > kOctetsPerExchange) {
          return give_up(exchange,
                         fmt::format("the server answered one command with more than {} octets: our own limit",
                                     kOctetsPerExchange));
        }
        if (until == Until::OneUnit) return;
        const Received& last = exchange.responses.back();
        if (!last.response) continue;
        if (until == Until::Continuation && std::holds_alternative<parser::ContinueReq>(*last.response)) return;
        const auto* status = std::get_if<parser::StatusResponse>(&*last.response);
        if (status == nullptr || !status->tag) continue;
        std::erase(tags, std::string(*status->tag));
        if (tags.empty()) return;
        continue;
      }
      case parser::FramingEvent::NeedMore:
        break;
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

void Conversation::accept(std::string octets, Exchange& exchange) {
  transcript_.received(octets);
  Received& received = exchange.responses.emplace_back();
  received.octets = std::move(octets);
  received.arena = std::make_unique<parser::Arena>();
  parse(received);
  // The first unit is the greeting even where it does not parse as one.
  const bool is_greeting = !std::exchange(greeted_, true);
  if (!received.response) return;
  const parser::Response& response = *received.response;
  if (is_greeting) {
    monitor_.on_greeting(std::get<parser::StatusResponse>(response));
  } else {
    monitor_.on_response(response, profile_);
  }
  if (const auto* enabled = std::get_if<parser::EnableData>(&response)) {
    for (const std::string_view capability : enabled->capabilities) parser::add_enabled(profile_, capability);
  }
  remember_capabilities(response);
}

void Conversation::parse(Received& received) {
  const auto attempt = [&](const parser::Profile& profile) -> std::expected<parser::Response, parser::Error> {
    received.arena->reset();
    if (greeted_) return parser::parse_response(received.octets, *received.arena, profile);
    auto greeting = parser::parse_greeting(received.octets, *received.arena, profile);
    if (!greeting) return std::unexpected(greeting.error());
    return parser::Response(*greeting);
  };
  auto parsed = attempt(profile_);
  if (parsed) {
    received.response = *parsed;
    return;
  }
  if (parsed.error().kind == parser::ErrorKind::LimitExceeded) {
    transcript_.note("not judged, our own limit: " + parser::describe(parsed.error(), received.octets));
    return;
  }
  const parser::Diagnosis diagnosis = diagnose(received.octets, parsed.error());
  // Once is enough: a server that never gets it right must not fill the memory.
  std::string deviation = deviation_of(parsed.error());
  if (std::ranges::find(told_deviations_, deviation) == told_deviations_.end()) {
    grammar_findings_.push_back({{std::string(kFormalSyntax), deviation,
                                  "a response does not follow the formal syntax: " +
                                      told(parsed.error(), received.octets) + explained(diagnosis)},
                                 transcript_.show(received.octets)});
    told_deviations_.push_back(std::move(deviation));
  }
  if (!diagnosis.error) {
    received.octets = diagnosis.octets;
  } else if (auto repaired = repair_status_text(received.octets)) {
    received.octets = *std::move(repaired);
  } else {
    return;
  }
  if (auto again = attempt(diagnosis.error ? profile_ : diagnosis.profile)) received.response = *again;
}

std::string Conversation::told(const parser::Error& error, std::string_view octets) const {
  // An explanation holds a tree of what was read, which is many times as large.
  constexpr std::size_t kMostExplained = 65'536;
  if (octets.size() > kMostExplained) return parser::describe(error, octets);
  const auto explanation = parser::explain_error(
      octets, profile_, greeted_ ? parser::ReadAs::ServerResponse : parser::ReadAs::ServerGreeting);
  return explanation ? parser::describe(*explanation, octets) : parser::describe(error, octets);
}

parser::Diagnosis Conversation::diagnose(std::string_view octets, const parser::Error& error) {
  if (unexplained_octets_ > kOctetsUnexplained) return {{}, {}, profile_, error};
  const auto unit = greeted_ ? parser::Unit::ServerResponse : parser::Unit::ServerGreeting;
  parser::Diagnosis diagnosis = parser::diagnose(octets, unit, profile_, {}, parser::Repairs::SameMeaning);
  if (diagnosis.error) unexplained_octets_ += octets.size();
  return diagnosis;
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

std::vector<Violation> Conversation::take_violations() { return monitor_.take(); }

std::vector<GrammarFinding> Conversation::take_grammar_findings() { return std::exchange(grammar_findings_, {}); }

}  // namespace imapspec::runner
