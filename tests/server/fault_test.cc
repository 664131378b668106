// Every fault shows, and stands at one place in the sources.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "server/faults/faults.h"
#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

// Start is where a conversation begins: without TLS, with TLS, or logged in.
enum class Start { Clear, Tls, LoggedIn };

struct Case {
  Fault fault;
  Start start;
  Lines lines;
};

// Lines that append a message and select INBOX.
Lines with_message(const std::string& message, const Lines& more) {
  Lines lines{"C: y APPEND INBOX {" + std::to_string(message.size()) + "+}\r\n" + message, "C: z SELECT INBOX"};
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

const std::string kMultipart =
    "From: \"a \\\"b\\\"\" <c@d>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: "
    "y\r\n\r\none\r\n--b--\r\n";

const Case kCases[] = {
    {Fault::LoginBeforeTls, Start::Clear, {"C: a LOGIN alice secret-alice"}},
    {Fault::LogindisabledNotAdvertised, Start::Clear, {"C: a CAPABILITY"}},
    {Fault::PlainBeforeTls, Start::Clear, {"C: a AUTHENTICATE PLAIN"}},
    {Fault::StarttlsExecutesInjected, Start::Clear, {"c: a STARTTLS\r\nb NOOP\r\n", "TLS"}},
    {Fault::StarttlsUnderTlsAccepted, Start::Tls, {"C: a STARTTLS"}},
    {Fault::PasswordNotChecked, Start::Tls, {"C: a LOGIN alice wrong"}},
    {Fault::BadBase64No, Start::Tls, {"C: a AUTHENTICATE PLAIN", "C: !"}},
    {Fault::BadBase64No, Start::Tls, {"C: a AUTHENTICATE PLAIN =AAA"}},
    {Fault::MissingUidNo, Start::LoggedIn, with_message("x", {"C: a UID FETCH 1,9 FLAGS"})},
    {Fault::CancelNo, Start::Tls, {"C: a AUTHENTICATE PLAIN", "C: *"}},
    {Fault::MailboxCommandsBeforeLogin, Start::Tls, {"C: a SELECT INBOX"}},
    {Fault::LoginWhenAuthenticatedOk, Start::LoggedIn, {"C: a LOGIN alice secret-alice"}},
    {Fault::ContinuationWithoutSpace, Start::Tls, {"C: a AUTHENTICATE PLAIN"}},
    {Fault::UnknownCommandOk, Start::Tls, {"C: a XYZZY"}},
    {Fault::BadCommandDeselects, Start::LoggedIn, {"C: a SELECT INBOX", "C: b XYZZY", "C: c CLOSE"}},
    {Fault::TagUppercased, Start::Tls, {"C: aB NOOP"}},
    {Fault::CommandCaseSensitive, Start::Tls, {"C: a Noop"}},
    {Fault::LiteralRefusedInLogin, Start::Tls, {"C: a LOGIN {5+}\r\nalice secret-alice"}},
    {Fault::NonsyncLiteralExecuted, Start::Tls, {"c: a LOGIN x y {8+}\r\nb NOOP\r\n\r\n"}},
    {Fault::QuotedUnescaped, Start::LoggedIn, with_message(kMultipart, {"C: a FETCH 1 ENVELOPE"})},
    {Fault::LogoutWithoutBye, Start::Tls, {"C: a LOGOUT"}},
    {Fault::LogoutOkBeforeBye, Start::Tls, {"C: a LOGOUT"}},
    {Fault::LogoutKeepsConnection, Start::Tls, {"C: a LOGOUT", "C: b NOOP"}},
    {Fault::CapabilityWithoutImap4rev2, Start::Tls, {"C: a CAPABILITY"}},
    {Fault::SelectedCommandsUnselected, Start::LoggedIn, {"C: a EXPUNGE"}},
    {Fault::SelectWithoutUidvalidity, Start::LoggedIn, {"C: a SELECT INBOX"}},
    {Fault::SelectWithoutUidnext, Start::LoggedIn, {"C: a SELECT INBOX"}},
    {Fault::SelectWithoutPermanentflags, Start::LoggedIn, {"C: a SELECT INBOX"}},
    {Fault::SelectWithoutFlags, Start::LoggedIn, {"C: a SELECT INBOX"}},
    {Fault::SelectWithoutExists, Start::LoggedIn, {"C: a SELECT INBOX"}},
    {Fault::SelectWithoutList, Start::LoggedIn, {"C: a SELECT INBOX"}},
    {Fault::ExamineIsReadWrite, Start::LoggedIn,
     with_message("x", {"C: a EXAMINE INBOX", "C: b STORE 1 FLAGS (\\Seen)"})},
    {Fault::ExamineWithoutReadOnly, Start::LoggedIn, {"C: a EXAMINE INBOX"}},
    {Fault::FailedSelectKeepsMailbox, Start::LoggedIn, {"C: a SELECT INBOX", "C: b SELECT none", "C: c CLOSE"}},
    {Fault::NoClosedCode, Start::LoggedIn, {"C: a SELECT INBOX", "C: b SELECT INBOX"}},
    {Fault::SelectMissingCreates, Start::LoggedIn, {"C: a SELECT none"}},
    {Fault::CreateExistingOk, Start::LoggedIn, {"C: a CREATE INBOX"}},
    {Fault::DeleteMissingOk, Start::LoggedIn, {"C: a DELETE none"}},
    {Fault::RenameOntoExistingOk, Start::LoggedIn, {"C: a CREATE x", "C: b RENAME x INBOX"}},
    {Fault::UidsRepeatAfterRecreate,
     Start::LoggedIn,
     {"C: a CREATE x", "C: b DELETE x", "C: c CREATE x", "C: d SELECT x"}},
    {Fault::ListPercentCrosses, Start::LoggedIn, {"C: a CREATE x/y", "C: b LIST \"\" %"}},
    {Fault::SubscribeDoesNothing, Start::LoggedIn, {"C: a SUBSCRIBE INBOX", "C: b LIST (SUBSCRIBED) \"\" *"}},
    {Fault::EnableNothingSilent, Start::LoggedIn, {"C: a ENABLE X-NONE"}},
    {Fault::StatusMessagesOff, Start::LoggedIn, {"C: a STATUS INBOX (MESSAGES)"}},
    {Fault::AppendNoTrycreate, Start::LoggedIn, {"C: a APPEND none {1+}\r\nx"}},
    {Fault::AppendAutoCreates, Start::LoggedIn, {"C: a APPEND none {1+}\r\nx"}},
    {Fault::AppenduidMissing, Start::LoggedIn, {"C: a APPEND INBOX {1+}\r\nx"}},
    {Fault::ExistsNotSent, Start::LoggedIn, {"C: a SELECT INBOX", "C: b APPEND INBOX {1+}\r\nx"}},
    {Fault::CopyuidMissing, Start::LoggedIn, with_message("x", {"C: a COPY 1 INBOX"})},
    {Fault::MoveCopyuidTagged, Start::LoggedIn, with_message("x", {"C: a MOVE 1 INBOX"})},
    {Fault::PartialPastEndNil, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY.PEEK[]<9.1>"})},
    {Fault::PartialOffByOne, Start::LoggedIn, with_message("xy", {"C: a FETCH 1 BODY.PEEK[]<0.1>"})},
    {Fault::PartialWithoutOrigin, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY.PEEK[]<0.1>"})},
    {Fault::BodyDoesNotSetSeen, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY[]"})},
    {Fault::PeekSetsSeen, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY.PEEK[]"})},
    {Fault::HeaderFieldsCaseSensitive, Start::LoggedIn,
     with_message("A: b\r\n\r\n", {"C: a FETCH 1 BODY[HEADER.FIELDS (a)]"})},
    {Fault::PartWithMimeHeader, Start::LoggedIn, with_message(kMultipart, {"C: a FETCH 1 BODY[1]"})},
    {Fault::BodyWithExtensionData, Start::LoggedIn, with_message("x", {"C: a FETCH 1 BODY"})},
    {Fault::EnvelopeSenderNil, Start::LoggedIn, with_message(kMultipart, {"C: a FETCH 1 ENVELOPE"})},
    {Fault::ReversedRangeEmpty, Start::LoggedIn, with_message("x", {"C: a UID FETCH 2:1 FLAGS"})},
    {Fault::UidFetchWithoutUid, Start::LoggedIn, with_message("x", {"C: a UID FETCH 1 FLAGS"})},
    {Fault::MissingUidNo, Start::LoggedIn, with_message("x", {"C: a UID FETCH 9 FLAGS"})},
    {Fault::StoreSilentEchoes, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS.SILENT (\\Seen)"})},
    {Fault::StoreAddReplaces, Start::LoggedIn,
     with_message("x", {"C: a STORE 1 FLAGS (\\Seen)", "C: b STORE 1 +FLAGS (\\Draft)"})},
    {Fault::ExpungeWrongNumbers,
     Start::LoggedIn,
     {"C: x APPEND INBOX (\\Deleted) {1+}\r\nx", "C: y APPEND INBOX (\\Deleted) {1+}\r\nx", "C: z SELECT INBOX",
      "C: a EXPUNGE"}},
    {Fault::ExpungeSilent, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE"})},
    {Fault::ExistsShrinks, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE"})},
    {Fault::ExpungeDuringFetch, Start::LoggedIn,
     with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c FETCH 1 FLAGS"})},
    {Fault::CloseSendsExpunge, Start::LoggedIn, with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b CLOSE"})},
    {Fault::UnselectExpunges, Start::LoggedIn,
     with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b UNSELECT", "C: c STATUS INBOX (MESSAGES)"})},
    {Fault::UidExpungeRemovesAll, Start::LoggedIn,
     with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b UID EXPUNGE 9"})},
    {Fault::UidReusedAfterExpunge, Start::LoggedIn,
     with_message("x", {"C: a STORE 1 FLAGS (\\Deleted)", "C: b EXPUNGE", "C: c APPEND INBOX {1+}\r\nx"})},
    {Fault::SearchOrIntersects, Start::LoggedIn, with_message("x", {"C: a SEARCH OR SEEN UNSEEN"})},
    {Fault::EsearchWithoutTag, Start::LoggedIn, with_message("x", {"C: a SEARCH ALL"})},
    {Fault::EsearchMissingWhenEmpty, Start::LoggedIn, with_message("x", {"C: a SEARCH SEEN"})},
    {Fault::UidSearchWithoutUid, Start::LoggedIn, with_message("x", {"C: a UID SEARCH ALL"})},
    {Fault::UnknownCharsetBad, Start::LoggedIn, with_message("x", {"C: a SEARCH CHARSET X-NONE ALL"})},
};

// The faults of the listener, which sessions know nothing of.
constexpr Fault kOfTheListener[] = {Fault::Tls11Accepted};

std::string transcript(const Case& conversation, const FaultSet& faults) {
  World world(faults);
  world.connect(1, conversation.start != Start::Clear);
  Lines lines = conversation.lines;
  if (conversation.start == Start::LoggedIn) lines.insert(lines.begin(), "C: l LOGIN alice secret-alice");
  return world.transcript(lines);
}

TEST(Faults, EachChangesWhatTheServerSays) {
  std::map<Fault, int> covered;
  for (const Case& conversation : kCases) {
    ++covered[conversation.fault];
    EXPECT_NE(transcript(conversation, FaultSet(conversation.fault)), transcript(conversation, FaultSet()))
        << faults()[static_cast<std::size_t>(conversation.fault)].name;
  }
  for (const Fault fault : kOfTheListener) ++covered[fault];
  for (const FaultInfo& info : faults()) EXPECT_GE(covered[info.fault], 1) << info.name;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// enumerators reads the names out of the header, in their order.
std::vector<std::string> enumerators(const std::filesystem::path& header) {
  std::istringstream lines(read_file(header));
  std::vector<std::string> names;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("enum class Fault")) inside = true;
    if (line.starts_with("};")) inside = false;
    const std::size_t first = line.find_first_not_of(' ');
    if (!inside || first == std::string::npos || line[first] == '/' || line.starts_with("enum")) continue;
    const std::string name = line.substr(first, line.find(',') - first);
    if (name != "kCount") names.push_back(name);
  }
  return names;
}

TEST(Faults, EachStandsAtOnePlaceInTheSources) {
  const std::filesystem::path server = std::filesystem::path(IMAPSPEC_SOURCE_DIR) / "server";
  const std::vector<std::string> names = enumerators(server / "faults" / "faults.h");
  ASSERT_EQ(names.size(), faults().size());
  std::map<std::string, int> places;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(server)) {
    const std::filesystem::path& path = entry.path();
    if (path.parent_path().filename() == "faults" || (path.extension() != ".cc" && path.extension() != ".h")) continue;
    const std::string text = read_file(path);
    for (std::size_t at = text.find("Fault::"); at != std::string::npos; at = text.find("Fault::", at + 1)) {
      const std::size_t start = at + std::string_view("Fault::").size();
      std::size_t end = start;
      while (end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0) ++end;
      ++places[text.substr(start, end - start)];
    }
  }
  for (const std::string& name : names) EXPECT_EQ(places[name], 1) << name;
}

}  // namespace
}  // namespace imapspec::server
