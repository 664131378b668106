// One connection held as a conversation: commands out, parsed responses in, and everything that
// the grammar and the monitor find wrong on the way.
#pragma once

#include <deque>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/arena.h"
#include "parser/diagnose/diagnose.h"
#include "parser/framing/framer.h"
#include "parser/grammar/response.h"
#include "runner/match/bindings.h"
#include "runner/monitor/monitor.h"
#include "runner/run/context.h"
#include "runner/run/link.h"
#include "runner/run/transcript.h"

namespace imapspec::runner {

// Received is one unit from the server.
struct Received {
  std::string octets;
  std::unique_ptr<parser::Arena> arena;      // what `response` views lives here and in `octets`
  std::optional<parser::Response> response;  // nullopt where even repair did not make it parse
};

// Exchange is what came back for one thing sent.
struct Exchange {
  std::string tag;                   // of the command; empty for raw octets and starts
  std::string sent;                  // shown: escaped, without secrets
  std::deque<Received> responses;    // a deque: the values view the octets, which must not move
  bool closed = false;               // the server closed the connection
  std::optional<LinkError> trouble;  // a timeout, or our own limits: no statement about the server

  // completion is the tagged response to `tag`.
  [[nodiscard]] const parser::StatusResponse* completion() const;
};

// GrammarFinding is a response that did not parse.
struct GrammarFinding {
  Violation violation;
  std::string octets;  // shown
};

class Conversation {
 public:
  Conversation(const RunContext& context, parser::Profile profile, Transcript& transcript);

  // connect dials and, on the implicit door, does the handshake. Then it reads the greeting.
  std::expected<Exchange, LinkError> connect(Door door);

  // start_tls does the handshake on the open connection.
  std::expected<void, LinkError> start_tls(const TlsOptions& options);

  // command sends a command, tag and CRLF added, and reads until it completes; with
  // `until_continuation` also until a continuation request.
  Exchange command(const WireOctets& text, bool until_continuation = false);

  // go_on sends a line of the command in progress.
  Exchange go_on(const WireOctets& text, bool until_continuation = false);

  // send sends octets as they are, and reads until each of `tags` completed.
  Exchange send(const std::string& octets, const std::vector<std::string>& tags);

  void close();

  [[nodiscard]] bool open() const { return link_ != nullptr && !closed_; }
  [[nodiscard]] bool is_tls() const { return link_ != nullptr && link_->is_tls(); }
  // capabilities are those last told on this connection; nullopt where none were.
  [[nodiscard]] const std::optional<std::vector<std::string>>& capabilities() const { return capabilities_; }
  [[nodiscard]] bool speaks_rev2() const { return profile_.rev2; }

  // take_violations hands over what monitor and grammar found since the last call.
  std::vector<Violation> take_violations();
  std::vector<GrammarFinding> take_grammar_findings();

 private:
  enum class Until : std::uint8_t { Completion, Continuation, OneUnit };

  bool write(std::string_view octets, Exchange& exchange);
  void give_up(Exchange& exchange, std::string why);
  void read(Exchange& exchange, Until until, std::vector<std::string> tags);
  void accept(std::string octets, Exchange& exchange);
  void parse(Received& received);
  // told is an error with the rules that were open, and the sections that say so.
  [[nodiscard]] std::string told(const parser::Error& error, std::string_view octets) const;
  parser::Diagnosis diagnose(std::string_view octets, const parser::Error& error);
  void remember_capabilities(const parser::Response& response);
  Exchange send_segments(const WireOctets& text, std::string tag, bool until_continuation);
  [[nodiscard]] Deadline answer_deadline() const;

  const RunContext& context_;
  parser::Profile profile_;
  Transcript& transcript_;
  std::unique_ptr<Link> link_;
  parser::Framer framer_;
  Monitor monitor_;
  std::string buffered_;    // what was received last
  std::size_t framed_ = 0;  // octets of it that the framer has had
  bool closed_ = false;
  bool greeted_ = false;
  unsigned next_tag_ = 1;
  std::string last_tag_;
  std::optional<std::vector<std::string>> capabilities_;
  std::vector<GrammarFinding> grammar_findings_;
  std::size_t unexplained_octets_ = 0;
  std::vector<std::string> told_deviations_;  // of all grammar findings so far
};

}  // namespace imapspec::runner
