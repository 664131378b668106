// The shortest conversations that show the faults, one table per area as in server/faults.
#pragma once

#include <string>
#include <vector>

#include "server/faults/faults.h"

namespace imapspec::server {

// Start is where a conversation begins: without TLS, with TLS, logged in, or with two sessions that have
// selected a mailbox of two messages, of which the second session has just removed the first.
enum class Start { Clear, Tls, LoggedIn, TwoSelected };

// FaultCase is a conversation, in the lines of World::play, that a fault changes.
struct FaultCase {
  Fault fault;
  Start start;
  std::vector<std::string> lines;
};

std::vector<FaultCase> wire_cases();
std::vector<FaultCase> auth_cases();
std::vector<FaultCase> mailboxes_cases();
std::vector<FaultCase> messages_cases();
std::vector<FaultCase> fetch_cases();
std::vector<FaultCase> search_cases();
std::vector<FaultCase> sessions_cases();
std::vector<FaultCase> selection_cases();
std::vector<FaultCase> extensions_cases();
std::vector<FaultCase> numbers_cases();

// with_message yields lines that append a message and select INBOX, and then more.
std::vector<std::string> with_message(const std::string& message, const std::vector<std::string>& more);

// multipart_message has a part with a header, and a name that needs quotes within quotes.
std::string multipart_message();

}  // namespace imapspec::server
