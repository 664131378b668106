// Faults of extensions: RFC 3502, RFC 7162, RFC 9208.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kExtensionsFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kExtensionsFaults = std::to_array<FaultInfo>({
    {Fault::MultiappendTakesEmpty, "multiappend-takes-empty", "rfc3502/empty-message-is-no", "6.3.11", "must",
     "APPEND takes a message of no octets"},
    {Fault::HighestmodseqMissing, "highestmodseq-missing", "rfc7162-3.1.2/highestmodseq-is-sent", "3.1.2", "must",
     "SELECT and EXAMINE send no HIGHESTMODSEQ"},
    {Fault::ModseqNotTold, "modseq-not-told", "rfc7162-3.1/modseq-in-untagged-fetch", "3.1", "must",
     "FETCH responses that nobody asked for have no MODSEQ"},
    {Fault::UnchangedsinceIgnored, "unchangedsince-ignored", "rfc7162-3.1.3/newer-is-not-stored", "3.1.3", "must",
     "STORE (UNCHANGEDSINCE) changes messages that are newer"},
    {Fault::ModifiedMissing, "modified-missing", "rfc7162-3.1.3/modified-is-sent", "3.1.3", "must",
     "STORE (UNCHANGEDSINCE) does not say which messages it left alone"},
    {Fault::ConditionalStoreSilent, "conditional-store-silent", "rfc7162-3.1.3/fetch-even-if-silent", "3.1.3", "must",
     "STORE with .SILENT tells no MODSEQ"},
    {Fault::ChangedsinceIgnored, "changedsince-ignored", "rfc7162-3.1.4/changedsince-leaves-out", "3.1.4.1",
     "statement", "FETCH (CHANGEDSINCE) answers for messages that did not change"},
    {Fault::SearchWithoutModseq, "search-without-modseq", "rfc7162-3.1.5/search-tells-modseq", "3.1.5", "must",
     "the result of SEARCH MODSEQ has no mod-sequence"},
    {Fault::StatusHighestmodseqOff, "status-highestmodseq-off", "rfc7162-3.1.7/status-is-that-of-select", "3.1.7",
     "statement", "STATUS reports a HIGHESTMODSEQ greater than that of SELECT"},
    {Fault::QresyncWithoutEnable, "qresync-without-enable", "rfc7162-3.2.5/enable-comes-first", "3.2.5", "must",
     "SELECT takes the parameter QRESYNC from a client that did not enable it"},
    {Fault::QresyncAnyUidvalidity, "qresync-any-uidvalidity", "rfc7162-3.2.5/other-uidvalidity-is-ignored", "3.2.5",
     "must", "SELECT (QRESYNC) tells what happened since, whatever the UIDVALIDITY"},
    {Fault::VanishedEarlierMissing, "vanished-earlier-missing", "rfc7162-3.2.5/vanished-and-changed-are-told",
     "3.2.5.1", "statement", "SELECT (QRESYNC) does not tell what was expunged"},
    {Fault::ExpungeWithoutHighestmodseq, "expunge-without-highestmodseq", "rfc7162-3.2.7/highestmodseq-after-expunge",
     "3.2.7", "must", "with QRESYNC the OK of EXPUNGE has no HIGHESTMODSEQ"},
    {Fault::CloseTellsHighestmodseq, "close-tells-highestmodseq", "rfc7162-3.2.8/no-highestmodseq-after-close", "3.2.8",
     "must", "with QRESYNC the OK of CLOSE has HIGHESTMODSEQ"},
    {Fault::ExpungeNotVanished, "expunge-not-vanished", "rfc7162-3.2.10/vanished-instead-of-expunge", "3.2.10", "must",
     "expunges are told by EXPUNGE though QRESYNC is enabled"},
    {Fault::QuotarootMissing, "quotaroot-missing", "rfc9208-4.1.2/quotaroot-and-quota-are-sent", "4.1.2", "must",
     "GETQUOTAROOT sends no QUOTAROOT"},
});

}  // namespace imapspec::server
