#include "fuzz/careful_client.h"

#include "fuzz/target.h"
#include "parser/framing/framer.h"

namespace imapspec::fuzz {

void CarefulClient::connect() {
  session_.on_connected(true);
  listen();
}

void CarefulClient::say(std::string_view script) {
  parser::Framer client(parser::Direction::FromClient);
  std::string_view said = script;  // what the session has not been given yet
  while (!script.empty()) {
    const parser::FramingEvent event = client.consume(script);
    const std::string_view now = said.substr(0, said.size() - script.size());
    if (event == parser::FramingEvent::LiteralAnnounced && client.literal().synchronizing) {
      if (!give(now)) return;
      if (!witness_.invited()) client.abandon_unit();
      said = script;
    } else if (event == parser::FramingEvent::Unit) {
      if (!give(now)) return;
      said = script;
    } else if (event != parser::FramingEvent::LiteralAnnounced) {
      give(now);
      return;
    }
  }
}

bool CarefulClient::give(std::string_view octets) {
  witness_.on_sent(octets);
  session_.on_octets(octets);
  return listen();
}

bool CarefulClient::listen() {
  for (std::string_view output = session_.output(4'096); !output.empty(); output = session_.output(4'096)) {
    witness_.on_said(output);
    for (const std::string& complaint : witness_.take()) require(false, complaint, "");
    session_.sent(output.size());
  }
  return session_.wish() == server::Wish::None;
}

}  // namespace imapspec::fuzz
