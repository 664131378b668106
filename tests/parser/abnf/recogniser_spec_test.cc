// The recogniser with the grammars of parser/spec.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "parser/abnf/recogniser.h"
#include "tests/differential/profiles.h"

namespace imapspec::abnf::test {
namespace {

using parser::Direction;

const differential::Manifest& manifest() {
  static const auto kManifest = differential::read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec");
  if (!kManifest) throw std::runtime_error(kManifest.error());
  return *kManifest;
}

// A grammar of a revision without extensions, and its recogniser.
class Specified {
 public:
  explicit Specified(Grammar grammar) : grammar_(std::move(grammar)), recogniser_(grammar_) {}
  Specified(const Specified&) = delete;
  Specified& operator=(const Specified&) = delete;

  [[nodiscard]] const Grammar& grammar() const { return grammar_; }
  Recogniser& recogniser() { return recogniser_; }

 private:
  Grammar grammar_;
  Recogniser recogniser_;
};

Specified& specified(const std::string& revision, Direction direction) {
  static std::map<std::pair<std::string, Direction>, std::unique_ptr<Specified>> known;
  std::unique_ptr<Specified>& made = known[{revision, direction}];
  if (made == nullptr) {
    auto grammar = differential::profile_grammar(manifest(), {revision, {}}, direction);
    if (!grammar) throw std::runtime_error(grammar.error());
    made = std::make_unique<Specified>(*std::move(grammar));
  }
  return *made;
}

struct SentenceRow {
  std::string_view octets;
  std::size_t furthest = std::string_view::npos;  // where it is refused
  std::string_view revision = "rev2";
};

void check(Direction direction, std::string_view rule, const std::vector<SentenceRow>& rows) {
  for (const SentenceRow& row : rows) {
    Specified& spec = specified(std::string(row.revision), direction);
    const Recognition recognition = spec.recogniser().recognise(spec.grammar().find(rule).value(), row.octets, true);
    std::string expected;
    for (const std::string& terminal : recognition.expected) expected += terminal + "; ";
    EXPECT_EQ(recognition.accepted, row.furthest == std::string_view::npos)
        << row.octets << "at " << recognition.furthest << " expected " << expected;
    const std::size_t furthest = row.furthest == std::string_view::npos ? row.octets.size() : row.furthest;
    EXPECT_EQ(recognition.furthest, furthest) << row.octets << expected;
  }
}

TEST(Specification, CommandsAreRecognised) {
  check(Direction::FromClient, "command-unit",
        {
            {"a1 LOGIN fred \"secret \\\"word\\\"\"\r\n"},
            {"a2 FETCH 1:4,7,9:* (FLAGS UID BODY.PEEK[HEADER.FIELDS (From To)]<0.100>)\r\n"},
            {"A142 select inbox\r\n"},
            {"A282 SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"\r\n"},
            {"A003 APPEND saved-messages (\\Seen) {3}\r\na\r\n\r\n"},
            {"A003 APPEND saved-messages (\\Seen) {3}\r\na\r\n", 43},
            {"A003 APPEND saved-messages (\\Seen) {2}\r\na\r\n", 42},
            {"a UID STORE 1 +FLAGS.SILENT (\\Deleted $Junk foo)\r\n"},
            {"a LIST (SUBSCRIBED) \"\" (\"*\" %) RETURN (STATUS (MESSAGES UNSEEN))\r\n"},
            {"a NOOP \r\n", 6},
            {"a SELEC INBOX\r\n", 7},
            {"a+ NOOP\r\n", 1},
            {"a FETCH 0 FLAGS\r\n", 8},
            {"a FETCH 4294967295 FLAGS\r\n"},
            {"a FETCH 4294967296 FLAGS\r\n", 17},
            {"a FETCH 1,2,$ FLAGS\r\n", 12},
            {"a FETCH 1 BODY[1.]\r\n", 17},
            {"a LOGIN {4096+}\r\nx", 18},
            {"a LOGIN {4097+}\r\nx", 13},
            {"a STARTTLS\n", 10},
        });
}

TEST(Specification, ResponsesAreRecognised) {
  check(Direction::FromServer, "response-unit",
        {
            {"* OK [ALERT] hi\r\n"},
            {"* OK [UIDNEXT 0] text\r\n"},
            {"* OK [UIDNEXT abc] text\r\n"},
            {"* OK \r\n"},
            {"* OK \r\n", 5, "rev1"},
            {"* OK\r\n", 4},
            {"* FLAGS (\\Seen \\Recent)\r\n", 22},
            {"* 3 RECENT\r\n", 4},
            {"* 3 RECENT\r\n", std::string_view::npos, "rev1"},
            {"* 12 FETCH (FLAGS (\\Seen) UID 4827313 RFC822.SIZE 4286)\r\n"},
            {"* 12 FETCH (BODY[TEXT] {5}\r\n\r\n)\r\n)\r\n"},
            {"* 12 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3028))\r\n", 56},
            {"* 12 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3028 92))\r\n"},
            {"* LIST (\\Noselect \\HasChildren) \"/\" \"a/b\"\r\n"},
            {"* LIST (\\Noinferiors \\Noinferiors) \"/\" \"a/b\"\r\n", 33},
            {"* ESEARCH (TAG \"A282\") UID MIN 2 COUNT 3 ALL 2,10:11\r\n"},
            {"* ESEARCH (TAG \"A282\") ALL $\r\n", 28},
            {"a OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n"},
            {"+ Zm9v\r\n"},
            {"+\r\n", 1},
        });
}

// Every rule is a start, and none accepts or hangs on what is not even text.
TEST(Specification, EveryRuleCanBeTheStart) {
  Specified& spec = specified("rev2", Direction::FromServer);
  for (RuleId rule = 0; rule < spec.grammar().rules().size(); ++rule) {
    const Recognition recognition = spec.recogniser().recognise(rule, std::string(4, '\xFF') + "(((");
    EXPECT_FALSE(recognition.accepted) << spec.grammar().rule(rule).name;
    EXPECT_LE(recognition.furthest, 1U) << spec.grammar().rule(rule).name;
  }
}

TEST(Specification, HostileSentencesAreRecognisedWithinBounds) {
  std::string nested = "a SEARCH " + std::string(65536, '(');
  check(Direction::FromClient, "command-unit", {{nested, nested.size()}});
  nested += "ALL" + std::string(65536, ')') + "\r\n";
  check(Direction::FromClient, "command-unit", {{nested}});
  const std::string bodies = "* 1 FETCH (BODY " + std::string(65536, '(');
  check(Direction::FromServer, "response-unit", {{bodies, bodies.size()}});
}

}  // namespace
}  // namespace imapspec::abnf::test
