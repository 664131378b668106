#include "parser/grammar/serialize_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

#include "parser/grammar/char_class.h"
#include "parser/grammar/serialize.h"

namespace imapspec::parser {

namespace {

void write_literal(std::string_view before, std::string_view octets, std::string_view after, std::string& out) {
  out += before;
  write(octets.size(), out);
  out += after;
  out += octets;
}

void write_seq_number(const SeqNumber& number, std::string& out) {
  if (number.number) {
    write(*number.number, out);
  } else {
    out += '*';
  }
}

std::string_view month_name(std::uint8_t month) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return kMonths[static_cast<std::size_t>(std::clamp<int>(month, 1, 12) - 1)];
}

std::string_view section_text_name(SectionText text) {
  switch (text) {
    case SectionText::Header:
      return "HEADER";
    case SectionText::HeaderFields:
      return "HEADER.FIELDS";
    case SectionText::HeaderFieldsNot:
      return "HEADER.FIELDS.NOT";
    case SectionText::Text:
      return "TEXT";
    case SectionText::Mime:
      return "MIME";
    case SectionText::Whole:
      break;
  }
  return "";
}

}  // namespace

void write(std::uint64_t number, std::string& out) {
  const fmt::format_int digits(number);
  out.append(digits.data(), digits.size());
}

void write(const String& string, std::string& out) {
  switch (string.form) {
    case StringForm::Atom:
      out += string.octets;
      break;
    case StringForm::Quoted:
      out += '"';
      out += string.octets;
      out += '"';
      break;
    case StringForm::Literal:
      write_literal("{", string.octets, "}\r\n", out);
      break;
    case StringForm::LiteralNonSync:
      write_literal("{", string.octets, "+}\r\n", out);
      break;
    case StringForm::Literal8:
      write_literal("~{", string.octets, "}\r\n", out);
      break;
  }
}

void write(const NString& string, std::string& out) {
  if (string) {
    write(*string, out);
  } else {
    out += "NIL";
  }
}

void write(const SequenceSet& set, std::string& out) {
  if (set.saved) out += '$';
  for (std::size_t i = 0; i < set.ranges.size(); ++i) {
    const SeqRange& range = set.ranges[i];
    if (i > 0) out += ',';
    write_seq_number(range.first, out);
    if (range.first == range.last) continue;
    out += ':';
    write_seq_number(range.last, out);
  }
}

void write(const Date& date, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}-{}-{:04}", date.day, month_name(date.month), date.year);
}

// date-day-fixed is SP DIGIT for one digit: "01" would be two.
void write(const DateTime& date_time, std::string& out) {
  const Date& date = date_time.date;
  fmt::format_to(std::back_inserter(out), "\"{:2}-{}-{:04} {:02}:{:02}:{:02} {}{:04}\"", date.day,
                 month_name(date.month), date.year, date_time.hour, date_time.minute, date_time.second,
                 date_time.zone < 0 ? '-' : '+', std::abs(date_time.zone));
}

void write(const Section& section, std::string& out) {
  out += '[';
  for (std::size_t i = 0; i < section.part.size(); ++i) {
    if (i > 0) out += '.';
    write(section.part[i], out);
  }
  if (section.text != SectionText::Whole) {
    if (!section.part.empty()) out += '.';
    out += section_text_name(section.text);
  }
  if (section.text == SectionText::HeaderFields || section.text == SectionText::HeaderFieldsNot) {
    out += ' ';
    write_parenthesized(section.fields, out);
  }
  out += ']';
}

String make_string(std::string_view value, const Profile& profile, Arena& arena) {
  // Longer values are easier to read, and cheaper to escape, as a literal.
  constexpr std::size_t kMostQuoted = 1000;
  if (value.size() > kMostQuoted || !is_quotable(value, profile)) return {value, StringForm::Literal};
  if (value.find_first_of("\"\\") == std::string_view::npos) return {value, StringForm::Quoted};
  const std::string escaped = escape_quoted(value);
  char* copy = arena.allocate<char>(escaped.size());
  std::ranges::copy(escaped, copy);
  return {{copy, escaped.size()}, StringForm::Quoted};
}

String make_astring(std::string_view value, const Profile& profile, Arena& arena) {
  const bool atom = !value.empty() && std::ranges::all_of(value, [](char octet) {
    return is_astring_char(static_cast<unsigned char>(octet));
  });
  // Note: trap L2. NIL is an astring, but readers exist that take it for nil.
  if (atom && !equal_ignoring_case(value, "NIL")) return {value, StringForm::Atom};
  return make_string(value, profile, arena);
}

}  // namespace imapspec::parser
