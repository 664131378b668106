// Every list that the grammar has, as units of any number of items.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "tests/parser/unit_laws.h"

namespace imapspec::parser::test {

// Wide is a unit with any number of items in a row.
struct Wide {
  std::string_view name;
  UnitKind kind;
  std::string_view before;
  std::string_view item;
  std::string_view separator;
  std::string_view after;
  Profile profile = kRev2;

  [[nodiscard]] std::string unit(std::size_t items) const {
    std::string octets(before);
    for (std::size_t index = 0; index < items; ++index) {
      if (index > 0) octets += separator;
      octets += item;
    }
    octets += after;
    return octets + "\r\n";
  }
};

inline const std::vector<Wide>& wides() {
  using enum UnitKind;
  static const std::vector<Wide> kWides = {
      {"a sequence-set", Command, "a UID FETCH ", "1", ",", " FLAGS"},
      {"a sequence-set of ranges", Command, "a FETCH ", "4:*", ",", " FLAGS"},
      {"search keys", Command, "a SEARCH ", "SEEN", " ", ""},
      {"search keys with strings", Command, "a SEARCH ", "SUBJECT \"\\\\x\"", " ", ""},
      {"ORs in a row", Command, "a SEARCH ", "OR SEEN (1 2)", " ", ""},
      {"search keys with literals", Command, "a SEARCH ", "TEXT {1}\r\nx", " ", ""},
      {"return options of SEARCH", Command, "a SEARCH RETURN (", "MIN", " ", ") ALL"},
      {"flags to store", Command, "a STORE 1 FLAGS ", "\\Seen", " ", ""},
      {"flags to append", Command, "a APPEND x (", "y", " ", ") {1}\r\nz"},
      {"items to fetch", Command, "a FETCH 1 (", "BODY[1.2]<0.1>", " ", ")"},
      {"numbers of a part", Command, "a FETCH 1 BODY[", "1", ".", "]"},
      {"header fields", Command, "a FETCH 1 BODY[HEADER.FIELDS (", "x", " ", ")]"},
      {"capabilities to enable", Command, "a ENABLE ", "x", " ", ""},
      {"selection options", Command, "a LIST (", "x", " ", ") \"\" y"},
      {"return options", Command, "a LIST \"\" y RETURN (", "x (y)", " ", ")"},
      {"an option's values", Command, "a LIST (x (", "(y)", " ", ")) \"\" z"},
      {"patterns", Command, "a LIST \"\" (", "%", " ", ")"},
      {"items of STATUS", Command, "a STATUS x (", "UNSEEN", " ", ")"},
      {"UIDs in a code", Response, "* OK [COPYUID 1 ", "1", ",", " 1] x"},
      {"flags in a code", Response, "* OK [PERMANENTFLAGS (", "\\x", " ", ")] x"},
      {"charsets in a code", Response, "* NO [BADCHARSET (", "\"x\"", " ", ")] y"},
      {"capabilities in a code", Response, "* OK [CAPABILITY IMAP4rev2 ", "x", " ", "] y"},
      {"capabilities", Response, "* CAPABILITY IMAP4rev2 ", "x", " ", ""},
      {"what is enabled", Response, "* ENABLED ", "x", " ", ""},
      {"flags", Response, "* FLAGS (", "x", " ", ")"},
      {"results of SEARCH", Response, "* SEARCH ", "1", " ", "", kRev1},
      {"results of ESEARCH", Response, "* ESEARCH ALL ", "1", ",", ""},
      {"items of ESEARCH", Response, "* ESEARCH ", "X 1,2:*", " ", ""},
      {"extended items", Response, "* LIST () NIL x (", "y (z z)", " ", ")"},
      {"counts", Response, "* STATUS x (", "UNSEEN 1", " ", ")"},
      {"namespaces", Response, "* NAMESPACE (", "(\"\" NIL)", "", ") NIL NIL"},
      {"extensions of a namespace", Response, "* NAMESPACE ((\"\" NIL ", "\"X\" (\"y\" \"z\")", " ", ")) NIL NIL"},
      {"flags fetched", Response, "* 1 FETCH (FLAGS (", "\\Seen", " ", "))"},
      {"items fetched", Response, "* 1 FETCH (", "UID 1", " ", ")"},
      {"addresses", Response, "* 1 FETCH (ENVELOPE (NIL NIL (", "(NIL NIL \"x\" \"y\")", "",
       ") NIL NIL NIL NIL NIL NIL NIL))"},
      {"parts", Response, "* 1 FETCH (BODY (", R"(("A" "B" NIL NIL NIL "7BIT" 1))", "", R"( "MIXED")))"},
      {"parameters", Response, R"(* 1 FETCH (BODY ("A" "B" ()", R"("X" "Y")", " ", R"() NIL NIL "7BIT" 1)))"},
      {"languages", Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL ()", R"("de")", " ",
       ")))"},
      {"body extensions", Response, R"(* 1 FETCH (BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL )",
       "(1 NIL)", " ", "))"},
      {"parameters of SELECT", Command, "a SELECT x (", "y (z)", " ", ")", kAll},
      {"known UIDs", Command, "a SELECT x (QRESYNC (1 1 ", "1", ",", "))", kAll},
      {"modifiers of FETCH", Command, "a FETCH 1 ALL (", "y 1", " ", ")", kAll},
      {"limits to set", Command, "a SETQUOTA x (", "STORAGE 1", " ", ")", kAll},
      {"quotas", Response, "* QUOTA x (", "STORAGE 1 2", " ", ")", kAll},
      {"quota roots", Response, "* QUOTAROOT x ", "y", " ", "", kAll},
      {"rights of users", Response, "* ACL x ", "y lrs", " ", "", kAll},
      {"rights", Response, "* LISTRIGHTS x y lrs ", "k", " ", "", kAll},
      {"UIDs that vanished", Response, "* VANISHED ", "1", ",", "", kAll},
  };
  return kWides;
}

}  // namespace imapspec::parser::test
