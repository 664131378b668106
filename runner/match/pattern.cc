#include "runner/match/pattern.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "runner/match/pattern_reader.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

using TermKind = Term::Kind;

// is_plain says whether a term is a value, and the same one whatever the bindings are.
bool is_plain(const Term& term) { return term.kind <= TermKind::Numbers; }

// Whether two patterns' terms can take the same value: no only where both are plain and differ.
bool may_be_equal(const Term& a, const Term& b) {
  if (is_plain(a) && is_plain(b)) return same_value(a, b);
  if (is_plain(a) != is_plain(b)) return !(a.is_list() || b.is_list());
  if (a.kind != TermKind::List || b.kind != TermKind::List) return true;
  const auto flexible = [](const Term& item) { return item.kind > TermKind::Any; };
  if (std::ranges::any_of(a.items, flexible) || std::ranges::any_of(b.items, flexible)) return true;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), may_be_equal);
}

}  // namespace

Bindings values_for(std::string_view text, Term::Kind kind, Bindings bindings) {
  const auto pieces = split_references(text);
  if (!pieces) return bindings;
  const Term number = leaf_term(TermKind::Number, "7");
  for (const Piece& piece : *pieces) {
    if (piece.kind != Piece::Kind::Reference || is_hole(piece)) continue;
    bindings.set(piece.name, kind == TermKind::Number || piece.offset != 0 ? number
                             : kind == TermKind::Keyword                   ? leaf_term(kind, "x")
                                                                           : leaf_term(kind, "x y"));
  }
  // What numbers are compared with is one.
  for (const Piece& piece : *pieces) {
    const auto compared = comparison(piece.argument);
    if (compared && !compared->name.empty()) bindings.set(compared->name, number);
  }
  bindings.follow([](std::uint32_t original) { return std::optional(original); });
  return bindings;
}

std::expected<Pattern, std::string> Pattern::parse(std::string_view text, const Bindings& bindings,
                                                   const parser::Profile* profile) {
  return PatternReader(bindings, profile).read(text);
}

std::optional<std::string> Pattern::check(std::string_view text) {
  const auto pieces = split_references(text);
  if (!pieces) return pieces.error().message;
  // What a name will hold is not known yet: it is right if some kind of value makes it IMAP.
  std::string first_error;
  for (const TermKind kind : kNamedValues) {
    auto pattern = parse(text, values_for(text, kind));
    if (pattern) return std::nullopt;
    if (first_error.empty()) first_error = pattern.error();
  }
  return first_error;
}

std::string_view Pattern::word() const {
  if (kind_ != Kind::Data) return {};
  return data_.items.empty() ? std::string_view(data_.text) : std::string_view(data_.items.front().text);
}

bool Pattern::may_share(const Pattern& other) const {
  if (kind_ != other.kind_) return false;
  if (kind_ == Kind::Data) return may_be_equal(data_, other.data_);
  if (kind_ != Kind::Tagged && kind_ != Kind::Untagged) return true;
  if (status_ != other.status_ || tag_ != other.tag_) return false;
  return !code_ || !other.code_ || may_be_equal(*code_, *other.code_);
}

bool Pattern::matches(const parser::Response& response, std::string_view tag, Bindings& bindings,
                      MatchBudget* budget) const {
  MatchBudget own;
  const auto compare = [&](const Term& pattern, const Term& actual) {
    Matcher matcher(bindings, budget == nullptr ? own : *budget);
    if (!matcher.matches(pattern, actual)) return false;
    matcher.bind(bindings);
    return true;
  };
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
      return status->text.code && compare(*code_, code_term(*status->text.code));
    }
    case Kind::Data:
      return status == nullptr && compare(data_, to_term(response));
  }
  return false;
}

}  // namespace imapspec::runner
