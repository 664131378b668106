// The ABNF of ABNF reads itself.
#include <gtest/gtest.h>

#include <string>

#include "tests/parser/abnf/read.h"

namespace imapspec::abnf::test {
namespace {

// RFC 5234 section 4; RFC 7405 section 2.2 changes char-val.
constexpr std::string_view kAbnf = R"abnf(rulelist       =  1*( rule / (*c-wsp c-nl) )

rule           =  rulename defined-as elements c-nl
                       ; continues if next line starts
                       ;  with white space

rulename       =  ALPHA *(ALPHA / DIGIT / "-")

defined-as     =  *c-wsp ("=" / "=/") *c-wsp
                       ; basic rules definition and
                       ;  incremental alternatives

elements       =  alternation *c-wsp

c-wsp          =  WSP / (c-nl WSP)

c-nl           =  comment / CRLF
                       ; comment or newline

comment        =  ";" *(WSP / VCHAR) CRLF

alternation    =  concatenation
                  *(*c-wsp "/" *c-wsp concatenation)

concatenation  =  repetition *(1*c-wsp repetition)

repetition     =  [repeat] element

repeat         =  1*DIGIT / (*DIGIT "*" *DIGIT)

element        =  rulename / group / option /
                  char-val / num-val / prose-val

group          =  "(" *c-wsp alternation *c-wsp ")"

option         =  "[" *c-wsp alternation *c-wsp "]"

char-val       =  DQUOTE *(%x20-21 / %x23-7E) DQUOTE
                       ; quoted string of SP and VCHAR
                       ;  without DQUOTE

num-val        =  "%" (bin-val / dec-val / hex-val)

bin-val        =  "b" 1*BIT
                  [ 1*("." 1*BIT) / ("-" 1*BIT) ]
                       ; series of concatenated bit values
                       ;  or single ONEOF range

dec-val        =  "d" 1*DIGIT
                  [ 1*("." 1*DIGIT) / ("-" 1*DIGIT) ]

hex-val        =  "x" 1*HEXDIG
                  [ 1*("." 1*HEXDIG) / ("-" 1*HEXDIG) ]

prose-val      =  "<" *(%x20-3D / %x3F-7E) ">"
                       ; bracketed string of SP and VCHAR
                       ;  without angles
                       ; prose description, to be used as
                       ;  last resort
)abnf";

constexpr std::string_view kStrings = R"abnf(char-val       =!  case-insensitive-string /
                   case-sensitive-string

case-insensitive-string =
                   [ "%i" ] quoted-string

case-sensitive-string =
                   "%s" quoted-string

quoted-string  =  DQUOTE *(%x20-21 / %x23-7E) DQUOTE
                       ; quoted string of SP and VCHAR
                       ;  without DQUOTE
)abnf";

std::string with_crlf(std::string_view text) {
  std::string lines;
  for (const char octet : text) lines += octet == '\n' ? std::string("\r\n") : std::string(1, octet);
  return lines;
}

TEST(Bootstrap, AbnfOfAbnfIsReadAndWrittenAndReadAgain) {
  const Grammar first = read({std::string(kAbnf), std::string(kStrings)}, {"rulelist"});
  EXPECT_EQ(first.rules().size(), 36U);
  const std::string written = write(first);
  const Grammar second = read({written}, {"rulelist"});
  EXPECT_EQ(write(second), written);
  ASSERT_EQ(first.nodes().size(), second.nodes().size());
  for (NodeId id = 0; id < first.nodes().size(); ++id) {
    const Node& one = first.node(id);
    const Node& other = second.node(id);
    EXPECT_EQ(one.kind, other.kind);
    EXPECT_EQ(one.children, other.children);
    EXPECT_EQ(one.least, other.least);
    EXPECT_EQ(one.most, other.most);
    EXPECT_EQ(one.rule, other.rule);
    EXPECT_EQ(one.text, other.text);
    EXPECT_EQ(one.case_sensitive, other.case_sensitive);
    EXPECT_EQ(one.first, other.first);
    EXPECT_EQ(one.last, other.last);
  }
}

TEST(Bootstrap, LineEndsMakeNoDifference) {
  EXPECT_EQ(write(read({std::string(kAbnf)}, {"rulelist"})), write(read({with_crlf(kAbnf)}, {"rulelist"})));
}

TEST(Bootstrap, CoreRulesThatAreUsedComeAfterTheOthers) {
  const Grammar grammar = read({std::string(kAbnf)}, {"rulelist"});
  std::string core;
  for (const Rule& rule : grammar.rules()) {
    if (rule.place.source == kCoreSource) core += rule.name + ' ';
  }
  EXPECT_EQ(core, "ALPHA DIGIT WSP CRLF VCHAR DQUOTE BIT HEXDIG SP HTAB CR LF ");
  EXPECT_EQ(grammar.rules().back().name, "LF");
}

}  // namespace
}  // namespace imapspec::abnf::test
