// What headers and bodies say: encoded words, charsets, transfer encodings, parameters, addresses.
#include <gtest/gtest.h>

#include "server/commands/search_text.h"
#include "server/mime/address.h"
#include "server/mime/charset.h"
#include "server/mime/encoding.h"
#include "server/mime/header.h"
#include "server/mime/structured.h"
#include "tests/server/mime_messages.h"

namespace imapspec::server::mime {
namespace {

struct Pair {
  std::string written;
  std::string read;
};

class EncodedWords : public testing::TestWithParam<Pair> {};

TEST_P(EncodedWords, AreDecoded) { EXPECT_EQ(decode_words(unfold(GetParam().written)), GetParam().read); }

INSTANTIATE_TEST_SUITE_P(
    Rfc2047Section8, EncodedWords,
    testing::Values(
        Pair{"=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"},
        Pair{"=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>", "Keld J\xC3\xB8rn Simonsen <keld@dkuug.dk>"},
        Pair{"=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>", "Andr\xC3\xA9 Pirard <PIRARD@vm1.ulg.ac.be>"},
        Pair{"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\r\n"
             " =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
             "If you can read this you understand the example."},
        Pair{"Nathaniel Borenstein <nsb@x>\r\n (=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=)",
             "Nathaniel Borenstein <nsb@x> (\xD7\x9D\xD7\x95\xD7\x9C\xD7\xA9 \xD7\x9F\xD7\x91 "
             "\xD7\x99\xD7\x9C\xD7\x98\xD7\xA4\xD7\xA0)"},
        Pair{"(=?ISO-8859-1?Q?a?=)", "(a)"}, Pair{"(=?ISO-8859-1?Q?a?= b)", "(a b)"},
        Pair{"(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
        Pair{"(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)", "(ab)"},
        Pair{"(=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=)", "(ab)"}, Pair{"(=?ISO-8859-1?Q?a_b?=)", "(a b)"},
        Pair{"(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)"}));

INSTANTIATE_TEST_SUITE_P(
    Others, EncodedWords,
    testing::Values(Pair{"", ""}, Pair{"  a  b ", "a  b"},
                    Pair{"=?KOI8-R?B?79TQ1dPL?=", "\xD0\x9E\xD1\x82\xD0\xBF\xD1\x83\xD1\x81\xD0\xBA"},
                    Pair{"=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "\xE3\x83\x86\xE3\x82\xB9\xE3\x83\x88"},
                    // A language (RFC 2231 section 5), a character in two words, none that can be read.
                    Pair{"=?US-ASCII*EN?Q?Keith?=", "Keith"}, Pair{"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "caf\xC3\xA9"},
                    Pair{"=?x-none?Q?a?= =?utf-8?Q?b?=", "=?x-none?Q?a?= b"}, Pair{"=?utf-8", "=?utf-8"},
                    Pair{"=?utf-8//IGNORE?Q?a?=", "=?utf-8//IGNORE?Q?a?="}, Pair{"=??Q?a?=", "=??Q?a?="},
                    Pair{"=? =?utf-8?Q?b?=", "=? b"}, Pair{"a=?utf-8?Q?b?=c", "abc"},
                    Pair{"caf\xC3\xA9 \xE9", "caf\xC3\xA9 \xEF\xBF\xBD"}, Pair{std::string("a\0b", 3), "a b"},
                    Pair{std::string("\0=?utf-8?Q?b?=", 14), " b"}));

TEST(Charsets, AreThoseOfTheLibrary) {
  for (const char* name : {"US-ASCII", "utf-8", "ISO-8859-15", "windows-1252", "KOI8-R", "GB18030", "Shift_JIS",
                           "ISO-2022-JP", "UTF-16", "UTF-7", "Big5", "EUC-KR"}) {
    EXPECT_TRUE(knows_charset(name)) << name;
  }
  for (const std::string& name : {std::string(), std::string("x-none"), std::string("utf-8//IGNORE"),
                                  std::string("../utf-8"), std::string("utf(-8"), std::string(100, 'a')}) {
    EXPECT_FALSE(knows_charset(name)) << name;
    EXPECT_EQ(to_utf8("a", name), std::nullopt);
  }
}

TEST(Charsets, WhatIsNotInThemIsReplaced) {
  EXPECT_EQ(to_utf8("caf\xE9", "iso-8859-1"), "caf\xC3\xA9");
  EXPECT_EQ(to_utf8("a\xE9z", "us-ascii"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_utf8("a\xC3z", "utf-8"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_utf8("a\xFFz", "shift_jis"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_utf8(std::string_view("a\0b", 3), "iso-8859-1"), std::string("a\0b", 3));
  // A letter that this charset may go on to change is kept back until the end.
  EXPECT_EQ(to_utf8("a", "windows-1258"), "a");
  EXPECT_EQ(to_utf8("\xD8", "utf-16be"), "\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8(std::string(100'000, '\xE9'), "iso-8859-1"), repeat("\xC3\xA9", 100'000));
}

TEST(Case, OfAllLettersIsFolded) {
  EXPECT_EQ(fold_case("ABC xyz"), "abc xyz");
  EXPECT_EQ(fold_case("\xC3\x84\xD0\x96"), "\xC3\xA4\xD0\xB6");
  EXPECT_EQ(fold_case("STRA\xC3\x9F"
                      "E"),
            "strasse");
  EXPECT_EQ(fold_case(std::string_view("\0\xC3\x84\0", 4)), std::string_view("\0\xC3\xA4\0", 4));
  EXPECT_EQ(fold_case("\xFF"
                      "A"),
            "\xEF\xBF\xBD"
            "a");
}

struct Transfer {
  const char* encoding;
  std::string encoded;
  std::optional<std::string> decoded;
};

class TransferEncodings : public testing::TestWithParam<Transfer> {};

TEST_P(TransferEncodings, AreUndone) {
  EXPECT_EQ(decode_transfer(GetParam().encoded, GetParam().encoding), GetParam().decoded);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc2045, TransferEncodings,
    testing::Values(Transfer{"7bit", "a=3D", "a=3D"}, Transfer{"8BIT", "\xE9", "\xE9"}, Transfer{"binary", "\r", "\r"},
                    Transfer{"", "a", "a"}, Transfer{"x-uuencode", "a", std::nullopt},
                    Transfer{"quoted-printable2", "a", std::nullopt},
                    Transfer{"BASE64", "AAEC\r\n", std::string("\0\1\2", 3)}, Transfer{"base64", "Y W!J\r\nj", "abc"},
                    Transfer{"base64", "YWI=Yw==", "ab"}, Transfer{"base64", "YWI", "ab"}, Transfer{"base64", "Y", ""},
                    Transfer{"Quoted-Printable", "a=3Db=3d", "a=b="},
                    Transfer{"quoted-printable", "a=\r\nb=\nc", "abc"},
                    Transfer{"quoted-printable", "a= \t\r\nb", "ab"}, Transfer{"quoted-printable", "a=", "a"},
                    Transfer{"quoted-printable", "a=  ", "a"}, Transfer{"quoted-printable", "a=4 =G1 =", "a=4 =G1 "},
                    // Blanks at the end of a line are added on the way (RFC 2045 section 6.7, rule 3).
                    Transfer{"quoted-printable", "a b \t\r\n c\r\n  ", "a b\r\n c\r\n"},
                    Transfer{"quoted-printable", "a=20\r\n", "a \r\n"}));

std::string show(const Structured& field) {
  std::string text = field.value;
  for (const Parameter& each : field.parameters) text += ";" + each.name + "=" + each.value;
  return text;
}

TEST(Parameters, AreKeptAsTheyWereWritten) {
  EXPECT_EQ(show(parse_structured("text/plain; charset=us-ascii (comment)")), "TEXT/PLAIN;CHARSET=us-ascii");
  EXPECT_EQ(show(parse_structured("Text / Plain ; CharSet=\"us-\\\"ascii\"")), "TEXT/PLAIN;CHARSET=us-\"ascii");
  // RFC 2231 sections 3 and 4: not put together, not decoded.
  EXPECT_EQ(show(parse_structured("message/external-body; access-type=URL; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu\"")),
            "MESSAGE/EXTERNAL-BODY;ACCESS-TYPE=URL;URL*0=ftp://;URL*1=cs.utk.edu");
  EXPECT_EQ(show(parse_structured("application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A")),
            "APPLICATION/X-STUFF;TITLE*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A");
  EXPECT_EQ(show(parse_structured("application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;"
                                  "title*1*=%2A%2A%2Afun%2A%2A%2A%20;title*2=\"isn't it!\"")),
            "APPLICATION/X-STUFF;TITLE*0*=us-ascii'en'This%20is%20even%20more%20;"
            "TITLE*1*=%2A%2A%2Afun%2A%2A%2A%20;TITLE*2=isn't it!");
}

TEST(Parameters, ThatAreBrokenDoNotHideTheOthers) {
  EXPECT_EQ(show(parse_structured("attachment;; x; =y; a=b c; d=\"e;f\" g; h=")), "ATTACHMENT;A=b;D=e;f;H=");
  EXPECT_EQ(show(parse_structured("a; b=c (d; e=f); g=h")), "A;B=c;G=h");
  EXPECT_EQ(show(parse_structured("multipart/related; type=text/html; boundary=a=b")),
            "MULTIPART/RELATED;TYPE=text/html;BOUNDARY=a=b");
  EXPECT_EQ(show(parse_structured("a; b=\"c")), "A;B=c");
  EXPECT_EQ(show(parse_structured("a (b")), "A");
  EXPECT_EQ(show(parse_structured("")), "");
}

std::string show(const std::vector<Address>& addresses) {
  std::string text;
  for (const Address& each : addresses) {
    for (const auto& part : {each.name, each.route, each.mailbox, each.host}) text += part.value_or("NIL") + "|";
    text += " ";
  }
  return text;
}

class Addresses : public testing::TestWithParam<Pair> {};

TEST_P(Addresses, AreReadAsEnvelopeShowsThem) { EXPECT_EQ(show(parse_addresses(GetParam().written)), GetParam().read); }

INSTANTIATE_TEST_SUITE_P(
    Rfc5322, Addresses,
    testing::Values(
        Pair{"a@b", "NIL|NIL|a|b| "}, Pair{"<a@b>", "NIL|NIL|a|b| "}, Pair{"N M <a@b>", "N M|NIL|a|b| "},
        Pair{"\"N \\\"M\" <a@b>", "N \"M|NIL|a|b| "}, Pair{"a@b (N)", "N|NIL|a|b| "},
        Pair{"=?utf-8?Q?N?= <a@b>", "=?utf-8?Q?N?=|NIL|a|b| "}, Pair{"John Q. P <a@b>", "John Q. P|NIL|a|b| "},
        Pair{"\"a b\"@c", "NIL|NIL|\"a b\"|c| "}, Pair{"a@[1.2.3.4]", "NIL|NIL|a|[1.2.3.4]| "},
        Pair{"a . b @ c . d", "NIL|NIL|a.b|c.d| "}, Pair{"<@x,@y:a@b>", "NIL|@x,@y|a|b| "},
        Pair{"G: a@b, c@d;, e@f", "NIL|NIL|G|NIL| NIL|NIL|a|b| NIL|NIL|c|d| NIL|NIL|NIL|NIL| NIL|NIL|e|f| "},
        Pair{"G:;", "NIL|NIL|G|NIL| NIL|NIL|NIL|NIL| "}, Pair{"G: ,, ;", "NIL|NIL|G|NIL| NIL|NIL|NIL|NIL| "},
        Pair{"G: a@b", "NIL|NIL|G|NIL| NIL|NIL|a|b| NIL|NIL|NIL|NIL| "}, Pair{"a", "NIL|NIL|a|| "},
        Pair{"<>", "NIL|NIL||| "}, Pair{",;,>", ""}, Pair{"a (b\\", "b\\|NIL|a|| "},
        Pair{"a (b(c)d) @e", "b(c)d|NIL|a|e| "}));

struct Search {
  const char* wanted;
  bool in_message;
  bool in_body;
};

class SearchTexts : public testing::TestWithParam<Search> {};

TEST_P(SearchTexts, AreLookedForInWhatPeopleRead) {
  const std::string octets =
      "Subject: =?iso-8859-1?Q?=DCber?=\r\n =?utf-8?Q?_alles?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\nX-Part: "
      "mimeheader\r\n\r\n"
      "79TQ1dPL\r\n"
      "--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "Gr=FC=\r\nn =3D wei=DF\r\n"
      "--b\r\nContent-Type: text/plain; charset=x-none\r\n\r\nunknown charset\r\n"
      "--b\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nunknown encoding\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: =?utf-8?B?SW5uZXI=?=\r\n\r\nencapsulated\r\n--b--\r\n";
  const Part message = parse_message(octets);
  const SearchText wanted(GetParam().wanted);
  EXPECT_EQ(wanted.in_message(message), GetParam().in_message);
  EXPECT_EQ(wanted.in_body(message), GetParam().in_body);
}

INSTANTIATE_TEST_SUITE_P(Section644, SearchTexts,
                         testing::Values(Search{"", true, true},
                                         Search{"\xC3\xBC"
                                                "BER ALLES",
                                                true, false},
                                         Search{"subject: \xC3\x9C"
                                                "ber",
                                                true, false},
                                         Search{"=?iso-8859-1?Q?", false, false},
                                         Search{"\xD0\xBE\xD0\xA2\xD0\x9F\xD0\xA3\xD0\xA1\xD0\x9A", true, true},
                                         Search{"79TQ1dPL", false, false}, Search{"gr\xC3\x9CN = weiss", true, true},
                                         Search{"Gr=FC", false, false}, Search{"mimeHeader", true, false},
                                         Search{"unknown CHARSET", true, true}, Search{"unknown encoding", true, true},
                                         Search{"encapsulated", true, true}, Search{"subject: inner", true, true},
                                         Search{"absent", false, false}));

TEST(SearchTexts, AreFoundAcrossPieces) {
  const std::string text = std::string(65'535, 'x') + "\xC3\x84needle" + std::string(65'528, '\xE9') + "ababac";
  EXPECT_TRUE(SearchText("\xC3\xA4NEEDLE").in(text));
  EXPECT_TRUE(SearchText("ABAC").in(text));
  EXPECT_FALSE(SearchText("abad").in(text));
}

TEST(SearchTexts, InFieldsAreInThoseOfTheName) {
  const std::string header = "To: one\r\nTO: =?utf-8?Q?t=77o?=\r\nToo: three\r\nCc:\r\n\r\n";
  EXPECT_TRUE(SearchText("ONE").in_fields(header, "to"));
  EXPECT_TRUE(SearchText("two").in_fields(header, "to"));
  EXPECT_FALSE(SearchText("three").in_fields(header, "to"));
  EXPECT_TRUE(SearchText("").in_fields(header, "cc"));
  EXPECT_FALSE(SearchText("").in_fields(header, "bcc"));
}

}  // namespace
}  // namespace imapspec::server::mime
