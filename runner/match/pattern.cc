#include "runner/match/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>
#include <vector>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/parse.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

using Kind = Term::Kind;

// Patterns may be about any server: everything that some profile admits.
constexpr parser::Profile kAnyProfile = [] {
  parser::Profile profile{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = true};
  for (const parser::Extension extension :
       {parser::Extension::Qresync, parser::Extension::Id, parser::Extension::Quota, parser::Extension::AppendLimit}) {
    profile.add(extension);
  }
  return profile;
}();

// A hole's stand-in on the wire, and what its leaf then reads.
struct Sentinel {
  std::string wire;
  std::string leaf;
  std::string name;
  std::string rule;
};

Sentinel make_sentinel(const Piece& piece, std::size_t index) {
  const std::string& rule = piece.form;
  Sentinel sentinel{.wire = {}, .leaf = {}, .name = piece.name, .rule = rule};
  if (rule == "number" || rule == "nz-number" || rule == "number64" || rule == "sequence-set" || rule == "uid-set") {
    sentinel.wire = sentinel.leaf = std::to_string(4'000'700'001U + index);
  } else if (rule == "date-time") {
    sentinel.wire = fmt::format("\"02-Feb-1907 00:00:{:02} +0000\"", index % 60);
    constexpr std::int64_t kSecondFebruary1907 = -1'985'385'600;
    sentinel.leaf = std::to_string(kSecondFebruary1907 + static_cast<std::int64_t>(index % 60));
  } else if (rule == "atom") {
    sentinel.wire = sentinel.leaf = fmt::format("IMAPSPEC-HOLE-{}", index);
  } else if (rule == "flag") {
    sentinel.wire = sentinel.leaf = fmt::format("$IMAPSPEC-HOLE-{}", index);
  } else {
    // One octet, as the delimiter of LIST has to be, and one that nobody types.
    constexpr std::size_t kFirst = 0x0e;
    constexpr std::size_t kLast = 0x1f;
    sentinel.leaf = kFirst + index <= kLast ? std::string(1, static_cast<char>(kFirst + index))
                                            : fmt::format("imapspec-hole-{}", index);
    sentinel.wire = '"' + sentinel.leaf + '"';
  }
  return sentinel;
}

// Puts the holes back where their sentinels ended up. Each sentinel has to be found.
std::size_t restore_holes(Term& term, const std::vector<Sentinel>& sentinels) {
  const auto found = std::find_if(sentinels.begin(), sentinels.end(), [&](const Sentinel& sentinel) {
    return term.items.empty() && !term.text.empty() && term.text == sentinel.leaf;
  });
  if (found != sentinels.end()) {
    term = {.kind = Kind::Hole, .text = found->name, .rule = found->rule, .items = {}};
    return 1;
  }
  std::size_t restored = 0;
  for (Term& item : term.items) restored += restore_holes(item, sentinels);
  return restored;
}

bool fits(std::string_view rule, const Term& value) {
  switch (value.kind) {
    case Kind::Number:
      return rule == "number" || rule == "number64" || (rule == "nz-number" && value.text != "0");
    case Kind::Numbers: {
      if (rule == "sequence-set") return true;
      if (rule == "uid-set") return value.text.find_first_of("*$") == std::string::npos;
      const bool single = std::all_of(value.text.begin(), value.text.end(), parser::is_digit);
      return single && (rule == "number" || rule == "nz-number" || rule == "number64");
    }
    case Kind::DateTime:
      return rule == "date-time";
    case Kind::Keyword:
      return rule == "atom" || rule == "flag";
    case Kind::Octets:
      return rule == "string" || rule == "astring" || rule == "nstring";
    case Kind::Nil:
      return rule == "nstring";
    default:
      return false;
  }
}

// Two leaves can be equal though one was captured as a number and the other as a set of one.
bool same_value(const Term& a, const Term& b) {
  const auto numeric = [](const Term& term) { return term.kind == Kind::Number || term.kind == Kind::Numbers; };
  if (numeric(a) && numeric(b)) return a.text == b.text;
  return a == b;
}

// Matcher compares trees. Sets are matched by trying; the budget keeps a hostile response from
// making that exponential.
class Matcher {
 public:
  explicit Matcher(Bindings bindings) : bindings_(std::move(bindings)) {}

  bool matches(const Term& pattern, const Term& actual) {
    if (budget_ == 0) return false;
    --budget_;
    switch (pattern.kind) {
      case Kind::Hole:
        return fill(pattern, actual);
      case Kind::List:
        return actual.kind == Kind::List && matches_list(pattern.items, actual.items);
      case Kind::Set:
      case Kind::Subset: {
        if (actual.kind != pattern.kind) return false;
        if (pattern.kind == Kind::Set && pattern.items.size() != actual.items.size()) return false;
        std::vector<bool> used(actual.items.size(), false);
        return matches_set(pattern.items, 0, actual.items, used);
      }
      default:
        return same_value(pattern, actual);
    }
  }

  Bindings take() { return std::move(bindings_); }

 private:
  bool fill(const Term& hole, const Term& actual) {
    if (!fits(hole.rule, actual)) return false;
    if (hole.text.empty()) return true;
    if (const Term* bound = bindings_.find(hole.text)) return same_value(*bound, actual);
    bindings_.set(hole.text, actual);
    return true;
  }

  bool matches_list(const std::vector<Term>& pattern, const std::vector<Term>& actual) {
    return std::equal(pattern.begin(), pattern.end(), actual.begin(), actual.end(),
                      [&](const Term& a, const Term& b) { return matches(a, b); });
  }

  bool matches_set(const std::vector<Term>& pattern, std::size_t at, const std::vector<Term>& actual,
                   std::vector<bool>& used) {
    if (at == pattern.size()) return true;
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (used[i]) continue;
      Bindings before = bindings_;
      if (matches(pattern[at], actual[i])) {
        used[i] = true;
        if (matches_set(pattern, at + 1, actual, used)) return true;
        used[i] = false;
      }
      bindings_ = std::move(before);
    }
    return false;
  }

  Bindings bindings_;
  std::size_t budget_ = 200'000;
};

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

bool is_status_word(std::string_view word) {
  constexpr std::array<std::string_view, 5> kWords{"OK", "NO", "BAD", "BYE", "PREAUTH"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view known) { return parser::equal_ignoring_case(word, known); });
}

}  // namespace

std::expected<void, std::string> Pattern::parse_status(std::string_view line) {
  std::string unit(line);
  if (is_status_word(first_word(line))) unit = "t " + unit;
  // Text is never compared, so a pattern has none; the grammar wants some.
  const std::size_t after_word = unit.find(' ', unit.find(' ') + 1);
  if (after_word == std::string::npos) {
    unit += " x";
  } else if (unit.back() == ']' && unit[after_word + 1] == '[') {
    unit += " x";
  } else {
    return std::unexpected("human-readable text is never compared: leave it out of the pattern");
  }
  unit += "\r\n";
  parser::Arena arena;
  const bool greeting = parser::equal_ignoring_case(unit.substr(0, 10), "* PREAUTH ");
  std::optional<parser::StatusResponse> status;
  std::string trouble;
  if (greeting) {
    if (auto parsed = parser::parse_greeting(unit, arena, kAnyProfile)) {
      status = *parsed;
    } else {
      trouble = parser::describe(parsed.error(), unit);
    }
  } else if (auto parsed = parser::parse_response(unit, arena, kAnyProfile)) {
    status = std::get<parser::StatusResponse>(*parsed);
  } else {
    trouble = parser::describe(parsed.error(), unit);
  }
  if (!status) return std::unexpected("not an IMAP response: " + trouble);
  if (status->text.malformed_code) {
    return std::unexpected("not a response code: " + parser::describe(*status->text.malformed_code, unit));
  }
  kind_ = !status->tag ? Kind::Untagged : Kind::Tagged;
  if (kind_ == Kind::Tagged && !is_status_word(first_word(line))) tag_ = std::string(*status->tag);
  status_ = status->status;
  if (status->text.code) code_ = code_term(*status->text.code);
  return {};
}

std::expected<Pattern, std::string> Pattern::parse(std::string_view text, const Bindings& bindings) {
  const auto pieces = split_references(text);
  if (!pieces) return std::unexpected(pieces.error().message);
  std::string line;
  std::vector<Sentinel> sentinels;
  for (const Piece& piece : *pieces) {
    if (piece.kind == Piece::Kind::Text) {
      line += piece.text;
    } else if (is_hole(piece)) {
      sentinels.push_back(make_sentinel(piece, sentinels.size()));
      line += sentinels.back().wire;
    } else {
      const std::string reference =
          fmt::format("{{{}{}}}", piece.name, piece.offset != 0 ? fmt::format("{:+}", piece.offset) : std::string());
      auto value = expand(piece.form.empty() ? reference : fmt::format("{{{}:{}}}", piece.name, piece.form), bindings);
      if (!value) return std::unexpected(value.error());
      line += value->joined();
    }
  }

  Pattern pattern;
  if (line == "closed") {
    pattern.kind_ = Kind::Closed;
    return pattern;
  }
  if (line.starts_with("+")) {
    pattern.kind_ = Kind::Continue;
    return pattern;
  }
  const std::string_view head = first_word(line);
  const std::string_view rest = std::string_view(line).substr(std::min(line.size(), head.size() + 1));
  if (is_status_word(head) || is_status_word(first_word(rest))) {
    if (auto parsed = pattern.parse_status(line); !parsed) return std::unexpected(parsed.error());
    if (pattern.code_ && restore_holes(*pattern.code_, sentinels) != sentinels.size()) {
      return std::unexpected("a hole stands where the grammar has no such value");
    }
    return pattern;
  }
  if (head != "*") {
    return std::unexpected(
        "expected a response: \"* ...\", \"+\", \"OK\", \"NO\", \"BAD\", a tag with one of these, or \"closed\"");
  }
  const std::string unit = line + "\r\n";
  parser::Arena arena;
  auto parsed = parser::parse_response(unit, arena, kAnyProfile);
  if (!parsed) return std::unexpected("not an IMAP response: " + parser::describe(parsed.error(), unit));
  pattern.kind_ = Kind::Data;
  pattern.data_ = to_term(*parsed);
  if (restore_holes(pattern.data_, sentinels) != sentinels.size()) {
    return std::unexpected("a hole stands where the grammar has no such value");
  }
  return pattern;
}

std::optional<std::string> Pattern::check(std::string_view text) {
  const auto pieces = split_references(text);
  if (!pieces) return pieces.error().message;
  // What a name will hold is not known yet: it is right if some kind of value makes it IMAP.
  std::string first_error;
  for (const Term::Kind kind : {Term::Kind::Octets, Term::Kind::Number, Term::Kind::Keyword}) {
    Bindings bindings;
    for (const Piece& piece : *pieces) {
      if (piece.kind != Piece::Kind::Reference || is_hole(piece)) continue;
      const bool number = kind == Term::Kind::Number || piece.offset != 0;
      bindings.set(piece.name, {.kind = number ? Term::Kind::Number : kind,
                                .text = number                        ? "7"
                                        : kind == Term::Kind::Keyword ? "x"
                                                                      : "x y",
                                .rule = {},
                                .items = {}});
    }
    auto pattern = parse(text, bindings);
    if (pattern) return std::nullopt;
    if (first_error.empty()) first_error = pattern.error();
  }
  return first_error;
}

bool Pattern::matches(const parser::Response& response, std::string_view tag, Bindings& bindings) const {
  const auto* status = std::get_if<parser::StatusResponse>(&response);
  switch (kind_) {
    case Kind::Closed:
      return false;
    case Kind::Continue:
      return std::holds_alternative<parser::ContinueReq>(response);
    case Kind::Tagged:
    case Kind::Untagged: {
      if (status == nullptr || status->status != status_) return false;
      if (kind_ == Kind::Untagged ? status->tag.has_value() : status->tag != (tag_.empty() ? tag : tag_)) return false;
      if (!code_) return true;
      if (!status->text.code) return false;
      Matcher matcher(bindings);
      if (!matcher.matches(*code_, code_term(*status->text.code))) return false;
      bindings = matcher.take();
      return true;
    }
    case Kind::Data: {
      if (status != nullptr) return false;
      Matcher matcher(bindings);
      if (!matcher.matches(data_, to_term(response))) return false;
      bindings = matcher.take();
      return true;
    }
  }
  return false;
}

}  // namespace imapspec::runner
