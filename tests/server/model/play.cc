#include "tests/server/model/play.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "fuzz/witness.h"
#include "parser/grammar/parse.h"
#include "server/session/session.h"
#include "server/store/store.h"
#include "tests/server/model/disagreement.h"
#include "tests/server/model/model.h"

namespace imapspec::server::model {

namespace {

SessionOptions patient() {
  SessionOptions options;
  options.limits.bad_commands = 1'000'000;
  options.limits.bad_commands_before_login = 1'000'000;
  return options;
}

bool is_whole_unit(std::string_view octets) {
  parser::Framer framer(parser::Direction::FromClient);
  parser::FramingEvent event = parser::FramingEvent::NeedMore;
  while (!octets.empty()) {
    event = framer.consume(octets);
    if (event == parser::FramingEvent::Unit && !octets.empty()) return false;
    if (event == parser::FramingEvent::LiteralAnnounced && framer.literal().synchronizing) return false;
  }
  return event == parser::FramingEvent::Unit;
}

// Stage is the server and the model, side by side.
class Stage {
 public:
  Stage(const FaultSet& faults, fuzz::GrammarJudges* judges) : faults_(faults), judges_(judges), options_(patient()) {
    for (std::size_t session = 0; session < kSessions; ++session) {
      connect(session);
      command(session, "begin", "LOGIN alice secret-alice");
    }
  }

  // step yields whether the step was played.
  bool step(const Step& step, std::size_t index);

  [[nodiscard]] std::size_t accepted() const { return model_.accepted(); }

 private:
  struct Connection {
    Connection(Store& store, const SessionOptions& options, const FaultSet& faults, fuzz::GrammarJudges* judges)
        : session(store, options, faults), witness(options.offer, judges) {}
    Session session;
    fuzz::Witness witness;
  };

  void connect(std::size_t session);
  void command(std::size_t session, const std::string& tag, const std::string& text);
  void done(std::size_t session);
  void send(std::size_t session, std::string_view octets);
  // hear yields what a session said; the responses live until the next call.
  std::string output_of(std::size_t session);
  std::span<const parser::Response> hear(std::size_t session);
  void others_hear(std::size_t session);

  FaultSet faults_;
  fuzz::GrammarJudges* judges_;
  SessionOptions options_;
  Store store_{[] { return std::chrono::system_clock::time_point(std::chrono::days(20'000)); }};
  std::array<std::unique_ptr<Connection>, kSessions> connections_;
  Model model_{kSessions};
  std::string heard_;
  parser::Arena arena_;
  std::vector<parser::Response> responses_;
};

void Stage::connect(std::size_t session) {
  connections_[session] = std::make_unique<Connection>(store_, options_, faults_, judges_);
  connections_[session]->session.on_connected(true);
  output_of(session);
  model_.connected(session);
}

std::string Stage::output_of(std::size_t session) {
  Connection& connection = *connections_[session];
  std::string heard;
  for (auto output = connection.session.output(10'000); !output.empty(); output = connection.session.output(10'000)) {
    heard += output;
    connection.session.sent(output.size());
  }
  connection.witness.on_said(heard);
  for (const std::string& complaint : connection.witness.take()) throw Disagreement{complaint};
  return heard;
}

std::span<const parser::Response> Stage::hear(std::size_t session) {
  heard_ = output_of(session);
  arena_.reset();
  responses_.clear();
  std::string_view rest = heard_;
  std::string_view unit_start = rest;
  parser::Framer framer(parser::Direction::FromServer);
  while (!rest.empty()) {
    if (framer.consume(rest) != parser::FramingEvent::Unit) continue;
    const std::string_view unit = unit_start.substr(0, unit_start.size() - rest.size());
    const auto parsed = parser::parse_response(unit, arena_, connections_[session]->witness.profile());
    require(parsed.has_value(), "a response does not parse");
    responses_.push_back(*parsed);
    unit_start = rest;
  }
  return responses_;
}

void Stage::send(std::size_t session, std::string_view octets) {
  Connection& connection = *connections_[session];
  connection.witness.on_sent(octets);
  connection.session.on_octets(octets);
  for (const auto& each : connections_) {
    if (each) each->session.on_store_changed();
  }
}

void Stage::others_hear(std::size_t session) {
  for (std::size_t other = 0; other < kSessions; ++other) {
    if (other != session && connections_[other]) model_.overheard(other, hear(other));
  }
}

void Stage::command(std::size_t session, const std::string& tag, const std::string& text) {
  const std::string octets = tag + " " + text + "\r\n";
  send(session, octets);
  parser::Arena arena;
  const auto command = parser::parse_command(octets, arena, options_.offer.profile(false));
  model_.answered(session, tag, command ? &*command : nullptr, hear(session));
  if (!model_.client(session).connected) {
    require(connections_[session]->session.wish() == Wish::Close, "the connection stays open");
    connections_[session].reset();
  }
  others_hear(session);
}

void Stage::done(std::size_t session) {
  send(session, "DONE\r\n");
  model_.done(session, hear(session));
  others_hear(session);
}

bool Stage::step(const Step& step, std::size_t index) {
  const Client& client = model_.client(step.session);
  if (step.text == "connect") {
    connect(step.session);
    return true;
  }
  if (!client.connected || client.idle_tag.empty() == (step.text == "DONE")) return false;
  if (step.text == "DONE") {
    done(step.session);
    return true;
  }
  const std::string tag = fmt::format("t{}", index);
  if (!is_whole_unit(tag + " " + step.text + "\r\n")) return false;
  command(step.session, tag, step.text);
  return true;
}

}  // namespace

Played play(const Script& script, const FaultSet& faults, fuzz::GrammarJudges* judges) {
  Played played;
  std::size_t index = 0;
  try {
    Stage stage(faults, judges);
    for (; index < script.size(); ++index) {
      played.commands += stage.step(script[index], index) ? 1U : 0U;
      played.accepted = stage.accepted();
    }
  } catch (const Disagreement& disagreement) {
    played.failure = Failure{index, disagreement.message};
  }
  return played;
}

}  // namespace imapspec::server::model
