#include "parser/grammar/spelling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::parser::test {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

Profile server(Profile profile) {
  profile.from_server = true;
  return profile;
}

// A command or a response, by its first octet, under `profile` with its direction.
class Unit {
 public:
  Unit(std::string_view octets, const Profile& profile) : octets_(octets), profile_(profile) {
    if (profile.from_server) {
      const auto read = parse_response(octets_, arena_, profile);
      EXPECT_TRUE(read) << describe(read.error(), octets_);
      if (read) value_ = *read;
    } else {
      const auto read = parse_command(octets_, arena_, profile);
      EXPECT_TRUE(read) << describe(read.error(), octets_);
      if (read) value_ = *read;
    }
  }

  [[nodiscard]] std::string faithful(std::string_view source) const {
    std::string out;
    std::visit([&](const auto& value) { serialize_faithful(value, source, out); }, value_);
    return out;
  }

  [[nodiscard]] Spelled adversarial(std::uint64_t seed) const {
    Spelled out;
    std::visit([&](const auto& value) { serialize_adversarial(value, profile_, seed, out); }, value_);
    return out;
  }

  // Whether `octets` are read as this value.
  [[nodiscard]] bool is(std::string_view octets) const {
    Arena arena;
    if (profile_.from_server) {
      const auto read = parse_response(octets, arena, profile_);
      return read && *read == std::get<Response>(value_);
    }
    const auto read = parse_command(octets, arena, profile_);
    return read && *read == std::get<Command>(value_);
  }

 private:
  std::string octets_;
  Profile profile_;
  Arena arena_;
  std::variant<Command, Response> value_;
};

struct Row {
  std::string_view octets;
  Profile profile = kRev2;
};

// Each is far from what is canonical, in every choice that it has.
const std::vector<Row>& odd_units() {
  static const std::vector<Row> kRows{
      {"a nOoP\r\n"},
      {"a uid Fetch 1:1,*:*,2 (uid)\r\n"},
      {"a fetch 1 body.peek[1.header.fields (\"to\" {003}\r\nbcc)]<007.8>\r\n"},
      {"a sToRe 1 +flags.Silent \\seen \\DELETED key\r\n"},
      {"a search return (mIn SAVE) charset \"utf-8\" on \"01-fEb-1994\" (before 07-jan-2000) larger 000\r\n"},
      {"a append iNbOx () \"01-jan-2000 00:00:00 +0000\" {0004}\r\nabcd\r\n"},
      {"a append \"INBOX\" {4+}\r\nabcd\r\n"},
      {"a list (recursivematch subscribed) \"\" (%) return (status (messages))\r\n"},
      {"a Authenticate plain =\r\n"},
      {"* 007 eXists\r\n", server(kRev2)},
      {"* list () nil {00005}\r\ninbox ()\r\n", server(kRev2)},
      {"* status iNBoX (messages 00 uidnext 1 size 09)\r\n", server(kRev2)},
      {"* esearch (tag {1}\r\na) uid x-y (a \"b\") count 09 min 1 MIN 2 all 3:3 max 4\r\n", server(kRev2)},
      {"* 1 fetch (rfc822.size 012 internaldate \"01-jan-2000 00:00:00 -0100\" binary[1] ~{02}\r\n\0\0 body[]<00> nil)\r\n"sv,
       server(kRev2)},
      {"* 1 Fetch (bodystructure (\"Text\" {5}\r\nplain nil nil nil \"7bit\" 010 00 nil nil (\"en\") nil))\r\n",
       server(kRev2)},
      {"* no [badcharset (\"a\" b)] sorry\r\n", server(kRev2)},
      {"* ok [copyuid 1 3:3,4 5:6] done\r\n", server(kRev2)},
      {"* oK [permanentflags (\\* \\sEEn)] hi\r\n", server(kRev2)},
  };
  return kRows;
}

TEST(Faithful, GivesBackTheOctetsThatWereRead) {
  for (const Row& row : odd_units()) {
    const Unit unit(row.octets, row.profile);
    EXPECT_EQ(escape_octets(unit.faithful(row.octets)), escape_octets(row.octets));
  }
}

// Whatever is said to be the source, what is written is the value: cut short, or of another unit.
TEST(Faithful, WritesTheValueWhateverTheSource) {
  for (const Row& row : odd_units()) {
    const Unit unit(row.octets, row.profile);
    for (std::size_t size = 0; size < row.octets.size(); ++size) {
      const std::string written = unit.faithful(row.octets.substr(0, size));
      EXPECT_TRUE(unit.is(written)) << escape_octets(written) << " with " << size << " octets of its source";
    }
    for (const Row& other : odd_units()) {
      const std::string written = unit.faithful(other.octets);
      EXPECT_TRUE(unit.is(written)) << escape_octets(written) << " as " << escape_octets(other.octets);
    }
  }
}

TEST(Faithful, IsCanonicalFromTheFirstChangeOn) {
  constexpr std::string_view kSource = "* 1 fetch (uid 7 rfc822.size 09)\r\n";
  Arena arena;
  const auto read = parse_response(kSource, arena, kRev2);
  ASSERT_TRUE(read);
  Fetch fetch = std::get<Fetch>(*read);
  std::vector<MsgAtt> items(fetch.items.begin(), fetch.items.end());
  items[0].uid = Uid{8};
  fetch.items = items;
  std::string out;
  serialize_faithful(Response(fetch), kSource, out);
  EXPECT_EQ(out, "* 1 fetch (uid 8 RFC822.SIZE 9)\r\n");
}

TEST(Faithful, AppendsToWhatIsThere) {
  constexpr std::string_view kSource = "a noop\r\n";
  Arena arena;
  const auto read = parse_command(kSource, arena, kRev2);
  ASSERT_TRUE(read);
  std::string out = "b NOOP\r\n";
  serialize_faithful(*read, kSource, out);
  EXPECT_EQ(out, "b NOOP\r\na noop\r\n");
}

TEST(Adversarial, IsReadAsTheSameValue) {
  for (const Row& row : odd_units()) {
    const Unit unit(row.octets, row.profile);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const Spelled spelled = unit.adversarial(seed);
      ASSERT_TRUE(unit.is(spelled.octets)) << "seed " << seed << ": " << escape_octets(spelled.octets);
    }
  }
}

TEST(Adversarial, ChoosesTheSameForTheSameSeed) {
  for (const Row& row : odd_units()) {
    const Unit unit(row.octets, row.profile);
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const Spelled first = unit.adversarial(seed);
      const Spelled second = unit.adversarial(seed);
      EXPECT_EQ(first.octets, second.octets);
      EXPECT_EQ(first.splits, second.splits);
    }
  }
  EXPECT_EQ(Unit("a LOGIN smith sesame\r\n", kRev2).adversarial(1).octets, "a LOGin smith sesame\r\n")
      << "a seed chooses the same on every machine";
}

// all_spellings is what the first seeds make of a unit.
std::set<std::string> all_spellings(std::string_view octets, const Profile& profile) {
  const Unit unit(octets, profile);
  std::set<std::string> spellings;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) spellings.insert(unit.adversarial(seed).octets);
  return spellings;
}

bool any_contains(const std::set<std::string>& spellings, std::string_view octets) {
  return std::ranges::any_of(spellings,
                             [&](const std::string& each) { return each.find(octets) != std::string::npos; });
}

struct Choice {
  std::string_view octets;
  std::vector<std::string_view> reached;
  std::vector<std::string_view> avoided;
  Profile profile = kRev2;
};

TEST(Adversarial, ReachesEverySpellingThatTheGrammarHasAndNoOther) {
  const Profile literal_plus = Profile(kRev2).add(Extension::LiteralPlus);
  const std::string large(5000, 'x');
  const std::string large_login = "a LOGIN u {5000}\r\n" + large + "\r\n";
  const std::vector<Choice> choices{
      {"a LOGIN u p\r\n",
       {"login", "LOGIN", "lOg", "u p", "\"u\" p", "{1}\r\nu", "{1+}\r\nu", "{01}", "{00000000000000000000000001}"},
       {"~{"}},
      {"a LOGIN u p\r\n", {"{1}\r\nu", "\"u\""}, {"+}"}, kRev1},
      {large_login, {"\"xxx", " xxx", "{5000}"}, {"5000+}"}},
      {large_login, {"{5000+}"}, {}, literal_plus},
      {"a LOGIN \"\" \"a b\"\r\n", {"{0}\r\n ", "{3}\r\na b"}, {"N  ", " a b\r\n\r\n"}},
      {"a LOGIN \"a\\\\b\" {2}\r\n\r\n\r\n", {"\"a\\\\b\"", "{3}\r\na\\b"}, {" a\\b", "\"\r\n\""}},
      {"a SELECT {3}\r\nNIL\r\n", {" NIL\r\n", "\"NIL\""}, {"nil", "Nil"}},
      {"a SELECT INBOX\r\n", {"inbox", "\"inbox\"", "{5}\r\nINBOX"}, {}},
      {"a LIST \"\" %*\r\n", {" %*", "\"%*\"", "{2}\r\n%*"}, {"(%*)"}},
      {"a SEARCH CHARSET x ALL\r\n", {" x ", "\"x\""}, {"}\r\nx"}},
      {"a SEARCH CHARSET x ALL\r\n", {" x ", "\"x\"", "{1}\r\nx"}, {}, kRev1},
      {"a SEARCH ON 1-Feb-1994\r\n", {" 1-", " 01-", "\"1-Feb-1994\"", "\"01-", "feb"}, {"001"}},
      {"a APPEND x \" 1-Feb-1994 00:00:00 +0000\" {1}\r\ny\r\n",
       {"\" 1-", "\"01-", " () \"", "{1}\r\ny", "{1+}\r\ny", "{01"},
       {"\"y\"", " y\r\n"}},
      {"a FETCH 5 FLAGS\r\n", {" FLAGS", "(FLAGS)", "5:5"}, {"05"}},
      {"a FETCH 5 ALL\r\n", {" all"}, {"(ALL)", "(all)"}},
      {"a STORE 1 FLAGS (a)\r\n", {"FLAGS a", "FLAGS (a)", "FLAGS (A)"}, {}},
      {"a STORE 1 FLAGS ()\r\n", {"FLAGS ()"}, {"FLAGS \r"}},
      {"a UID EXPUNGE 7\r\n", {"uid", " 7:7"}, {" 07"}},
      {"a FETCH 1 BODY[1]<0.5>\r\n", {"<0.5>", "<00.5>"}, {".05>", "[01]"}},
      {"* 1 FETCH (BINARY[] \"x\" BODY[] \"y\")\r\n",
       {"{1}\r\nx", "~{1}\r\nx", "{1}\r\ny"},
       {"~{1}\r\ny", "+}", " x", " y"},
       server(kRev2)},
      {"* 1 FETCH (BINARY[] NIL)\r\n", {"nil", "NIL"}, {"\"NIL\""}, server(kRev2)},
      {"* 1 FETCH (BINARY[] ~{1}\r\n\0)\r\n"sv, {"~{01}"}, {" {1}"}, server(kRev2)},
      {"* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3 1))\r\n",
       {"\"TEXT\" {5}\r\nPLAIN", "{4}\r\n7BIT", " 03 ", " 01)"},
       {"{4}\r\nTEXT", "text"},
       server(kRev2)},
      {"* 1 FETCH (BODYSTRUCTURE (\"X\" \"Y\" NIL NIL NIL \"7BIT\" 3 NIL NIL \"en\"))\r\n",
       {"{1}\r\nX", " \"en\"", "(\"en\")", "({2}\r\nen)"},
       {},
       server(kRev2)},
      {"* LIST () \"/\" x\r\n", {"\"/\" {1}\r\nx", " ()\r\n"}, {"}\r\n/"}, server(kRev2)},
      {"* LIST () \"/\" x\r\n", {"\"/\" {1}\r\nx"}, {" ()\r\n"}, server(kRev1)},
      {"* OK [APPENDUID 1 2] x\r\n", {"appenduid 1 2]"}, {"2:2", "02"}, server(kRev2)},
      {"* OK [COPYUID 1 2 3] x\r\n", {" 2:2 ", " 3:3]"}, {"2:2:"}, server(kRev2)},
      {"* NO [BADCHARSET (x)] y\r\n", {"(x)", "(\"x\")"}, {"{1}"}, server(kRev1)},
      {"* ESEARCH MIN 1 MAX 2 X 3 MIN 4\r\n",
       {"ESEARCH MAX 2", " X 3 MAX 2", "ESEARCH X 3 "},
       {"MIN 4 MIN 1"},
       server(kRev2)},
      {"* 3 EXISTS\r\n", {"* 3", "* 03", "* 00000000000000000000000003"}, {}, server(kRev2)},
      {"* 3 EXPUNGE\r\n", {"expunge"}, {"* 03"}, server(kRev2)},
      {"* STATUS a (MESSAGES 1 UIDNEXT 2)\r\n", {"S 01 ", "s 1 "}, {"T 02", "t 02"}, server(kRev2)},
  };
  for (const Choice& choice : choices) {
    SCOPED_TRACE(escape_octets(choice.octets.substr(0, 80)));
    const std::set<std::string> spellings = all_spellings(choice.octets, choice.profile);
    for (const std::string_view octets : choice.reached)
      EXPECT_TRUE(any_contains(spellings, octets)) << escape_octets(octets);
    for (const std::string_view octets : choice.avoided)
      EXPECT_FALSE(any_contains(spellings, octets)) << escape_octets(octets);
  }
}

TEST(Adversarial, SplitsWithinTheUnitInAscendingOrder) {
  bool none = false;
  bool inside_crlf = false;
  bool inside_announcement = false;
  bool inside_keyword = false;
  const Unit unit("a APPEND x {1}\r\ny\r\n", kRev2);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Spelled spelled = unit.adversarial(seed);
    none = none || spelled.splits.empty();
    std::size_t before = 0;
    for (const std::size_t at : spelled.splits) {
      ASSERT_GT(at, before);
      ASSERT_LT(at, spelled.octets.size());
      before = at;
      inside_crlf = inside_crlf || (spelled.octets[at - 1] == '\r' && spelled.octets[at] == '\n');
      inside_announcement = inside_announcement || spelled.octets[at - 1] == '{';
      inside_keyword = inside_keyword || at == 4;
    }
  }
  EXPECT_TRUE(none && inside_crlf && inside_announcement && inside_keyword);
}

TEST(Serialize, WritesTheOtherUnitsOfAClient) {
  std::string out;
  serialize(AuthenticateData{Base64("Zm9v")}, out);
  serialize(AuthenticateData{Base64()}, out);
  serialize(AuthenticateData{std::nullopt}, out);
  serialize(IdleDone(), out);
  EXPECT_EQ(out, "Zm9v\r\n\r\n*\r\nDONE\r\n");
  std::string faithful;
  serialize_faithful(IdleDone(), "dOnE\r\n", faithful);
  EXPECT_EQ(faithful, "dOnE\r\n");
  std::set<std::string> spellings;
  Spelled spelled;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    serialize_adversarial(IdleDone(), kRev2, seed, spelled);
    spellings.insert(spelled.octets);
    EXPECT_TRUE(parse_idle_done(spelled.octets)) << spelled.octets;
    serialize_adversarial(AuthenticateData{Base64("Zm9v")}, kRev2, seed, spelled);
    EXPECT_EQ(spelled.octets, "Zm9v\r\n");
  }
  EXPECT_TRUE(spellings.contains("done\r\n") && spellings.size() > 3);
}

}  // namespace
}  // namespace imapspec::parser::test
