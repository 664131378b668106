#include "fuzz/careful_client.h"

#include <string>

#include "fuzz/target.h"
#include "parser/framing/framer.h"

namespace imapspec::fuzz {

void CarefulClient::connect() {
  session_.on_connected(true);
  listen();
}

std::string_view CarefulClient::say(std::string_view script) {
  parser::Framer client(parser::Direction::FromClient);
  std::string_view said = script;  // what the session has not been given yet
  while (!script.empty()) {
    const parser::FramingEvent event = client.consume(script);
    const std::string_view now = said.substr(0, said.size() - script.size());
    if (event == parser::FramingEvent::LiteralAnnounced) {
      if (!client.literal().synchronizing) continue;
      give(now);
      if (is_over() || !witness_.invited()) return script;
      said = script;
    } else {
      give(now);
      return script;
    }
  }
  give(said);
  return {};
}

void CarefulClient::give(std::string_view octets) {
  witness_.on_sent(octets);
  session_.on_octets(octets);
  listen();
}

void CarefulClient::listen() {
  hear_output();
  for (auto due = session_.wake_at(); due; due = session_.wake_at()) {
    session_.on_time(*due);
    hear_output();
  }
}

void CarefulClient::hear_output() {
  for (std::string_view output = session_.output(4'096); !output.empty(); output = session_.output(4'096)) {
    witness_.on_said(output);
    for (const std::string& complaint : witness_.take()) require(false, complaint, "");
    session_.sent(output.size());
  }
}

}  // namespace imapspec::fuzz
