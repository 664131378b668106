// Every nesting that the grammar has, as units of any depth.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {

// Nesting is a unit whose middle is opened and closed any number of times.
struct Nesting {
  std::string_view name;
  UnitKind kind;
  std::string_view before;
  std::string_view open;
  std::string_view inside;
  std::string_view close;
  std::string_view after;
  std::size_t levels = 1;  // of our limit, for each time that it is opened
  Profile profile = kRev2;

  [[nodiscard]] std::string unit(std::size_t times) const {
    std::string octets(before);
    for (std::size_t time = 0; time < times; ++time) octets += open;
    octets += inside;
    for (std::size_t time = 0; time < times; ++time) octets += close;
    octets += after;
    return octets + "\r\n";
  }
};

inline const std::vector<Nesting>& nestings() {
  static constexpr std::string_view kPart = R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1))";
  static constexpr std::string_view kMessage =
      R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) )";
  static constexpr std::string_view kGlobal =
      R"(("message" "global" NIL NIL NIL "7BIT" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) )";
  static constexpr std::string_view kMixedMessage =
      R"((("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 1 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) )";
  using enum UnitKind;
  static const std::vector<Nesting> kNestings = {
      {"search keys in parentheses", Command, "a SEARCH ", "(", "ALL", ")", ""},
      {"search keys in parentheses, of rev1", Command, "a SEARCH ", "(", "ALL", ")", "", 1, kRev1},
      {"NOT", Command, "a UID SEARCH ", "NOT ", "ALL", "", ""},
      {"NOT before parentheses", Command, "a SEARCH ", "NOT (", "ALL", ")", "", 2},
      {"OR in its first operand", Command, "a SEARCH ", "OR ", "ALL", " ALL", ""},
      {"OR in its second operand", Command, "a SEARCH ", "OR ALL ", "ALL", "", ""},
      {"OR, NOT and parentheses", Command, "a SEARCH ", "OR NOT (ALL ", "ALL", ") ALL", "", 3},
      {"the value of a selection option", Command, "a LIST (x ", "(", "y", ")", ") \"\" z"},
      {"the value of a return option", Command, "a LIST \"\" z RETURN (x ", "(", "y", ")", ")"},
      {"an extended item of LIST", Response, "* LIST () NIL x (y ", "(", "z", ")", ")"},
      {"items of ESEARCH", Response, "* ESEARCH X ", "(", "y", ")", ""},
      {"multiparts", Response, "* 1 FETCH (BODYSTRUCTURE ", "(", kPart, " \"MIXED\")", ")"},
      {"multiparts with extension data", Response, "* 1 FETCH (BODYSTRUCTURE ", "(", kPart, R"( "MIXED" NIL NIL NIL))",
       ")"},
      {"multiparts of BODY", Response, "* 1 FETCH (BODY ", "(", kPart, " \"MIXED\")", ")"},
      {"multiparts of rev1", Response, "* 1 FETCH (BODY ", "(", kPart, " \"MIXED\")", ")", 1, kRev1},
      {"second parts of multiparts", Response, "* 1 FETCH (BODY ", R"((("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1))", kPart,
       " \"MIXED\")", ")"},
      {"messages", Response, "* 1 FETCH (BODYSTRUCTURE ", kMessage, kPart, " 1)", ")"},
      {"messages of BODY", Response, "* 1 FETCH (BODY ", kMessage, kPart, " 1)", ")"},
      {"messages of rev1", Response, "* 1 FETCH (BODY ", kMessage, kPart, " 1)", ")", 1, kRev1},
      {"messages in UTF-8", Response, "* 1 FETCH (BODY ", kGlobal, kPart, " 1)", ")"},
      {"messages in multiparts", Response, "* 1 FETCH (BODY ", kMixedMessage, kPart, " 1) \"MIXED\")", ")", 2},
      {"body extensions of a part", Response,
       R"(* 1 FETCH (BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1 NIL NIL NIL NIL )", "(", "1", ")", "))"},
      {"body extensions of a multipart", Response,
       R"(* 1 FETCH (BODYSTRUCTURE (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1) "MIXED" NIL NIL NIL NIL )", "(", "NIL",
       " \"x\")", "))"},
      {"a parameter of SELECT", Command, "a SELECT x (y ", "(", "z", ")", ")", 1, kAll},
      {"a modifier of FETCH", Command, "a FETCH 1 ALL (y ", "(", "z", ")", ")", 1, kAll},
      {"a modifier of STORE", Command, "a STORE 1 (y ", "(", "z", ")", ") FLAGS ()", 1, kAll},
  };
  return kNestings;
}

}  // namespace imapspec::parser::test
