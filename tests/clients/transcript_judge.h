// Reads a transcript of the server: all that it said goes by a witness, and what clients said is counted.
//
// server/net/transcript.h
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "fuzz/grammar_judge.h"
#include "server/session/offer.h"

namespace imapspec::clients {

// Judgement is what was found in all connections.
struct Judgement {
  std::map<std::string, int> complaints;  // about the server, and how often each was made
  std::set<std::string> odd_commands;     // of clients, that the grammar does not have
  std::map<std::string, int> commands;    // how often each was said; ENABLE with what it names
  std::size_t connections = 0;
};

// judge reads the transcript of a server that offered `offer`. The error is a sentence about a line that no transcript
// has.
std::optional<std::string> judge(std::string_view transcript, const server::Offer& offer, fuzz::GrammarJudges& judges,
                                 Judgement& judgement);

}  // namespace imapspec::clients
