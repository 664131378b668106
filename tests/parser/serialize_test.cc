#include "parser/grammar/serialize.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/laws.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_view_literals;

std::string written(const Response& response) {
  std::string out;
  serialize(response, out);
  return out;
}

TEST(Serialize, AppendsValuesThatWereNeverParsed) {
  const std::vector<Flag> flags{{"\\Seen"}, {"foo"}};
  MsgAtt item;
  item.kind = MsgAtt::Kind::Flags;
  item.flags = flags;
  MsgAtt uid;
  uid.kind = MsgAtt::Kind::Uid;
  uid.uid = Uid{7};
  const std::vector<MsgAtt> items{item, uid};
  std::string out = "* 1 EXISTS\r\n";
  serialize(Response(Fetch{SequenceNumber{3}, items}), out);
  EXPECT_EQ(out, "* 1 EXISTS\r\n* 3 FETCH (FLAGS (\\Seen foo) UID 7)\r\n");

  StatusResponse status;
  status.tag = Tag("A1");
  status.status = Status::No;
  status.text.text = "sorry";
  EXPECT_EQ(written(status), "A1 NO sorry\r\n");
  const std::vector<NzNumber> numbers{1, 4294967295};
  EXPECT_EQ(written(SearchData{numbers}), "* SEARCH 1 4294967295\r\n");
}

// Each in the spelling that serialize() chooses, so that it comes back unchanged.
TEST(Serialize, WritesCommandsAsTheyWere) {
  const Profile profile = Profile(kRev2).add(Extension::LiteralPlus);
  for (const std::string_view line :
       {"a CAPABILITY",
        "a NOOP",
        "a LOGOUT",
        "a STARTTLS",
        "a NAMESPACE",
        "a IDLE",
        "a CLOSE",
        "a UNSELECT",
        "a EXPUNGE",
        "a UID EXPUNGE 3000:3002",
        "a LOGIN SMITH SESAME",
        "a LOGIN {1}\r\nx {2+}\r\nab",
        "a LOGIN \"\" \"a\\\\b\\\"\"",
        "a AUTHENTICATE PLAIN",
        "a AUTHENTICATE PLAIN dGVzdA==",
        "a AUTHENTICATE EXTERNAL =",
        "a ENABLE IMAP4rev2 X-FOO",
        "a SELECT INBOX",
        "a EXAMINE \"a b\"",
        "a CREATE owatagusiam/",
        "a DELETE foo.bar",
        "a RENAME blurdybloop sarasoop",
        "a SUBSCRIBE #news.comp.mail.mime",
        "a UNSUBSCRIBE inbox",
        "a LIST \"\" %",
        "a LIST (SUBSCRIBED REMOTE) \"\" (*) RETURN (CHILDREN STATUS (MESSAGES UNSEEN))",
        "a LIST () \"\" \"\" RETURN ()",
        "a STATUS blurdybloop (UIDNEXT MESSAGES SIZE)",
        "a APPEND saved {3}\r\nabc",
        "a APPEND saved (\\Seen foo) \" 1-Feb-1994 21:52:25 -0800\" {0}\r\n",
        "a APPEND saved \"11-Feb-1994 21:52:25 -0000\" {0}\r\n",
        "a APPEND saved \"11-Feb-1994 21:52:25 +0000\" {0}\r\n",
        "a COPY 2:4 MEETING",
        "a UID COPY $ MEETING",
        "a MOVE 42:69 foo",
        "a UID MOVE 42:* foo",
        "a FETCH 1,3:* FLAGS",
        "a FETCH 2:4 ALL",
        "a FETCH 2:4 FAST",
        "a FETCH 2:4 FULL",
        "a UID FETCH 1 (UID BODY[] BODYSTRUCTURE)",
        "a FETCH 1 (ENVELOPE INTERNALDATE RFC822.SIZE BODY BODY.PEEK[1.HEADER.FIELDS (Date)]<0.2048> BINARY[2] "
        "BINARY.PEEK[1]<1.9223372036854775807> BINARY.SIZE[1])",
        "a STORE 2:4 +FLAGS (\\Deleted)",
        "a STORE 1 -FLAGS.SILENT (a b)",
        "a UID STORE 1 FLAGS ()",
        "a SEARCH ALL",
        "a SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM Smith",
        "a SEARCH RETURN (MIN MAX ALL COUNT SAVE) ALL",
        "a SEARCH RETURN () 1:3",
        "a SEARCH RETURN (MIN x (1 (y)) z 1:4) ALL",
        "a SEARCH CHARSET UTF-8 TEXT {3}\r\n\xe2\x82\xac",
        "a UID SEARCH OR (SEEN DELETED) NOT NOT UID 1:*",
        "a SEARCH KEYWORD $Junk UNKEYWORD foo LARGER 5 SMALLER 7",
        "a SEARCH HEADER Message-ID \"<a@b>\" BCC a BODY b CC c SUBJECT d TO e",
        "a SEARCH ANSWERED DRAFT UNANSWERED UNDELETED UNFLAGGED UNSEEN UNDRAFT BEFORE 1-Jan-2000 ON 31-Dec-0001 "
        "SENTBEFORE 9-Mar-2001 SENTON 10-Apr-2002 SENTSINCE 11-May-2003"}) {
    const std::string unit = std::string(line) + "\r\n";
    SCOPED_TRACE(escape_octets(unit));
    expect_unit_laws(UnitKind::Command, unit);
    Arena arena;
    const auto command = parse_command(unit, arena, profile);
    if (!command) {
      ADD_FAILURE() << describe(command.error(), unit);
      continue;
    }
    std::string out;
    serialize(*command, out);
    EXPECT_EQ(out, unit);
  }
}

TEST(Serialize, ChoosesOneSpellingOfCommands) {
  struct Row {
    std::string_view octets;
    std::string_view canonical;
  };
  for (const Row& row : {Row{"a noop\r\n", "a NOOP\r\n"}, Row{"a uid fetch 1 (flags)\r\n", "a UID FETCH 1 FLAGS\r\n"},
                         Row{"a STORE 1 FLAGS \\Seen foo\r\n", "a STORE 1 FLAGS (\\Seen foo)\r\n"},
                         Row{"a SEARCH ON \"01-feb-1994\"\r\n", "a SEARCH ON 1-Feb-1994\r\n"},
                         Row{"a FETCH 3:3 FLAGS\r\n", "a FETCH 3 FLAGS\r\n"}}) {
    Arena arena;
    const auto command = parse_command(row.octets, arena, kRev2);
    ASSERT_TRUE(command) << row.octets;
    std::string out;
    serialize(*command, out);
    EXPECT_EQ(out, row.canonical);
  }
}

// Trap T30 among others: the form is the caller's choice only as far as the rule has it.
TEST(Serialize, WritesAStringInAFormThatItsRuleHas) {
  Body text;
  text.type = {"TEXT", StringForm::Literal};
  text.subtype = {"PLAIN", StringForm::Atom};
  text.encoding = {"7bit", StringForm::Literal8};
  text.id = String{"a\r\n", StringForm::Literal8};
  text.lines = Number64(0);
  MsgAtt item;
  item.kind = MsgAtt::Kind::Body;
  item.body = &text;
  const std::vector<MsgAtt> items{item};
  EXPECT_EQ(written(Fetch{SequenceNumber{1}, items}),
            "* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL {3}\r\na\r\n NIL \"7bit\" 0 0))\r\n");
}

TEST(Serialize, QuotesWildcardsWhereNoListMailboxStands) {
  commands::List list;
  list.arguments.reference = Mailbox::from({"a*", StringForm::Atom}).value();
  const std::vector<String> patterns{{"b*", StringForm::Atom}};
  list.arguments.patterns = patterns;
  std::string out;
  serialize(Command{Tag("a"), list}, out);
  EXPECT_EQ(out, "a LIST \"a*\" b*\r\n");
}

TEST(MakeString, IsTheShortestFormThatCanCarryTheValue) {
  struct Row {
    std::string_view value;
    StringForm form;
    std::string_view octets;
    Profile profile = kRev2;
  };
  for (const Row& row : std::vector<Row>{{"", StringForm::Quoted, ""},
                                         {"foo", StringForm::Quoted, "foo"},
                                         {"a \"b\" \\", StringForm::Quoted, "a \\\"b\\\" \\\\"},
                                         {"a\tb", StringForm::Quoted, "a\tb"},
                                         {"a\r\nb", StringForm::Literal, "a\r\nb"},
                                         {"a\nb", StringForm::Literal, "a\nb"},
                                         {"caf\xc3\xa9", StringForm::Quoted, "caf\xc3\xa9"},
                                         {"caf\xc3\xa9", StringForm::Literal, "caf\xc3\xa9", kRev1},
                                         {"caf\xe9", StringForm::Literal, "caf\xe9"}}) {
    SCOPED_TRACE(escape_octets(row.value));
    Arena arena;
    const String made = make_string(row.value, row.profile, arena);
    EXPECT_EQ(made.form(), row.form);
    EXPECT_EQ(made.octets(), row.octets);
    EXPECT_EQ(made.value(), row.value);
  }
  Arena arena;
  EXPECT_EQ(make_string(std::string(1000, 'x'), kRev2, arena).form(), StringForm::Quoted);
  EXPECT_EQ(make_string(std::string(1001, 'x'), kRev2, arena).form(), StringForm::Literal);
}

TEST(MakeAstring, PrefersAnAtom) {
  Arena arena;
  EXPECT_EQ(make_astring("foo]", kRev2, arena).form(), StringForm::Atom);
  EXPECT_EQ(make_astring("", kRev2, arena).form(), StringForm::Quoted);
  EXPECT_EQ(make_astring("a b", kRev2, arena).form(), StringForm::Quoted);
  EXPECT_EQ(make_astring("a*", kRev2, arena).form(), StringForm::Quoted);
  EXPECT_EQ(make_astring("nil", kRev2, arena).form(), StringForm::Quoted) << "some readers take the atom for nil";
  EXPECT_EQ(make_astring("a\r\n", kRev2, arena).form(), StringForm::Literal);
}

// Whatever has no NUL can be sent, and is read as what it was.
TEST(MakeString, CarriesEveryOctetButNul) {
  for (const Profile& profile : {kRev1, kRev2}) {
    for (int octet = 1; octet < 256; ++octet) {
      const std::string value = "a" + std::string(1, static_cast<char>(octet));
      SCOPED_TRACE(escape_octets(value));
      Arena arena;
      std::string out;
      serialize(Command{"t", commands::Login{make_astring(value, profile, arena), make_string(value, profile, arena)}},
                out);
      const auto read = parse_command(out, arena, profile);
      ASSERT_TRUE(read) << describe(read.error(), out);
      const auto& login = std::get<commands::Login>(read->body);
      EXPECT_EQ(login.userid.value(), value);
      EXPECT_EQ(login.password.value(), value);
    }
  }
}

}  // namespace
}  // namespace imapspec::parser::test
