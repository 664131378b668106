// Faults of: APPEND, COPY, MOVE, EXPUNGE and CLOSE. RFC 9051 sections 6.3.12, 6.4.1 to 6.4.3, 6.4.7, 6.4.8.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kMessagesFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kMessagesFaults = std::to_array<FaultInfo>({
    {Fault::AppendNoTrycreate, "append-no-trycreate", "6.3.12/trycreate-is-sent", "6.3.12", "must",
     "APPEND, COPY and MOVE to a missing mailbox fail without TRYCREATE"},
    {Fault::AppendAutoCreates, "append-auto-creates", "6.3.12/append-does-not-create", "6.3.12", "must",
     "APPEND, COPY and MOVE create a mailbox that is missing"},
    {Fault::AppenduidMissing, "appenduid-missing", "6.3.12/appenduid-is-sent", "6.3.12", "statement",
     "the OK of APPEND has no APPENDUID code"},
    {Fault::CopyuidMissing, "copyuid-missing", "6.4.7/copyuid-is-sent", "6.4.7", "statement",
     "the OK of COPY and UID COPY has no COPYUID code"},
    {Fault::MoveCopyuidTagged, "move-copyuid-tagged", "6.4.8/copyuid-before-expunge", "6.4.8", "must",
     "MOVE sends COPYUID in the tagged OK, after the EXPUNGE responses"},
    {Fault::ExpungeWrongNumbers, "expunge-wrong-numbers", "7.5.1/expunge-within-count", "7.5.1", "statement",
     "EXPUNGE reports the numbers that messages had before the command, lowest first"},
    {Fault::ExpungeSilent, "expunge-silent", "6.4.3/expunge-response-for-each", "6.4.3", "statement",
     "EXPUNGE and UID EXPUNGE send no EXPUNGE responses"},
    {Fault::ExistsShrinks, "exists-shrinks", "5.2/exists-does-not-shrink", "5.2", "must",
     "EXPUNGE sends one EXISTS with the smaller count in place of the EXPUNGE responses"},
    {Fault::CloseSendsExpunge, "close-sends-expunge", "6.4.1/close-sends-no-expunge", "6.4.1", "statement",
     "CLOSE sends EXPUNGE responses"},
    {Fault::UnselectExpunges, "unselect-expunges", "6.4.2/unselect-removes-nothing", "6.4.2", "statement",
     "UNSELECT removes the messages that are \\Deleted"},
    {Fault::UidExpungeRemovesAll, "uid-expunge-removes-all", "6.4.9/uid-expunge-only-listed", "6.4.9", "statement",
     "UID EXPUNGE removes all messages that are \\Deleted"},
    {Fault::UidReusedAfterExpunge, "uid-reused-after-expunge", "2.3.1.1/uid-is-not-reused", "2.3.1.1", "must",
     "the UID of the last message is given again after that message was expunged"},
});

}  // namespace imapspec::server
