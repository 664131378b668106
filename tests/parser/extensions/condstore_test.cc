// RFC 7162, CONDSTORE
#include <gtest/gtest.h>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

const Extended kCondstoreCommands{UnitKind::Command, {Extension::Condstore}};
const Extended kCondstoreResponses{UnitKind::Response, {Extension::Condstore}};

TEST(Condstore, SelectParameter) {
  check_sentences(
      kCondstoreCommands,
      {
          {"a SELECT INBOX (CONDSTORE)", "a: SELECT <INBOX> (condstore)"},
          {"a EXAMINE b (condstore)", "a: EXAMINE b (condstore)", "a EXAMINE b (CONDSTORE)"},
          {"a SELECT b (CONDSTORE CONDSTORE)", "a: SELECT b (condstore condstore)"},
          // T61: what no extension has is left to who knows it.
          {"a SELECT b (ANNOTATE)", "a: SELECT b (ANNOTATE~)"},
          {"a SELECT b (X 5 CONDSTORE Y (a (\"b\")) Z 1:*)", "a: SELECT b (X~5 condstore Y~(a (\"b\")) Z~1:*)"},
          {"a SELECT b (CONDSTORE-2)", "a: SELECT b (CONDSTORE-2~)"},
          {"a SELECT b (CONDSTORE:)", "a: SELECT b (CONDSTORE:~)"},
          {"a SELECT b (QRESYNC (1 2))", "a: SELECT b (QRESYNC~(1 2))"},
      },
      {
          {"a SELECT b ", 11},
          {"a SELECT b CONDSTORE", 11},
          {"a SELECT b ()", 12},
          {"a SELECT b (CONDSTORE", 21},
          {"a SELECT b (CONDSTORE )", 22},
          {"a SELECT b (CONDSTORE 1)", 22},
          {"a SELECT b (CONDSTORE ())", 22},
          {"a SELECT b (X y)extra", 16},
          {"a SELECT b (X \"y\")", 14},
          {"a SELECT b (1)", 12},
          {"a SELECT b (CONDSTORE) ", 22},
          {"a CREATE b (CONDSTORE)", 10},
      });
}

TEST(Condstore, FetchModifierAndItem) {
  check_sentences(
      kCondstoreCommands,
      {
          {"a FETCH 1 MODSEQ", "a: FETCH 1 (MODSEQ)"},
          {"a UID FETCH 1:* (FLAGS modseq)", "a: UID FETCH 1:* (FLAGS MODSEQ)", "a UID FETCH 1:* (FLAGS MODSEQ)"},
          {"a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12345)", "a: UID FETCH 1:* (FLAGS) (>12345)",
           "a UID FETCH 1:* FLAGS (CHANGEDSINCE 12345)"},
          {"a FETCH 1 ALL (CHANGEDSINCE 9223372036854775807)", "a: FETCH 1 (ALL) (>9223372036854775807)"},
          {"a FETCH 1 FLAGS (CHANGEDSINCE 01)", "a: FETCH 1 (FLAGS) (>1)", "a FETCH 1 FLAGS (CHANGEDSINCE 1)"},
          {"a FETCH 1 FLAGS (X CHANGEDSINCE 1 Y 3 CHANGEDSINCE 2)", "a: FETCH 1 (FLAGS) (X~ >1 Y~3 >2)"},
          {"a FETCH 1 BODY[] (VANISHED)", "a: FETCH 1 (BODY[]) (VANISHED~)"},
      },
      {
          {"a FETCH 1 MODSEQ[]", 16},
          {"a FETCH 1 (MODSEQ 5)", 18},
          {"a FETCH 1 FLAGS ", 16},
          {"a FETCH 1 FLAGS ()", 17},
          {"a FETCH 1 FLAGS (CHANGEDSINCE)", 29},
          {"a FETCH 1 FLAGS (CHANGEDSINCE 0)", 31},
          {"a FETCH 1 FLAGS (CHANGEDSINCE -1)", 30},
          {"a FETCH 1 FLAGS (CHANGEDSINCE (1))", 30},
          {"a FETCH 1 FLAGS (CHANGEDSINCE 1:2)", 31},
          {"a FETCH 1 FLAGS (CHANGEDSINCE 1 2)", 32},
          {"a FETCH 1 FLAGS (CHANGEDSINCE 1)(X)", 32},
          {"a FETCH 1 FLAGS(CHANGEDSINCE 1)", 15},
          {"a FETCH 1 FLAGS  (CHANGEDSINCE 1)", 16},
          {"a FETCH 1 (CHANGEDSINCE 1) FLAGS", 11},
      });
}

TEST(Condstore, StoreModifier) {
  check_sentences(
      kCondstoreCommands,
      {
          {"a STORE 1 (UNCHANGEDSINCE 12345) +FLAGS.SILENT (\\Deleted)", "a: STORE 1 (<=12345) +silent(\\Deleted)"},
          {"a UID STORE 7,5 (unchangedsince 0) FLAGS ()", "a: UID STORE 7,5 (<=0) =()",
           "a UID STORE 7,5 (UNCHANGEDSINCE 0) FLAGS ()"},
          {"a STORE 1 (X UNCHANGEDSINCE 5 Y) FLAGS a", "a: STORE 1 (X~ <=5 Y~) =(a)",
           "a STORE 1 (X UNCHANGEDSINCE 5 Y) FLAGS (a)"},
      },
      {
          {"a STORE 1 () FLAGS ()", 11},
          {"a STORE 1 (UNCHANGEDSINCE) FLAGS ()", 25},
          {"a STORE 1 (UNCHANGEDSINCE 00) FLAGS ()", 28},
          {"a STORE 1 (UNCHANGEDSINCE 1 UNCHANGEDSINCE 1) FLAGS ()", 42, "T62"},
          {"a STORE 1 (UNCHANGEDSINCE 1)FLAGS ()", 28},
          {"a STORE 1 FLAGS () (UNCHANGEDSINCE 1)", 18},
          {"a STORE 1(UNCHANGEDSINCE 1) FLAGS ()", 9},
      });
}

TEST(Condstore, SearchKey) {
  check_sentences(
      kCondstoreCommands,
      {
          {"a SEARCH MODSEQ 620162338", "a: SEARCH (MODSEQ 620162338)"},
          {"a SEARCH modseq 0", "a: SEARCH (MODSEQ 0)", "a SEARCH MODSEQ 0"},
          {"a SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338", "a: SEARCH (MODSEQ /flags/\\\\draft/2 620162338)"},
          {"a SEARCH MODSEQ \"/FLAGS/$mdnsent\" PRIV 1", "a: SEARCH (MODSEQ /FLAGS/$mdnsent/0 1)",
           "a SEARCH MODSEQ \"/FLAGS/$mdnsent\" priv 1"},
          {"a SEARCH MODSEQ \"/flags/\\\\Recently\" shared 1", "a: SEARCH (MODSEQ /flags/\\\\Recently/1 1)"},
          {"a SEARCH MODSEQ \"/flags/Recent\" shared 1", "a: SEARCH (MODSEQ /flags/Recent/1 1)"},
          {"a UID SEARCH OR NOT MODSEQ 720162338 LARGER 50000",
           "a: UID SEARCH (OR(NOT(MODSEQ 720162338) LARGER 50000))"},
      },
      {
          {"a SEARCH MODSEQ", 15},
          {"a SEARCH MODSEQ ALL", 16},
          {"a SEARCH MODSEQ 00", 18},
          {"a SEARCH MODSEQ 1 2 3 MODSEQ", 28},
          {"a SEARCH MODSEQ 9223372036854775808", 34, "L12"},
          {"a SEARCH MODSEQ /flags/a all 1", 16},
          {"a SEARCH MODSEQ \"/flag/a\" all 1", 22},
          {"a SEARCH MODSEQ \"/flags/\" all 1", 24},
          {"a SEARCH MODSEQ \"/flags/a b\" all 1", 25},
          {"a SEARCH MODSEQ \"/flags/\\draft\" all 1", 25},
          {"a SEARCH MODSEQ \"/flags/\\\\Recent\" all 1", 32, "T14"},
          {"a SEARCH MODSEQ \"/flags/\\\\a\" 1", 29},
          {"a SEARCH MODSEQ \"/flags/\\\\a\" \"all\" 1", 29},
          {"a SEARCH MODSEQ \"/flags/\\\\a\" all", 32},
      });
}

TEST(Condstore, StatusItem) {
  check_sentences(kCondstoreCommands, {{"a STATUS b (UIDNEXT HIGHESTMODSEQ)", "a: STATUS b (UIDNEXT HIGHESTMODSEQ)"}},
                  {{"a STATUS b (HIGHESTMODSEQ 5)", 26}});
  check_sentences(kCondstoreResponses,
                  {
                      {"* STATUS b (HIGHESTMODSEQ 7011231777)", "STATUS b HIGHESTMODSEQ=7011231777"},
                      {"* STATUS b (MESSAGES 1 highestmodseq 0)", "STATUS b MESSAGES=1 HIGHESTMODSEQ=0",
                       "* STATUS b (MESSAGES 1 HIGHESTMODSEQ 0)"},
                  },
                  {
                      {"* STATUS b (HIGHESTMODSEQ)", 25},
                      {"* STATUS b (HIGHESTMODSEQ 00)", 28},
                      {"* STATUS b (HIGHESTMODSEQ NIL)", 26},
                      {"* STATUS b (HIGHESTMODSEQ (1))", 26},
                  });
}

TEST(Condstore, FetchResponse) {
  check_sentences(
      kCondstoreResponses,
      {
          {"* 1 FETCH (MODSEQ (624140003))", "FETCH (modseq=624140003)"},
          {"* 1 FETCH (UID 4 modseq (9223372036854775807) FLAGS ())", "FETCH (... modseq=9223372036854775807 ...)",
           "* 1 FETCH (UID 4 MODSEQ (9223372036854775807) FLAGS ())"},
      },
      {
          {"* 1 FETCH (MODSEQ 624140003)", 18},
          {"* 1 FETCH (MODSEQ (0))", 20},
          {"* 1 FETCH (MODSEQ ())", 19},
          {"* 1 FETCH (MODSEQ (1 2))", 20},
          {"* 1 FETCH (MODSEQ(1))", 17},
      });
}

TEST(Condstore, SearchResponses) {
  Extended rev1 = kCondstoreResponses;
  rev1.bases = {kRev1, kRev1AndRev2};
  check_sentences(rev1,
                  {
                      {"* SEARCH 2 5 6 (MODSEQ 917162500)", "SEARCH (2 5 6) modseq=917162500"},
                      {"* SEARCH 2 (modseq 1)", "SEARCH (2) modseq=1", "* SEARCH 2 (MODSEQ 1)"},
                  },
                  {
                      {"* SEARCH (MODSEQ 1)", 9},
                      {"* SEARCH 2 (MODSEQ 0)", 20},
                      {"* SEARCH 2 (MODSEQ 1) 3", 21},
                      {"* SEARCH 2 (MODSEQ)", 18},
                      {"* SEARCH 2 MODSEQ 1", 11},
                      {"* SEARCH 2(MODSEQ 1)", 10},
                  });
}

// Without CONDSTORE the label is one that nobody knows, with any value.
TEST(Condstore, EsearchResponse) {
  const Profile rev1 = Profile(kRev1).add(Extension::Esearch);
  Profile with = rev1;
  with.add(Extension::Condstore);
  for (const auto& [profile, value] :
       {std::pair{Profile(kRev2).add(Extension::Condstore), "ESEARCH tag=\"a\" all=1:3,5 modseq=1236"},
        std::pair{with, "ESEARCH tag=\"a\" all=1:3,5 modseq=1236"},
        std::pair{kRev2, "ESEARCH tag=\"a\" all=1:3,5 MODSEQ~1236"},
        std::pair{rev1, "ESEARCH tag=\"a\" all=1:3,5 MODSEQ~1236"}}) {
    check_reading(UnitKind::Response, profile, {"* ESEARCH (TAG \"a\") ALL 1:3,5 MODSEQ 1236", value});
  }
  check_refused(UnitKind::Response, with,
                {{"* ESEARCH MODSEQ 0", 18}, {"* ESEARCH MODSEQ (1)", 17}, {"* ESEARCH MODSEQ 1:2", 18}});
}

// A code that is none of this grammar is one all the same, with any arguments.
TEST(Condstore, Codes) {
  const Profile with = Profile(kRev2).add(Extension::Condstore);
  for (const Sentence& sentence : std::vector<Sentence>{
           {"* OK [HIGHESTMODSEQ 715194045007] Highest", "HIGHESTMODSEQ modseq=715194045007"},
           {"* OK [NOMODSEQ] Sorry", "NOMODSEQ"},
           {"a OK [MODIFIED 7,9] Conditional STORE failed", "MODIFIED 7,9"},
           {"a OK [MODIFIED 9:7] ", "MODIFIED 9:7"},
       }) {
    check_reading(UnitKind::Response, with, sentence);
  }
  for (const std::string_view text : {"* OK [HIGHESTMODSEQ] x", "* OK [HIGHESTMODSEQ 0] x", "* OK [NOMODSEQ 1] x",
                                      "a OK [MODIFIED] x", "a OK [MODIFIED 0] x"}) {
    check_reading(UnitKind::Response, with, {text, ""});
  }
  check_reading(UnitKind::Response, kRev2, {"* OK [HIGHESTMODSEQ 0] x", "HIGHESTMODSEQ~0"});
  check_reading(UnitKind::Response, kRev2, {"* OK [MODIFIED x] x", "MODIFIED~x"});
}

}  // namespace
}  // namespace imapspec::parser::test
