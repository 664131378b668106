// tools/verify-spec on short texts that look like RFCs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace imapspec {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Outcome is what tools/verify-spec printed, and its exit code.
struct Outcome {
  std::string output;
  int code = -1;
};

class VerifySpec : public ::testing::Test {
 protected:
  VerifySpec() { std::filesystem::create_directories(folder_); }
  ~VerifySpec() override { std::filesystem::remove_all(folder_); }

  void write(std::string_view name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  // run calls the tool where the files of this test are, which are its grammar files too.
  [[nodiscard]] Outcome run(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.string() +
                                "' && IMAPSPEC_GRAMMARS=. '" IMAPSPEC_SOURCE_DIR "/tools/verify-spec' " + arguments +
                                " 2>&1";
    Outcome outcome;
    std::FILE* output = ::popen(command.c_str(), "r");
    if (output == nullptr) return outcome;
    std::array<char, 4096> part{};
    for (std::size_t size = 1; size > 0;) {
      size = std::fread(part.data(), 1, part.size(), output);
      outcome.output.append(part.data(), size);
    }
    const int status = ::pclose(output);
    if (WIFEXITED(status)) outcome.code = WEXITSTATUS(status);
    return outcome;
  }

 private:
  std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) /
      ("verify-spec-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
};

constexpr std::string_view kBase =
    "Request for Comments: 9051\n"
    "\n"
    "1.  Introduction\n"
    "\n"
    "   no-rule = \"not in the section\"\n"
    "\n"
    "9.  Formal Syntax\n"
    "\n"
    "   These are the rules.\n"
    "\n"
    "   first           = \"a\" / second /\n"
    "                     (\"b\" / \"c\")   ; a comment = with \"quotes\n"
    "                       ; and a second line\n"
    "\n"
    "Somebody                  Standards Track                     [Page 7]\n"
    "\f\n"
    "RFC 9051                       Rules                      August 2021\n"
    "\n"
    "   second          = <any thing; really>\n"
    "   second          =/ \";\" third\n"
    "   Third           = 1*2DIGIT\n"
    "\n"
    "10.  Author's Note\n"
    "\n"
    "   late-rule = \"not in the section\"\n";

constexpr std::string_view kBaseFile =
    "; first = \"in a comment\"\n"
    "first  = \"a\" / second / (\"b\" / \"c\")\n"
    "second = <any thing; really>\n"
    "second =/ \";\" third\n"
    "third  = 1*2DIGIT\n";

TEST_F(VerifySpec, EqualRulesAreEqualHoweverTheyAreLaidOut) {
  write("rfc9051.txt", kBase);
  write("rfc9051.abnf", kBaseFile);
  const Outcome outcome = run("rfc9051.txt");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("3 rules, 1 incremental, 7 alternatives, 1 prose-vals\n  equal\n"));
}

TEST_F(VerifySpec, PrintsTheRulesOfAText) {
  write("rfc9051.txt", kBase);
  const Outcome outcome = run("--rules rfc9051.txt");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.output,
            "first           = \"a\" / second /\n"
            "                  (\"b\" / \"c\")\n"
            "second          = <any thing; really>\n"
            "second          =/ \";\" third\n"
            "Third           = 1*2DIGIT\n");
}

TEST_F(VerifySpec, NamesWhatIsOtherMissingOrToo) {
  write("rfc9051.txt", kBase);
  write("rfc9051.abnf",
        "first = \"a\" / second / (\"B\" / \"c\")\n"
        "second = <any thing; really> / \";\" third\n"
        "fourth = \"d\"\n");
  const Outcome outcome = run("rfc9051.txt");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, HasSubstr("first: the text has    \"a\" / second / ( \"b\" / \"c\" )\n"));
  EXPECT_THAT(outcome.output, HasSubstr("first: the file makes  \"a\" / second / ( \"B\" / \"c\" )\n"));
  EXPECT_THAT(outcome.output, HasSubstr("third: not in the file\n"));
  EXPECT_THAT(outcome.output, HasSubstr("fourth: not in the text\n"));
  EXPECT_THAT(outcome.output, HasSubstr("3 differences\n"));
}

TEST_F(VerifySpec, AppliesTheDifferenceBeforeItCompares) {
  write("rfc9051.abnf", kBaseFile);
  write("rfc3501.txt",
        "Request for Comments: 3501\n\n9.  Formal Syntax\n\nfirst = \"a\"\nthird = 1*2DIGIT\nnew = third first\n");
  write("rfc3501.abnf", "first =! \"a\"\nnew = third first\nsecond =-\n");
  EXPECT_EQ(run("rfc3501.txt").code, 0);

  write("rfc3501.abnf", "first =! \"a\"\nnew =! third first\n");
  const Outcome outcome = run("rfc3501.txt");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, HasSubstr("new: the file changes what is not there\n"));
  EXPECT_THAT(outcome.output, HasSubstr("second: not in the text\n"));
}

// What an RFC of an extension has, split over files as a base needs it.
constexpr std::string_view kExtension =
    "Request for Comments: 7000\n\n4. Formal Syntax\n\n"
    "     first_one ::= \"a\" / second / (\"b\" / \"c\") / extra\n"
    "     extra ::= \"E\" SPACE #(third SPACE <\">)\n"
    "     second /= \"y\" / \"z\"\n"
    "     third = <see another document>\n";

TEST_F(VerifySpec, AnExtensionMayBeSplitAndWrittenAsToday) {
  write("rfc9051.abnf", "first-one = \"a\" / second / (\"b\" / \"c\")\nsecond = \"s\"\nthird = \"t\"\n");
  write("rfc3501.abnf", "");
  write("rfc7000.txt", kExtension);
  write("rfc7000-one.abnf",
        "first-one =/ extra\nextra = \"E\" SP [third SP DQUOTE *(SP third SP DQUOTE)]\nsecond =/ \"y\"\n");
  write("rfc7000-two.abnf", "second =/ \"z\"\n");
  const Outcome outcome = run("rfc7000.txt");
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("RFC 7000: rfc7000-one.abnf rfc7000-two.abnf\n"));
}

TEST_F(VerifySpec, AnExtensionHasNothingOfItsOwnAndNamesWhatItLeavesOut) {
  write("rfc9051.abnf", "first-one = \"a\" / second / (\"b\" / \"c\")\nsecond = \"s\"\nthird = \"t\"\n");
  write("rfc3501.abnf", "");
  write("rfc7000.txt", kExtension);
  write("rfc7000.abnf", "first-one =/ other\nsecond =/ \"y\" / \"z\"\n");
  const Outcome outcome = run("rfc7000.txt");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.output, HasSubstr("first-one: only the file has =/ other\n"));
  EXPECT_THAT(outcome.output, HasSubstr("extra: the text has    = \"E\" sp"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("second:")));

  write("rfc7000.abnf", "; Without first_one extra: nobody needs them.\nsecond =/ \"y\" / \"z\"\n");
  const Outcome without = run("rfc7000.txt");
  EXPECT_EQ(without.code, 0) << without.output;
  EXPECT_THAT(without.output, HasSubstr("2 left out, as the files say\n"));

  write("rfc7000.abnf", "; Without first_one extra second: nobody needs them.\nsecond =/ \"y\" / \"z\"\n");
  EXPECT_THAT(run("rfc7000.txt").output, HasSubstr("second: said to be left out, and is not\n"));
}

TEST_F(VerifySpec, ATextWithoutRulesOrWithoutAFileIsAnError) {
  write("other.txt", "Not what it looks for.\n");
  EXPECT_EQ(run("other.txt").code, 1);
  write("rfc7001.txt", "Request for Comments: 7001\n\n1.  Formal Syntax\n\n   none\n");
  EXPECT_THAT(run("rfc7001.txt").output, HasSubstr("no grammar file\n"));
  write("rfc9051.abnf", "");
  write("rfc3501.abnf", "");
  write("rfc7001.abnf", "");
  EXPECT_EQ(run("rfc7001.txt").code, 1);
  EXPECT_EQ(run("").code, 2);
}

TEST_F(VerifySpec, OneDifferenceAmongSeveralTextsIsEnough) {
  write("rfc9051.txt", kBase);
  write("rfc9051.abnf", kBaseFile);
  write("other.txt", "Nothing.\n");
  EXPECT_EQ(run("rfc9051.txt rfc9051.txt").code, 0);
  EXPECT_EQ(run("other.txt rfc9051.txt").code, 1);
}

}  // namespace
}  // namespace imapspec
