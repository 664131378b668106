// One connection held as a conversation: commands out, parsed responses in, and everything that
// the grammar and the monitor find wrong on the way.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/framing/framer.h"
#include "parser/grammar/response.h"
#include "runner/match/bindings.h"
#include "runner/monitor/monitor.h"
#include "runner/monitor/sent_octets.h"
#include "runner/run/context.h"
#include "runner/run/exchange.h"
#include "runner/run/link.h"
#include "runner/run/numbering.h"
#include "runner/run/observations.h"
#include "runner/run/reply_parser.h"
#include "runner/run/send_guard.h"
#include "runner/run/transcript.h"
#include "runner/scenario/action.h"

namespace imapspec::runner {

// Patience is how long a conversation waits.
struct Patience {
  std::chrono::milliseconds answer;                  // for one answer
  Clock::time_point end = Clock::time_point::max();  // for all of them
  const std::atomic<int>* interrupted = nullptr;     // ends all waiting when it is set
};

// Outgoing is a command as a scenario wants it sent.
struct Outgoing {
  WireOctets text;                      // without tag and CRLF
  std::optional<std::string> tag = {};  // instead of the next of ours
  const Writing* writing = nullptr;
  bool until_continuation = false;  // read up to "+" at most
};

class Conversation {
 public:
  // Conversation waits as the run says until it is told otherwise, and ends its waits when the run is interrupted.
  // `knowledge` is shared by the connections of a scenario; a connection without it has its own.
  Conversation(const RunContext& context, parser::Profile profile, Transcript transcript,
               std::shared_ptr<MailboxKnowledge> knowledge = nullptr);

  void set_patience(const Patience& patience) { patience_ = patience; }

  // guard makes the rules hold for all that is sent from here on; without it nothing is forbidden.
  void guard(SendRules rules) { guard_.emplace(std::move(rules)); }

  // dial opens the connection, and reads nothing.
  std::expected<void, LinkError> dial(Door door);

  // connect dials and, on the implicit door, does the handshake. Then it reads the greeting.
  std::expected<Exchange, LinkError> connect(Door door);

  // start_tls does the handshake on the open connection.
  std::expected<TlsFacts, LinkError> start_tls(const TlsOptions& options);

  // read_greeting reads one unit where nothing was read yet; otherwise nothing.
  Exchange read_greeting();

  // command sends a command, tag and CRLF added, and reads until it completes.
  Exchange command(const Outgoing& outgoing);
  Exchange command(const WireOctets& text) { return command(Outgoing{.text = text}); }

  // put_back takes the responses of the last exchange: the next one begins with them.
  void put_back(Exchange& last) { unasked_.responses = std::exchange(last.responses, {}); }

  // read_to_end goes on with the last exchange to the end of the connection. A server that does not close it in time is
  // sent a NOOP, whose answer shows that it goes on.
  Exchange read_to_end(Exchange last);

  // pipeline sends commands in one write and reads until all completed. It leaves their tags in `tags`.
  Exchange pipeline(const std::vector<Outgoing>& commands, std::vector<std::string>& tags);

  // go_on sends a line of the command in progress; its tag is not used.
  Exchange go_on(const Outgoing& outgoing);

  // send sends octets as they are, and reads until each of `tags` completed; or until a continuation request, where
  // that is asked for. Without either it reads nothing.
  Exchange send(const Outgoing& octets, const std::vector<std::string>& tags);

  // wait reads until `enough` of what came says so.
  Exchange wait(const std::function<bool(const Exchange&)>& enough);

  // half_close ends our direction and reads until each of `tags` completed, or all that comes where there are none.
  Exchange half_close(const std::vector<std::string>& tags);

  // pause lets time pass; not longer than the conversation may last. What comes meanwhile is heard as by hear_unasked.
  void pause(std::chrono::milliseconds time);

  // hear_unasked takes what is there, and waits for nothing. What may come unasked is added to what is read next. It is
  // called before anything is sent, and before the end.
  void hear_unasked() { hear_until(Clock::time_point()); }

  // drain ends our direction and waits for the end of the other, which comes when the server has done all that it was
  // sent; `time` at most. What it says is not heard.
  void drain(std::chrono::milliseconds time);

  // log_out says goodbye where anybody is there to hear it, and closes.
  void log_out();

  void close();
  void reset();

  // show is what the server said as a report may have it: escaped, without secrets.
  [[nodiscard]] std::string show(std::string_view octets) const { return transcript_.show(octets); }

  [[nodiscard]] bool open() const { return link_ != nullptr && !closed_; }
  [[nodiscard]] bool is_tls() const { return link_ != nullptr && link_->is_tls(); }
  // handshake is what was agreed on by TLS; nullopt without.
  [[nodiscard]] const std::optional<TlsFacts>& handshake() const { return handshake_; }
  // session is what a TLS handshake of another conversation can resume; nullptr where there is nothing.
  [[nodiscard]] TlsSession session() const { return link_ != nullptr ? link_->session() : nullptr; }
  // capabilities are those last told on this connection; nullopt where none were.
  [[nodiscard]] const std::optional<std::vector<std::string>>& capabilities() const { return capabilities_; }
  [[nodiscard]] bool speaks_rev2() const { return replies_.profile().rev2; }
  // bye is the text of a BYE that no LOGOUT asked for, without secrets; nullopt where none came.
  [[nodiscard]] const std::optional<std::string>& bye() const { return bye_; }
  // logged_in says whether the guard heard of a login, or of PREAUTH.
  [[nodiscard]] bool logged_in() const { return guard_ && guard_->has_entered(); }
  // bad_commands is how many BAD the server has answered here.
  [[nodiscard]] std::size_t bad_commands() const { return bad_commands_; }
  // current_number is what the message that had the number `original` when the mailbox was selected is called now;
  // nullopt where it is gone, or nobody can know.
  [[nodiscard]] std::optional<std::uint32_t> current_number(std::uint32_t original) const {
    return numbering_.current_number(original);
  }

  // why_not says why the command of an exchange did not succeed, without secrets; nullopt where it did.
  [[nodiscard]] std::optional<std::string> why_not(const Exchange& exchange) const;

  // set_where says which step of the scenario is on: what is found, and what must not be sent, belongs to it.
  void set_where(Where where) { where_ = std::move(where); }

  // take_observed hands over what monitor and grammar found since the last call.
  std::vector<Observed> take_observed() { return observations_.take(); }

 private:
  // Goal is when a read is done, besides at the end of the connection and of our patience.
  struct Goal {
    std::vector<std::string> tags = {};                // all of them completed; none: never
    bool continuation = false;                         // a continuation request
    bool one_unit = false;                             // anything
    std::function<bool(const Exchange&)> enough = {};  // asked before each wait
  };

  bool write(std::string_view octets, Exchange& exchange);
  // may_send asks the guard, and makes a trouble of what it forbids. It waits for "+" between the segments.
  bool may_send(const std::vector<std::string>& segments, Exchange& exchange);
  bool may_begin(const std::vector<std::string>& segments, Exchange& exchange);
  void tell_guard(const Received& received);
  bool write_cut(std::string_view octets, std::size_t offset, const Writing& writing, Exchange& exchange);
  void give_up(Exchange& exchange, std::string why);
  void read(Exchange& exchange, Goal goal);
  // reached says whether the unit that came last fulfils the goal.
  static bool reached(Goal& goal, const Received& last);
  void hear_until(const Deadline& deadline);
  // hear_buffered takes what was received already, and says whether more can be taken.
  bool hear_buffered();
  void let_pass(std::chrono::milliseconds time) const;
  bool within_limits(Exchange& exchange, std::size_t octets);
  // accept says whether what came is no answer: a completion of no command in progress.
  bool accept(std::string octets, Exchange& exchange);
  // on_sent tells those who follow the connection of a unit, as a server sees it; on_sent_octets of units in any
  // pieces.
  void on_sent(std::string_view unit);
  void on_sent_octets(std::string_view octets);
  // follow is on_sent where nothing can have come before it.
  void follow(std::string_view unit);
  // leave_line is for a command that follows octets sent as they are, which may have been no whole command.
  void leave_line();
  bool completes_nothing(const parser::StatusResponse& status);
  // observe collects what was found since it was called last: by that response, or by what was sent.
  void observe(std::string_view response = {}, std::string_view completes = {});
  void remember_capabilities(const parser::Response& response);
  Exchange send_segments(const WireOctets& unit, std::string tag, const Outgoing& outgoing);
  Exchange send_with_odd_tag(const WireOctets& unit, std::string tag, const Outgoing& outgoing);
  // read_to_bound sends a NOOP and reads until it is answered.
  void read_to_bound(Exchange& exchange);
  [[nodiscard]] std::string next_tag();
  [[nodiscard]] Deadline answer_deadline() const;
  [[nodiscard]] Deadline connect_deadline() const;

  const RunContext& context_;
  Transcript transcript_;
  Patience patience_;
  std::unique_ptr<Link> link_;
  parser::Framer framer_;
  ReplyParser replies_;
  Monitor monitor_;
  Observations observations_;
  Where where_;
  SentOctets raw_;  // of the last steps that sent octets as they are
  std::optional<SendGuard> guard_;
  Numbering numbering_;
  std::string buffered_;    // what was received last
  std::size_t framed_ = 0;  // octets of it that the framer has had
  Exchange unasked_;        // what came before anything was sent: the next exchange begins with it
  std::multiset<std::string, std::less<>> in_progress_;  // tags of commands that have not completed
  bool closed_ = false;
  bool greeted_ = false;
  unsigned next_tag_ = 1;
  std::size_t bad_commands_ = 0;
  std::string last_tag_;
  bool logging_out_ = false;  // LOGOUT was sent
  std::optional<std::string> bye_;
  std::optional<std::vector<std::string>> capabilities_;
  std::optional<TlsFacts> handshake_;
};

}  // namespace imapspec::runner
