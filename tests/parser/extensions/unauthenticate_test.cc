// RFC 8437
#include <gtest/gtest.h>

#include "tests/parser/extensions/sentences.h"

namespace imapspec::parser::test {
namespace {

TEST(Unauthenticate, HasNoArguments) {
  check_sentences({UnitKind::Command, {Extension::Unauthenticate}}, {{"a UNAUTHENTICATE", "a: UNAUTHENTICATE"}},
                  {{"a UNAUTHENTICATE PLAIN", 16}, {"a UNAUTHENTICATED", 16}, {"a UID UNAUTHENTICATE", 6}});
}

}  // namespace
}  // namespace imapspec::parser::test
