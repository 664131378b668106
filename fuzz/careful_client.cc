#include "fuzz/careful_client.h"

#include <variant>

#include "fuzz/target.h"
#include "parser/grammar/parse.h"

namespace imapspec::fuzz {

void CarefulClient::connect() {
  session_.on_connected(true);
  listen();
}

void CarefulClient::say(std::string_view script) {
  parser::Framer client(parser::Direction::FromClient);
  std::string_view said = script;  // what the session has not been given yet
  while (!script.empty()) {
    if (client.unit().empty()) {
      // A command is the monitor's from its first octet on: refusals come early.
      parser::Framer ahead = client;
      std::string_view rest = script;
      while (ahead.consume(rest) == parser::FramingEvent::LiteralAnnounced) continue;
      monitor_.on_sent(ahead.unit(), parser::kRev2);
    }
    const parser::FramingEvent event = client.consume(script);
    const std::string_view now = said.substr(0, said.size() - script.size());
    if (event == parser::FramingEvent::LiteralAnnounced && client.literal().synchronizing) {
      monitor_.on_literal_announced();
      if (!give(now)) return;
      if (!continued_) client.abandon_unit();
      said = script;
    } else if (event == parser::FramingEvent::Unit) {
      if (!give(now)) return;
      client.take_unit();
      said = script;
    } else if (event != parser::FramingEvent::LiteralAnnounced) {
      give(now);
      return;
    }
  }
}

bool CarefulClient::give(std::string_view octets) {
  continued_ = false;
  session_.on_octets(octets);
  return listen();
}

bool CarefulClient::listen() {
  for (std::string_view output = session_.output(4'096); !output.empty(); output = session_.output(4'096)) {
    heard_ += output;
    std::string_view rest = output;
    while (!rest.empty()) {
      if (from_server_.consume(rest) != parser::FramingEvent::Unit) continue;
      const std::string unit = from_server_.take_unit();
      parser::Arena arena;
      if (!greeted_) {
        require(parser::parse_greeting(unit, arena, parser::kRev2).has_value(), "the greeting does not parse", unit);
        greeted_ = true;
        continue;
      }
      const auto response = parser::parse_response(unit, arena, parser::kRev2);
      require(response.has_value(), "a response does not parse", unit);
      if (std::holds_alternative<parser::ContinueReq>(*response)) continued_ = true;
      monitor_.on_response(*response, parser::kRev2);
      for (const runner::Violation& violation : monitor_.take()) require(false, violation.message, unit);
    }
    session_.sent(output.size());
  }
  return session_.wish() == server::Wish::None;
}

}  // namespace imapspec::fuzz
