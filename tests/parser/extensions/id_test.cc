// RFC 2971
#include <gtest/gtest.h>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

TEST(Id, Command) {
  check_sentences({UnitKind::Command, {Extension::Id}},
                  {
                      {"a ID NIL", "a: ID nil"},
                      {"a id nil", "a: ID nil", "a ID NIL"},
                      {"a ID (\"name\" \"sodr\" \"version\" NIL)", "a: ID (\"name\"=\"sodr\" \"version\"=nil)"},
                      {"a ID ({4}\r\nname {0}\r\n)", "a: ID ({4}name={0})"},
                      {"a ID ()", "a: ID ()"},
                  },
                  {
                      {"a ID", 4},
                      {"a ID ", 5},
                      {"a IDS NIL", 4},
                      {"a ID (", 6},
                      {"a ID NILL", 8},
                      {"a ID (name \"sodr\")", 6},
                      {"a ID (NIL \"sodr\")", 6},
                      {"a ID (\"name\" sodr)", 13},
                      {"a ID (\"name\")", 12},
                      {"a ID (\"name\" \"sodr\" )", 20},
                      {"a ID (\"name\"  \"sodr\")", 13},
                      {"a ID (\"name\" \"sodr\") ", 20},
                      {"a ID \"name\" \"sodr\"", 5},
                      {"a ID ((\"name\" \"sodr\"))", 6},
                  });
}

TEST(Id, Response) {
  check_sentences({UnitKind::Response, {Extension::Id}},
                  {
                      {"* ID NIL", "ID nil"},
                      {"* ID (\"name\" \"Cyrus\" \"os\" NIL)", "ID (\"name\"=\"Cyrus\" \"os\"=nil)"},
                      {"* ID ()", "ID ()"},
                  },
                  {
                      {"* ID", 4},
                      {"* ID (name \"Cyrus\")", 6},
                      {"* 1 ID NIL", 4},
                      {"* ID NIL NIL", 8},
                  });
}

}  // namespace
}  // namespace imapspec::parser::test
