// Faults of: SELECT, ENABLE, and the mailboxes. RFC 9051 sections 5, 6.3.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kMailboxesFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kMailboxesFaults = std::to_array<FaultInfo>({
    {Fault::SelectWithoutUidvalidity, "select-without-uidvalidity", "6.3.2/uidvalidity-is-sent", "6.3.2", "must",
     "SELECT and EXAMINE do not send UIDVALIDITY"},
    {Fault::SelectWithoutUidnext, "select-without-uidnext", "6.3.2/uidnext-is-sent", "6.3.2", "must",
     "SELECT and EXAMINE do not send UIDNEXT"},
    {Fault::SelectWithoutPermanentflags, "select-without-permanentflags", "6.3.2/permanentflags-are-sent", "6.3.2",
     "must", "SELECT and EXAMINE do not send PERMANENTFLAGS"},
    {Fault::SelectWithoutFlags, "select-without-flags", "6.3.2/flags-are-sent", "6.3.2", "must",
     "SELECT and EXAMINE do not send FLAGS"},
    {Fault::SelectWithoutExists, "select-without-exists", "6.3.2/exists-is-sent", "6.3.2", "must",
     "SELECT and EXAMINE do not send EXISTS"},
    {Fault::SelectWithoutList, "select-without-list", "6.3.2/list-is-sent", "6.3.2", "must",
     "SELECT and EXAMINE do not send LIST"},
    {Fault::ExamineIsReadWrite, "examine-is-read-write", "6.3.3/examine-changes-nothing", "6.3.3", "statement",
     "a mailbox that was opened with EXAMINE can be changed"},
    {Fault::ExamineWithoutReadOnly, "examine-without-read-only", "6.3.3/read-only-is-sent", "6.3.3", "must",
     "the OK of EXAMINE has no READ-ONLY code"},
    {Fault::FailedSelectKeepsMailbox, "failed-select-keeps-mailbox", "6.3.2/failed-select-deselects", "6.3.2",
     "statement", "after a SELECT that fails the mailbox before it is still selected"},
    {Fault::NoClosedCode, "no-closed-code", "6.3.2/closed-is-sent", "6.3.2", "must",
     "SELECT and EXAMINE close the selected mailbox without the CLOSED code"},
    {Fault::SelectMissingCreates, "select-missing-creates", "6.3.2/missing-mailbox-is-no", "6.3.2", "statement",
     "SELECT and EXAMINE create a mailbox that does not exist, and select it"},
    {Fault::CreateExistingOk, "create-existing-ok", "6.3.4/existing-mailbox-is-no", "6.3.4", "statement",
     "CREATE of a mailbox that exists, INBOX too, is answered OK"},
    {Fault::DeleteMissingOk, "delete-missing-ok", "6.3.5/missing-mailbox-is-no", "6.3.5", "statement",
     "DELETE of a mailbox that does not exist is answered OK"},
    {Fault::RenameOntoExistingOk, "rename-onto-existing-ok", "6.3.6/existing-mailbox-is-no", "6.3.6", "statement",
     "RENAME to the name of a mailbox that exists is answered OK, and nothing is renamed"},
    {Fault::UidsRepeatAfterRecreate, "uids-repeat-after-recreate", "6.3.5/uids-are-not-reused", "6.3.5", "must",
     "a mailbox that is deleted and created again has its old UIDVALIDITY, and UIDs from 1"},
    {Fault::ListPercentCrosses, "list-percent-crosses", "6.3.9/percent-stops-at-delimiter", "6.3.9", "statement",
     "\"%\" in LIST matches the hierarchy delimiter too"},
    {Fault::SubscribeDoesNothing, "subscribe-does-nothing", "6.3.7/subscribe-adds", "6.3.7", "statement",
     "SUBSCRIBE is answered OK, and the mailbox is not subscribed"},
    {Fault::EnableNothingSilent, "enable-nothing-silent", "6.3.1/enabled-is-sent", "6.3.1", "must",
     "ENABLE sends no ENABLED response when it enabled nothing"},
    {Fault::StatusMessagesOff, "status-messages-off", "6.3.11/messages-is-the-count", "6.3.11", "statement",
     "STATUS reports one message more than there is"},
});

}  // namespace imapspec::server
