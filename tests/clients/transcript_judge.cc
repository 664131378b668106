#include "tests/clients/transcript_judge.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>

#include "fuzz/witness.h"
#include "parser/core/arena.h"
#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"

namespace imapspec::clients {

namespace {

// Of what is odd, not more than this is shown.
constexpr std::size_t kShown = 300;

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// Connection is what is known of one of them.
class Connection {
 public:
  Connection(const server::Offer& offer, fuzz::GrammarJudges& judges, Judgement& judgement)
      : judgement_(&judgement), witness_(offer, &judges) {
    constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
    client_.set_limits({.line = kAny, .literal = kAny, .unit = kAny, .literals = kAny});
  }

  void on_client(std::string_view octets);
  void on_server(std::string_view octets);
  void on_tls() { witness_.on_tls(); }

 private:
  void count(std::string_view unit);

  Judgement* judgement_;
  fuzz::Witness witness_;
  parser::Framer client_{parser::Direction::FromClient};
  std::string line_;            // of the client, as far as it was said
  bool literal_waits_ = false;  // for the server's answer
  bool further_line_ = false;   // the client's next line belongs to AUTHENTICATE or IDLE
  std::string tag_;             // of that command
};

void Connection::on_client(std::string_view octets) {
  // A witness takes half a line for all that there will be of it.
  line_ += octets;
  if (!line_.ends_with('\n')) return;
  const std::string line = std::exchange(line_, {});
  witness_.on_sent(line);
  if (std::exchange(literal_waits_, false)) client_.abandon_unit();
  std::string_view left = line;
  while (!left.empty()) {
    const parser::FramingEvent event = client_.consume(left);
    if (event == parser::FramingEvent::Unit) {
      count(client_.unit());
    } else if (event == parser::FramingEvent::LiteralAnnounced) {
      literal_waits_ = client_.literal().synchronizing;
    }
  }
}

void Connection::count(std::string_view unit) {
  if (further_line_) {
    // After DONE other commands may come before IDLE has completed.
    if (parser::parse_idle_done(unit)) further_line_ = false;
    return;
  }
  parser::Arena arena;
  const auto command = parser::parse_command(unit, arena, witness_.profile());
  if (!command) {
    judgement_->odd_commands.insert(parser::describe(command.error(), unit) + ": " +
                                    parser::escape_octets(unit.substr(0, kShown)));
    return;
  }
  std::string name(parser::command_name(command->body));
  if (const auto* enable = std::get_if<parser::commands::Enable>(&command->body)) {
    for (const std::string_view capability : enable->capabilities) name.append(" ").append(capability);
  }
  ++judgement_->commands[name];
  further_line_ = std::holds_alternative<parser::commands::Idle>(command->body) ||
                  std::holds_alternative<parser::commands::Authenticate>(command->body);
  tag_ = parser::tag_of(unit);
}

void Connection::on_server(std::string_view octets) {
  witness_.on_said(octets);
  if (witness_.invited()) literal_waits_ = false;
  if (octets.starts_with(tag_ + " ")) further_line_ = false;
  for (const std::string& complaint : witness_.take()) ++judgement_->complaints[complaint.substr(0, kShown)];
}

}  // namespace

std::optional<std::string> judge(std::string_view transcript, const server::Offer& offer, fuzz::GrammarJudges& judges,
                                 Judgement& judgement) {
  std::map<std::uint64_t, Connection> open;
  while (!transcript.empty()) {
    const std::string_view line = take_line(transcript);
    std::uint64_t number = 0;
    const char* const end = std::from_chars(line.data(), line.data() + line.size(), number).ptr;
    const std::string_view rest = line.substr(static_cast<std::size_t>(end - line.data()));
    const auto octets = parser::unescape_octets(rest.substr(std::min<std::size_t>(rest.size(), 3)));
    if (number == 0 || !octets) return "this is no line of a transcript: " + std::string(line);
    const auto [found, is_new] = open.try_emplace(number, offer, judges, judgement);
    judgement.connections += is_new ? 1 : 0;
    Connection& connection = found->second;
    if (rest.starts_with(" S ")) {
      connection.on_server(*octets);
    } else if (rest.starts_with(" C ")) {
      connection.on_client(*octets);
    } else if (rest == " TLS") {
      connection.on_tls();
    } else if (rest == " END") {
      open.erase(found);
    } else {
      return "this is no line of a transcript: " + std::string(line);
    }
  }
  return std::nullopt;
}

}  // namespace imapspec::clients
