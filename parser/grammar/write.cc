#include "parser/grammar/write.h"

#include <array>
#include <cstdlib>

#include "parser/grammar/extensions/condstore.h"

namespace imapspec::parser {

namespace {

void write_seq_number(const SeqNumber& number, Writer& out) {
  if (number.number) {
    out.nz_number(*number.number);
  } else {
    out.octet('*');
  }
}

std::string_view month_name(Month month) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return kMonths[static_cast<std::size_t>(month) - 1];
}

void write_month_and_year(const Date& date, Writer& out) {
  out.octet('-');
  out.word(month_name(date.month));
  out.octet('-');
  out.digits(date.year, 4);
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

void write_status_value(const StatusAttVal& value, Writer& out) {
  write(value.att, out);
  out.sp();
  if (value.nil) {
    out.word("NIL");
  } else if (value.att == StatusAtt::HighestModSeq) {
    write_mod_sequence_valzer(value.value, out);
  } else if (value.att == StatusAtt::UidNext || value.att == StatusAtt::UidValidity) {
    out.nz_number(value.value);
  } else {
    out.number(value.value);
  }
}

}  // namespace

void write(const Mailbox& mailbox, Writer& out) {
  out.string(mailbox.name(), StringRule::Astring, mailbox.is_inbox() ? Letters::AnyCase : Letters::Exact);
}

void write(const SequenceSet& set, Writer& out) {
  if (set.is_last_result()) return out.octet('$');
  const List<SeqRange> ranges = set.ranges();
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const SeqRange& range = ranges[i];
    if (i > 0) out.octet(',');
    write_seq_number(range.first, out);
    if (range.first == range.last && !out.other(":")) continue;
    out.octet(':');
    write_seq_number(range.last, out);
  }
}

void write(const Date& date, Writer& out) {
  const bool quoted = out.other("\"");
  if (quoted) out.octet('"');
  const std::array<char, 2> two_digits{'0', static_cast<char>('0' + date.day % 10)};
  const bool long_day = date.day > 9 || out.other({two_digits.data(), two_digits.size()});
  out.digits(date.day, long_day ? 2 : 1);
  write_month_and_year(date, out);
  if (quoted) out.octet('"');
}

// date-day-fixed is SP DIGIT for one digit: "01" would be two.
void write(const DateTime& date_time, Writer& out) {
  out.octet('"');
  const TwoDigits day = date_time.date.day;
  const std::array<char, 2> two_digits{'0', static_cast<char>('0' + day % 10)};
  const bool long_day = day > 9 || out.other({two_digits.data(), two_digits.size()});
  if (!long_day) out.sp();
  out.digits(day, long_day ? 2 : 1);
  write_month_and_year(date_time.date, out);
  out.sp();
  out.digits(date_time.hour, 2);
  out.octet(':');
  out.digits(date_time.minute, 2);
  out.octet(':');
  out.digits(date_time.second, 2);
  out.sp();
  out.octet(date_time.zone < 0 || (date_time.zone == 0 && date_time.minus_zero) ? '-' : '+');
  out.digits(static_cast<std::uint32_t>(std::abs(date_time.zone)), 4);
  out.octet('"');
}

void write(const Section& section, Writer& out) {
  out.octet('[');
  for (std::size_t i = 0; i < section.part.size(); ++i) {
    if (i > 0) out.octet('.');
    out.nz_number(section.part[i]);
  }
  if (section.text != SectionText::Whole) {
    if (!section.part.empty()) out.octet('.');
    out.word(section_text_name(section.text));
  }
  if (section.text == SectionText::HeaderFields || section.text == SectionText::HeaderFieldsNot) {
    out.sp();
    write_parenthesized(section.fields, out, [](const String& field, Writer& to) {
      to.string(field, StringRule::Astring, Letters::AnyCase);
    });
  }
  out.octet(']');
}

void write(const StatusData& status, Writer& out) {
  write(status.mailbox, out);
  out.sp();
  write_parenthesized(status.values, out, write_status_value);
}

}  // namespace imapspec::parser
