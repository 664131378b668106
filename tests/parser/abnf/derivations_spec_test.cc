// How ambiguous RFC 9051 is as it is written.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "parser/abnf/derivations.h"
#include "tests/differential/profiles.h"

namespace imapspec::abnf::test {
namespace {

constexpr std::uint64_t kInfinite = 0xFFFFFFFFFFFFFFFFU;

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

struct Row {
  std::string_view name;
  std::string_view rule;
  std::string octets;
  std::uint64_t count;
};

class Rfc9051AsWritten : public ::testing::TestWithParam<Row> {};

TEST_P(Rfc9051AsWritten, DerivesInSoManyWays) {
  static Derivations derivations(written());
  const RuleId rule = written().find(GetParam().rule).value();
  const DerivationCount counted = derivations.count(rule, GetParam().octets);
  EXPECT_EQ(counted.infinite ? kInfinite : counted.number, GetParam().count);
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
        Row{"ResponseCode", "response-data", "* OK [ALERT] hi\r\n", 3},
        Row{"ResponseCodeWithoutSpace", "response-data", "* OK [ALERT]\r\n", 1},
        Row{"Continuation", "continue-req", "+ Zm9v\r\n", 2}, Row{"EmptyContinuation", "continue-req", "+ \r\n", 2},
        Row{"Inbox", "mailbox", "INBOX", 2}, Row{"BelowInbox", "mailbox", "INBOX.foo", 1},
        Row{"MailboxNil", "mailbox", "NIL", 1}, Row{"BackslashInQuoted", "mailbox", "\"a\\b\"", 0},
        Row{"Utf8InAtom", "mailbox", "caf\xC3\xA9", 0},
        Row{"TwoSelectabilities", "mbx-list-flags", "\\Noselect \\Marked", 3},
        Row{"ModifierAlone", "list-select-opts", "(RECURSIVEMATCH)", 2},
        Row{"ModifierWithRemote", "list-select-opts", "(REMOTE RECURSIVEMATCH)", 10},
        Row{"VendorTag", "list-select-opts", "(vendor.a) b\"\r\n-x)", 2},
        Row{"OptionValue", "option-value", "(a)", kInfinite}, Row{"TaggedExtSimple", "tagged-ext-simple", "5", 3},
        Row{"KnownOptionWithParameter", "search-return-opts", " RETURN (MIN 1)", 3},
        Row{"KnownOptionWithList", "search-return-opts", " RETURN (SAVE (x))", kInfinite},
        Row{"EsearchUid", "esearch-response", "ESEARCH UID 5", 3},
        Row{"TextWithoutLines", "body", "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5)", 2},
        Row{"NamespaceDescr", "namespace-descr", "(\"\" \"/\")", 2},
        Row{"NonSynchronizing", "response-data", "* 1 FETCH (BODY[]<0> {1+}\r\nx)\r\n", 1},
        Row{"UidSetOfThree", "uid-set", items(3), 2}, Row{"UidSetOfFour", "uid-set", items(4), 5},
        Row{"UidSetOfFive", "uid-set", items(5), 14}, Row{"UidSetOf25", "uid-set", items(25), 1289904147324}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace imapspec::abnf::test
