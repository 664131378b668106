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
  // Framing, syntax, states, and the commands of any state (wire_faults.h).
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
  MailboxCommandsBeforeLogin,
  SelectedCommandsUnselected,
  SelectOkBeforeData,
  OctetAfterLiteralLost,
  BigNonsyncLiteralTaken,
  RefusedLiteralRead,
  NulIgnored,
  NilIsNoMailbox,
  UnknownCommandNo,
  NonsyncLiteralSent,
  OctetsQuoted,
  FetchWithTwoSpaces,
  FetchEndsWithSpace,
  StatusEndsWithSpace,
  StarInFlags,

  // TLS, AUTHENTICATE, LOGIN (auth_faults.h).
  LoginBeforeTls,
  LogindisabledNotAdvertised,
  PlainBeforeTls,
  StarttlsExecutesInjected,
  StarttlsUnderTlsAccepted,
  Tls11Accepted,
  PasswordNotChecked,
  BadBase64No,
  CancelNo,
  LoginWhenAuthenticatedOk,
  PlainAdvertisedBeforeTls,
  PlainNotAdvertised,
  StarttlsNotAdvertised,
  StarttlsAfterLoginAccepted,
  CapabilityAfterOk,
  NoopRefusedBeforeLogin,
  LoginFailureBad,
  AuthenticateFailureBad,
  UnknownUserAccepted,
  InitialResponseDemanded,
  InitialResponseIgnored,
  EmptyInitialResponseIgnored,
  BadBase64Accepted,
  EnableRemovesCapability,
  EnableConfirmsUnknown,
  LoginAsFirstTried,

  // SELECT, ENABLE, and the mailboxes (mailboxes_faults.h).
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
  CreateExistingOk,
  DeleteMissingOk,
  RenameOntoExistingOk,
  UidsRepeatAfterRecreate,
  ListPercentCrosses,
  SubscribeDoesNothing,
  EnableNothingSilent,
  StatusMessagesOff,
  EnableUnknownBad,
  ListStarStops,
  ListRootMissing,
  ListUnknownOptionOk,
  RecursivematchAloneOk,
  ListSubscribedNotMarked,
  ListStatusMissing,
  ListStatusOfNoselect,
  ChildrenNotTold,
  HasChildrenNotNoticed,
  HasAndHasNoChildren,
  ChildinfoMissing,
  ChildinfoUnasked,
  CreateRefusesDelimiter,
  CreateInvalidNameOk,
  InboxCaseSensitive,
  ModifiedUtf7Decoded,
  DeleteInboxOk,
  DeleteNoselectOk,
  DeleteRemovesInferiors,
  RenameLeavesInferiors,
  UidsRepeatAfterRename,
  UnsubscribeDoesNothing,
  NamespaceUnknown,
  StatusDeselects,
  StatusOfSelectedRefused,
  StatusTakesWildcards,
  StatusUnseenCountsSeen,
  StatusDeletedZero,
  StatusSizeTooSmall,
  ClosedAfterData,
  UidvalidityShrinks,

  // APPEND, COPY, MOVE, EXPUNGE and CLOSE (messages_faults.h).
  AppendNoTrycreate,
  AppendAutoCreates,
  AppenduidMissing,
  CopyuidMissing,
  MoveCopyuidTagged,
  ExpungeWrongNumbers,
  ExpungeSilent,
  ExistsShrinks,
  CloseSendsExpunge,
  UnselectExpunges,
  UidExpungeRemovesAll,
  UidReusedAfterExpunge,
  AppendSetsSeen,
  RejectedAppendStays,
  AppenduidOfSelected,
  AppenduidIsRange,
  FailedCopyIsPartial,
  CopyuidSwapped,
  CopyuidOfSource,
  MoveKeepsOriginal,
  MoveShowsDeleted,
  MoveWithinMailboxLoses,
  UidExpungeIgnoresFlag,

  // FETCH and STORE (fetch_faults.h).
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
  FlagsCaseSensitive,
  BinaryNotDecoded,
  InternaldateDrifts,
  LiteralCountShort,
  HeaderFieldsNotInverted,
  HeaderFieldsMatchPrefix,
  HeaderFieldsWithoutBlankLine,
  PlainMessageWithoutPartOne,
  StructureLinesOff,
  EnvelopeGroupsFlattened,
  BinarySizeOff,
  UnknownEncodingReturned,
  AllWithoutEnvelope,
  Rfc822SizeOff,
  StoreRemoveClears,
  StoreReplaceAdds,

  // SEARCH (search_faults.h).
  SearchOrIntersects,
  EsearchWithoutTag,
  EsearchMissingWhenEmpty,
  UidSearchWithoutUid,
  UnknownCharsetBad,
  SearchAnsweredAsRev1,
  SearchMinOfNothing,
  UidSearchFillsGaps,
  UnknownResultOptionOk,
  FailedSearchKeepsSaved,
  EmptyResultBad,
  SavedNumbersShift,
  SearchCountsMailbox,
  SearchMinIsMax,
  SearchNotIgnored,
  SearchAnchored,
  SearchEmptyStringFindsNothing,
  SearchLargerInclusive,
  SearchSmallerInclusive,
  SearchBodyInHeader,
  SearchTextWithoutHeader,
  SearchWordsNotDecoded,
  SearchEncodingsNotDecoded,
  SearchSentIsInternal,

  // What a session hears of what others did, IDLE (sessions_faults.h).
  ExistsNotSent,
  ExpungeDuringFetch,
  ExpungeUnasked,
  ExpungeAtLiteral,
  RenumberedUntold,
  ExistsBeforeExpunge,
  UnaskedFetchWithoutUid,
  ExpungedShowsAnother,
  IdleContinuationBare,
  IdleEndsAtAnything,
  IdleDoneUnanswered,
  AutoLogoutEarly,

  // EXAMINE, and how a mailbox is left (selection_faults.h).
  UidnextStale,
  ExamineSendsLess,
  ExamineMissingOk,
  SelectExpunges,
  LogoutExpunges,
  CloseKeepsMailbox,
  CloseKeepsDeleted,
  CloseOfReadOnlyExpunges,
  UnselectKeepsMailbox,

  // Extensions: MULTIAPPEND, CONDSTORE, QRESYNC, QUOTA (extensions_faults.h).
  MultiappendTakesEmpty,
  HighestmodseqMissing,
  ModseqNotTold,
  UnchangedsinceIgnored,
  ModifiedMissing,
  ConditionalStoreSilent,
  ChangedsinceIgnored,
  SearchWithoutModseq,
  StatusHighestmodseqOff,
  QresyncWithoutEnable,
  QresyncAnyUidvalidity,
  VanishedEarlierMissing,
  ExpungeWithoutHighestmodseq,
  CloseTellsHighestmodseq,
  ExpungeNotVanished,
  QuotarootMissing,

  // What numbers of messages mean (numbers_faults.h).
  StatusUidnextDrops,
  StarIsUidnext,
  RangeToStarEmpty,
  UidFetchNumbersAreUids,
  SearchReturnsUids,
  UidSearchReturnsNumbers,
  UidStoreTakesNumbers,
  UidCopyTakesNumbers,
  UidsOutOfTurn,

  kCount,
};

// Reach is what it takes to meet a fault. Octets are all that a fuzzer of sessions has.
enum class Reach : std::uint8_t { Octets, Tls, Timer, Limit };

std::string_view reach_name(Reach reach);

// FaultInfo is a fault's row: what the suite has to find when it is on.
struct FaultInfo {
  Fault fault;
  std::string_view name;         // "login-before-tls"
  std::string_view requirement;  // an id of the ledger
  std::string_view section;      // of RFC 9051, or of the RFC that the requirement names
  std::string_view level;        // as in the ledger
  std::string_view text;         // one line: what the server then does
  Reach reach = Reach::Octets;
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
  [[nodiscard]] bool none() const { return on_.none(); }

 private:
  std::bitset<static_cast<std::size_t>(Fault::kCount)> on_;
};

}  // namespace imapspec::server
