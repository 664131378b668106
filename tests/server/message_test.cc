// Commands about messages: RFC 9051 section 6.4.
#include <gtest/gtest.h>

#include "tests/server/conversation.h"

namespace imapspec::server {
namespace {

using Lines = std::vector<std::string>;

struct Case {
  const char* name;
  Lines lines;
};

class Messages : public testing::TestWithParam<Case> {
 public:
  static Lines append(const std::string& flags, const std::string& message) {
    return {"c: z APPEND INBOX (" + flags + ") {" + std::to_string(message.size()) + "+}\r\n" + message + "\r\n",
            "S: z OK [APPENDUID ~"};
  }

  // The mailbox: UIDs 1, 3, 4.
  static Lines start() {
    Lines lines;
    const auto add = [&lines](const Lines& more) { lines.insert(lines.end(), more.begin(), more.end()); };
    add(append("",
               "From: Fred <fred@example.org>\r\nSubject: \"quoted\" =?UTF-8?Q?caf=C3=A9?=\r\n"
               "Date: Mon, 7 Feb 1994 21:52:25 -0800\r\n\r\nHello, world\r\n"));
    add(append("\\Deleted", "gone"));
    add({"C: z SELECT INBOX", "S: * FLAGS ~", "S: * 2 EXISTS", "S: * LIST ~", "S: * OK ~", "S: * OK ~", "S: * OK ~",
         "S: z OK ~", "C: z EXPUNGE", "S: * 2 EXPUNGE", "S: z OK ~", "C: z UNSELECT", "S: z OK ~"});
    add(append("\\Seen",
               "From: (c) Ann (Ann B)\r\n <ann@example.org>, G: x@[1.2.3.4], \"A \\\"B\\\"\" <@r:\"q l\"@h>;, y\r\n"
               "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\npreamble\r\n"
               "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
               "\r\ncaf=C3=A9\r\nline\r\n"
               "--b \r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n"
               "--b\r\nContent-Type: application/x; name=n\r\nContent-Transfer-Encoding: base64\r\n"
               "Content-Disposition: attachment; filename=\"f\"\r\n\r\nAAEC\r\n--b--\r\nepilogue\r\n"));
    add(append("\\Flagged \\Seen", "x"));
    add({"C: z SELECT INBOX", "S: * FLAGS ~", "S: * 3 EXISTS", "S: * LIST ~", "S: * OK ~", "S: * OK [UIDNEXT 5] ~",
         "S: * OK ~", "S: z OK ~"});
    return lines;
  }
};

TEST_P(Messages, AreHandledAsWritten) {
  World world;
  world.ready();
  world.play(start());
  if (!HasFatalFailure()) world.play(GetParam().lines);
}

const Case kCases[] = {
    {"FetchItems",
     {"C: a FETCH 1:3 (UID FLAGS RFC822.SIZE)", "S: * 1 FETCH (UID 1 RFC822.SIZE 126 FLAGS ())",
      "S: * 2 FETCH (UID 3 RFC822.SIZE 490 FLAGS (\\Seen))",
      "S: * 3 FETCH (UID 4 RFC822.SIZE 1 FLAGS (\\Flagged \\Seen))", "S: a OK ~", "C: b FETCH 3:2 UID",
      "S: * 2 FETCH (UID 3)", "S: * 3 FETCH (UID 4)", "S: b OK ~", "C: c FETCH * FAST",
      "S: * 3 FETCH (INTERNALDATE \"29-Feb-2024 12:00:00 +0000\" RFC822.SIZE 1 FLAGS (\\Flagged \\Seen))",
      "S: c OK ~"}},
    {"FetchBeyondTheEnd",
     {"C: a FETCH 4 FLAGS", "S: a BAD ~", "C: b FETCH 1,4:* FLAGS", "S: b BAD ~", "C: c UID FETCH 2,99 FLAGS",
      "S: c OK ~", "C: d UID FETCH 99:* FLAGS", "S: * 3 FETCH (UID 4 FLAGS (\\Flagged \\Seen))", "S: d OK ~",
      "C: e STORE 4 FLAGS ()", "S: e BAD ~", "C: f COPY 4 INBOX", "S: f BAD ~"}},
    {"FetchSetsSeen",
     {"C: a FETCH 1 BODY.PEEK[TEXT]", "S: * 1 FETCH (BODY[TEXT] {14}", "S: Hello, world", "S: )", "S: a OK ~",
      "C: b FETCH 1 BODY[TEXT]<0.5>", "S: * 1 FETCH (BODY[TEXT]<0> \"Hello\" FLAGS (\\Seen))", "S: b OK ~",
      "C: c UID FETCH 1 BODY[TEXT]<7.5>", "S: * 1 FETCH (UID 1 BODY[TEXT]<7> \"world\")", "S: c OK ~",
      "C: d FETCH 1 BODY[TEXT]<9999.10>", "S: * 1 FETCH (BODY[TEXT]<9999> \"\")", "S: d OK ~",
      "C: e FETCH 1 BODY[]<4294967296.1>", "S: e NO ~"}},
    {"FetchHeaders",
     {"C: a FETCH 1 BODY.PEEK[HEADER.FIELDS (from X-None)]", "S: * 1 FETCH (BODY[HEADER.FIELDS (from X-None)] {33}",
      "S: From: Fred <fred@example.org>", "S: ", "S: )", "S: a OK ~",
      "C: b FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (from subject)]",
      "S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (from subject)] {40}", "S: Date: Mon, 7 Feb 1994 21:52:25 -0800",
      "S: ", "S: )", "S: b OK ~", "C: c FETCH 3 BODY.PEEK[HEADER.FIELDS (a)]",
      "S: * 3 FETCH (BODY[HEADER.FIELDS (a)] \"\")", "S: c OK ~"}},
    {"FetchParts",
     {"C: a FETCH 2 BODY.PEEK[1]",
      "S: * 2 FETCH (BODY[1] {15}",
      "S: caf=C3=A9",
      "S: line)",
      "S: a OK ~",
      "C: b FETCH 2 BODY.PEEK[2.HEADER]",
      "S: * 2 FETCH (BODY[2.HEADER] {18}",
      "S: Subject: inner",
      "S: ",
      "S: )",
      "S: b OK ~",
      "C: c FETCH 2 (BODY.PEEK[2.1] BODY.PEEK[2.TEXT])",
      "S: * 2 FETCH (BODY[2.1] \"inner text\" BODY[2.TEXT] \"inner text\")",
      "S: c OK ~",
      "C: d FETCH 2 (BODY.PEEK[9] BODY.PEEK[1.HEADER] BODY.PEEK[3])",
      "S: * 2 FETCH (BODY[9] NIL BODY[1.HEADER] NIL BODY[3] \"AAEC\")",
      "S: d OK ~",
      "C: e FETCH 2 BODY.PEEK[2.MIME]",
      "S: * 2 FETCH (BODY[2.MIME] {32}",
      "S: Content-Type: message/rfc822",
      "S: ",
      "S: )",
      "S: e OK ~",
      "C: f FETCH 3 (BODY.PEEK[1] BODY.PEEK[1.1] BODY.PEEK[TEXT] BODY.PEEK[])",
      "S: * 3 FETCH (BODY[1] \"\" BODY[1.1] NIL BODY[TEXT] \"\" BODY[] \"x\")",
      "S: f OK ~"}},
    {"FetchBinary",
     {"C: a FETCH 2 (BINARY.PEEK[1] BINARY.SIZE[1])", "S: * 2 FETCH (BINARY[1] {11}", "S: caf\xC3\xA9",
      "S: line BINARY.SIZE[1] 11)", "S: a OK ~", "c: b FETCH 2 (BINARY.PEEK[3] BINARY.PEEK[3]<1.1> BINARY.SIZE[3])\r\n",
      "S: * 2 FETCH (BINARY[3] ~{3}", std::string("S: \0\x01\x02 BINARY[3] \"\x01\" BINARY.SIZE[3] 3)", 38),
      "S: b OK ~", "C: c FETCH 2 BINARY.PEEK[2]", "S: c NO ~", "C: d FETCH 2 BINARY.PEEK[7]",
      "S: * 2 FETCH (BINARY[7] NIL)", "S: d OK ~"}},
    {"FetchEnvelope",
     {"C: a FETCH 1 ENVELOPE",
      "S: * 1 FETCH (ENVELOPE (\"Mon, 7 Feb 1994 21:52:25 -0800\" \"\\\"quoted\\\" =?UTF-8?Q?caf=C3=A9?=\" "
      "((\"Fred\" NIL \"fred\" \"example.org\")) ((\"Fred\" NIL \"fred\" \"example.org\")) "
      "((\"Fred\" NIL \"fred\" \"example.org\")) NIL NIL NIL NIL NIL))",
      "S: a OK ~", "C: b FETCH 3 ENVELOPE", "S: * 3 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))",
      "S: b OK ~", "C: c FETCH 2 ENVELOPE",
      "S: * 2 FETCH (ENVELOPE (NIL NIL ((\"Ann\" NIL \"ann\" \"example.org\")(NIL NIL \"G\" NIL)(NIL NIL \"x\" "
      "\"[1.2.3.4]\")(\"A \\\"B\\\"\" \"@r\" \"\\\"q l\\\"\" \"h\")(NIL NIL NIL NIL)(NIL NIL \"y\" \"\"))~",
      "S: c OK ~"}},
    {"FetchStructure",
     {"C: a FETCH 1 BODYSTRUCTURE",
      "S: * 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 14 1 NIL NIL NIL "
      "NIL))",
      "S: a OK ~", "C: b FETCH 2 BODY",
      "S: * 2 FETCH (BODY ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" 15 1)"
      "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 28 (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) "
      "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 10 0) 2)"
      "(\"APPLICATION\" \"X\" (\"NAME\" \"n\") NIL NIL \"BASE64\" 4) \"MIXED\"))",
      "S: b OK ~", "C: c FETCH 2 BODYSTRUCTURE",
      "S: * 2 FETCH (BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"QUOTED-PRINTABLE\" 15 1 "
      "NIL NIL NIL NIL)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 28 (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) "
      "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 10 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL)"
      "(\"APPLICATION\" \"X\" (\"NAME\" \"n\") NIL NIL \"BASE64\" 4 NIL (\"ATTACHMENT\" (\"FILENAME\" \"f\")) NIL NIL) "
      "\"MIXED\" (\"BOUNDARY\" \"b\") NIL NIL NIL))",
      "S: c OK ~"}},
    {"Store",
     {"C: a STORE 1 +FLAGS (\\Answered \\answered)", "S: * 1 FETCH (FLAGS (\\Answered))", "S: a OK ~",
      "C: b STORE 1 FLAGS \\Seen $Junk", "S: * 1 FETCH (FLAGS (\\Seen $Junk))", "S: b OK ~",
      "C: c UID STORE 1 -FLAGS (\\SEEN)", "S: * 1 FETCH (UID 1 FLAGS ($Junk))", "S: c OK ~",
      "C: d STORE 1:2 +FLAGS.SILENT (\\Draft)", "S: d OK ~", "C: e STORE 1 FLAGS (\\Recent)", "S: e BAD ~",
      "C: f STORE 1 +FLAGS (new)",
      "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing new)",
      "S: * OK [PERMANENTFLAGS ~", "S: * 1 FETCH (FLAGS ($Junk \\Draft new))", "S: f OK ~"}},
    {"Expunge",
     {"C: a STORE 1:2 +FLAGS.SILENT (\\Deleted)", "S: a OK ~", "C: b UID EXPUNGE 3:4", "S: * 2 EXPUNGE", "S: b OK ~",
      "C: c STORE 1:* +FLAGS.SILENT \\Deleted", "S: c OK ~", "C: d EXPUNGE", "S: * 1 EXPUNGE", "S: * 1 EXPUNGE",
      "S: d OK ~", "C: e FETCH * FLAGS", "S: e BAD ~", "C: f UID FETCH 1:* FLAGS", "S: f OK ~",
      "c: g APPEND INBOX {1+}\r\nx\r\n", "S: * 1 EXISTS", "S: g OK [APPENDUID 1709208000 5] ~"}},
    {"CloseAndUnselect",
     {"C: a STORE 1 +FLAGS.SILENT (\\Deleted)",
      "S: a OK ~",
      "C: b UNSELECT",
      "S: b OK ~",
      "C: c STATUS INBOX (MESSAGES)",
      "S: * STATUS INBOX (MESSAGES 3)",
      "S: c OK ~",
      "C: d EXAMINE INBOX",
      "S: * FLAGS ~",
      "S: * 3 EXISTS",
      "S: * LIST ~",
      "S: * OK ~",
      "S: * OK ~",
      "S: * OK ~",
      "S: d OK ~",
      "C: e CLOSE",
      "S: e OK ~",
      "C: f STATUS INBOX (MESSAGES)",
      "S: * STATUS INBOX (MESSAGES 3)",
      "S: f OK ~",
      "C: g SELECT INBOX",
      "S: * FLAGS ~",
      "S: * 3 EXISTS",
      "S: * LIST ~",
      "S: * OK ~",
      "S: * OK ~",
      "S: * OK ~",
      "S: g OK ~",
      "C: h CLOSE",
      "S: h OK ~",
      "C: i STATUS INBOX (MESSAGES)",
      "S: * STATUS INBOX (MESSAGES 2)",
      "S: i OK ~",
      "C: j CLOSE",
      "S: j BAD ~"}},
    {"ExamineChangesNothing",
     {"C: a EXAMINE INBOX", "S: * OK [CLOSED] ~", "S: * FLAGS ~", "S: * 3 EXISTS", "S: * LIST ~", "S: * OK ~",
      "S: * OK ~", "S: * OK ~", "S: a OK ~", "C: b FETCH 1 BODY[TEXT]<0.1>", "S: * 1 FETCH (BODY[TEXT]<0> \"H\")",
      "S: b OK ~", "C: c STORE 1 FLAGS (\\Seen)", "S: c NO ~", "C: d EXPUNGE", "S: d NO ~", "C: e MOVE 1 INBOX",
      "S: e NO ~"}},
    {"CopyAndMove",
     {"C: a CREATE to",
      "S: a OK ~",
      "C: b COPY 1,3:2 to",
      "S: b OK [COPYUID 1709208001 1,3:4 1:3] ~",
      "C: c UID COPY 99 to",
      "S: c OK COPY~",
      "C: d COPY 1 nowhere",
      "S: d NO [TRYCREATE] ~",
      "C: e MOVE 2 to",
      "S: * OK [COPYUID 1709208001 3 4] ~",
      "S: * 2 EXPUNGE",
      "S: e OK MOVE~",
      "C: f UID MOVE 4 INBOX",
      "S: * OK [COPYUID 1709208000 4 5] ~",
      "S: * 2 EXPUNGE",
      "S: * 2 EXISTS",
      "S: f OK MOVE~",
      "C: g UID MOVE 4 to",
      "S: g OK MOVE~",
      "C: h SELECT to",
      "S: * OK [CLOSED] ~",
      "S: * FLAGS ~",
      "S: * 4 EXISTS",
      "S: * LIST ~",
      "S: * OK ~",
      "S: * OK [UIDNEXT 5] ~",
      "S: * OK ~",
      "S: h OK ~",
      "C: i FETCH 3 (FLAGS INTERNALDATE)",
      "S: * 3 FETCH (INTERNALDATE \"29-Feb-2024 12:00:00 +0000\" FLAGS (\\Flagged \\Seen))",
      "S: i OK ~"}},
    {"SearchResults",
     {"C: a SEARCH ALL", "S: * ESEARCH (TAG \"a\") ALL 1:3", "S: a OK ~", "C: b UID SEARCH SEEN",
      "S: * ESEARCH (TAG \"b\") UID ALL 3:4", "S: b OK ~", "C: c SEARCH RETURN (MIN MAX COUNT) SEEN",
      "S: * ESEARCH (TAG \"c\") MIN 2 MAX 3 COUNT 2", "S: c OK ~", "C: d SEARCH RETURN () DELETED",
      "S: * ESEARCH (TAG \"d\")", "S: d OK ~", "C: e SEARCH RETURN (COUNT) DELETED", "S: * ESEARCH (TAG \"e\") COUNT 0",
      "S: e OK ~", "C: f SEARCH CHARSET X-NONE ALL", "S: f NO [BADCHARSET (US-ASCII UTF-8)] ~",
      "C: g SEARCH RETURN (X) ALL", "S: g BAD ~"}},
    {"SearchSave",
     {"C: a SEARCH RETURN (SAVE) SEEN",
      "S: a OK ~",
      "C: b UID FETCH $ UID",
      "S: * 2 FETCH (UID 3)",
      "S: * 3 FETCH (UID 4)",
      "S: b OK ~",
      "C: c SEARCH RETURN (SAVE MIN) $",
      "S: * ESEARCH (TAG \"c\") MIN 2",
      "S: c OK ~",
      "C: d FETCH $ UID",
      "S: * 2 FETCH (UID 3)",
      "S: d OK ~",
      "C: e SEARCH RETURN (SAVE) CHARSET X-NONE ALL",
      "S: e NO ~",
      "C: f FETCH $ UID",
      "S: f OK ~",
      "C: g SEARCH RETURN (SAVE COUNT MIN) ALL",
      "S: * ESEARCH (TAG \"g\") MIN 1 COUNT 3",
      "S: g OK ~",
      "C: h STORE 2 +FLAGS.SILENT (\\Deleted)",
      "S: h OK ~",
      "C: i EXPUNGE",
      "S: * 2 EXPUNGE",
      "S: i OK ~",
      "C: j FETCH $ UID",
      "S: * 1 FETCH (UID 1)",
      "S: * 2 FETCH (UID 4)",
      "S: j OK ~"}},
};

INSTANTIATE_TEST_SUITE_P(Section64, Messages, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

struct SearchCase {
  const char* keys;
  const char* found;  // of ALL, "" for nothing
};

class Search : public testing::TestWithParam<SearchCase> {};

TEST_P(Search, FindsWhatMatches) {
  World world;
  world.ready();
  world.play(Messages::start());
  const std::string found = GetParam().found;
  world.play({std::string("C: a SEARCH ") + GetParam().keys,
              "S: * ESEARCH (TAG \"a\")" + (found.empty() ? "" : " ALL " + found), "S: a OK ~"});
}

INSTANTIATE_TEST_SUITE_P(
    Keys, Search,
    testing::Values(SearchCase{"ANSWERED", ""}, SearchCase{"UNANSWERED", "1:3"}, SearchCase{"FLAGGED SEEN", "3"},
                    SearchCase{"UNFLAGGED", "1:2"}, SearchCase{"UNSEEN", "1"}, SearchCase{"DRAFT", ""},
                    SearchCase{"UNDRAFT UNDELETED", "1:3"}, SearchCase{"KEYWORD $Junk", ""},
                    SearchCase{"UNKEYWORD $Junk", "1:3"}, SearchCase{"NOT SEEN", "1"},
                    SearchCase{"OR SEEN UNSEEN", "1:3"}, SearchCase{"OR FLAGGED UNSEEN", "1,3"},
                    SearchCase{"(SEEN UNFLAGGED)", "2"}, SearchCase{"FROM FRED", "1"},
                    SearchCase{"SUBJECT \"caf\xC3\xA9\"", "1"}, SearchCase{"TO x", ""}, SearchCase{"CC x", ""},
                    SearchCase{"BCC x", ""}, SearchCase{"HEADER Date \"\"", "1"}, SearchCase{"HEADER Date 1995", ""},
                    SearchCase{"BODY hello", "1"}, SearchCase{"BODY fred", ""}, SearchCase{"TEXT fred", "1"},
                    SearchCase{"BODY \"caf\xC3\xA9\"", "2"}, SearchCase{"BODY \"inner text\"", "2"},
                    SearchCase{"CHARSET UTF-8 TEXT \"CAF\xC3\xA9\"", "1:2"}, SearchCase{"LARGER 1", "1:2"},
                    SearchCase{"SMALLER 126", "3"}, SearchCase{"SENTON 7-Feb-1994", "1"},
                    SearchCase{"SENTBEFORE 7-Feb-1994", ""}, SearchCase{"SENTSINCE 7-Feb-1994", "1"},
                    SearchCase{"ON 29-Feb-2024", "1:3"}, SearchCase{"BEFORE 29-Feb-2024", ""},
                    SearchCase{"SINCE \"28-Feb-2024\"", "1:3"}, SearchCase{"2:*", "2:3"}, SearchCase{"99", ""},
                    SearchCase{"UID 3:4", "2:3"}, SearchCase{"1:2 UID 2:9", "2"}, SearchCase{"UID 99:*", "3"}));

TEST(LargeFetch, WaitsForTheOutputToDrain) {
  SessionOptions options;
  options.limits.output = 1000;
  World world({}, options);
  Session& session = world.connect(1, true);
  world.play({"S: * OK ~", "C: a LOGIN alice secret-alice", "S: a OK ~"});
  const std::string message(900, 'x');
  for (int i = 0; i < 20; ++i) {
    world.play({"C: b APPEND INBOX {900+}\r\n" + message, "S: b OK ~"});
  }
  world.play({"C: c SELECT INBOX", "S: * FLAGS ~", "S: * 20 EXISTS", "S: * LIST ~", "S: * OK ~", "S: * OK ~",
              "S: * OK ~", "S: c OK ~"});
  world.send(1, "d FETCH 1:* BODY.PEEK[]\r\ne NOOP\r\n");
  EXPECT_FALSE(session.wants_input());
  EXPECT_LT(session.output(100'000).size(), 2'500U);
  const std::string all = world.take(1);
  EXPECT_TRUE(session.wants_input());
  EXPECT_GT(all.size(), 18'000U);
  EXPECT_NE(all.find("d OK"), std::string::npos);
  EXPECT_NE(all.find("e OK"), std::string::npos);
}

}  // namespace
}  // namespace imapspec::server
