// Every fault shows, and stands at one place in the sources.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "server/faults/faults.h"
#include "tests/server/conversation.h"
#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<std::string> with_message(const std::string& message, const std::vector<std::string>& more) {
  std::vector<std::string> lines{"C: y APPEND INBOX {" + std::to_string(message.size()) + "+}\r\n" + message,
                                 "C: z SELECT INBOX"};
  lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

std::string multipart_message() {
  return "From: \"a \\\"b\\\"\" <c@d>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX: y\r\n\r\n"
         "one\r\n--b--\r\n";
}

namespace {

// The faults of the listener, which sessions know nothing of.
constexpr Fault kOfTheListener[] = {Fault::Tls11Accepted};

std::string transcript(const FaultCase& conversation, const FaultSet& faults) {
  World world(faults);
  world.connect(1, conversation.start != Start::Clear);
  std::vector<std::string> lines = conversation.lines;
  if (conversation.start == Start::TwoSelected) {
    world.connect(2, true);
    const std::vector<std::string> both = {"C: a LOGIN alice secret-alice",
                                           "C2: a LOGIN alice secret-alice",
                                           "C: b APPEND INBOX {1+}\r\nx",
                                           "C: c APPEND INBOX {1+}\r\ny",
                                           "C: d SELECT INBOX",
                                           "C2: d SELECT INBOX",
                                           "C2: e STORE 1 FLAGS (\\Deleted)",
                                           "C: f NOOP",
                                           "C2: g EXPUNGE"};
    lines.insert(lines.begin(), both.begin(), both.end());
  }
  if (conversation.start == Start::LoggedIn) lines.insert(lines.begin(), "C: l LOGIN alice secret-alice");
  if (std::ranges::any_of(lines, [](const std::string& line) { return line.starts_with("C2: z "); })) {
    world.connect(2, true);
    lines.insert(lines.begin(), "C2: l LOGIN alice secret-alice");
  }
  return world.transcript(lines);
}

TEST(Faults, EachChangesWhatTheServerSays) {
  std::map<Fault, int> covered;
  for (const auto& cases : {wire_cases(), auth_cases(), mailboxes_cases(), messages_cases(), fetch_cases(),
                            search_cases(), sessions_cases(), selection_cases(), extensions_cases(), numbers_cases()}) {
    for (const FaultCase& conversation : cases) {
      ++covered[conversation.fault];
      EXPECT_NE(transcript(conversation, FaultSet(conversation.fault)), transcript(conversation, FaultSet()))
          << faults()[static_cast<std::size_t>(conversation.fault)].name;
    }
  }
  for (const Fault fault : kOfTheListener) ++covered[fault];
  for (const FaultInfo& info : faults()) EXPECT_GE(covered[info.fault], 1) << info.name;
}

TEST(Faults, UidsAreOutOfTurnWhereASessionStandsInThePlaceOfOneThatIsGone) {
  World world{FaultSet(Fault::UidsOutOfTurn)};
  // A third session may get the memory of the first, when the second has taken its place.
  const auto appended = [&world](const std::string& uid) {
    world.connect(1, true);
    world.connect(1, true);
    world.take(1);
    world.play({"C: a LOGIN alice secret-alice", "S: a OK ~", "C: b APPEND INBOX {1+}\r\nx",
                "S: b OK [APPENDUID 1709208000 " + uid + "] ~"});
  };
  for (const std::string uid : {"1", "3", "2", "5", "4"}) appended(uid);
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
