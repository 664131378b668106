// Mod-sequences of mailboxes and messages, and the memory of what was expunged.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "server/store/mailbox.h"

namespace imapspec::server {
namespace {

using Ranges = std::vector<UidRange>;

// Box is a mailbox with some messages.
struct Box {
  explicit Box(std::size_t messages) {
    for (std::size_t i = 0; i < messages; ++i) append();
  }
  const MessagePtr& append() { return mailbox.append(std::make_shared<std::string>("x"), {}, {}); }
  void expunge(std::uint32_t first, std::uint32_t last) {
    mailbox.expunge([=](const Message& message) {
      const auto uid = static_cast<std::uint32_t>(message.uid);
      return first <= uid && uid <= last;
    });
  }
  Message& message(std::size_t index) { return *mailbox.messages()[index]; }

  std::uint64_t changes = 0;
  Limits limits;
  Mailbox mailbox{1, changes, limits};
};

TEST(ModSequence, IsNeverZeroAndGrowsWithEveryChange) {
  Box box(0);
  std::uint64_t last = box.mailbox.mod_sequence();
  EXPECT_GT(last, 0U);
  const auto expect_growth = [&] {
    EXPECT_GT(box.mailbox.mod_sequence(), last);
    last = box.mailbox.mod_sequence();
  };
  box.append();
  expect_growth();
  EXPECT_EQ(box.message(0).mod_sequence, last);
  box.append();
  expect_growth();
  box.mailbox.set_flags(box.message(0), {"\\Seen"});
  expect_growth();
  EXPECT_EQ(box.message(0).mod_sequence, last);
  EXPECT_LT(box.message(1).mod_sequence, last);
  box.expunge(1, 1);
  expect_growth();
}

TEST(ModSequence, StaysWhereNothingChanged) {
  Box box(1);
  box.mailbox.set_flags(box.message(0), {"\\Seen"});
  const std::uint64_t before = box.mailbox.mod_sequence();
  box.mailbox.set_flags(box.message(0), {"\\SEEN"});
  box.expunge(7, 9);
  EXPECT_EQ(box.mailbox.mod_sequence(), before);
  EXPECT_EQ(box.message(0).mod_sequence, before);
}

TEST(ModSequence, FlagsOfAnExpungedMessageAreNoNewsOfTheMailbox) {
  Box box(1);
  const MessagePtr message = box.mailbox.messages().front();
  box.expunge(1, 1);
  const std::uint64_t before = box.mailbox.mod_sequence();
  EXPECT_EQ(message->mod_sequence, before);
  box.mailbox.set_flags(*message, {"\\Seen"});
  EXPECT_EQ(box.mailbox.mod_sequence(), before);
}

TEST(ModSequence, VanishedUidsAreThoseExpungedSince) {
  Box box(9);
  EXPECT_EQ(box.mailbox.vanished_since(1), Ranges());
  box.expunge(4, 5);
  const std::uint64_t between = box.mailbox.mod_sequence();
  box.expunge(8, 8);
  box.expunge(2, 3);
  EXPECT_EQ(box.mailbox.vanished_since(1), (Ranges{{2, 5}, {8, 8}}));
  EXPECT_EQ(box.mailbox.vanished_since(between), (Ranges{{2, 3}, {8, 8}}));
  EXPECT_EQ(box.mailbox.vanished_since(box.mailbox.mod_sequence()), Ranges());
}

TEST(ModSequence, WhatIsForgottenIsAllThatIsMissing) {
  Box box(3);
  box.expunge(2, 2);
  const std::uint64_t early = box.mailbox.mod_sequence();
  for (std::size_t i = 0; i <= ExpungedUids::kMaxRanges; ++i) {
    const auto uid = static_cast<std::uint32_t>(box.append()->uid);
    box.expunge(uid, uid);
  }
  const std::uint32_t last = box.mailbox.uid_next() - 1;
  EXPECT_EQ(box.mailbox.vanished_since(early - 1), (Ranges{{2, 2}, {4, last}}));
  box.expunge(1, 1);
  EXPECT_EQ(box.mailbox.vanished_since(box.mailbox.mod_sequence() - 1), (Ranges{{1, 1}}));
}

}  // namespace
}  // namespace imapspec::server
