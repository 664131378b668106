// The monitor's checks: one table of what holds in every session, which is also its documentation.
//
// RFC 9051 and RFC 3501, section by section
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"

namespace imapspec::runner {

// CheckId names a row of the table. The enumerators are in its order.
enum class CheckId : std::uint8_t {
  // The connection (connection_checks.h).
  FormalSyntax,
  KnownCodeArguments,
  CodeBeforeText,
  TagOfACommand,
  CompletesOnce,
  BadToARightCommand,
  UntaggedBad,
  ContinuationOnlyWhenDue,
  ChallengeIsBase64,
  ByeBeforeOk,
  NothingAfterBye,
  ByeWithoutLogout,
  CapabilityIsSent,
  EnabledIsSent,
  StatusIsSent,
  NamespaceIsSent,
  EsearchIsSent,
  SearchIsSent,
  CapabilitiesStay,
  EnableKeepsCapabilities,
  StarttlsAfterTls,
  EnabledOnlyWhatWasAsked,
  EnabledAnswersItsCommand,
  MailboxDataNeedsLogin,
  NoRev1Responses,
  Rev1ResponsesLinger,
  RecentFlag,
  SecretEchoed,
  CanaryShown,

  // The selected mailbox, and lists of mailboxes (mailbox_checks.h).
  MailboxDataOnlyWhenSelected,
  SelectSendsFlags,
  SelectSendsExists,
  SelectSendsList,
  SelectSendsPermanentFlags,
  SelectSendsUidNext,
  SelectSendsUidValidity,
  ExamineSendsTheSame,
  SelectTellsAccess,
  ExamineIsReadOnly,
  ClosedIsSent,
  ClosedComesFirst,
  ClosedClosesAMailbox,
  ExistsDoesNotShrink,
  ExpungeWithinCount,
  NoExpungeWhileFetching,
  CloseSendsNoExpunge,
  VanishedWithinCount,
  NoVanishedWhileFetching,
  VanishedOnlyAfterEnable,
  VanishedInsteadOfExpunge,
  EarlierOnlyWhereAsked,
  FlagsNameTheSystemFlags,
  FlagsAreAnnounced,
  FlagsNameWhatMessagesHave,
  StoreTellsWhatItStored,
  PermanentFlagsAreKnown,
  NoFlagExtensions,
  NoinferiorsHasNoChildren,
  OneDelimiterPerHierarchy,
  ChildinfoOnlyWhereAsked,
  StatusNamesTheMailbox,
  StatusHasTheItems,
  StatusAddsUp,

  // Messages (message_checks.h).
  UidValidityGrows,
  UidValidityStays,
  UidNextDoesNotShrink,
  UidsAreBelowUidNext,
  NewUidsAreNew,
  FetchWithinCount,
  UidIsStable,
  UidsAscend,
  UidIsNotReused,
  UidInUidCommandFetch,
  UnaskedFetchHasUid,
  MessagesDoNotChange,
  EmptyAnswerIsOfAnExpungedMessage,
  SizeIsInOctets,
  SizeIsExact,
  HeaderAndTextAreTheMessage,
  BinarySizeMatches,
  OnlyNamedFields,
  NoExcludedFields,
  ModseqInUntaggedFetch,
  UidInUntaggedFetch,
  ModseqDoesNotShrink,
  HighestModseqDoesNotShrink,

  // Search results and copies (search_checks.h).
  EsearchNamesItsCommand,
  UidSearchHasIndicator,
  UidIndicatorTellsUids,
  ResultsAreMessages,
  EsearchAddsUp,
  NoAllWhenNothingMatches,
  NoMinWhenNothingMatches,
  OnlyRequestedResults,
  SearchWithoutDuplicates,
  CopyuidPairsTheUids,
  CopyuidListsTheSources,
  CopyuidNamesTheDestination,
  AppenduidNamesTheDestination,
  AppenduidCountsTheMessages,
  kCount,
};

// Citation is a section of an RFC; an empty one says that there is no such rule.
struct Citation {
  std::string_view rfc;
  std::string_view section;
  [[nodiscard]] constexpr bool empty() const { return rfc.empty(); }
};

// MonitorCheck is a row of the table.
struct MonitorCheck {
  CheckId id;
  std::string_view name;
  std::string_view requirement;  // the ledger's row
  Citation cited;
  Citation rev1;  // what says so where IMAP4rev1 is spoken; empty: IMAP4rev2 only
  Level level;
  Verdict verdict;         // what a finding becomes
  std::string_view text;   // one line: what holds
  std::string_view needs;  // what has to be known for it to speak
  std::string_view note;   // why the verdict is milder than the level's, where it is
  bool own_row;            // the row of the ledger stands here, not in scenarios/ledger
};

// monitor_checks is the whole table, in order of CheckId.
std::span<const MonitorCheck> monitor_checks();

// monitor_check is one row of it.
const MonitorCheck& monitor_check(CheckId id);

// check_finder is the word for who finds it: "monitor", or "grammar" for the three checks of the parser.
std::string_view check_finder(CheckId id);

// monitor_requirements is the ledger's rows that stand in the table.
std::span<const Requirement> monitor_requirements();

// credit_monitor names the monitor as a test of those rows of `ledger` that it checks beside others.
void credit_monitor(std::vector<Requirement>& ledger);

// document_checks is docs/monitor.md.
std::string document_checks();

}  // namespace imapspec::runner
