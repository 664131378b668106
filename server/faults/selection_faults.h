// Faults of: EXAMINE, UIDNEXT, and how a mailbox is left. RFC 9051 sections 6.3.3, 6.4.1, 6.4.2.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kSelectionFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kSelectionFaults = std::to_array<FaultInfo>({
    {Fault::UidnextStale, "uidnext-stale", "2.3.1.1/uidnext-changes-with-messages", "2.3.1.1", "must",
     "UIDNEXT in SELECT and EXAMINE is always 1"},
    {Fault::ExamineSendsLess, "examine-sends-less", "6.3.3/output-is-that-of-select", "6.3.3", "must",
     "EXAMINE does not send UIDVALIDITY, which SELECT sends"},
    {Fault::ExamineMissingOk, "examine-missing-ok", "6.3.3/missing-mailbox-is-no", "6.3.3", "statement",
     "EXAMINE of a mailbox that does not exist is answered OK"},
    {Fault::SelectExpunges, "select-expunges", "6.4.1/select-does-not-expunge", "6.4.1", "statement",
     "SELECT and EXAMINE remove the \\Deleted messages of the mailbox that they close"},
    {Fault::LogoutExpunges, "logout-expunges", "6.4.1/logout-does-not-expunge", "6.4.1", "statement",
     "LOGOUT removes the \\Deleted messages of the selected mailbox"},
    {Fault::CloseKeepsMailbox, "close-keeps-mailbox", "6.4.1/close-deselects", "6.4.1", "statement",
     "after CLOSE the mailbox is still selected"},
    {Fault::CloseKeepsDeleted, "close-keeps-deleted", "6.4.1/close-removes-deleted", "6.4.1", "statement",
     "CLOSE removes no messages"},
    {Fault::CloseOfReadOnlyExpunges, "close-of-read-only-expunges", "6.4.1/close-of-read-only-removes-nothing", "6.4.1",
     "statement", "CLOSE removes the \\Deleted messages of a mailbox that was opened with EXAMINE"},
    {Fault::UnselectKeepsMailbox, "unselect-keeps-mailbox", "6.4.2/unselect-deselects", "6.4.2", "statement",
     "after UNSELECT the mailbox is still selected"},
});

}  // namespace imapspec::server
