// Structures, sections, BINARY and decoded SEARCH in conversations: RFC 9051 sections 6.4.4, 6.4.5, 7.5.2.
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

// World with one message in INBOX, which is selected.
class Fetch : public testing::Test {
 protected:
  explicit Fetch(SessionOptions options = {}) : world_({}, std::move(options)) {}

  void deliver(const std::string& octets) {
    world_.ready();
    Store& store = world_.store();
    store.account("alice").find("INBOX")->append(store.hold(octets), {}, store.now());
    world_.transcript({"C: z SELECT INBOX"});
  }

  void play(const Lines& lines) { world_.play(lines); }

 private:
  World world_;
};

class FetchRev1 : public Fetch {
 protected:
  FetchRev1()
      : Fetch([] {
          SessionOptions options;
          options.offer.rev1 = true;
          return options;
        }()) {}
};

TEST_F(Fetch, BodyStructureHasExtensionDataAndBodyHasNot) {
  deliver(
      "Content-Type: multipart/mixed; boundary=b\r\nContent-Language: en, (not this) de\r\n"
      "Content-Location: http://x/\r\nContent-Disposition: inline\r\n\r\n"
      "--b\r\nContent-Type: Image/PNG; name*0*=utf-8''a%20; name*1=b\r\nContent-Transfer-Encoding: X-Own (really)\r\n"
      "Content-ID: <id@x>\r\nContent-Description: =?utf-8?Q?d?=\r\nContent-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\r\n"
      "Content-Disposition: attachment; filename*=utf-8''a%20b; size=3\r\nContent-Language: "
      "fr\r\n\r\nabc\r\n--b--\r\n");
  play({"C: a FETCH 1 BODY",
        "S: * 1 FETCH (BODY ((\"IMAGE\" \"PNG\" (\"NAME*0*\" \"utf-8''a%20\" \"NAME*1\" \"b\") \"<id@x>\" "
        "\"=?utf-8?Q?d?=\" \"X-OWN\" 3) \"MIXED\"))",
        "S: a OK ~", "C: b FETCH 1 BODYSTRUCTURE",
        "S: * 1 FETCH (BODYSTRUCTURE ((\"IMAGE\" \"PNG\" (\"NAME*0*\" \"utf-8''a%20\" \"NAME*1\" \"b\") \"<id@x>\" "
        "\"=?utf-8?Q?d?=\" \"X-OWN\" 3 \"Q2hlY2sgSW50ZWdyaXR5IQ==\" (\"ATTACHMENT\" (\"FILENAME*\" \"utf-8''a%20b\" "
        "\"SIZE\" \"3\")) \"fr\" NIL) \"MIXED\" (\"BOUNDARY\" \"b\") (\"INLINE\" NIL) (\"en\" \"de\") \"http://x/\"))",
        "S: b OK ~"});
}

TEST_F(Fetch, StructureOfMessagesInsideHasTheirEnvelopeAndLines) {
  deliver(
      "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: s\r\n\r\none\r\ntwo\r\n"
      "--b\r\nContent-Type: message/global\r\n\r\nTo: G:;\r\n\r\n--b--\r\n");
  play(
      {"C: a FETCH 1 BODY",
       "S: * 1 FETCH (BODY ((\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 22 (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL "
       "NIL) "
       "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 8 1) 3)"
       "(\"MESSAGE\" \"GLOBAL\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL ((NIL NIL \"G\" NIL)(NIL NIL NIL NIL)) NIL "
       "NIL NIL NIL) (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 0 0) 1) \"DIGEST\"))",
       "S: a OK ~"});
}

TEST_F(Fetch, BinaryIsDecodedAndItsSizeIsThatOfTheDecoded) {
  deliver(
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVs\r\nbG8=\r\n"
      "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\nx\ny\r\n"
      "--b\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nx\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\n\r\nx\r\n--b--\r\n");
  play({"C: a FETCH 1 (BINARY.PEEK[1] BINARY.SIZE[1] BINARY.PEEK[1]<1.3> BINARY.PEEK[1]<9.1>)",
        "S: * 1 FETCH (BINARY[1] \"Hello\" BINARY.SIZE[1] 5 BINARY[1] \"ell\" BINARY[1] \"\")", "S: a OK ~",
        "C: b FETCH 1 (BINARY.PEEK[2] BINARY.SIZE[2])", "S: * 1 FETCH (BINARY[2] \"a=bc\" BINARY.SIZE[2] 4)",
        "S: b OK ~",
        // Lines of text end in CRLF.
        "C: c FETCH 1 (BINARY.SIZE[3] BINARY.PEEK[3])", "S: * 1 FETCH (BINARY.SIZE[3] 4 BINARY[3] {4}", "S: x", "S: y)",
        "S: c OK ~", "C: d FETCH 1 BINARY.PEEK[4]", "S: d NO [UNKNOWN-CTE] ~", "C: e FETCH 1 BINARY.SIZE[4]",
        "S: e NO [UNKNOWN-CTE] ~", "C: f FETCH 1 BINARY.PEEK[5]", "S: f NO [CANNOT] ~", "C: g FETCH 1 BINARY.SIZE[5]",
        "S: g NO [CANNOT] ~", "C: h FETCH 1 (BINARY.PEEK[5.1] BINARY.PEEK[6])",
        "S: * 1 FETCH (BINARY[5.1] \"x\" BINARY[6] NIL)", "S: h OK ~", "C: i FETCH 1 BINARY.SIZE[6]", "S: i NO ~",
        "C: j FETCH 1 BINARY[1]", "S: * 1 FETCH (BINARY[1] \"Hello\" FLAGS (\\Seen))", "S: j OK ~"});
}

// Only BINARY can carry NUL (section 9, note 3).
TEST_F(Fetch, NulIsInBinaryAlone) {
  using namespace std::string_literals;
  deliver("Subject: a\0b\r\nContent-Type: image/x; name=\"\0\"\r\n\r\nx\0y"s);
  play({"C: a FETCH 1 (RFC822.SIZE BODY.PEEK[1])", "S: * 1 FETCH (RFC822.SIZE 52 BODY[1] {3}", "S: x\x80y)",
        "S: a OK ~", "C: b FETCH 1 BINARY.PEEK[1]", "S: * 1 FETCH (BINARY[1] ~{3}", "S: x\0y)"s, "S: b OK ~",
        "C: c FETCH 1 ENVELOPE", "S: * 1 FETCH (ENVELOPE (NIL {3}",
        "S: a\x80"
        "b NIL NIL NIL NIL NIL NIL NIL NIL))",
        "S: c OK ~", "C: d FETCH 1 BODY", "S: * 1 FETCH (BODY (\"IMAGE\" \"X\" (\"NAME\" {1}",
        "S: \x80) NIL NIL \"7BIT\" 3))", "S: d OK ~"});
}

TEST_F(Fetch, SectionsThatAreNotInTheGrammarAreBad) {
  deliver("\r\nx");
  for (const char* section : {"0", "1.0", "MIME", "1.HEADER.1", "HEADER.FIELDS ()", "HEADER.FIELDS", "1.", "TEXT.1"}) {
    play({std::string("C: a FETCH 1 BODY.PEEK[") + section + "]", "S: a BAD ~"});
  }
  play({"C: b FETCH 1 BINARY.PEEK[TEXT]", "S: b BAD ~", "C: c FETCH 1 BODY[]<0.0>", "S: c BAD ~"});
}

// A partial fetch is of the subset of the header (section 6.4.5).
TEST_F(Fetch, PartialsAreOfWhatTheSectionNames) {
  deliver("A: 1\r\nB: 2\r\nC: 3\r\n\r\nx");
  play({"C: a FETCH 1 BODY.PEEK[HEADER.FIELDS (B)]<3.1>", "S: * 1 FETCH (BODY[HEADER.FIELDS (B)]<3> \"2\")",
        "S: a OK ~",
        "C: b FETCH 1 (BODY.PEEK[TEXT]<0.100> BODY.PEEK[]<0.1> BODY.PEEK[]<20.9> BODY.PEEK[]<21.9> BODY.PEEK[9]<1.1>)",
        "S: * 1 FETCH (BODY[TEXT]<0> \"x\" BODY[]<0> \"A\" BODY[]<20> \"x\" BODY[]<21> \"\" BODY[9]<1> NIL)",
        "S: b OK ~"});
}

TEST_F(Fetch, Rfc822ItemsAreOfRev1Alone) {
  deliver("A: 1\r\n\r\nx");
  for (const char* item : {"RFC822", "RFC822.HEADER", "RFC822.TEXT"}) {
    play({std::string("C: a FETCH 1 ") + item, "S: a BAD ~"});
  }
}

TEST_F(FetchRev1, Rfc822ItemsAreSections) {
  deliver("A: 1\r\n\r\nx");
  play({"C: a FETCH 1 RFC822.HEADER", "S: * 1 FETCH (RFC822.HEADER {8}", "S: A: 1", "S: ", "S: )", "S: a OK ~",
        // Only the header leaves \Seen alone (RFC 3501 section 6.4.5).
        "C: b FETCH 1 RFC822.TEXT", "S: * 1 FETCH (RFC822.TEXT \"x\" FLAGS (\\Recent \\Seen))", "S: b OK ~",
        "C: c STORE 1 FLAGS.SILENT ()", "S: c OK ~", "C: d FETCH 1 RFC822", "S: * 1 FETCH (RFC822 {9}", "S: A: 1",
        "S: ", "S: x FLAGS (\\Recent \\Seen))", "S: d OK ~"});
}

TEST_F(Fetch, SearchDecodesWhatItComparesAndItsOwnStrings) {
  deliver(
      "Subject: =?koi8-r?B?79TQ1dPL?=\r\nDate: Fri, 1 Mar 2024 00:30:00 +1300\r\n"
      "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "Price =80 5\r\n");
  const auto finds = [&](const std::string& keys) {
    play({"C: a SEARCH " + keys, "S: * ESEARCH (TAG \"a\") ALL 1", "S: a OK ~"});
  };
  const auto misses = [&](const std::string& keys) {
    play({"C: a SEARCH " + keys, "S: * ESEARCH (TAG \"a\")", "S: a OK ~"});
  };
  finds("SUBJECT \"\xD0\x9E\xD0\xA2\xD0\xBF\"");
  finds("BODY \"\xE2\x82\xAC 5\"");
  finds("CHARSET KOI8-R SUBJECT {3+}\r\n\xEF\xD4\xD0");
  finds("CHARSET iso-8859-15 TEXT {1+}\r\n\xA4");
  misses("CHARSET iso-8859-1 TEXT {1+}\r\n\xA4");
  finds("HEADER content-type \"\"");
  misses("HEADER content-typ \"\"");
  misses("BODY windows");
  finds("TEXT WINDOWS");
  // Neither time nor zone counts: it is still February in Greenwich.
  finds("SENTON 1-Mar-2024");
  misses("SENTBEFORE 1-Mar-2024");
  finds("SENTSINCE 1-Mar-2024");
}

}  // namespace
}  // namespace imapspec::server
