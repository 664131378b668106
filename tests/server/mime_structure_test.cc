// The structure of messages, by octets: RFC 2046, RFC 2049, RFC 9051 section 6.4.5.1.
#include <gtest/gtest.h>

#include "server/mime/part.h"
#include "tests/server/mime_messages.h"

namespace imapspec::server::mime {
namespace {

// RFC 2046 section 5.1.1, without the lines before Content-type.
const std::string kSimple =
    "Content-type: multipart/mixed; boundary=\"simple boundary\"\r\n\r\n"
    "This is the preamble.\r\n\r\n"
    "--simple boundary\r\n\r\n"
    "This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.\r\n"
    "--simple boundary\r\nContent-type: text/plain; charset=us-ascii\r\n\r\n"
    "This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n\r\n"
    "--simple boundary--\r\n\r\nThis is the epilogue.  It is also to be ignored.\r\n";

// RFC 2049 appendix A.
const std::string kComplex =
    "MIME-Version: 1.0\r\nSubject: A multipart example\r\nContent-Type: multipart/mixed;\r\n"
    "              boundary=unique-boundary-1\r\n\r\n"
    "This is the preamble area of a multipart message.\r\n\r\n"
    "--unique-boundary-1\r\n\r\n  ... Some text appears here ...\r\n\r\n"
    "--unique-boundary-1\r\nContent-type: text/plain; charset=US-ASCII\r\n\r\n"
    "This could have been part of the previous part.\r\n\r\n"
    "--unique-boundary-1\r\nContent-Type: multipart/parallel; boundary=unique-boundary-2\r\n\r\n"
    "--unique-boundary-2\r\nContent-Type: audio/basic\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "c291bmQ=\r\n\r\n"
    "--unique-boundary-2\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "aW1hZ2U=\r\n\r\n--unique-boundary-2--\r\n\r\n"
    "--unique-boundary-1\r\nContent-type: text/enriched\r\n\r\n"
    "This is <bold><italic>enriched.</italic></bold>\r\n\r\n"
    "--unique-boundary-1\r\nContent-Type: message/rfc822\r\n\r\n"
    "From: (mailbox in US-ASCII)\r\nSubject: (subject in US-ASCII)\r\n"
    "Content-Type: Text/plain; charset=ISO-8859-1\r\nContent-Transfer-Encoding: Quoted-printable\r\n\r\n"
    "  ... Additional text in ISO-8859-1 goes here ...\r\n\r\n"
    "--unique-boundary-1--\r\n";

// The message of the table in RFC 9051 section 6.4.5.1, with its part numbers for texts.
const std::string kSections =
    "Subject: outer\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
    "--a\r\n\r\n1\r\n"
    "--a\r\nContent-Type: application/octet-stream\r\n\r\n2\r\n"
    "--a\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: third\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\n\r\n3.1\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n3.2\r\n--b--\r\n"
    "--a\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
    "--c\r\nContent-Type: image/gif\r\nContent-ID: <x>\r\n\r\n4.1\r\n"
    "--c\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: fourth\r\nContent-Type: multipart/mixed; boundary=d\r\n\r\n"
    "--d\r\n\r\n4.2.1\r\n"
    "--d\r\nContent-Type: multipart/alternative; boundary=e\r\n\r\n"
    "--e\r\n\r\n4.2.2.1\r\n--e\r\nContent-Type: text/richtext\r\n\r\n4.2.2.2\r\n--e--\r\n"
    "--d--\r\n--c--\r\n--a--\r\n";

struct Case {
  const char* name;
  std::string octets;
  const char* structure;
};

class Structures : public testing::TestWithParam<Case> {};

TEST_P(Structures, AreReadAndKeepTheLaws) {
  const std::string& octets = GetParam().octets;
  const Part message = parse_message(octets);
  EXPECT_EQ(dump(message), GetParam().structure);
  expect_laws(message, octets);
}

// The laws hold wherever a message is cut off.
TEST_P(Structures, KeepTheLawsWhereverTheyEnd) {
  const std::string& octets = GetParam().octets;
  for (std::size_t size = 0; size < octets.size(); ++size) {
    const std::string cut = octets.substr(0, size);
    expect_laws(parse_message(cut), cut);
    if (HasFailure()) FAIL() << "cut at " << size;
  }
}

std::string multipart(const std::string& body) { return "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body; }

INSTANTIATE_TEST_SUITE_P(
    Messages, Structures,
    testing::Values(
        Case{"Simple", kSimple, "MULTIPART/MIXED(TEXT/PLAIN TEXT/PLAIN)"},
        Case{"Complex", kComplex,
             "MULTIPART/MIXED(TEXT/PLAIN TEXT/PLAIN MULTIPART/PARALLEL(AUDIO/BASIC IMAGE/JPEG) TEXT/ENRICHED "
             "MESSAGE/RFC822(TEXT/PLAIN))"},
        Case{"Sections", kSections,
             "MULTIPART/MIXED(TEXT/PLAIN APPLICATION/OCTET-STREAM MESSAGE/RFC822(MULTIPART/MIXED(TEXT/PLAIN "
             "APPLICATION/OCTET-STREAM)) MULTIPART/MIXED(IMAGE/GIF MESSAGE/RFC822(MULTIPART/MIXED(TEXT/PLAIN "
             "MULTIPART/ALTERNATIVE(TEXT/PLAIN TEXT/RICHTEXT)))))"},
        Case{"Nothing", "", "TEXT/PLAIN"}, Case{"OnlyABlankLine", "\r\n", "TEXT/PLAIN"},
        Case{"OnlyAHeader", "Subject: x\r\n", "TEXT/PLAIN"}, Case{"NoHeader", "\r\ntext", "TEXT/PLAIN"},
        Case{"LinesEndInLf", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n",
             "MULTIPART/MIXED(TEXT/PLAIN)"},
        Case{"NeverClosed", multipart("--b\r\n\r\none\r\n--b\r\n\r\ntwo"), "MULTIPART/MIXED(TEXT/PLAIN TEXT/PLAIN)"},
        Case{"NothingAfterTheBoundary", multipart("--b"), "MULTIPART/MIXED(TEXT/PLAIN)"},
        Case{"OnlyClosed", multipart("--b--\r\n"), "APPLICATION/OCTET-STREAM"},
        Case{"NoParts", multipart("text\r\n"), "APPLICATION/OCTET-STREAM"},
        Case{"NoBoundary", "Content-Type: multipart/mixed\r\n\r\n--\r\n\r\nx\r\n--\r\n", "APPLICATION/OCTET-STREAM"},
        Case{"EmptyBoundary", "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\nx\r\n----\r\n",
             "APPLICATION/OCTET-STREAM"},
        Case{"BlanksBehindTheBoundary", multipart("--b \t\r\n\r\nx\r\n--b-- \r\n"), "MULTIPART/MIXED(TEXT/PLAIN)"},
        Case{"BoundaryInTheMiddleOfALine", multipart("--b\r\n\r\nx --b\r\n--bx\r\n--b--\r\n"),
             "MULTIPART/MIXED(TEXT/PLAIN)"},
        Case{"AfterTheEpilogueNothingCounts", multipart("--b\r\n\r\nx\r\n--b--\r\n--b\r\n\r\ny\r\n"),
             "MULTIPART/MIXED(TEXT/PLAIN)"},
        Case{"EmptyParts", multipart("--b\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--"),
             "MULTIPART/MIXED(TEXT/PLAIN TEXT/PLAIN TEXT/PLAIN)"},
        Case{"APrefixOfAnotherBoundary",
             multipart("--b\r\nContent-Type: multipart/x; boundary=bb\r\n\r\n--bb\r\n\r\none\r\n--bb--\r\n--b--\r\n"),
             "MULTIPART/MIXED(MULTIPART/X(TEXT/PLAIN))"},
        Case{"ABoundaryThatClosesAnother",
             multipart("--b\r\nContent-Type: multipart/x; boundary=\"b--\"\r\n\r\n--b--\r\n\r\none\r\n"),
             "MULTIPART/MIXED(APPLICATION/OCTET-STREAM)"},
        Case{"TheSameBoundaryInside",
             multipart("--b\r\nContent-Type: multipart/x; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n"),
             "MULTIPART/MIXED(APPLICATION/OCTET-STREAM TEXT/PLAIN)"},
        Case{"TheOuterBoundaryEndsTheInner",
             multipart(
                 "--b\r\nContent-Type: multipart/x; boundary=c\r\n\r\n--c\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--c\r\n"),
             "MULTIPART/MIXED(MULTIPART/X(TEXT/PLAIN) TEXT/PLAIN)"},
        Case{"ABoundaryInAHeader",
             multipart("--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n--b\r\nX: y\r\n--b--\r\n"),
             "MULTIPART/MIXED(MESSAGE/RFC822(TEXT/PLAIN) TEXT/PLAIN)"},
        Case{"AMessageOfNothing", multipart("--b\r\nContent-Type: message/rfc822\r\n--b--\r\n"),
             "MULTIPART/MIXED(MESSAGE/RFC822(TEXT/PLAIN))"},
        Case{"TheBlankLineIsTheBoundarys", multipart("--b\r\nContent-Type: message/rfc822\r\n\r\n--b--\r\n"),
             "MULTIPART/MIXED(MESSAGE/RFC822(TEXT/PLAIN))"},
        Case{"Digest",
             "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: x\r\n\r\ntext\r\n"
             "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Type: ?\r\n\r\nx\r\n--b--\r\n",
             "MULTIPART/DIGEST(MESSAGE/RFC822(TEXT/PLAIN) TEXT/PLAIN TEXT/PLAIN)"},
        Case{"Global", "Content-Type: message/global\r\n\r\nSubject: x\r\n\r\ntext", "MESSAGE/GLOBAL(TEXT/PLAIN)"},
        Case{"OtherMessages", "Content-Type: message/delivery-status\r\n\r\nX: y\r\n\r\n", "MESSAGE/DELIVERY-STATUS"},
        Case{"TypeWithoutSubtype", "Content-Type: text\r\n\r\nx", "TEXT/PLAIN"},
        Case{"UnquotedBoundary", "Content-Type: multipart/mixed; boundary=-=a:b?\r\n\r\n---=a:b?\r\n\r\nx\r\n",
             "MULTIPART/MIXED(TEXT/PLAIN)"},
        Case{
            "CommentsAndFolding",
            "Content-Type: (a; \"b) multipart (c) / (d) mixed (e); (f; boundary=x)\r\n boundary (g) = (h) \"b\"\r\n\r\n"
            "--b\r\n\r\nx\r\n",
            "MULTIPART/MIXED(TEXT/PLAIN)"}),
    [](const auto& test) { return std::string(test.param.name); });

struct SectionCase {
  const char* section;
  const char* octets;
};

class Sections : public testing::TestWithParam<SectionCase> {};

TEST_P(Sections, AreThoseOctets) { EXPECT_EQ(section(kSections, GetParam().section), GetParam().octets); }

INSTANTIATE_TEST_SUITE_P(
    Section6451, Sections,
    testing::Values(
        SectionCase{"HEADER", "Subject: outer\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"},
        SectionCase{"1", "1"}, SectionCase{"1.MIME", "\r\n"}, SectionCase{"2", "2"},
        SectionCase{"2.MIME", "Content-Type: application/octet-stream\r\n\r\n"},
        // Only a message has a header and a text of its own.
        SectionCase{"1.HEADER", "NIL"}, SectionCase{"1.TEXT", "NIL"}, SectionCase{"1.HEADER.FIELDS (Subject)", "NIL"},
        SectionCase{"4.HEADER", "NIL"}, SectionCase{"4.TEXT", "NIL"},
        SectionCase{"3.HEADER", "Subject: third\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"},
        SectionCase{"3.TEXT", "--b\r\n\r\n3.1\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n3.2\r\n--b--"},
        SectionCase{"3.MIME", "Content-Type: message/rfc822\r\n\r\n"},
        SectionCase{"3.HEADER.FIELDS (subject x)", "Subject: third\r\n\r\n"},
        SectionCase{"3.HEADER.FIELDS.NOT (SUBJECT)", "Content-Type: multipart/mixed; boundary=b\r\n\r\n"},
        SectionCase{"3.HEADER.FIELDS (none)", "\r\n"}, SectionCase{"3.1", "3.1"}, SectionCase{"3.2", "3.2"},
        SectionCase{"3.2.MIME", "Content-Type: application/octet-stream\r\n\r\n"}, SectionCase{"4.1", "4.1"},
        SectionCase{"4.1.MIME", "Content-Type: image/gif\r\nContent-ID: <x>\r\n\r\n"},
        SectionCase{"4.2.HEADER", "Subject: fourth\r\nContent-Type: multipart/mixed; boundary=d\r\n\r\n"},
        SectionCase{"4.2.1", "4.2.1"}, SectionCase{"4.2.2.1", "4.2.2.1"}, SectionCase{"4.2.2.2", "4.2.2.2"},
        SectionCase{"4.2.2", "--e\r\n\r\n4.2.2.1\r\n--e\r\nContent-Type: text/richtext\r\n\r\n4.2.2.2\r\n--e--"},
        SectionCase{"5", "NIL"}, SectionCase{"1.1", "NIL"}, SectionCase{"3.3", "NIL"}, SectionCase{"4.1.1", "NIL"},
        SectionCase{"5.MIME", "NIL"}, SectionCase{"4294967295", "NIL"}));

// "Every message has at least one part number": that of its body.
TEST(Sections, AMessageWithoutPartsHasPartOne) {
  const std::string plain = "Subject: x\r\n\r\ntext\r\n";
  EXPECT_EQ(section(plain, "1"), "text\r\n");
  EXPECT_EQ(section(plain, "TEXT"), "text\r\n");
  EXPECT_EQ(section(plain, "1.MIME"), "Subject: x\r\n\r\n");
  EXPECT_EQ(section(plain, "1.1"), "NIL");
  EXPECT_EQ(section(plain, "2"), "NIL");
  EXPECT_EQ(section(plain, "1.TEXT"), "NIL");
}

TEST(Sections, AnEncapsulatedMessageHasTheNumbersOfItsBody) {
  const std::string forwarded = "Content-Type: message/rfc822\r\n\r\nSubject: inside\r\n\r\ntext";
  EXPECT_EQ(section(forwarded, "1"), "Subject: inside\r\n\r\ntext");
  EXPECT_EQ(section(forwarded, "1.HEADER"), "Subject: inside\r\n\r\n");
  EXPECT_EQ(section(forwarded, "1.TEXT"), "text");
  EXPECT_EQ(section(forwarded, "1.1"), "text");
  EXPECT_EQ(section(forwarded, "1.1.1"), "NIL");
}

// The blank line is part of every header, but where a message has neither it nor a body.
TEST(Sections, AHeaderHasItsBlankLineIfThereIsOne) {
  EXPECT_EQ(section("A: b\r\n", "HEADER"), "A: b\r\n");
  EXPECT_EQ(section("A: b\r\n", "HEADER.FIELDS (c)"), "");
  EXPECT_EQ(section("A: b\r\n\r\n", "HEADER.FIELDS (c)"), "\r\n");
  EXPECT_EQ(section("A: b\n\nc", "HEADER.FIELDS (c)"), "\n");
  EXPECT_EQ(section("\r\nc", "HEADER"), "\r\n");
}

// "The field-matching is ASCII-range case insensitive but is otherwise exact."
TEST(Sections, FieldNamesMatchAsAWhole) {
  const std::string octets = "To: 1\r\nTo-Do: 2\r\nTO : 3\r\n\tfolded\r\nnot a field\r\nXTo: 4\r\n\r\n";
  EXPECT_EQ(section(octets, "HEADER.FIELDS (to)"), "To: 1\r\nTO : 3\r\n\tfolded\r\n\r\n");
  EXPECT_EQ(section(octets, "HEADER.FIELDS.NOT (to)"), "To-Do: 2\r\nXTo: 4\r\n\r\n");
}

}  // namespace
}  // namespace imapspec::server::mime
