#include "runner/match/pattern_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"
#include "runner/match/directives.h"
#include "runner/match/matcher.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

// Fitting a wildcard parses the line again and again.
constexpr std::size_t kMostWildcards = 40;
constexpr std::size_t kLongestWithWildcards = 8192;
constexpr std::size_t kMostOfRest = 20;
constexpr std::size_t kMostParsed = 4U << 20;
constexpr char kNotChosen = '\x01';

// Patterns may be about any server: everything that some profile admits.
constexpr parser::Profile kAnyProfile = [] {
  parser::Profile profile{.rev1 = true, .rev2 = true, .extensions = 0, .from_server = true};
  for (const parser::Extension extension : {parser::Extension::Qresync, parser::Extension::Id, parser::Extension::Quota,
                                            parser::Extension::Acl, parser::Extension::AppendLimit}) {
    profile.add(extension);
  }
  return profile;
}();

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

bool is_status_word(std::string_view word) {
  constexpr std::array<std::string_view, 5> kWords{"OK", "NO", "BAD", "BYE", "PREAUTH"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view known) { return parser::equal_ignoring_case(word, known); });
}

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

Term hole(Term::Kind kind, const Piece& piece) {
  Term term = leaf_term(kind, piece.name);
  term.rule = piece.form;
  term.spelling = piece.argument;
  return term;
}

constexpr std::string_view kNowhere = "a hole stands where the grammar has no such value";

}  // namespace

PatternReader::PatternReader(const Bindings& bindings, const parser::Profile* profile)
    : bindings_(&bindings), profile_(profile == nullptr ? kAnyProfile : *profile) {}

std::expected<Pattern, std::string> PatternReader::read(std::string_view text) {
  if (auto added = add(text); !added) return std::unexpected(added.error());
  if (auto fitted = fit(); !fitted) return std::unexpected(fitted.error());
  if (auto placed = put_holes_in_place(); !placed) return std::unexpected(placed.error());
  return std::move(pattern_);
}

void PatternReader::add_text(std::string_view text) {
  if (slots_.empty() || slots_.back().kind != Slot::Kind::Text) slots_.emplace_back();
  slots_.back().text += text;
}

std::expected<void, std::string> PatternReader::add(std::string_view text) {
  const auto pieces = split_references(text);
  if (!pieces) return std::unexpected(pieces.error().message);
  std::size_t wildcards = 0;
  for (const Piece& piece : *pieces) {
    if (piece.kind == Piece::Kind::Text) {
      add_text(piece.text);
      continue;
    }
    if (auto added = is_hole(piece) ? add_hole(piece) : add_reference(piece); !added) return added;
    const Slot::Kind kind = slots_.back().kind;
    if (kind == Slot::Kind::Value || kind == Slot::Kind::Item || kind == Slot::Kind::Rest) ++wildcards;
  }
  if (wildcards > kMostWildcards || (wildcards > 0 && text.size() > kLongestWithWildcards)) {
    return std::unexpected("a pattern with wildcards has at most 40 of them and 8192 octets");
  }
  return {};
}

std::expected<void, std::string> PatternReader::add_hole(const Piece& piece) {
  Slot slot;
  if (contains(hole_directives(), piece.form) || piece.form == "rest") {
    slot.kind = piece.form == "rest" ? Slot::Kind::Rest : Slot::Kind::Item;
    slot.term = leaf_term(Term::Kind::Directive, piece.form);
  } else if (piece.form == "any") {
    slot.kind = Slot::Kind::Value;
    slot.term = leaf_term(Term::Kind::Any, piece.name);
  } else if (contains(hole_tests(), piece.form)) {
    slot.kind = Slot::Kind::Value;
    slot.term = hole(Term::Kind::Hole, piece);
  } else {
    if (const auto compared = comparison(piece.argument); compared && !compared->name.empty()) {
      const bool own = std::ranges::any_of(slots_, [&](const Slot& one) { return one.term.text == compared->name; });
      if (!own && bindings_->find(compared->name) == nullptr) {
        return std::unexpected(fmt::format("{{{}}} has no value yet", compared->name));
      }
    }
    slot.kind = Slot::Kind::Leaf;
    slot.term = hole(Term::Kind::Hole, piece);
    slot.chosen.push_back(leaf_stand_in(piece.form, index_++));
  }
  slots_.push_back(std::move(slot));
  return {};
}

std::expected<void, std::string> PatternReader::add_reference(const Piece& piece) {
  const Term* value = bindings_->find(piece.name);
  if (value != nullptr && piece.form.empty() && piece.offset == 0 && value->is_list()) {
    // A list cannot be written out again; it is compared as it is.
    Slot slot;
    slot.kind = Slot::Kind::Value;
    slot.term = leaf_term(Term::Kind::Any, piece.name);
    slots_.push_back(std::move(slot));
    return {};
  }
  expanded_ += value == nullptr ? 0 : value->text.size();
  if (expanded_ > kMostExpanded) {
    return std::unexpected(fmt::format("the references come to more than {} octets: our own limit", kMostExpanded));
  }
  std::string reference = piece.name;
  if (piece.offset != 0) reference += fmt::format("{:+}", piece.offset);
  if (!piece.form.empty()) reference += ':' + piece.form;
  const auto octets = expand('{' + reference + '}', *bindings_);
  if (!octets) return std::unexpected(octets.error());
  add_text(octets->joined());
  return {};
}

// line is what the parser reads, up to and with `until`. What is not chosen yet no grammar takes.
std::string PatternReader::line(const Slot* until) const {
  std::string all;
  for (const Slot& slot : slots_) {
    all += slot.text;
    if (slot.kind != Slot::Kind::Text && slot.chosen.empty()) all += kNotChosen;
    for (std::size_t i = 0; i < slot.chosen.size(); ++i) {
      if (i > 0 && !slot.chosen[i].juxtaposed) all += ' ';
      all += slot.chosen[i].wire;
    }
    if (&slot == until) break;
  }
  return all;
}

std::expected<void, std::string> PatternReader::fit() {
  if (fit_from(0)) return {};
  if (!furthest_.message.empty()) return std::unexpected(furthest_.message);
  if (parsed_octets_ > kMostParsed) {
    return std::unexpected(std::string("there are too many ways to read the wildcards of this pattern"));
  }
  return std::unexpected(std::string("not an IMAP response: no value fits where a wildcard or a directive stands"));
}

// fit_from chooses for the slot `at` and all that follow: a depth-first search, since what fits at one place can be
// wrong in view of what comes later.
bool PatternReader::fit_from(std::size_t at) {
  const auto to_choose = [](const Slot& slot) { return slot.kind > Slot::Kind::Leaf; };
  const auto next = std::find_if(slots_.begin() + static_cast<std::ptrdiff_t>(at), slots_.end(), to_choose);
  if (next != slots_.end()) return choose(*next);
  const std::string whole = line();
  const auto parsed = parse(whole);
  if (!parsed && (furthest_.message.empty() || parsed.error().offset > furthest_.offset)) furthest_ = parsed.error();
  return parsed.has_value();
}

bool PatternReader::choose(Slot& slot) {
  std::vector<StandIn> candidates = slot.kind == Slot::Kind::Item ? item_stand_ins(index_) : value_stand_ins(index_);
  if (slot.kind == Slot::Kind::Rest) {
    // The rest can be values or whole items.
    std::ranges::move(item_stand_ins(index_), std::back_inserter(candidates));
  }
  ++index_;
  const auto next = static_cast<std::size_t>(&slot - slots_.data()) + 1;
  slot.chosen.emplace_back();
  for (StandIn& candidate : candidates) {
    slot.chosen.back() = std::move(candidate);
    const std::size_t end = line(&slot).size();
    const auto parsed = parse(line());
    if (!parsed && parsed.error().offset < end) {
      // What is wrong in front of the slot no candidate mends.
      const bool before = parsed.error().offset + slot.chosen.back().wire.size() < end;
      if (before && parsed.error().offset > furthest_.offset) furthest_ = parsed.error();
      continue;
    }
    if (fit_from(next)) return true;
    if (slot.kind == Slot::Kind::Rest && slot.chosen.size() < kMostOfRest && choose(slot)) return true;
    if (parsed_octets_ > kMostParsed) break;
  }
  slot.chosen.pop_back();
  return false;
}

std::expected<void, PatternReader::Failure> PatternReader::parse(const std::string& line) {
  pattern_ = Pattern();
  parsed_octets_ += line.size();
  if (parsed_octets_ > kMostParsed) return std::unexpected(Failure{"the pattern is too long", 0});
  if (line == "closed") {
    pattern_.kind_ = Pattern::Kind::Closed;
    return {};
  }
  if (line.starts_with("+")) {
    if (line != "+") {
      return std::unexpected(
          Failure{"the text of a continuation request is never compared: write \"+\" and nothing behind it", 1});
    }
    pattern_.kind_ = Pattern::Kind::Continue;
    return {};
  }
  const std::string_view head = first_word(line);
  const std::string_view rest = std::string_view(line).substr(std::min(line.size(), head.size() + 1));
  if (is_status_word(head) || is_status_word(first_word(rest))) return parse_status(line);
  if (head != "*") {
    return std::unexpected(Failure{
        "expected a response: \"* ...\", \"+\", \"OK\", \"NO\", \"BAD\", a tag with one of these, or \"closed\"", 0});
  }
  const std::string unit = line + "\r\n";
  parser::Arena arena;
  const auto parsed = parser::parse_response(unit, arena, profile_);
  if (!parsed) {
    return std::unexpected(
        Failure{"not an IMAP response: " + parser::describe(parsed.error(), unit), parsed.error().offset});
  }
  pattern_.kind_ = Pattern::Kind::Data;
  pattern_.data_ = to_term(*parsed);
  return {};
}

std::expected<void, PatternReader::Failure> PatternReader::parse_status(const std::string& line) {
  const bool tagless = is_status_word(first_word(line));
  constexpr std::string_view kTag = "t ";
  std::string unit(tagless ? kTag : std::string_view());
  unit += line;
  const std::size_t shift = tagless ? kTag.size() : 0;
  // Text is never compared, so a pattern has none; the grammar wants some.
  const std::size_t after_tag = std::string_view(unit).find(' ');
  const std::size_t after_word = after_tag == std::string_view::npos ? after_tag : unit.find(' ', after_tag + 1);
  if (after_word != std::string::npos && (unit.back() != ']' || unit[after_word + 1] != '[')) {
    return std::unexpected(Failure{
        "human-readable text is never compared: leave it out of the pattern; \"text\" beside it can ask for some", 0});
  }
  unit += " x\r\n";
  parser::Arena arena;
  std::optional<parser::StatusResponse> status;
  std::optional<parser::Error> error;
  if (parser::equal_ignoring_case(unit.substr(0, 10), "* PREAUTH ")) {
    if (auto parsed = parser::parse_greeting(unit, arena, profile_)) {
      status = *parsed;
    } else {
      error = parsed.error();
    }
  } else if (auto parsed = parser::parse_response(unit, arena, profile_)) {
    status = std::get<parser::StatusResponse>(*parsed);
  } else {
    error = parsed.error();
  }
  std::string_view what = "not an IMAP response: ";
  if (status && status->text.malformed_code) {
    error = *status->text.malformed_code;
    what = "not a response code: ";
  }
  if (error) {
    return std::unexpected(
        Failure{std::string(what) + parser::describe(*error, unit), error->offset > shift ? error->offset - shift : 0});
  }
  pattern_.kind_ = !status->tag ? Pattern::Kind::Untagged : Pattern::Kind::Tagged;
  if (pattern_.kind_ == Pattern::Kind::Tagged && !tagless) pattern_.tag_ = std::string(*status->tag);
  pattern_.status_ = status->status;
  if (status->text.code) pattern_.code_ = code_term(*status->text.code);
  return {};
}

std::expected<void, std::string> PatternReader::put_holes_in_place() {
  Term* tree = pattern_.kind_ == Pattern::Kind::Data ? &pattern_.data_ : pattern_.code_ ? &*pattern_.code_ : nullptr;
  for (const Slot& slot : slots_) {
    for (const StandIn& stand_in : slot.chosen) {
      if (tree == nullptr || !put_in_place(*tree, stand_in, slot.term)) return std::unexpected(std::string(kNowhere));
    }
  }
  if (tree == nullptr) return {};
  if (auto applied = apply_directives(*tree); !applied) return applied;
  if (pattern_.kind_ == Pattern::Kind::Data) ignore_recent(*tree);
  return {};
}

}  // namespace imapspec::runner
