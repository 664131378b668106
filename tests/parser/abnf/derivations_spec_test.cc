// How ambiguous RFC 9051 is as it is written.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "parser/abnf/derivations.h"
#include "tests/differential/profiles.h"
#include "tests/parser/abnf/derivation_number.h"

namespace imapspec::abnf::test {
namespace {

const Grammar& written() {
  static const Grammar kGrammar = [] {
    const auto manifest = differential::read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec");
    if (!manifest) throw std::runtime_error(manifest.error());
    auto grammar = differential::written_grammar(*manifest, "rfc9051");
    if (!grammar) throw std::runtime_error(grammar.error());
    return std::move(*grammar);
  }();
  return kGrammar;
}

struct SpecRow {
  std::string_view name;
  std::string_view rule;
  std::string octets;
  std::uint64_t count;
};

class Rfc9051AsWritten : public ::testing::TestWithParam<SpecRow> {};

TEST_P(Rfc9051AsWritten, DerivesInSoManyWays) {
  static Derivations derivations(written());
  const RuleId rule = written().find(GetParam().rule).value();
  EXPECT_EQ(number_of(derivations.count(rule, GetParam().octets)), GetParam().count);
  for (const Derivation& derivation : derivations.explain(rule, GetParam().octets, 3)) {
    ASSERT_FALSE(derivation.parts.empty());
    EXPECT_EQ(derivation.parts.front().rule, rule);
    EXPECT_EQ(derivation.parts.front().end, GetParam().octets.size());
  }
}

std::string items(int count) {
  std::string set = "1";
  for (int i = 1; i < count; ++i) set += ",1";
  return set;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Rfc9051AsWritten,
    ::testing::Values(
        SpecRow{"ResponseCode", "response-data", "* OK [ALERT] hi\r\n", 3},
        SpecRow{"ResponseCodeWithoutSpace", "response-data", "* OK [ALERT]\r\n", 1},
        SpecRow{"Continuation", "continue-req", "+ Zm9v\r\n", 2},
        SpecRow{"EmptyContinuation", "continue-req", "+ \r\n", 2}, SpecRow{"Inbox", "mailbox", "INBOX", 2},
        SpecRow{"BelowInbox", "mailbox", "INBOX.foo", 1}, SpecRow{"MailboxNil", "mailbox", "NIL", 1},
        SpecRow{"BackslashInQuoted", "mailbox", "\"a\\b\"", 0}, SpecRow{"Utf8InAtom", "mailbox", "caf\xC3\xA9", 0},
        SpecRow{"TwoSelectabilities", "mbx-list-flags", "\\Noselect \\Marked", 3},
        SpecRow{"ModifierAlone", "list-select-opts", "(RECURSIVEMATCH)", 2},
        SpecRow{"ModifierWithRemote", "list-select-opts", "(REMOTE RECURSIVEMATCH)", 10},
        SpecRow{"VendorTag", "list-select-opts", "(vendor.a) b\"\r\n-x)", 2},
        SpecRow{"OptionValue", "option-value", "(a)", kInfinite},
        SpecRow{"TaggedExtSimple", "tagged-ext-simple", "5", 3},
        SpecRow{"KnownOptionWithParameter", "search-return-opts", " RETURN (MIN 1)", 3},
        SpecRow{"KnownOptionWithList", "search-return-opts", " RETURN (SAVE (x))", kInfinite},
        SpecRow{"EsearchUid", "esearch-response", "ESEARCH UID 5", 3},
        SpecRow{"TextWithoutLines", "body", "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5)", 2},
        SpecRow{"NamespaceDescr", "namespace-descr", "(\"\" \"/\")", 2},
        SpecRow{"NonSynchronizing", "response-data", "* 1 FETCH (BODY[]<0> {1+}\r\nx)\r\n", 1},
        SpecRow{"UidSetOfThree", "uid-set", items(3), 2}, SpecRow{"UidSetOfFour", "uid-set", items(4), 5},
        SpecRow{"UidSetOfFive", "uid-set", items(5), 14}, SpecRow{"UidSetOf25", "uid-set", items(25), 1289904147324}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace imapspec::abnf::test
