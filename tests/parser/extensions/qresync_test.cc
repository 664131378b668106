// RFC 7162, QRESYNC
#include <gtest/gtest.h>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

const Extended kQresyncCommands{UnitKind::Command, {Extension::Qresync}};
const Extended kQresyncResponses{UnitKind::Response, {Extension::Qresync}};

TEST(Qresync, IncludesCondstore) {
  check_sentences(kQresyncCommands, {{"a SELECT b (CONDSTORE)", "a: SELECT b (condstore)"}}, {});
}

TEST(Qresync, SelectParameter) {
  check_sentences(
      kQresyncCommands,
      {
          {"a SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))",
           "a: SELECT <INBOX> (qresync 67890007/20050715194045000 uids 41,43:211,214:541)"},
          {"a SELECT b (QRESYNC (67890007 90060115194045000))", "a: SELECT b (qresync 67890007/90060115194045000)"},
          {"a EXAMINE b (qresync (1 2 1:29997 (5000,7500 15000,22500)))",
           "a: EXAMINE b (qresync 1/2 uids 1:29997 match 5000,7500=15000,22500)",
           "a EXAMINE b (QRESYNC (1 2 1:29997 (5000,7500 15000,22500)))"},
          {"a SELECT b (QRESYNC (1 2 (3 4)) CONDSTORE)", "a: SELECT b (qresync 1/2 match 3=4 condstore)"},
      },
      {
          {"a SELECT b (QRESYNC)", 19},
          {"a SELECT b (QRESYNC 1 2)", 20},
          {"a SELECT b (QRESYNC ())", 21},
          {"a SELECT b (QRESYNC (1))", 22},
          {"a SELECT b (QRESYNC (0 2))", 21},
          {"a SELECT b (QRESYNC (1 0))", 24},
          {"a SELECT b (QRESYNC (4294967296 1))", 30, "L12"},
          {"a SELECT b (QRESYNC (1 2 ))", 25},
          {"a SELECT b (QRESYNC (1 2 *))", 25, "T63"},
          {"a SELECT b (QRESYNC (1 2 1:*))", 27, "T63"},
          {"a SELECT b (QRESYNC (1 2 $))", 25, "T63"},
          {"a SELECT b (QRESYNC (1 2 3 4))", 27},
          {"a SELECT b (QRESYNC (1 2 3 ()))", 28},
          {"a SELECT b (QRESYNC (1 2 3 (4)))", 29},
          {"a SELECT b (QRESYNC (1 2 3 (4 *)))", 30, "T63"},
          {"a SELECT b (QRESYNC (1 2 3 (4 5 6)))", 31},
          {"a SELECT b (QRESYNC (1 2 (4 5) 3))", 30},
          {"a SELECT b (QRESYNC (1 2)", 25},
      });
}

TEST(Qresync, FetchModifier) {
  check_sentences(
      kQresyncCommands,
      {
          {"a UID FETCH 300:500 FLAGS (CHANGEDSINCE 12345 VANISHED)", "a: UID FETCH 300:500 (FLAGS) (>12345 vanished)"},
          {"a UID FETCH 1 ALL (vanished X VANISHED CHANGEDSINCE 1)", "a: UID FETCH 1 (ALL) (vanished X~ vanished >1)",
           "a UID FETCH 1 ALL (VANISHED X VANISHED CHANGEDSINCE 1)"},
      },
      {
          {"a FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)", 40, "T64"},
          {"a UID FETCH 1 FLAGS (VANISHED)", 29, "T64"},
          {"a UID FETCH 1 FLAGS (VANISHED X)", 31, "T64"},
          {"a UID FETCH 1 FLAGS (VANISHED 5 CHANGEDSINCE 1)", 30},
      });
}

TEST(Qresync, VanishedResponse) {
  check_sentences(kQresyncResponses,
                  {
                      {"* VANISHED 405,407,410,425", "VANISHED 405,407,410,425"},
                      {"* VANISHED (EARLIER) 300:310,405,411", "VANISHED earlier 300:310,405,411"},
                      {"* vanished (earlier) 4:2", "VANISHED earlier 4:2", "* VANISHED (EARLIER) 4:2"},
                  },
                  {
                      {"* VANISHED", 10},
                      {"* VANISHED *", 11, "T63"},
                      {"* VANISHED 1:*", 13, "T63"},
                      {"* VANISHED $", 11, "T63"},
                      {"* VANISHED 0", 11},
                      {"* VANISHED EARLIER 1", 11},
                      {"* VANISHED (EARLIER)", 20},
                      {"* VANISHED (EARLIER)1", 20},
                      {"* VANISHED 1 2", 12},
                      {"* 1 VANISHED", 4},
                  });
}

}  // namespace
}  // namespace imapspec::parser::test
