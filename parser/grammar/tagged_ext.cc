#include "parser/grammar/tagged_ext.h"

#include <cstdint>
#include <limits>

#include "parser/grammar/char_class.h"
#include "parser/grammar/number.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// Whether digits stand here that are an nz-number and begin a set of more than that.
bool begins_set(const Cursor& in) {
  if (in.peek() == '0') return false;
  std::uint64_t value = 0;
  std::size_t size = 0;
  for (; is_digit(in.peek(size)); ++size) {
    value = value * 10 + static_cast<std::uint64_t>(in.peek(size) - '0');
    if (value > std::numeric_limits<std::uint32_t>::max()) return false;
  }
  return in.peek(size) == ':' || in.peek(size) == ',';
}

// tagged-ext-simple = sequence-set / number / number64
//
// Note: T20. The three overlap: digits alone are a number64, which every other reading of them is too;
// with "," or ":" behind them they begin a sequence-set, as "*" and "$" do. Atoms and strings are no values.
std::expected<void, Error> tagged_ext_simple(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "tagged-ext-simple");
  if (is_digit(in.peek()) && !begins_set(in)) {
    IMAPSPEC_CHECK(wide_number(in, profile));
  } else {
    IMAPSPEC_CHECK(sequence_set(in, profile));
  }
  return attempt.accept();
}

}  // namespace

// tagged-ext-label = tagged-label-fchar *tagged-label-char
//                    ; Is a valid RFC 3501 "atom".
std::expected<Label, Error> tagged_ext_label(Cursor& in) {
  Attempt attempt(in, "tagged-ext-label");
  if (!is_tagged_label_fchar(in.peek())) return attempt.fail("tagged-label-fchar");
  while (is_tagged_label_char(in.peek())) in.skip(1);
  return attempt.accept(Label::unchecked(attempt.octets()));
}

// tagged-ext-comp = astring /
//                   tagged-ext-comp *(SP tagged-ext-comp) /
//                   "(" tagged-ext-comp ")"
//
// Note: T19. The rule is left-recursive and derives every list in endless ways. Read as
// comp = item *(SP item), item = astring / "(" comp ")".
std::expected<void, Error> tagged_ext_comp(Cursor& in, const Profile& profile, Name rule) {
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit(rule, "less nesting");
  Attempt attempt(in, rule);
  do {
    if (in.take('(')) {
      IMAPSPEC_CHECK(tagged_ext_comp(in, profile, rule));
      if (!in.take(')')) return attempt.fail("SP or \")\"");
    } else {
      IMAPSPEC_CHECK(astring(in, profile));
    }
  } while (in.take(' '));
  return attempt.accept();
}

bool begins_tagged_ext_val(int octet) { return is_digit(octet) || octet == '*' || octet == '$' || octet == '('; }

// tagged-ext-val = tagged-ext-simple /
//                  "(" [tagged-ext-comp] ")"
std::expected<std::string_view, Error> tagged_ext_val(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "tagged-ext-val");
  if (in.take('(')) {
    if (in.take(')')) return attempt.accept(attempt.octets());
    IMAPSPEC_CHECK(tagged_ext_comp(in, profile, "tagged-ext-comp"));
    if (!in.take(')')) return attempt.fail("SP or \")\"");
    return attempt.accept(attempt.octets());
  }
  if (!begins_tagged_ext_val(in.peek())) return attempt.fail("a number, a sequence-set or \"(\"");
  IMAPSPEC_CHECK(tagged_ext_simple(in, profile));
  return attempt.accept(attempt.octets());
}

}  // namespace imapspec::parser
