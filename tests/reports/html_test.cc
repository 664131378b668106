#include "reports/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "reports/wording.h"
#include "tests/reports/golden.h"
#include "tests/reports/sample.h"
#include "tests/reports/xmllint.h"

namespace imapspec::reports {
namespace {

using runner::RunResult;
using testing::HasSubstr;
using testing::Not;

TEST(HtmlReport, IsWellFormed) {
  for (const RunResult& run : {polite_run(), hostile_run(), long_run(), RunResult()}) {
    EXPECT_EQ(xmllint_complaints("", html_report(run)), "");
  }
}

TEST(HtmlReport, IsAsItAlwaysWas) {
  expect_golden("hostile.html", html_report(hostile_run()));
  expect_golden("polite.html", html_report(polite_run()));
}

TEST(HtmlReport, NothingOfTheServerIsMarkup) {
  const std::string page = html_report(hostile_run());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  for (const char octet : page) {
    const auto value = static_cast<unsigned char>(octet);
    ASSERT_TRUE(value >= 0x20 || octet == '\n' || octet == '\t') << static_cast<int>(value);
    ASSERT_NE(value, 0x7F);
  }
}

TEST(HtmlReport, LoadsNothing) {
  const std::string page = html_report(polite_run());
  for (const char* reference : {"src=", "url(", "@import", "<link", "http://", "https://"}) {
    EXPECT_THAT(page, Not(HasSubstr(reference)));
  }
  EXPECT_THAT(page, HasSubstr("default-src &#39;none&#39;"));
}

TEST(HtmlReport, EveryLinkLeadsSomewhere) {
  const std::string page = html_report(hostile_run());
  const std::regex link("href=\"#([a-z0-9]+)\"");
  std::size_t links = 0;
  for (std::sregex_iterator match(page.begin(), page.end(), link); match != std::sregex_iterator(); ++match) {
    EXPECT_THAT(page, HasSubstr(" id=\"" + (*match)[1].str() + "\""));
    ++links;
  }
  EXPECT_GT(links, 10U);
}

TEST(HtmlReport, TheLegendDefinesEveryVerdict) {
  const std::string page = html_report(RunResult());
  for (const runner::Verdict verdict : kVerdicts) {
    EXPECT_THAT(page, HasSubstr(">" + std::string(runner::verdict_name(verdict)) + "</span></dt>"));
    EXPECT_FALSE(verdict_meaning(verdict).empty());
    EXPECT_THAT(page, HasSubstr("v-" + std::string(runner::verdict_name(verdict)) + " {"));
  }
}

TEST(HtmlReport, LongTextIsCut) {
  EXPECT_THAT(html_report(hostile_run()), HasSubstr(std::string(16384, 'x') + "... (86016 more octets)"));
}

}  // namespace
}  // namespace imapspec::reports
