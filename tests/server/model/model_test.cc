// The server does what the model does, and the model sees where it does not.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "tests/server/model/play.h"

namespace imapspec::server::model {
namespace {

constexpr std::size_t kCommands = 100'000;
constexpr std::size_t kLength = 200;

// first_seed is that of IMAPSPEC_MODEL_SEED, if it is set.
std::uint64_t first_seed() {
  const char* set = std::getenv("IMAPSPEC_MODEL_SEED");
  return set == nullptr ? 1 : std::strtoull(set, nullptr, 10);
}

std::string explain(const Script& script, const Failure& failure, std::uint64_t seed) {
  return "seed " + std::to_string(seed) + ", step " + std::to_string(failure.step + 1) + ": " + failure.message + "\n" +
         to_text(script);
}

TEST(Model, AgreesOnAHundredThousandRandomCommands) {
  fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  std::uint64_t seed = first_seed();
  std::size_t commands = 0;
  std::size_t accepted = 0;
  for (; commands < kCommands; ++seed) {
    const Script script = random_script(seed, kLength);
    const Played played = play(script, {}, &judges);
    commands += played.commands;
    accepted += played.accepted;
    if (!played.failure) continue;
    const Script shrunk = shrink(script, {}, &judges);
    FAIL() << explain(shrunk, *play(shrunk, {}, &judges).failure, seed);
  }
  std::printf(
      "seeds %llu to %llu: %zu commands, %zu of them OK; %zu responses, of which the recogniser looked at %zu\n",
      static_cast<unsigned long long>(first_seed()), static_cast<unsigned long long>(seed - 1), commands, accepted,
      judges.seen(), judges.looked_at());
  EXPECT_GT(accepted * 2, commands);
  EXPECT_GT(judges.looked_at(), 1'000U);
}

// Found is a failing script under a fault, if one of the first seeds makes one.
std::optional<Script> failing_script(Fault fault) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Script script = random_script(seed, kLength);
    if (play(script, FaultSet(fault), nullptr).failure) return script;
  }
  return std::nullopt;
}

constexpr Fault kSeen[] = {
    Fault::SelectedCommandsUnselected,
    Fault::SelectWithoutUidvalidity,
    Fault::SelectWithoutExists,
    Fault::ExamineIsReadWrite,
    Fault::FailedSelectKeepsMailbox,
    Fault::NoClosedCode,
    Fault::SelectMissingCreates,
    Fault::CreateExistingOk,
    Fault::DeleteMissingOk,
    Fault::RenameOntoExistingOk,
    Fault::UidsRepeatAfterRecreate,
    Fault::ListPercentCrosses,
    Fault::SubscribeDoesNothing,
    Fault::StatusMessagesOff,
    Fault::AppendNoTrycreate,
    Fault::AppendAutoCreates,
    Fault::AppenduidMissing,
    Fault::ExistsNotSent,
    Fault::CopyuidMissing,
    Fault::MoveCopyuidTagged,
    Fault::BodyDoesNotSetSeen,
    Fault::PeekSetsSeen,
    Fault::ReversedRangeEmpty,
    Fault::UidFetchWithoutUid,
    Fault::MissingUidNo,
    Fault::StoreSilentEchoes,
    Fault::StoreAddReplaces,
    Fault::ExpungeWrongNumbers,
    Fault::ExpungeSilent,
    Fault::ExistsShrinks,
    Fault::ExpungeDuringFetch,
    Fault::CloseSendsExpunge,
    Fault::UnselectExpunges,
    Fault::UidExpungeRemovesAll,
    Fault::UidReusedAfterExpunge,
    Fault::SearchOrIntersects,
    Fault::EsearchWithoutTag,
    Fault::EsearchMissingWhenEmpty,
    Fault::UidSearchWithoutUid,
};

TEST(Model, SeesFaultsAndShowsThemShortly) {
  for (const Fault fault : kSeen) {
    SCOPED_TRACE(faults()[static_cast<std::size_t>(fault)].name);
    const auto script = failing_script(fault);
    ASSERT_TRUE(script);
    const Script shrunk = shrink(*script, FaultSet(fault), nullptr);
    EXPECT_TRUE(play(shrunk, FaultSet(fault), nullptr).failure);
    EXPECT_FALSE(play(shrunk, {}, nullptr).failure) << "not because of the fault";
    EXPECT_LE(shrunk.size(), 8U) << to_text(shrunk);
  }
}

TEST(Scripts, AreWrittenAndReadAgain) {
  const Script script = random_script(7, 300);
  EXPECT_EQ(parse_script("# a comment\n\n" + to_text(script)), script);
  EXPECT_FALSE(parse_script("4: NOOP\n"));
  EXPECT_FALSE(parse_script("1 NOOP\n"));
}

}  // namespace
}  // namespace imapspec::server::model
