#include "runner/match/bindings.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <utility>

#include "parser/core/arena.h"
#include "parser/grammar/serialize.h"

namespace imapspec::runner {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

void add_literal(WireOctets& out, std::string_view octets, bool synchronizing) {
  out.segments.back() += fmt::format("{{{}{}}}{}", octets.size(), synchronizing ? "" : "+", kLineEnd);
  if (synchronizing) out.segments.emplace_back();
  out.segments.back() += octets;
}

// The value as the shortest astring, which may have to be a literal.
void add_astring(WireOctets& out, std::string_view octets) {
  parser::Arena arena;
  const parser::String string = parser::make_astring(octets, parser::kRev1, arena);
  switch (string.form()) {
    case parser::StringForm::Atom:
      out.segments.back() += string.octets();
      return;
    case parser::StringForm::Quoted:
      out.segments.back() += '"' + std::string(string.octets()) + '"';
      return;
    default:
      add_literal(out, octets, true);
      return;
  }
}

std::expected<void, std::string> add_reference(WireOctets& out, const Piece& piece, const Term& value) {
  if (value.is_list()) return std::unexpected(fmt::format("{{{}}} is a list, which is for patterns only", piece.name));
  if (piece.offset != 0) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
    // A set of one, as in APPENDUID, is a number too.
    const bool numeric = value.kind == Term::Kind::Number || value.kind == Term::Kind::Numbers;
    if (!numeric || error != std::errc{} || end != value.text.data() + value.text.size()) {
      return std::unexpected(fmt::format("{{{}}} is not a number, nothing can be added to it", piece.name));
    }
    out.segments.back() += std::to_string(number + piece.offset);
    return {};
  }
  if (piece.form == "quoted") {
    out.segments.back() += '"' + parser::escape_quoted(value.text) + '"';
  } else if (piece.form == "literal" || piece.form == "literal+") {
    add_literal(out, value.text, piece.form == "literal");
  } else if (value.kind == Term::Kind::Nil) {
    out.segments.back() += "NIL";
  } else if (value.kind == Term::Kind::DateTime) {
    out.segments.back() += '"' + value.spelling + '"';
  } else if (piece.form == "raw" || value.kind != Term::Kind::Octets) {
    out.segments.back() += value.text;
  } else {
    add_astring(out, value.text);
  }
  return {};
}

}  // namespace

void Bindings::set_octets(std::string name, std::string octets) {
  set(std::move(name), leaf_term(Term::Kind::Octets, std::move(octets)));
}

std::expected<std::uint32_t, std::string> Bindings::message_number(std::string_view name) const {
  std::uint32_t original = 0;
  const std::string_view digits = name.substr(1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), original);
  const auto current = error == std::errc{} && current_number_ ? current_number_(original) : std::nullopt;
  if (current) return *current;
  return std::unexpected(
      fmt::format("{{{}}}: there is no such message now that was there when the mailbox was selected", name));
}

const Term* Bindings::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : found->second.get();
}

std::string WireOctets::joined() const {
  std::string all;
  for (const std::string& segment : segments) all += segment;
  return all;
}

std::size_t WireOctets::size() const {
  std::size_t octets = 0;
  for (const std::string& segment : segments) octets += segment.size();
  return octets;
}

std::expected<WireOctets, std::string> expand(std::string_view text, const Bindings& bindings, std::size_t most) {
  const auto pieces = split_references(text);
  if (!pieces) return std::unexpected(pieces.error().message);
  WireOctets out{.segments = {std::string()}};
  std::size_t full = 0;  // octets of the segments that nothing is added to any more
  for (const Piece& piece : *pieces) {
    const Term* const referred = piece.kind == Piece::Kind::Text ? nullptr : bindings.find(piece.name);
    const std::size_t next = referred == nullptr ? piece.text.size() : referred->text.size();
    if (full + out.segments.back().size() + next > most) {
      return std::unexpected(
          fmt::format("what the step sends comes to more than {} octets: our own limit", kMostExpanded));
    }
    const std::size_t segments = out.segments.size();
    if (piece.kind == Piece::Kind::Text) {
      out.segments.back() += piece.text;
      continue;
    }
    if (piece.name.starts_with('#')) {
      const auto number = bindings.message_number(piece.name);
      if (!number) return std::unexpected(number.error());
      out.segments.back() += std::to_string(*number);
      continue;
    }
    if (referred == nullptr) return std::unexpected(fmt::format("{{{}}} has no value yet", piece.name));
    if (auto added = add_reference(out, piece, *referred); !added) return std::unexpected(added.error());
    for (std::size_t i = segments - 1; i + 1 < out.segments.size(); ++i) full += out.segments[i].size();
  }
  return out;
}

}  // namespace imapspec::runner
