// Faults of: FETCH and STORE. RFC 9051 sections 6.4.5, 6.4.6, 7.5.2.
#pragma once

#include <array>

#include "server/faults/faults.h"

namespace imapspec::server {

// kFetchFaults is this area's part of the table, in order of the enumerators.
inline constexpr auto kFetchFaults = std::to_array<FaultInfo>({
    {Fault::PartialPastEndNil, "partial-past-end-nil", "6.4.5/partial-past-end-is-empty", "6.4.5", "statement",
     "a partial FETCH that starts past the end returns NIL"},
    {Fault::PartialOffByOne, "partial-off-by-one", "6.4.5/partial-is-the-substring", "6.4.5", "statement",
     "a partial FETCH returns the substring that starts one octet too late"},
    {Fault::PartialWithoutOrigin, "partial-without-origin", "6.4.5/partial-names-its-origin", "6.4.5", "statement",
     "a partial FETCH is returned without its origin octet"},
    {Fault::BodyDoesNotSetSeen, "body-does-not-set-seen", "6.4.5/body-sets-seen", "6.4.5", "statement",
     "FETCH BODY[] does not set \\Seen"},
    {Fault::PeekSetsSeen, "peek-sets-seen", "6.4.5/peek-keeps-seen", "6.4.5", "statement",
     "FETCH BODY.PEEK[] sets \\Seen"},
    {Fault::HeaderFieldsCaseSensitive, "header-fields-case-sensitive", "6.4.5.1/field-names-ignore-case", "6.4.5.1",
     "statement", "HEADER.FIELDS and HEADER.FIELDS.NOT compare field names with regard to case"},
    {Fault::PartWithMimeHeader, "part-with-mime-header", "6.4.5.1/part-is-its-body", "6.4.5.1", "statement",
     "FETCH BODY[1] of a multipart message returns the part's MIME header too"},
    {Fault::BodyWithExtensionData, "body-with-extension-data", "7.5.2/body-has-no-extension-data", "7.5.2", "statement",
     "FETCH BODY returns the extension data of BODYSTRUCTURE"},
    {Fault::EnvelopeSenderNil, "envelope-sender-nil", "7.5.2/sender-defaults-to-from", "7.5.2", "statement",
     "ENVELOPE has NIL for sender and reply-to where the message has no such fields"},
    {Fault::ReversedRangeEmpty, "reversed-range-empty", "9/range-ends-in-either-order", "9", "statement",
     "a range whose first number is the larger one names no messages"},
    {Fault::UidFetchWithoutUid, "uid-fetch-without-uid", "6.4.9/uid-in-uid-command-fetch", "6.4.9", "must",
     "the FETCH responses to UID commands have no UID unless it was asked for"},
    {Fault::MissingUidNo, "missing-uid-no", "6.4.9/missing-uid-is-ignored", "6.4.9", "statement",
     "a UID command answers NO when a UID does not exist"},
    {Fault::StoreSilentEchoes, "store-silent-echoes", "6.4.6/silent-prevents-fetch", "6.4.6", "statement",
     "STORE with .SILENT sends FETCH responses"},
    {Fault::StoreAddReplaces, "store-add-replaces", "6.4.6/plus-flags-adds", "6.4.6", "statement",
     "STORE +FLAGS replaces the flags"},
    {Fault::FlagsCaseSensitive, "flags-case-sensitive", "9/keywords-ignore-case", "9", "must",
     "STORE knows system flags only as they are usually written"},
    {Fault::BinaryNotDecoded, "binary-not-decoded", "6.4.5/binary-is-decoded", "6.4.5", "statement",
     "BINARY and BINARY.SIZE are about the part as it is encoded"},
    {Fault::InternaldateDrifts, "internaldate-drifts", "2.3.1.1/messages-do-not-change", "2.3.1.1", "must",
     "INTERNALDATE is the present time when FLAGS is asked for with it"},
    {Fault::LiteralCountShort, "literal-count-short", "9/formal-syntax", "9", "must",
     "the last literal of a FETCH response has an octet more than it announces"},
    {Fault::HeaderFieldsNotInverted, "header-fields-not-inverted", "6.4.5.1/other-fields-are-returned", "6.4.5.1",
     "statement", "HEADER.FIELDS.NOT returns the fields that are named"},
    {Fault::HeaderFieldsMatchPrefix, "header-fields-match-prefix", "6.4.5.1/field-names-match-exactly", "6.4.5.1",
     "statement", "HEADER.FIELDS also returns fields whose names begin with one of the names"},
    {Fault::HeaderFieldsWithoutBlankLine, "header-fields-without-blank-line", "6.4.5.1/blank-line-is-included",
     "6.4.5.1", "statement", "HEADER.FIELDS and HEADER.FIELDS.NOT leave out the blank line"},
    {Fault::PlainMessageWithoutPartOne, "plain-message-without-part-one", "6.4.5.1/every-message-has-part-1", "6.4.5.1",
     "statement", "BODY[1] of a message without parts is NIL"},
    {Fault::StructureLinesOff, "structure-lines-off", "7.5.2/body-structure-fields", "7.5.2", "statement",
     "BODY and BODYSTRUCTURE count one line too many"},
    {Fault::EnvelopeGroupsFlattened, "envelope-groups-flattened", "7.5.2/groups-are-marked", "7.5.2", "statement",
     "ENVELOPE has the members of a group without its start and end"},
    {Fault::BinarySizeOff, "binary-size-off", "7.5.2/binary-size-matches", "7.5.2", "must",
     "BINARY.SIZE[] is one octet more than BINARY[] returns"},
    {Fault::UnknownEncodingReturned, "unknown-encoding-returned", "7.5.2/unknown-encoding-is-no", "7.5.2", "must",
     "BINARY[] returns a part whose encoding is not known as it is"},
    {Fault::AllWithoutEnvelope, "all-without-envelope", "6.4.5/macros-are-their-items", "6.4.5", "statement",
     "FETCH ALL and FULL do not return ENVELOPE"},
    {Fault::Rfc822SizeOff, "rfc822-size-off", "2.3.4/size-is-in-octets", "2.3.4", "should",
     "RFC822.SIZE is one octet too many"},
    {Fault::StoreRemoveClears, "store-remove-clears", "6.4.6/minus-flags-removes", "6.4.6", "statement",
     "STORE -FLAGS removes all flags"},
    {Fault::StoreReplaceAdds, "store-replace-adds", "6.4.6/flags-replaces", "6.4.6", "statement",
     "STORE FLAGS adds flags"},
});

}  // namespace imapspec::server
