// Numbers that stand for parsed values: equal values have equal ones, however they are written.
#pragma once

#include <cstdint>
#include <string_view>

#include "parser/grammar/body_structure.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/envelope.h"
#include "parser/grammar/section.h"
#include "parser/grammar/string.h"

namespace imapspec::runner {

// Fingerprint mixes what is added to it, in order.
class Fingerprint {
 public:
  Fingerprint& add(std::uint64_t number);
  Fingerprint& add(std::string_view octets);
  // The value of a string counts; NIL is another one than "".
  Fingerprint& add(const parser::String& string);
  Fingerprint& add(const parser::NString& string);
  Fingerprint& add(const parser::Envelope& envelope);
  Fingerprint& add(const parser::Body& body);
  // Letters of either case are the same in a section.
  Fingerprint& add(const parser::Section& section);

  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  Fingerprint& add(const parser::List<parser::Address>& addresses);
  Fingerprint& add(const parser::List<parser::BodyParameter>& parameters);
  Fingerprint& add_token(const parser::String& string);

  std::uint64_t value_ = 0x9e3779b97f4a7c15U;
};

// seconds_of is the point in time of a date-time, in seconds from one that is the same for all.
std::int64_t seconds_of(const parser::DateTime& date_time);

}  // namespace imapspec::runner
