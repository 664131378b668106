// What a conversation sends, and in how many writes.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "runner/run/conversation.h"

namespace imapspec::runner {
namespace {

const Writing kOneWrite;

const Writing& writing_of(const Outgoing& outgoing) {
  return outgoing.writing != nullptr ? *outgoing.writing : kOneWrite;
}

// A cut behind the last octet would be none, and the scenario about something else than it says.
bool cuts_too_far(const Writing& writing, std::size_t octets, Exchange& exchange) {
  if (writing.cuts.empty() || writing.cuts.back() < octets) return false;
  exchange.trouble = LinkError{LinkError::Kind::Unreachable,
                               fmt::format("\"cut\" at {}, but there are {} octets only", writing.cuts.back(), octets)};
  return true;
}

}  // namespace

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

bool Conversation::may_send(const std::vector<std::string>& segments, Exchange& exchange) {
  if (!guard_) return true;
  for (const std::string& segment : segments) {
    if (&segment != &segments.front()) guard_->invited();
    const auto why = guard_->why_not(segment);
    if (!why) continue;
    transcript_.note(*why);
    exchange.trouble = LinkError{LinkError::Kind::Unreachable,
                                 where_.line == 0 ? *why : fmt::format("{}:{}: {}", where_.file, where_.line, *why)};
    return false;
  }
  return true;
}

bool Conversation::may_begin(const std::vector<std::string>& segments, Exchange& exchange) {
  if (guard_) guard_->begin();
  return may_send(segments, exchange);
}

void Conversation::tell_guard(const Received& received) {
  if (!guard_) return;
  if (received.is_continuation()) guard_->invited();
  const auto* const status = std::get_if<parser::StatusResponse>(&*received.response);
  if (status == nullptr) return;
  if (status->status == parser::Status::Preauth) guard_->entered();
  if (status->tag) guard_->completed(*status->tag, status->status == parser::Status::Ok);
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
    if (writes++ > 0) let_pass(writing.gap);
    if (!write(octets.substr(0, next - offset), exchange)) return !exchange.closed && !exchange.trouble;
    octets.remove_prefix(next - offset);
    offset = next;
  }
  if (writes > 1) transcript_.note(fmt::format("in {} writes", writes));
  return true;
}

std::string Conversation::next_tag() { return fmt::format("a{}", next_tag_++); }

Exchange Conversation::send_segments(const WireOctets& unit, std::string tag, const Outgoing& outgoing) {
  Exchange exchange;
  exchange.tag = std::move(tag);
  exchange.sent = transcript_.show_next(unit.joined());
  const std::vector<std::string> tags{exchange.tag};
  const Writing& writing = writing_of(outgoing);
  if (cuts_too_far(writing, unit.joined().size(), exchange)) return exchange;
  std::size_t offset = 0;
  for (const std::string& segment : unit.segments) {
    const bool last = &segment == &unit.segments.back();
    if (!last) monitor_.on_literal_announced();
    if (!write_cut(segment, offset, writing, exchange)) return exchange;
    offset += segment.size();
    if (last) break;
    const std::size_t before = exchange.responses.size();
    read(exchange, {.tags = tags, .continuation = true});
    const bool go = exchange.responses.size() > before && exchange.responses.back().is_continuation();
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
  if (cuts_too_far(writing_of(outgoing), octets.size(), exchange)) return exchange;
  on_sent(octets);
  if (write_cut(octets, 0, writing_of(outgoing), exchange)) read_to_bound(exchange);
  return exchange;
}

void Conversation::read_to_bound(Exchange& exchange) {
  const std::string bound = next_tag();
  const std::string noop = bound + " NOOP\r\n";
  on_sent(noop);
  if (write_cut(noop, 0, kOneWrite, exchange)) read(exchange, {.tags = {bound}});
}

Exchange Conversation::read_to_end(Exchange exchange) {
  if (exchange.closed || exchange.trouble || !open()) return exchange;
  read(exchange, {});
  if (!exchange.trouble || exchange.trouble->kind != LinkError::Kind::Timeout) return exchange;
  exchange.trouble->message = "the server did not close the connection in time";
  if (answer_deadline().passed()) return exchange;
  // Time proves nothing, but an answer does.
  auto late = std::exchange(exchange.trouble, std::nullopt);
  put_back(exchange);
  read_to_bound(exchange);
  if (exchange.trouble) exchange.trouble = std::move(late);
  return exchange;
}

Exchange Conversation::command(const Outgoing& outgoing) {
  std::string tag = outgoing.tag ? *outgoing.tag : next_tag();
  WireOctets unit = outgoing.text;
  unit.segments.front().insert(0, tag + ' ');
  unit.segments.back() += "\r\n";
  if (Exchange stopped; !may_begin(unit.segments, stopped)) {
    stopped.tag = std::move(tag);
    stopped.sent = "(nothing)";
    return stopped;
  }
  leave_line();
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
  if (!may_begin({octets}, exchange)) return exchange;
  leave_line();
  on_sent_octets(octets);
  if (write_cut(octets, 0, kOneWrite, exchange)) read(exchange, {.tags = tags});
  return exchange;
}

Exchange Conversation::go_on(const Outgoing& outgoing) {
  WireOctets unit = outgoing.text;
  unit.segments.back() += "\r\n";
  if (Exchange stopped; !may_send(unit.segments, stopped)) {
    stopped.tag = last_tag_;
    stopped.sent = "(nothing)";
    return stopped;
  }
  hear_unasked();
  if (raw_.midway()) {
    on_sent_octets(unit.joined());
  } else {
    monitor_.on_continued(unit.joined());
  }
  return send_segments(unit, last_tag_, outgoing);
}

Exchange Conversation::send(const Outgoing& outgoing, const std::vector<std::string>& tags) {
  Exchange exchange;
  const std::string octets = outgoing.text.joined();
  exchange.sent = transcript_.show_next(octets);
  if (cuts_too_far(writing_of(outgoing), octets.size(), exchange) || !may_send({octets}, exchange)) return exchange;
  on_sent_octets(octets);
  if (!tags.empty()) exchange.tag = last_tag_ = tags.back();
  if (!write_cut(octets, 0, writing_of(outgoing), exchange)) return exchange;
  if (!tags.empty() || outgoing.until_continuation) {
    read(exchange, {.tags = tags, .continuation = outgoing.until_continuation});
  }
  return exchange;
}

}  // namespace imapspec::runner
