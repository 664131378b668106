// Numbers and what they number.
//
// RFC 9051 sections 2.3.1, 4.2, 9
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <limits>

#include "parser/core/cursor.h"
#include "parser/grammar/bounded.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

// NzNumber, Number64 and NzNumber64 are the numbers of nz-number, number64 and nz-number64. A number is any
// std::uint32_t.
using NzNumber = Bounded<std::uint32_t, 1, std::numeric_limits<std::uint32_t>::max()>;
using Number64 = Bounded<std::uint64_t, 0, std::numeric_limits<std::int64_t>::max()>;
using NzNumber64 = Bounded<std::uint64_t, 1, std::numeric_limits<std::int64_t>::max()>;

// Numbering is an nz-number of messages. Those of two `Kind`s must never stand for one another.
template <class Kind>
class Numbering {
 public:
  constexpr Numbering() = default;
  explicit constexpr Numbering(NzNumber number) : number_(number) {}

  explicit constexpr operator NzNumber() const { return number_; }
  explicit constexpr operator std::uint32_t() const { return number_; }
  friend auto operator<=>(const Numbering&, const Numbering&) = default;

 private:
  NzNumber number_;
};

struct SequenceNumber : Numbering<SequenceNumber> {
  using Numbering::Numbering;
};
struct Uid : Numbering<Uid> {
  using Numbering::Numbering;
};

// sequence_number is the number of the message that is `number`th in its mailbox, from 1.
constexpr SequenceNumber sequence_number(std::uint32_t number) { return SequenceNumber{NzNumber::nearest(number)}; }

// number = 1*DIGIT, 0 <= n < 4,294,967,296
std::expected<std::uint32_t, Error> number(Cursor& in);

// nz-number = digit-nz *DIGIT, 0 < n < 4,294,967,296
std::expected<NzNumber, Error> nz_number(Cursor& in);

// number64 = 1*DIGIT, 0 <= n <= 9,223,372,036,854,775,807
std::expected<Number64, Error> number64(Cursor& in);

// wide_number is number64, or number where only RFC 3501 is in force.
std::expected<Number64, Error> wide_number(Cursor& in, const Profile& profile);

// nz-number64 = digit-nz *DIGIT, 0 < n <= 9,223,372,036,854,775,807
std::expected<NzNumber64, Error> nz_number64(Cursor& in);

}  // namespace imapspec::parser
