// What a view learns is the same whether its mailbox remembers the changes or not.
#include "server/store/change_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "server/store/mailbox_view.h"

namespace imapspec::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

TEST(ChangeLog, HasEachUidOnceInOrder) {
  ChangeLog log;
  log.add(5, 9);
  log.add(6, 3);
  log.add(7, 9);
  log.add(7, 4);
  EXPECT_THAT(log.since(4), Optional(ElementsAre(3, 4, 9)));
  EXPECT_THAT(log.since(6), Optional(ElementsAre(4, 9)));
  EXPECT_THAT(log.since(7), Optional(IsEmpty()));
}

TEST(ChangeLog, KnowsWhatItForgot) {
  ChangeLog log;
  for (std::uint32_t at = 1; at <= ChangeLog::kRemembered + 1; ++at) log.add(at, at);
  EXPECT_FALSE(log.since(0));
  ASSERT_TRUE(log.since(1));
  EXPECT_EQ(log.since(1)->size(), ChangeLog::kRemembered);
}

TEST(ChangeLog, AChangeOfManyThatIsForgottenInPartIsForgotten) {
  ChangeLog log;
  for (std::uint32_t uid = 1; uid <= ChangeLog::kRemembered + 1; ++uid) log.add(2, uid);
  EXPECT_FALSE(log.since(1));
  EXPECT_THAT(log.since(2), Optional(IsEmpty()));
}

// news_of writes all of it down.
std::string news_of(const News& news) {
  std::string text;
  for (const auto number : news.expunged) text += "-" + std::to_string(static_cast<std::uint32_t>(number));
  for (const auto& [first, last] : news.vanished) text += "v" + std::to_string(first) + ":" + std::to_string(last);
  if (news.exists) text += "e" + std::to_string(*news.exists);
  if (news.recent) text += "r" + std::to_string(*news.recent);
  for (const auto number : news.changed) text += "f" + std::to_string(static_cast<std::uint32_t>(number));
  if (news.held) text += "h" + std::to_string(*news.held);
  return text;
}

// So many changes lie between two looks of the second view that it has to look at all messages. What both learnt in
// the end is compared with a view that is new.
TEST(MailboxViews, LearnTheSameFromTheLogAndFromLookingAtAll) {
  std::uint64_t changes = 0;
  const Limits limits;
  std::minstd_rand random(7);
  for (int round = 0; round < 20; ++round) {
    const auto mailbox = std::make_shared<Mailbox>(1, changes, limits);
    const auto octets = std::make_shared<const std::string>("x");
    for (int i = 0; i < 20; ++i) mailbox->append(octets, {}, {});
    MailboxView often(mailbox, true);
    MailboxView seldom(mailbox, true);
    for (std::uint32_t i = 0; i < 3 * ChangeLog::kRemembered; ++i) {
      const auto choice = random() % 10;
      if (choice == 0) {
        mailbox->append(octets, {}, {});
      } else if (choice == 1) {
        const auto digit = random() % 13;
        mailbox->expunge(
            [digit](const Message& message) { return static_cast<std::uint32_t>(message.uid) % 13 == digit; });
      } else if (!mailbox->messages().empty()) {
        Message& message = *mailbox->messages()[random() % mailbox->messages().size()];
        mailbox->set_flags(message, random() % 2 == 0 ? FlagNames{"\\Seen"} : FlagNames{"\\Draft"});
      }
      if (i % 7 == 0) often.take_news(random() % 2 == 0);
    }
    ASSERT_FALSE(mailbox->changed_since(21));
    EXPECT_NE(news_of(seldom.take_news(true)), "");
    often.take_news(true);
    MailboxView fresh(mailbox, true);
    for (const MailboxView* view : {&often, &seldom}) {
      ASSERT_EQ(view->size(), fresh.size());
      EXPECT_EQ(view->recent(), view->size() - (fresh.size() - fresh.recent()));
      for (std::uint32_t number = 1; number <= fresh.size(); ++number) {
        const auto at = parser::sequence_number(number);
        EXPECT_EQ(view->message_pointer(at), fresh.message_pointer(at));
        EXPECT_TRUE(view->knows_flags(at));
      }
    }
    EXPECT_EQ(news_of(often.take_news(true)), "");
  }
}

TEST(MailboxViews, HoldExpungesUntilTheyMayBeToldAndTellTheRest) {
  std::uint64_t changes = 0;
  const Limits limits;
  const auto mailbox = std::make_shared<Mailbox>(1, changes, limits);
  for (int i = 0; i < 4; ++i) mailbox->append(std::make_shared<const std::string>("x"), {}, {});
  MailboxView view(mailbox, false);
  mailbox->expunge([](const Message& message) { return static_cast<std::uint32_t>(message.uid) % 2 == 0; });
  mailbox->set_flags(*mailbox->messages().back(), {"\\Seen"});
  EXPECT_EQ(news_of(view.take_news(false)), "f3h6");
  EXPECT_EQ(news_of(view.take_news(false)), "h6");
  mailbox->append(std::make_shared<const std::string>("x"), {}, {});
  EXPECT_EQ(news_of(view.take_news(true)), "-2-3v2:2v4:4e3r3");
  EXPECT_EQ(news_of(view.take_news(true)), "");
}

}  // namespace
}  // namespace imapspec::server
