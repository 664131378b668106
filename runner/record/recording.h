// One connection between a client and a server that were listened to: what was said, in order, and what the grammar
// and the monitor find wrong with the server.
//
// RFC 9051 sections 2.2, 4.3, 6.2.1
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/framing/framer.h"
#include "parser/grammar/profile.h"
#include "runner/monitor/monitor.h"
#include "runner/result/result.h"
#include "runner/run/exchange.h"
#include "runner/run/observations.h"
#include "runner/run/reply_parser.h"
#include "runner/run/transcript.h"

namespace imapspec::runner {

// Said is one unit of the client.
struct Said {
  enum class Kind : std::uint8_t {
    Command,    // with its literals
    Announced,  // a command up to a synchronizing literal that the server did not take
    Line,       // of AUTHENTICATE or IDLE
  };
  Kind kind = Kind::Command;
  std::string tag;
  std::string name;    // in upper case; "UID FETCH" too
  std::string octets;  // without a line's CRLF
};

// Secured is a handshake. Blurred is where parsing ends: from there on nothing is known.
struct Secured {};
struct Blurred {};

// RecordedEvent is one of these, and when it happened, by the clock that all recordings share.
struct RecordedEvent {
  std::uint64_t at = 0;
  std::variant<Said, Received, Secured, Blurred> what;
};

// RecordingBudget is what all recordings of a program share: how much they may keep together, a clock, and what the
// server told of mailboxes. For one thread.
class RecordingBudget {
 public:
  explicit RecordingBudget(std::size_t octets = std::size_t{1} << 30) : left_(octets) {}

  // take is false from when there was less left than asked for.
  bool take(std::size_t octets) {
    left_ = octets > left_ ? 0 : left_ - octets;
    return left_ > 0;
  }

  [[nodiscard]] bool is_used_up() const { return left_ == 0; }

  // now goes on with each call.
  std::uint64_t now() { return ++clock_; }

  [[nodiscard]] const std::shared_ptr<MailboxKnowledge>& knowledge() const { return knowledge_; }

 private:
  std::size_t left_;
  std::uint64_t clock_ = 0;
  std::shared_ptr<MailboxKnowledge> knowledge_ = std::make_shared<MailboxKnowledge>();
};

// Recording follows one connection. It never changes what is said, and its memory is bounded.
class Recording {
 public:
  // Recording starts with the greeting to come. `number` tells connections apart. The budget outlives it.
  Recording(std::size_t number, RecordingBudget& budget);
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  void on_client(std::string_view octets);

  // on_server yields how many of `octets` belong before TLS, when the server agrees to STARTTLS in them.
  std::optional<std::size_t> on_server(std::string_view octets);

  void on_tls();

  // on_closed says that nothing more will come.
  void on_closed();

  [[nodiscard]] std::size_t number() const { return number_; }

  // started and ended are when the connection was made and when it was closed or left by LOGOUT, by the shared clock;
  // nullopt before that.
  [[nodiscard]] std::uint64_t started() const { return started_; }
  [[nodiscard]] std::optional<std::uint64_t> ended() const { return ended_; }

  // user is the name that was logged in with last; empty where nobody was, or it was not seen.
  [[nodiscard]] std::string_view user() const { return monitor_.user(); }

  [[nodiscard]] const std::deque<RecordedEvent>& events() const { return events_; }

  // findings is what was found so far, each (requirement, deviation) once.
  [[nodiscard]] std::vector<Finding> findings();

  // notes are what was not understood or not finished, in sentences.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  RecordedEvent& add(decltype(RecordedEvent::what) what);
  void on_announcement();
  void on_unit(std::string unit);
  void on_reply(std::string unit);
  void on_status(const parser::StatusResponse& status);
  void observe(std::string_view response = {}, std::string_view completes = {});
  void learn_capabilities(const parser::Response& response);
  void learn_secrets(const Said& said);
  void pay(std::size_t octets);
  void stop(std::string why);
  [[nodiscard]] bool takes_lines() const;

  std::size_t number_;
  RecordingBudget& budget_;
  std::uint64_t started_;
  std::optional<std::uint64_t> ended_;
  Secrets secrets_;
  parser::Profile profile_;
  Transcript shown_;  // in which nothing is kept: it shows octets
  ReplyParser replies_;
  Monitor monitor_;
  Observations observations_;
  parser::Framer client_;
  parser::Framer server_;
  std::deque<RecordedEvent> events_;
  std::optional<std::size_t> announced_;            // the event of a command that waits at a literal
  std::size_t literals_due_ = 0;                    // continuation requests that belong to literals
  std::map<std::string, std::string> in_progress_;  // commands by tag
  std::vector<Finding> findings_;
  std::vector<std::string> notes_;
  std::size_t octets_ = 0;
  bool greeted_ = false;
  bool closed_ = false;
  bool rev2_enabled_ = false;  // needed where both revisions are offered
  bool parsing_ = true;
  bool tls_next_ = false;
};

// command_words is the name of a command unit, "UID FETCH" too, in upper case.
std::string command_words(std::string_view unit);

}  // namespace imapspec::runner
