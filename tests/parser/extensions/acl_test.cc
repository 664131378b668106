// RFC 4314
#include <gtest/gtest.h>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

TEST(Acl, Commands) {
  check_sentences({UnitKind::Command, {Extension::Acl}},
                  {
                      {"a GETACL INBOX/Drafts", "a: GETACL INBOX/Drafts"},
                      {"a getacl inbox", "a: GETACL <INBOX>", "a GETACL inbox"},
                      {"a SETACL a Chris +cda", "a: SETACL a Chris +cda"},
                      {"a SETACL a -Chris -lrswi", "a: SETACL a -Chris -lrswi"},
                      {"a SETACL a anyone lr0", "a: SETACL a anyone lr0"},
                      {"a SETACL a b \"\"", "a: SETACL a b \"\""},
                      {"a SETACL a b +", "a: SETACL a b +"},
                      {"a SETACL a b {3}\r\n+lr", "a: SETACL a b {3}+lr"},
                      {"a DELETEACL a \"Fred B.\"", "a: DELETEACL a \"Fred B.\""},
                      {"a LISTRIGHTS ~/Mail/saved smith", "a: LISTRIGHTS ~/Mail/saved smith"},
                      {"a MYRIGHTS INBOX", "a: MYRIGHTS <INBOX>"},
                  },
                  {
                      {"a GETACL", 8},
                      {"a GETACL a b", 10},
                      {"a SETACL a b", 12},
                      {"a SETACL a b c d", 14},
                      {"a SETACL a b lR", 14, "X2"},
                      {"a SETACL a b +-l", 14, "X2"},
                      {"a SETACL a b l+", 14, "X2"},
                      {"a SETACL a b \"l r\"", 15, "X2"},
                      {"a SETACL a b \"\\\"\"", 14, "X2"},
                      {"a SETACL a b {2}\r\nl\xc3", 19, "X2"},
                      {"a SETACL a b {2}\r\n\rl", 18, "X2"},
                      {"a SETACL a b {3}\r\nl+r", 21, "X2"},
                      {"a DELETEACL a", 13},
                      {"a DELETEACL a b c", 15},
                      {"a LISTRIGHTS a", 14},
                      {"a MYRIGHTS", 10},
                      {"a MYRIGHTS a b", 12},
                  });
}

TEST(Acl, Responses) {
  check_sentences({UnitKind::Response, {Extension::Acl}},
                  {
                      {"* ACL INBOX Fred rwipslxetad -Chris lrs", "ACL <INBOX> (Fred=rwipslxetad -Chris=lrs)"},
                      {"* ACL a", "ACL a ()"},
                      {"* ACL a b \"\"", "ACL a (b=\"\")"},
                      {"* LISTRIGHTS archive/imap anyone \"\" lr swted i p k x c 0",
                       "LISTRIGHTS archive/imap anyone \"\" (lr swted i p k x c 0)"},
                      {"* LISTRIGHTS ~/Mail/saved smith la", "LISTRIGHTS ~/Mail/saved smith la ()"},
                      {"* MYRIGHTS INBOX rwiptsldaex", "MYRIGHTS <INBOX> rwiptsldaex"},
                      {"* MYRIGHTS a {2}\r\nlr", "MYRIGHTS a {2}lr"},
                  },
                  {
                      {"* ACL", 5},
                      {"* ACL a b", 9},
                      {"* ACL a b ", 10},
                      {"* ACL a b l ", 12},
                      {"* ACL a b L", 10, "X2"},
                      {"* ACL a b +l", 10, "X2"},
                      {"* ACL a (b l)", 8},
                      {"* LISTRIGHTS a b", 16},
                      {"* LISTRIGHTS a b l  r", 19},
                      {"* LISTRIGHTS a b l r-", 20, "X2"},
                      {"* MYRIGHTS a", 12},
                      {"* MYRIGHTS a l r", 14},
                      {"* MYRIGHTS a NIL", 13, "X2"},
                  });
}

}  // namespace
}  // namespace imapspec::parser::test
