#include "parser/grammar/envelope.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/parser/rule_table.h"

namespace imapspec::parser::test {
namespace {

std::string show(const NString& string) { return string ? string->value() : "NIL"; }

std::string show(const Address& a) {
  return "<" + show(a.name) + "," + show(a.adl) + "," + show(a.mailbox) + "," + show(a.host) + ">";
}

std::string show(const List<Address>& list) {
  std::string text;
  for (const Address& each : list) text += show(each);
  return "[" + text + "]";
}

std::string show(const Envelope& e) {
  return show(e.date) + " " + show(e.subject) + " " + show(e.from) + " " + show(e.sender) + " " + show(e.reply_to) +
         " " + show(e.to) + " " + show(e.cc) + " " + show(e.bcc) + " " + show(e.in_reply_to) + " " + show(e.message_id);
}

TEST(Address, Table) {
  check_rule(
      {
          accepted("plain", R"(("Terry Gray" NIL "gray" "cac.washington.edu"))",
                   "<Terry Gray,NIL,gray,cac.washington.edu>"),
          accepted("start of a group", R"((NIL NIL "friends" NIL))", "<NIL,NIL,friends,NIL>"),
          accepted("end of a group", "(NIL NIL NIL NIL)", "<NIL,NIL,NIL,NIL>"),
          accepted("escapes", R"(("a \"b\" \\" NIL "x" "y"))", R"(<a "b" \,NIL,x,y>)"),
          accepted("literal", "({3}\r\na\"b NIL \"x\" \"y\")", "<a\"b,NIL,x,y>"),
          accepted("nil in any case", "(nil NiL NIL nil)", "<NIL,NIL,NIL,NIL>"),
          accepted("UTF-8", "(\"J\xc3\xb6rg\" NIL \"x\" \"y\")", "<J\xc3\xb6rg,NIL,x,y>"),
          accepted("empty string is not nil", R"(("" NIL "x" "y"))", "<,NIL,x,y>"),
          invalid("UTF-8 in rev1", "(\"J\xc3\xb6rg\" NIL \"x\" \"y\")", 3).in(kRev1),
          invalid("atom", R"((Terry NIL "x" "y"))", 1),
          invalid("atom that begins like nil", R"((NILS NIL "x" "y"))", 4),
          invalid("three fields", R"((NIL NIL "x"))", 12),
          invalid("five fields", R"((NIL NIL "x" "y" NIL))", 16),
          invalid("double space", R"((NIL  NIL "x" "y"))", 5),
          invalid("trailing space", R"((NIL NIL "x" "y" ))", 16),
          invalid("leading space", R"(( NIL NIL "x" "y"))", 1),
          incomplete("cut in nil", "(NIL N"),
          pending("cut at a literal", "(NIL NIL {3}\r\n"),
      },
      [](Cursor& in, const Profile& profile) { return address(in, profile); },
      [](const Address& value) { return show(value); });
}

constexpr std::string_view kRfcExample =
    R"x(("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes" )x"
    R"((("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) )"
    R"((("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) )"
    R"(((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL )"
    R"("<B27397-0100000@cac.washington.ed>"))";

TEST(Envelope, Table) {
  check_rule(
      {
          accepted("RFC 9051 section 8", kRfcExample,
                   "Wed, 17 Jul 1996 02:23:25 -0700 (PDT) IMAP4rev2 WG mtg summary and minutes "
                   "[<Terry Gray,NIL,gray,cac.washington.edu>] [<Terry Gray,NIL,gray,cac.washington.edu>] "
                   "[<Terry Gray,NIL,gray,cac.washington.edu>] [<NIL,NIL,imap,cac.washington.edu>] "
                   "[<NIL,NIL,minutes,CNRI.Reston.VA.US><John Klensin,NIL,KLENSIN,MIT.EDU>] [] NIL "
                   "<B27397-0100000@cac.washington.ed>"),
          accepted("nothing", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", "NIL NIL [] [] [] [] [] [] NIL NIL"),
          accepted("literal subject", "(NIL {2}\r\n\r\n NIL NIL NIL NIL NIL NIL NIL NIL)",
                   "NIL \r\n [] [] [] [] [] [] NIL NIL"),
          invalid("empty address list (T37)", "(NIL NIL () NIL NIL NIL NIL NIL NIL NIL)", 10),
          invalid("SP between addresses (T37)",
                  "(NIL NIL ((NIL NIL NIL NIL) (NIL NIL NIL NIL)) NIL NIL NIL NIL NIL NIL NIL)", 27),
          invalid("bare address", "(NIL NIL (NIL NIL NIL NIL) NIL NIL NIL NIL NIL NIL NIL)", 10),
          invalid("string for addresses", R"((NIL NIL "x" NIL NIL NIL NIL NIL NIL NIL))", 9),
          invalid("addresses for a string", "(NIL NIL NIL NIL NIL NIL NIL NIL (NIL) NIL)", 33),
          invalid("nine fields", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL)", 36),
          invalid("eleven fields", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", 40),
          invalid("double space", "(NIL NIL  NIL NIL NIL NIL NIL NIL NIL NIL)", 9),
          invalid("number", "(1 NIL NIL NIL NIL NIL NIL NIL NIL NIL)", 1),
          invalid("nil", "NIL", 0),
          incomplete("cut in the addresses", "(NIL NIL ((NIL NIL NIL NIL)"),
          incomplete("cut in nil", "(NIL NIL NI"),
      },
      [](Cursor& in, const Profile& profile) { return envelope(in, profile); },
      [](const Envelope& value) { return show(value); });
}

}  // namespace
}  // namespace imapspec::parser::test
