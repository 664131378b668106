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
    {Fault::AppendSetsSeen, "append-sets-seen", "6.3.12/no-flags-without-flag-list", "6.3.12", "statement",
     "a message that is appended without flags is \\Seen"},
    {Fault::RejectedAppendStays, "rejected-append-stays", "6.3.12/failed-append-leaves-nothing", "6.3.12", "must",
     "APPEND with something after the message is answered BAD, and adds the message"},
    {Fault::AppenduidOfSelected, "appenduid-of-selected", "7.1/appenduid-names-the-destination", "7.1", "statement",
     "APPENDUID has the UIDVALIDITY of the selected mailbox"},
    {Fault::AppenduidIsRange, "appenduid-is-range", "7.1/appenduid-of-one-is-no-set", "7.1", "must",
     "APPENDUID has a range of two UIDs where one message was appended"},
    {Fault::FailedCopyIsPartial, "failed-copy-is-partial", "6.4.7/failed-copy-leaves-nothing", "6.4.7", "must",
     "COPY of messages of which some do not exist fails and copies the others"},
    {Fault::CopyuidSwapped, "copyuid-swapped", "7.1/copyuid-pairs-the-uids", "7.1", "statement",
     "COPYUID has the UIDs of the copies before those of the originals"},
    {Fault::CopyuidOfSource, "copyuid-of-source", "7.1/copyuid-names-the-destination", "7.1", "statement",
     "COPYUID has the UIDVALIDITY of the mailbox that was copied from"},
    {Fault::MoveKeepsOriginal, "move-keeps-original", "6.4.8/message-is-moved", "6.4.8", "statement",
     "MOVE copies the messages and does not remove them"},
    {Fault::MoveShowsDeleted, "move-shows-deleted", "6.4.8/no-deleted-flag", "6.4.8", "must",
     "MOVE sends FETCH responses with \\Deleted before it removes the messages"},
    {Fault::MoveWithinMailboxLoses, "move-within-mailbox-loses", "6.4.8/no-message-is-lost", "6.4.8", "must",
     "MOVE to the selected mailbox removes the messages and keeps no copy"},
    {Fault::UidExpungeIgnoresFlag, "uid-expunge-ignores-flag", "6.4.9/uid-expunge-only-listed", "6.4.9", "statement",
     "UID EXPUNGE removes the messages listed, \\Deleted or not"},
});

}  // namespace imapspec::server
