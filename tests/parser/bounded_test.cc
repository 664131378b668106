#include "parser/grammar/bounded.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <type_traits>

#include "parser/grammar/date_time.h"
#include "parser/grammar/number.h"

namespace imapspec::parser::test {
namespace {

static_assert(std::is_trivially_copyable_v<DateTime> && sizeof(Month) == 1);

TEST(Bounded, HoldsWhatIsWithinItsBounds) {
  for (const int month : {1, 12}) {
    ASSERT_TRUE(Month::from(month));
    EXPECT_EQ(*Month::from(month), month);
  }
  for (const int month : {0, 13, -1, 257}) EXPECT_FALSE(Month::from(month)) << month;
  EXPECT_TRUE(Year::from(9999));
  EXPECT_FALSE(Year::from(10000));
  EXPECT_EQ(Month(7), 7);
}

TEST(Bounded, HoldsTheNumbersOfItsRuleOfAnyType) {
  EXPECT_FALSE(NzNumber::from(0));
  EXPECT_EQ(*NzNumber::from(std::uint64_t{4294967295}), 4294967295);
  EXPECT_FALSE(NzNumber::from(std::uint64_t{4294967296}));
  EXPECT_TRUE(Number64::from(std::uint64_t{9223372036854775807U}));
  EXPECT_FALSE(Number64::from(std::uint64_t{9223372036854775808U}));
  EXPECT_FALSE(Number64::from(-1));
  EXPECT_EQ(Number64::nearest(std::uint64_t{18446744073709551615U}), 9223372036854775807U);
}

// A number that may be out of bounds has to be checked; one that cannot be, need not.
static_assert(std::is_convertible_v<std::uint32_t, Number64> && std::is_convertible_v<NzNumber, Number64> &&
              std::is_convertible_v<NzNumber64, Number64> && !std::is_convertible_v<Number64, NzNumber64> &&
              !std::is_convertible_v<Number64, NzNumber>);
static_assert(!std::is_convertible_v<Uid, SequenceNumber> && !std::is_constructible_v<Uid, SequenceNumber>);

TEST(Bounded, IsByDefaultTheNearestToZero) {
  EXPECT_EQ(Month(), 1);
  EXPECT_EQ(TwoDigits(), 0);
  EXPECT_EQ(DateTime().zone, 0);
}

TEST(Bounded, ThereIsNoSequenceNumberOfNone) {
  EXPECT_EQ(sequence_number(7), SequenceNumber{NzNumber(7)});
  EXPECT_EQ(sequence_number(0), SequenceNumber{NzNumber(1)});
}

TEST(Bounded, TakesTheNearest) {
  EXPECT_EQ(Month::nearest(0), 1);
  EXPECT_EQ(Month::nearest(13), 12);
  EXPECT_EQ(TwoDigits::nearest(256), 99);
  EXPECT_EQ(decltype(DateTime::zone)::nearest(-10000), -9999);
}

}  // namespace
}  // namespace imapspec::parser::test
