// Named ways for the server to misbehave, one per requirement: the proof that the suite works.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace imapspec::server {

// Fault is one deviation. The code that would be right asks FaultSet::has() at the one line
// where it deviates.
enum class Fault : std::uint8_t {
  // Before login: TLS, AUTHENTICATE, LOGIN.
  LoginBeforeTls,
  LogindisabledNotAdvertised,
  PlainBeforeTls,
  StarttlsExecutesInjected,
  StarttlsUnderTlsAccepted,
  Tls11Accepted,
  PasswordNotChecked,
  BadBase64No,
  CancelNo,
  MailboxCommandsBeforeLogin,
  LoginWhenAuthenticatedOk,

  // Framing and syntax.
  ContinuationWithoutSpace,
  UnknownCommandOk,
  BadCommandDeselects,
  TagUppercased,
  CommandCaseSensitive,
  LiteralRefusedInLogin,
  NonsyncLiteralExecuted,
  QuotedUnescaped,
  LogoutWithoutBye,
  LogoutOkBeforeBye,
  LogoutKeepsConnection,
  CapabilityWithoutImap4rev2,

  // SELECT and the states.
  SelectedCommandsUnselected,
  SelectWithoutUidvalidity,
  SelectWithoutUidnext,
  SelectWithoutPermanentflags,
  SelectWithoutFlags,
  SelectWithoutExists,
  SelectWithoutList,
  ExamineIsReadWrite,
  ExamineWithoutReadOnly,
  FailedSelectKeepsMailbox,
  NoClosedCode,
  SelectMissingCreates,

  // Mailboxes.
  CreateExistingOk,
  DeleteMissingOk,
  RenameOntoExistingOk,
  UidsRepeatAfterRecreate,
  ListPercentCrosses,
  SubscribeDoesNothing,
  EnableNothingSilent,
  StatusMessagesOff,
  AppendNoTrycreate,
  AppendAutoCreates,
  AppenduidMissing,
  ExistsNotSent,
  CopyuidMissing,
  MoveCopyuidTagged,

  // FETCH and STORE.
  PartialPastEndNil,
  PartialOffByOne,
  PartialWithoutOrigin,
  BodyDoesNotSetSeen,
  PeekSetsSeen,
  HeaderFieldsCaseSensitive,
  PartWithMimeHeader,
  BodyWithExtensionData,
  EnvelopeSenderNil,
  ReversedRangeEmpty,
  UidFetchWithoutUid,
  MissingUidNo,
  StoreSilentEchoes,
  StoreAddReplaces,

  // EXPUNGE, CLOSE, UIDs.
  ExpungeWrongNumbers,
  ExpungeSilent,
  ExistsShrinks,
  ExpungeDuringFetch,
  CloseSendsExpunge,
  UnselectExpunges,
  UidExpungeRemovesAll,
  UidReusedAfterExpunge,

  // SEARCH.
  SearchOrIntersects,
  EsearchWithoutTag,
  EsearchMissingWhenEmpty,
  UidSearchWithoutUid,
  UnknownCharsetBad,

  kCount,
};

// FaultInfo is a fault's row: what the suite has to find when it is on.
struct FaultInfo {
  Fault fault;
  std::string_view name;         // "login-before-tls"
  std::string_view requirement;  // an id of the ledger
  std::string_view section;      // of RFC 9051
  std::string_view level;        // as in the ledger
  std::string_view text;         // one line: what the server then does
};

// faults is the whole table, in order of the enumerators.
std::span<const FaultInfo> faults();

std::optional<Fault> fault_named(std::string_view name);

// FaultSet is the faults that are on; none unless asked for.
class FaultSet {
 public:
  FaultSet() = default;
  explicit FaultSet(Fault fault) { on_.set(static_cast<std::size_t>(fault)); }
  [[nodiscard]] bool has(Fault fault) const { return on_.test(static_cast<std::size_t>(fault)); }

 private:
  std::bitset<static_cast<std::size_t>(Fault::kCount)> on_;
};

}  // namespace imapspec::server
