#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> fetch_cases() {
  return {
      {Fault::PartialPastEndNil, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY.PEEK[]<9.1>"})},
      {Fault::PartialOffByOne, Start::LoggedIn, with_message("xy", {"C: a FETCH 1 BODY.PEEK[]<0.1>"})},
      {Fault::PartialWithoutOrigin, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY.PEEK[]<0.1>"})},
      {Fault::BodyDoesNotSetSeen, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY[]"})},
      {Fault::PeekSetsSeen, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY.PEEK[]"})},
      {Fault::HeaderFieldsCaseSensitive, Start::LoggedIn,
       with_message("A: b\r\n\r\n", {"C: a FETCH 1 BODY[HEADER.FIELDS (a)]"})},
      {Fault::PartWithMimeHeader, Start::LoggedIn, with_message(multipart_message(), {"C: a FETCH 1 BODY[1]"})},
      {Fault::BodyWithExtensionData, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY"})},
      {Fault::EnvelopeSenderNil, Start::LoggedIn, with_message(multipart_message(), {"C: a FETCH 1 ENVELOPE"})},
      {Fault::ReversedRangeEmpty, Start::LoggedIn, with_message("x", {"C: a UID FETCH 2:1 FLAGS"})},
      {Fault::UidFetchWithoutUid, Start::LoggedIn, with_message("x", {"C: a UID FETCH 1 FLAGS"})},
      {Fault::MissingUidNo, Start::LoggedIn, with_message("x", {"C: a UID FETCH 1,9 FLAGS"})},
      {Fault::MissingUidNo, Start::LoggedIn, with_message("x", {"C: a UID FETCH 9 FLAGS"})},
      {Fault::StoreSilentEchoes, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS.SILENT (\\Seen)"})},
      {Fault::StoreAddReplaces, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Seen)", "C: b STORE 1 +FLAGS (\\Draft)"})},
      {Fault::FlagsCaseSensitive, Start::LoggedIn, with_message("x\r\n", {"C: a STORE 1 FLAGS (\\SEEN)"})},
      {Fault::BinaryNotDecoded, Start::LoggedIn,
       with_message("Content-Transfer-Encoding: base64\r\n\r\neA==\r\n", {"C: a FETCH 1 BINARY.PEEK[1]"})},
      {Fault::InternaldateDrifts,
       Start::LoggedIn,
       {"C: a APPEND INBOX \"17-Jul-1996 02:44:25 -0700\" {1+}\r\nx", "C: b SELECT INBOX",
        "C: c FETCH 1 (FLAGS INTERNALDATE)"}},
      {Fault::LiteralCountShort, Start::LoggedIn, with_message("x\r\n", {"C: a FETCH 1 BODY.PEEK[]"})},
      {Fault::HeaderFieldsNotInverted, Start::LoggedIn,
       with_message("A: b\r\n\r\n", {"C: a FETCH 1 BODY[HEADER.FIELDS.NOT (A)]"})},
      {Fault::HeaderFieldsMatchPrefix, Start::LoggedIn,
       with_message("Ab: c\r\n\r\n", {"C: a FETCH 1 BODY[HEADER.FIELDS (A)]"})},
      {Fault::HeaderFieldsWithoutBlankLine, Start::LoggedIn,
       with_message("A: b\r\n\r\n", {"C: a FETCH 1 BODY[HEADER.FIELDS (A)]"})},
      {Fault::PlainMessageWithoutPartOne, Start::LoggedIn, with_message("\r\nx", {"C: a FETCH 1 BODY[1]"})},
      {Fault::StructureLinesOff, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY"})},
      {Fault::EnvelopeGroupsFlattened, Start::LoggedIn, with_message("To: g: a@b;\r\n\r\n", {"C: a FETCH 1 ENVELOPE"})},
      {Fault::BinarySizeOff, Start::LoggedIn, with_message("\r\nx", {"C: a FETCH 1 BINARY.SIZE[1]"})},
      {Fault::UnknownEncodingReturned, Start::LoggedIn,
       with_message("Content-Transfer-Encoding: x\r\n\r\nx", {"C: a FETCH 1 BINARY[1]"})},
      {Fault::AllWithoutEnvelope, Start::LoggedIn, with_message("x", {"C: a FETCH 1 ALL"})},
      {Fault::Rfc822SizeOff, Start::LoggedIn, with_message("x", {"C: a FETCH 1 RFC822.SIZE"})},
      {Fault::StoreRemoveClears, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Seen)", "C: b STORE 1 -FLAGS (\\Draft)"})},
      {Fault::StoreReplaceAdds, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 FLAGS (\\Seen)", "C: b STORE 1 FLAGS (\\Draft)"})},
  };
}

}  // namespace imapspec::server
