#include "tests/server/faults/cases.h"

namespace imapspec::server {

namespace {

// resynchronized yields lines that enable QRESYNC, expunge a message and come back.
std::vector<std::string> resynchronized(const std::string& parameter) {
  std::vector<std::string> lines{"C: x ENABLE QRESYNC"};
  const std::vector<std::string> rest = with_message(
      "x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b CLOSE", "C: c SELECT INBOX (QRESYNC (" + parameter + "))"});
  lines.insert(lines.end(), rest.begin(), rest.end());
  return lines;
}

}  // namespace

std::vector<FaultCase> extensions_cases() {
  return {
      {Fault::MultiappendTakesEmpty, Start::LoggedIn, {"C: a APPEND INBOX {0+}", "C: "}},
      {Fault::HighestmodseqMissing, Start::LoggedIn, {"C: a SELECT INBOX (CONDSTORE)"}},
      {Fault::ModseqNotTold, Start::LoggedIn,
       with_message("x", {"C: a FETCH 1 MODSEQ", "C: b STORE 1 FLAGS (\\Seen)"})},
      {Fault::UnchangedsinceIgnored, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 (UNCHANGEDSINCE 0) FLAGS (\\Seen)"})},
      {Fault::ModifiedMissing, Start::LoggedIn, with_message("x", {"C: a STORE 1 (UNCHANGEDSINCE 0) FLAGS (\\Seen)"})},
      {Fault::ConditionalStoreSilent, Start::LoggedIn,
       with_message("x", {"C: a STORE 1 (UNCHANGEDSINCE 9) FLAGS.SILENT (\\Seen)"})},
      {Fault::ChangedsinceIgnored, Start::LoggedIn, with_message("x", {"C: a FETCH 1 FLAGS (CHANGEDSINCE 9)"})},
      {Fault::SearchWithoutModseq, Start::LoggedIn, with_message("x", {"C: a SEARCH MODSEQ 1"})},
      {Fault::StatusHighestmodseqOff, Start::LoggedIn, {"C: a STATUS INBOX (HIGHESTMODSEQ)"}},
      {Fault::QresyncWithoutEnable, Start::LoggedIn, {"C: a SELECT INBOX (QRESYNC (1 1))"}},
      {Fault::QresyncAnyUidvalidity, Start::LoggedIn, resynchronized("1 1")},
      {Fault::VanishedEarlierMissing, Start::LoggedIn, resynchronized("1709208000 1")},
      {Fault::ExpungeWithoutHighestmodseq,
       Start::LoggedIn,
       {"C: a ENABLE QRESYNC", "c: b APPEND INBOX (\\Deleted) {1+}\r\nx\r\n", "C: c SELECT INBOX", "C: d EXPUNGE"}},
      {Fault::CloseTellsHighestmodseq, Start::LoggedIn, {"C: a ENABLE QRESYNC", "C: b SELECT INBOX", "C: c CLOSE"}},
      {Fault::ExpungeNotVanished,
       Start::LoggedIn,
       {"C: a ENABLE QRESYNC", "c: b APPEND INBOX (\\Deleted) {1+}\r\nx\r\n", "C: c SELECT INBOX", "C: d EXPUNGE"}},
      {Fault::QuotarootMissing, Start::LoggedIn, {"C: a GETQUOTAROOT INBOX"}},
  };
}

}  // namespace imapspec::server
