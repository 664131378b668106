// RFC 9208
#include <gtest/gtest.h>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

TEST(Quota, Commands) {
  check_sentences({UnitKind::Command, {Extension::Quota}},
                  {
                      {"a GETQUOTA \"!partition/sda4\"", "a: GETQUOTA \"!partition/sda4\""},
                      {"a GETQUOTA \"\"", "a: GETQUOTA \"\""},
                      {"a getquotaroot inbox", "a: GETQUOTAROOT <INBOX>", "a GETQUOTAROOT inbox"},
                      {"a GETQUOTAROOT comp.mail", "a: GETQUOTAROOT comp.mail"},
                      {"a SETQUOTA \"#user/alice\" (STORAGE 510)", "a: SETQUOTA \"#user/alice\" (STORAGE<=510)"},
                      {"a SETQUOTA root ()", "a: SETQUOTA root ()"},
                      {"a SETQUOTA {1}\r\nr (X-Own 0 MESSAGE 9223372036854775807)",
                       "a: SETQUOTA {1}r (X-Own<=0 MESSAGE<=9223372036854775807)"},
                  },
                  {
                      {"a GETQUOTA", 10},
                      {"a GETQUOTA ", 11},
                      {"a GETQUOTA a b", 12},
                      {"a GETQUOTA (a)", 11},
                      {"a GETQUOTAROOT", 14},
                      {"a GETQUOTAROOT %", 15},
                      {"a SETQUOTA root", 15},
                      {"a SETQUOTA root STORAGE 5", 16},
                      {"a SETQUOTA root (STORAGE)", 24},
                      {"a SETQUOTA root (STORAGE 5 6)", 28},
                      {"a SETQUOTA root (STORAGE -1)", 25},
                      {"a SETQUOTA root ( STORAGE 1)", 17},
                      {"a SETQUOTA root (STORAGE 1 )", 27},
                      {"a SETQUOTA root (\"STORAGE\" 1)", 17},
                      {"a SETQUOTA root (STORAGE 1", 26},
                  });
}

TEST(Quota, Responses) {
  check_sentences({UnitKind::Response, {Extension::Quota}},
                  {
                      {"* QUOTA \"\" (STORAGE 10 512)", "QUOTA \"\" (STORAGE=10<=512)"},
                      {"* QUOTA a (STORAGE 600 512 X 0 0)", "QUOTA a (STORAGE=600<=512 X=0<=0)"},
                      {"* QUOTA a (STORAGE 9223372036854775807 01)", "QUOTA a (STORAGE=9223372036854775807<=1)",
                       "* QUOTA a (STORAGE 9223372036854775807 1)"},
                      // X1: section 4.2.1 has a meaning for the list that the ABNF has not.
                      {"* QUOTA a ()", "QUOTA a ()"},
                      {"* QUOTAROOT INBOX \"#user/alice\" \"!partition/sda4\"",
                       "QUOTAROOT <INBOX> (\"#user/alice\" \"!partition/sda4\")"},
                      {"* QUOTAROOT comp.mail.mime", "QUOTAROOT comp.mail.mime ()"},
                  },
                  {
                      {"* QUOTA", 7},
                      {"* QUOTA a", 9},
                      {"* QUOTA a (STORAGE 10)", 21},
                      {"* QUOTA a (STORAGE 10 512 )", 26},
                      {"* QUOTA a (STORAGE 10 512) ", 26},
                      {"* QUOTA a STORAGE 10 512", 10},
                      {"* QUOTA a (10 512)", 14 + 3},
                      {"* QUOTAROOT", 11},
                      {"* QUOTAROOT a ", 14},
                      {"* QUOTAROOT a  b", 14},
                      {"* QUOTAS a ()", 7},
                  });
}

TEST(Quota, StatusItems) {
  check_sentences({UnitKind::Command, {Extension::Quota}},
                  {{"a STATUS b (MESSAGES DELETED-STORAGE)", "a: STATUS b (MESSAGES DELETED-STORAGE)"}},
                  {{"a STATUS b (DELETED-STORAGE 1)", 28}});
  check_sentences(
      {UnitKind::Response, {Extension::Quota}},
      {{"* STATUS b (DELETED-STORAGE 9223372036854775807)", "STATUS b DELETED-STORAGE=9223372036854775807"}},
      {
          {"* STATUS b (DELETED-STORAGE)", 27},
          {"* STATUS b (DELETED-STORAGE -1)", 28},
          {"* STATUS b (DELETED-STORAGE NIL)", 28},
      });
  // RFC 9051 has the other one itself.
  check_sentences({UnitKind::Command, {Extension::Quota}, {kRev1}}, {{"a STATUS b (DELETED)", "a: STATUS b (DELETED)"}},
                  {});
  check_sentences({UnitKind::Response, {Extension::Quota}, {kRev1}},
                  {{"* STATUS b (DELETED 4 DELETED-STORAGE 8)", "STATUS b DELETED=4 DELETED-STORAGE=8"}}, {});
}

}  // namespace
}  // namespace imapspec::parser::test
