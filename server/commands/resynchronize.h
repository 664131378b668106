// What a client missed while it was away.
//
// RFC 7162 sections 3.2.5, 3.2.6
#pragma once

#include <cstdint>
#include <vector>

#include "parser/grammar/extensions/qresync.h"
#include "server/session/context.h"
#include "server/session/number_set.h"

namespace imapspec::server {

// send_earlier tells which of `wanted`, UIDs greater than `above`, were expunged since `mod_sequence`. What the client
// still has a sequence number for is left to the news.
void send_earlier(Context& context, std::uint64_t mod_sequence, const NumberSet& wanted, std::uint32_t above = 0);

// missed_changes is the messages of the set whose mod-sequence is greater.
std::vector<parser::SequenceNumber> missed_changes(const MailboxView& view, std::uint64_t mod_sequence,
                                                   const NumberSet& wanted);

// last_match is the UID of the last message that the client rightly knows by number and UID, 0 where there is none:
// it knows what was expunged up to there (section 3.2.5.2).
std::uint32_t last_match(const parser::SeqMatchData& match, const MailboxView& view);

}  // namespace imapspec::server
