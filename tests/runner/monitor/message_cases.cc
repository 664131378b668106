// Sessions about messages and their UIDs, about search results and copies.
#include "tests/runner/monitor/cases.h"

namespace imapspec::runner::test {
namespace {

constexpr parser::Profile kCondstore = with(parser::kRev2, parser::Extension::Condstore);

Lines enabled(const Lines& then) {
  Lines rest = selected();
  rest.erase(rest.begin(), rest.begin() + 3);
  return joined(joined(logged_in({"C: e ENABLE CONDSTORE", "S: * ENABLED CONDSTORE", "S: e OK x"}), rest), then);
}

// One FETCH that is answered by `answers`.
Lines fetched(const Lines& answers) {
  return selected(joined(joined({"C: f FETCH 1:3 (UID FLAGS)"}, answers), {"S: f OK x"}));
}

Lines searched(const std::string& command, const std::string& answer) {
  return selected({"C: s " + command, "S: " + answer, "S: s OK x"});
}

}  // namespace

std::vector<Case> message_cases() {
  return {
      {.check = "uidvalidity-grows",
       .trips = selected({"2G: * OK x", "2C: a LOGIN alice x", "2S: a OK x", "2C: b STATUS box (UIDVALIDITY)",
                          "2S: * STATUS box (UIDVALIDITY 6)", "2S: b OK x"}),
       .holds = selected({"2G: * OK x", "2C: a LOGIN alice x", "2S: a OK x", "2C: b STATUS box (UIDVALIDITY)",
                          "2S: * STATUS box (UIDVALIDITY 8)", "2S: b OK x", "2C: c RENAME a box", "2S: c OK x",
                          "2C: d STATUS box (UIDVALIDITY)", "2S: * STATUS box (UIDVALIDITY 3)", "2S: d OK x"})},
      {.check = "uidvalidity-stays",
       .trips = selected({"C: a NOOP", "S: * OK [UIDVALIDITY 8] x", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "S: * OK [UIDVALIDITY 7] x", "S: a OK x"})},
      {.check = "uidnext-does-not-shrink",
       .trips = selected({"C: b STATUS box (UIDNEXT)", "S: * STATUS box (UIDNEXT 9)", "S: b OK x"}),
       .holds = selected({"C: b STATUS box (UIDNEXT)", "S: * STATUS box (UIDNEXT 12)", "S: b OK x", "C: c DELETE box",
                          "S: c OK x", "C: d STATUS box (UIDNEXT)", "S: * STATUS box (UIDNEXT 1)", "S: d OK x"})},
      {.check = "uids-are-below-uidnext",
       .trips = fetched({"S: * 3 FETCH (UID 10)"}),
       .holds = fetched({"S: * 3 FETCH (UID 9)", "S: * 4 EXISTS", "S: * 4 FETCH (UID 10)"})},
      {.check = "new-uids-are-new",
       .trips = selected({"C: a COPY 1 box", "S: a OK [COPYUID 7 3 9] x"}),
       .holds = selected({"C: a COPY 1 box", "S: a OK [COPYUID 7 3 10] x"})},
      {.check = "fetch-within-count",
       .trips = fetched({"S: * 4 FETCH (UID 9)"}),
       .holds = fetched({"S: * 4 EXISTS", "S: * 4 FETCH (UID 11)"})},
      {.check = "uid-is-stable",
       .trips = fetched({"S: * 2 FETCH (UID 9)", "S: * 2 FETCH (UID 8)"}),
       .holds = joined(fetched({"S: * 2 FETCH (UID 9)"}), {"C: a NOOP", "S: * 1 EXPUNGE", "S: a OK x",
                                                           "C: b FETCH 1 UID", "S: * 1 FETCH (UID 9)", "S: b OK x"})},
      {.check = "uids-ascend",
       .trips = fetched({"S: * 1 FETCH (UID 5)", "S: * 3 FETCH (UID 5)"}),
       .holds = fetched({"S: * 3 FETCH (UID 5)", "S: * 1 FETCH (UID 2)", "S: * 2 FETCH (UID 3)"})},
      {.check = "uid-is-not-reused",
       .trips = joined(fetched({"S: * 3 FETCH (UID 9)"}), {"C: a NOOP", "S: * 3 EXPUNGE", "S: * 3 EXISTS", "S: a OK x",
                                                           "C: b FETCH 3 UID", "S: * 3 FETCH (UID 9)", "S: b OK x"}),
       .holds = joined(fetched({"S: * 3 FETCH (UID 9)"}), {"C: a NOOP", "S: * 3 EXPUNGE", "S: * 3 EXISTS", "S: a OK x",
                                                           "C: b FETCH 3 UID", "S: * 3 FETCH (UID 10)", "S: b OK x"})},
      {.check = "uid-in-uid-command-fetch",
       .trips = selected({"C: a UID FETCH 9 FLAGS", "S: * 1 FETCH (FLAGS ())", "S: a OK x"}),
       .holds = selected({"C: a UID FETCH 9 FLAGS", "S: * 1 FETCH (UID 9 FLAGS ())", "S: a OK x"})},
      {.check = "unasked-fetch-has-uid",
       .trips = selected({"C: a NOOP", "S: * 1 FETCH (FLAGS ())", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "S: * 1 FETCH (UID 1 FLAGS ())", "S: a OK x", "C: b STORE 1 FLAGS ()",
                          "S: * 1 FETCH (FLAGS ())", "S: b OK x"})},
      {.check = "messages-do-not-change",
       .trips = fetched({"S: * 1 FETCH (BODY[1] \"abc\")", "S: * 1 FETCH (UID 4)", "S: * 1 FETCH (BODY[1] \"abd\")"}),
       .holds = fetched({"S: * 1 FETCH (BODY[1] \"abc\" UID 4)", "S: * 1 FETCH (BODY[1] {3}\r\nabc)",
                         "S: * 1 FETCH (BODY[1]<0> \"a\")"})},
      {.check = "size-is-in-octets",
       .trips = fetched({"S: * 1 FETCH (RFC822.SIZE 4)", "S: * 1 FETCH (BODY[] \"abc\")"}),
       .holds = fetched({"S: * 1 FETCH (RFC822.SIZE 3)", "S: * 1 FETCH (BODY[] \"abc\")"})},
      {.check = "header-and-text-are-the-message",
       .trips = fetched({"S: * 1 FETCH (BODY[] \"abc\" BODY[HEADER] \"a\" BODY[TEXT] \"b\")"}),
       .holds = fetched({"S: * 1 FETCH (BODY[] \"abc\" BODY[HEADER] \"a\" BODY[TEXT] \"bc\")"})},
      {.check = "binary-size-matches",
       .trips = fetched({"S: * 1 FETCH (BINARY[1] \"abc\")", "S: * 1 FETCH (BINARY.SIZE[1] 4)"}),
       .holds = fetched({"S: * 1 FETCH (BINARY[1] \"abc\")", "S: * 1 FETCH (BINARY.SIZE[1] 3)"})},
      {.check = "only-named-fields",
       .trips = fetched({"S: * 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {13}\r\nFrom: a@b\r\n\r\n)"}),
       .holds = fetched({"S: * 1 FETCH (BODY[HEADER.FIELDS (\"subject\")] {20}\r\nSubject : x\r\n y:\r\n\r\n)"})},
      {.check = "no-excluded-fields",
       .trips = fetched({"S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (FROM)] {13}\r\nFrom: a@b\r\n\r\n)"}),
       .holds = fetched({"S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (TO)] {13}\r\nFrom: a@b\r\n\r\n)"})},
      {.check = "modseq-in-untagged-fetch",
       .trips = enabled({"C: a STORE 1 FLAGS ()", "S: * 1 FETCH (FLAGS ())", "S: a OK x"}),
       .holds = enabled({"C: a STORE 1 FLAGS ()", "S: * 1 FETCH (FLAGS () MODSEQ (5))", "S: a OK x",
                         "C: b FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS ())", "S: b OK x"}),
       .profile = kCondstore,
       .read_as = kCondstore},
      {.check = "modseq-does-not-shrink",
       .trips = enabled({"C: a FETCH 1 MODSEQ", "S: * 1 FETCH (MODSEQ (5))", "S: * 1 FETCH (MODSEQ (4))", "S: a OK x"}),
       .holds = enabled({"C: a FETCH 1 MODSEQ", "S: * 1 FETCH (MODSEQ (5))", "S: * 1 FETCH (MODSEQ (5))", "S: a OK x"}),
       .profile = kCondstore,
       .read_as = kCondstore},
      {.check = "highestmodseq-does-not-shrink",
       .trips = enabled({"C: a STATUS box (HIGHESTMODSEQ)", "S: * STATUS box (HIGHESTMODSEQ 9)", "S: a OK x",
                         "C: b NOOP", "S: b OK [HIGHESTMODSEQ 8] x"}),
       .holds = enabled({"C: a STATUS box (HIGHESTMODSEQ)", "S: * STATUS box (HIGHESTMODSEQ 9)", "S: a OK x",
                         "C: b NOOP", "S: b OK [HIGHESTMODSEQ 9] x"}),
       .profile = kCondstore,
       .read_as = kCondstore},
      {.check = "esearch-names-its-command",
       .trips = searched("SEARCH ALL", "* ESEARCH (TAG \"t\") ALL 1:3"),
       .holds = searched("SEARCH ALL", "* ESEARCH (TAG \"s\") ALL 1:3")},
      {.check = "uid-search-has-indicator",
       .trips = searched("UID SEARCH ALL", "* ESEARCH (TAG \"s\") ALL 1:3"),
       .holds = searched("UID SEARCH ALL", "* ESEARCH (TAG \"s\") UID ALL 1:9")},
      {.check = "uid-indicator-tells-uids",
       .trips = searched("SEARCH ALL", "* ESEARCH (TAG \"s\") UID ALL 1:3"),
       .holds = searched("SEARCH ALL", "* ESEARCH (TAG \"s\") ALL 1:3")},
      {.check = "results-are-messages",
       .trips = searched("SEARCH RETURN (MAX) ALL", "* ESEARCH (TAG \"s\") MAX 4"),
       .holds = searched("SEARCH RETURN (MAX) ALL", "* ESEARCH (TAG \"s\") MAX 3")},
      {.check = "esearch-adds-up",
       .trips = searched("SEARCH RETURN (COUNT ALL) ALL", "* ESEARCH (TAG \"s\") COUNT 3 ALL 1:2"),
       .holds =
           searched("SEARCH RETURN (COUNT ALL MIN MAX) ALL", "* ESEARCH (TAG \"s\") COUNT 3 ALL 3,1:2 MIN 1 MAX 3")},
      {.check = "no-all-when-nothing-matches",
       .trips = searched("SEARCH RETURN (COUNT ALL) ALL", "* ESEARCH (TAG \"s\") COUNT 0 ALL 1"),
       .holds = searched("SEARCH RETURN (COUNT ALL) ALL", "* ESEARCH (TAG \"s\") COUNT 0")},
      {.check = "no-min-when-nothing-matches",
       .trips = searched("SEARCH RETURN (COUNT MIN) ALL", "* ESEARCH (TAG \"s\") COUNT 0 MIN 1"),
       .holds = searched("SEARCH RETURN (COUNT MIN) ALL", "* ESEARCH (TAG \"s\") COUNT 0")},
      {.check = "only-requested-results",
       .trips = searched("SEARCH RETURN (COUNT) ALL", "* ESEARCH (TAG \"s\") COUNT 3 MIN 1"),
       .holds = searched("SEARCH RETURN () ALL", "* ESEARCH (TAG \"s\") ALL 1:3")},
      {.check = "search-without-duplicates",
       .trips = searched("SEARCH ALL", "* SEARCH 1 2 1"),
       .holds = searched("SEARCH ALL", "* SEARCH 1 2 3"),
       .profile = parser::kRev1,
       .read_as = parser::kRev1},
      {.check = "copyuid-pairs-the-uids",
       .trips = selected({"C: a COPY 1:2 other", "S: a OK [COPYUID 5 1:2 8] x"}),
       .holds = selected({"C: a COPY 1:2 other", "S: a OK [COPYUID 5 1,3 8:9] x"})},
      {.check = "copyuid-lists-the-sources",
       .trips = selected({"C: a UID COPY 1:2 other", "S: a OK [COPYUID 5 2:3 8:9] x"}),
       .holds = selected({"C: a UID COPY 1:2,3 other", "S: a OK [COPYUID 5 2:3 8:9] x"})},
      {.check = "copyuid-names-the-destination",
       .trips = selected({"C: a COPY 1 box", "S: a OK [COPYUID 6 1 8] x"}),
       .holds = selected({"C: a COPY 1 box", "S: a OK [COPYUID 7 1 10] x"})},
      {.check = "appenduid-names-the-destination",
       .trips = selected({"C: a APPEND box {1+}\r\nx", "S: a OK [APPENDUID 6 10] x"}),
       .holds = selected({"C: a APPEND box {1+}\r\nx", "S: a OK [APPENDUID 7 10] x"})},
      {.check = "appenduid-counts-the-messages",
       .trips = selected({"C: a APPEND box {1+}\r\nx", "S: a OK [APPENDUID 7 10:11] x"}),
       .holds = selected({"C: a APPEND box {1+}\r\nx", "S: a OK [APPENDUID 7 10] x"}),
       .profile = with(parser::kRev2, parser::Extension::Multiappend),
       .read_as = with(parser::kRev2, parser::Extension::Multiappend)},
  };
}

}  // namespace imapspec::runner::test
