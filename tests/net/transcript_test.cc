// The transcript of a server: what it looks like, and that it can be read back octet for octet.
#include "server/net/transcript.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <string>

#include "parser/grammar/parse.h"
#include "server/net/private_folder.h"

namespace imapspec::server {
namespace {

class TranscriptTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string file() const { return (folder_.path() / "transcript").string(); }

  [[nodiscard]] std::string read() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  PrivateFolder folder_ = *PrivateFolder::create();
};

TEST_F(TranscriptTest, HasALineForEachLineAndEachPieceOfOne) {
  const auto transcript = Transcript::open(file());
  ASSERT_TRUE(transcript) << transcript.error();
  const auto first = (*transcript)->begin();
  (*transcript)->server_said(first, "* OK Ready\r\n");
  const auto second = (*transcript)->begin();
  (*transcript)->tls(second);
  (*transcript)->client_said(second, "a NO");
  (*transcript)->client_said(second, "OP\r\nb NOOP\r\n");
  (*transcript)->end(first);
  EXPECT_EQ(read(), "1 S * OK Ready\\x0D\\x0A\n2 TLS\n2 C a NO\n2 C OP\\x0D\\x0A\n2 C b NOOP\\x0D\\x0A\n1 END\n");
}

TEST_F(TranscriptTest, KeepsEveryOctet) {
  std::string octets;
  for (int octet = 0; octet < 256; ++octet) octets += static_cast<char>(octet);
  octets += "\\x41\\";
  {
    const auto transcript = Transcript::open(file());
    (*transcript)->client_said((*transcript)->begin(), octets);
  }
  std::ifstream in(file());
  std::string again;
  for (std::string line; std::getline(in, line);) again += parser::unescape_octets(line.substr(4)).value();
  EXPECT_EQ(again, octets);
}

TEST_F(TranscriptTest, IsForThisUserAloneBecauseOfThePasswords) {
  ASSERT_TRUE(Transcript::open(file()));
  struct stat status{};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(TranscriptTest, SaysWhyAFileCannotBeWritten) {
  const auto transcript = Transcript::open((folder_.path() / "no" / "transcript").string());
  ASSERT_FALSE(transcript);
  EXPECT_NE(transcript.error().find("No such file"), std::string::npos);
}

}  // namespace
}  // namespace imapspec::server
