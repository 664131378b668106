// Faults of: Framing, syntax, states, and the commands of any state. RFC 9051 sections 2, 3, 4, 6.1, 9.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kWireFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kWireFaults = std::to_array<FaultInfo>({
    {Fault::ContinuationWithoutSpace, "continuation-without-space", "9/formal-syntax", "9", "must",
     "a continuation request of AUTHENTICATE is \"+\" without the space"},
    {Fault::UnknownCommandOk, "unknown-command-ok", "2.2.2/unknown-command-is-refused", "2.2.2", "statement",
     "a command that does not exist is answered OK"},
    {Fault::BadCommandDeselects, "bad-command-deselects", "6/rejected-command-keeps-state", "6", "statement",
     "a command that is answered BAD while a mailbox is selected deselects it"},
    {Fault::TagUppercased, "tag-uppercased", "2.2.2/tag-of-a-command", "2.2.2", "statement",
     "a tag that has letters of both cases comes back in upper case"},
    {Fault::CommandCaseSensitive, "command-case-sensitive", "9/keywords-ignore-case", "9", "must",
     "a command name with a lower-case letter is answered BAD"},
    {Fault::LiteralRefusedInLogin, "literal-refused-in-login", "4.3/literal-is-a-string", "4.3", "statement",
     "LOGIN answers BAD when an argument is a literal, once it was received"},
    {Fault::NonsyncLiteralExecuted, "nonsync-literal-executed", "4.3/octets-of-a-literal-are-not-commands", "4.3",
     "must",
     "a command that is refused at its non-synchronizing literal leaves the literal's octets to be read as commands"},
    {Fault::QuotedUnescaped, "quoted-unescaped", "9/formal-syntax", "9", "must",
     "quotes and backslashes in the quoted strings of ENVELOPE are not escaped"},
    {Fault::LogoutWithoutBye, "logout-without-bye", "6.1.3/bye-before-ok", "6.1.3", "must",
     "LOGOUT is answered OK without BYE"},
    {Fault::LogoutOkBeforeBye, "logout-ok-before-bye", "6.1.3/bye-before-ok", "6.1.3", "must",
     "LOGOUT is answered OK first, BYE follows"},
    {Fault::LogoutKeepsConnection, "logout-keeps-connection", "6.1.3/connection-is-closed", "6.1.3", "must",
     "after LOGOUT the connection stays open, and the next command is answered"},
    {Fault::CapabilityWithoutImap4rev2, "capability-without-imap4rev2", "6.1.1/imap4rev2-is-listed", "6.1.1", "must",
     "before login, the answer to the CAPABILITY command does not list IMAP4rev2"},
    {Fault::MailboxCommandsBeforeLogin, "mailbox-commands-before-login", "3/mailbox-commands-need-login", "3",
     "statement", "commands of the authenticated state are answered OK before login, and do nothing"},
    {Fault::SelectedCommandsUnselected, "selected-commands-unselected", "3/message-commands-need-a-mailbox", "3",
     "statement", "commands of the selected state are answered OK when no mailbox is selected, and do nothing"},
    {Fault::SelectOkBeforeData, "select-ok-before-data", "6.3.2/data-comes-before-ok", "6.3.2", "must",
     "SELECT is answered OK first, its untagged responses follow"},
    {Fault::OctetAfterLiteralLost, "octet-after-literal-lost", "4.3/literal-has-its-octets", "4.3", "statement",
     "a non-synchronizing literal takes one octet more than it announced"},
    {Fault::BigNonsyncLiteralTaken, "big-nonsync-literal-taken", "4.3/non-synchronizing-literals-are-short", "4.3",
     "must", "a command with a non-synchronizing literal of more than 4096 octets is executed"},
    {Fault::RefusedLiteralRead, "refused-literal-read", "2.2.1/refused-command-is-over", "2.2.1", "statement",
     "after a command was refused at its synchronizing literal, the octets of the literal are awaited"},
    {Fault::NulIgnored, "nul-ignored", "9/nul-is-not-accepted", "9", "should",
     "NUL octets in a command without literals are passed over"},
    {Fault::NilIsNoMailbox, "nil-is-no-mailbox", "4.5/nil-names-a-mailbox", "4.5", "statement",
     "a mailbox name NIL is answered BAD"},
    {Fault::UnknownCommandNo, "unknown-command-no", "2.2.2/unknown-command-is-bad", "2.2.2", "should",
     "a command that does not exist is answered NO"},
    {Fault::NonsyncLiteralSent, "nonsync-literal-sent", "9/formal-syntax", "9", "must",
     "the last literal of a FETCH response is announced as a non-synchronizing one"},
    {Fault::OctetsQuoted, "octets-quoted", "9/formal-syntax", "9", "must",
     "what a quoted string of ENVELOPE cannot hold is quoted all the same"},
    {Fault::FetchWithTwoSpaces, "fetch-with-two-spaces", "9/formal-syntax", "9", "must",
     "FETCH responses that begin with ENVELOPE have two spaces before it"},
    {Fault::FetchEndsWithSpace, "fetch-ends-with-space", "9/formal-syntax", "9", "must",
     "FETCH responses have a space before their last parenthesis"},
    {Fault::StatusEndsWithSpace, "status-ends-with-space", "9/formal-syntax", "9", "must",
     "STATUS responses have a space before their last parenthesis"},
    {Fault::StarInFlags, "star-in-flags", "9/formal-syntax", "9", "must",
     "FLAGS lists \\*, as only PERMANENTFLAGS may"},
});

}  // namespace imapspec::server
