#include "runner/match/stand_in.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

// Control characters, which nobody types, and which mean the same in upper case.
constexpr std::size_t kFirstMarker = 0x0e;
constexpr std::size_t kMarkers = 0x1f - kFirstMarker + 1;
constexpr std::size_t kMarkersPerIndex = 4;

char digit(std::size_t value) { return static_cast<char>(kFirstMarker + value % kMarkers); }

// One octet as long as there are some, as the delimiter of LIST has to be.
std::string octet_marker(std::size_t index) {
  if (index < kMarkers) return {digit(index)};
  return {digit(index), digit(index / kMarkers), digit(index / kMarkers / kMarkers), digit(0)};
}

// One of a few for the same index, longer than those above.
std::string long_marker(std::size_t index, std::size_t which) {
  const std::size_t number = index * kMarkersPerIndex + which;
  return {digit(number), digit(number / kMarkers), digit(number / kMarkers / kMarkers), digit(1), digit(1)};
}

std::string number_marker(std::size_t index, std::size_t which = 0) {
  constexpr std::size_t kFirstNumber = 4'000'700'001;
  return std::to_string(kFirstNumber + index * kMarkersPerIndex + which);
}

std::string word_marker(std::size_t index) { return fmt::format("IMAPSPEC-HOLE-{}", index); }

StandIn date_time_stand_in(std::size_t index) {
  constexpr std::int64_t kSecondFebruary1907 = -1'985'385'600;
  const std::size_t minute = index / 60 % 60;
  return {.wire = fmt::format("\"02-Feb-1907 00:{:02}:{:02} +0000\"", minute, index % 60),
          .markers = {std::to_string(kSecondFebruary1907 + static_cast<std::int64_t>(index % 3600))}};
}

StandIn same(std::string wire, std::size_t climb = 0) { return {.wire = wire, .markers = {wire}, .climb = climb}; }

StandIn quoted(std::string marker) { return {.wire = '"' + marker + '"', .markers = {marker}}; }

// template_stand_in fills {0} to {3} of `wire` with markers for strings.
StandIn with_markers(std::string_view wire, std::size_t index, std::size_t count, bool juxtaposed = false) {
  StandIn made;
  std::array<std::string, kMarkersPerIndex> markers;
  for (std::size_t i = 0; i < markers.size(); ++i) markers.at(i) = long_marker(index, i);
  made.wire = fmt::format(fmt::runtime(wire), '"' + markers[0] + '"', '"' + markers[1] + '"', '"' + markers[2] + '"',
                          '"' + markers[3] + '"');
  made.markers.assign(markers.begin(), markers.begin() + static_cast<std::ptrdiff_t>(count));
  made.juxtaposed = juxtaposed;
  return made;
}

using Path = std::vector<std::size_t>;

bool find(const Term& term, std::string_view marker, Path& path) {
  if (term.items.empty()) return term.text == marker;
  for (std::size_t i = 0; i < term.items.size(); ++i) {
    path.push_back(i);
    if (find(term.items[i], marker, path)) return true;
    path.pop_back();
  }
  return false;
}

}  // namespace

StandIn leaf_stand_in(std::string_view rule, std::size_t index) {
  constexpr std::array kNumbers = {"number"sv,   "nz-number"sv,    "number64"sv, "mod-sequence-value"sv,
                                   "uniqueid"sv, "sequence-set"sv, "uid-set"sv};
  if (std::ranges::find(kNumbers, rule) != kNumbers.end()) return same(number_marker(index));
  if (rule == "date-time" || rule == "date") return date_time_stand_in(index);
  if (rule == "atom" || rule == "text") return same(word_marker(index));
  if (rule == "flag" || rule == "keyword") return same('$' + word_marker(index));
  return quoted(octet_marker(index));
}

std::vector<StandIn> value_stand_ins(std::size_t index) {
  const auto list = [&](std::string_view wire, std::size_t count, bool juxtaposed = false) {
    return with_markers(wire, index, count, juxtaposed);
  };
  StandIn flags;
  flags.wire = fmt::format("(${0}A ${0}B)", word_marker(index));
  flags.markers = {fmt::format("${}A", word_marker(index)), fmt::format("${}B", word_marker(index))};
  StandIn attributes;
  attributes.wire = fmt::format("(\\{0}A \\{0}B)", word_marker(index));
  attributes.markers = {fmt::format("\\{}A", word_marker(index)), fmt::format("\\{}B", word_marker(index))};
  return {
      // Before the string, since the languages of a body are a list or one string.
      list("({0} {1} {2} {3})", 4),
      quoted(octet_marker(index)),
      same(number_marker(index)),
      same(word_marker(index)),
      same('$' + word_marker(index)),
      date_time_stand_in(index),
      list("({0} {1} NIL NIL NIL NIL NIL NIL NIL NIL)", 2),  // an envelope
      list("({0} {1} NIL NIL NIL \"7BIT\" 0)", 2, true),     // a body
      list("(({0} NIL NIL NIL)({1} NIL NIL NIL))", 2),       // addresses
      list("({0} {1} NIL NIL)", 2, true),                    // an address
      list("({0} ({1} {2}))", 3),                            // a disposition
      std::move(flags),
      std::move(attributes),
      list("(({0} \"/\")({1} \"/\"))", 2),  // namespaces
  };
}

std::vector<StandIn> item_stand_ins(std::size_t index) {
  const auto list = [&](std::string_view wire, std::size_t count, bool juxtaposed = false) {
    return with_markers(wire, index, count, juxtaposed);
  };
  const std::string number = number_marker(index);
  const auto pair = [&](std::string_view name) {
    StandIn made{.wire = fmt::format("{} {}", name, number), .markers = {number}};
    made.climb = 1;
    return made;
  };
  StandIn space = list("({0} \"/\")", 1, true);
  space.climb = 1;
  const std::string more = number_marker(index, 1);
  return {
      // One word before those that are several: a list of words takes these too.
      same('$' + word_marker(index)),
      same('\\' + word_marker(index)),
      pair("RFC822.SIZE"),
      pair("MESSAGES"),
      {.wire = fmt::format("X-IMAPSPEC {} {}", number, more), .markers = {number, more}},  // a resource of a quota
      pair("X-IMAPSPEC"),
      list("{0} {1}", 2),                                 // a parameter of a body, a field of ID
      list("{0} ({1} {2})", 3),                           // extended data of LIST
      list("({0} {1} NIL NIL)", 2, true),                 // an address
      list("({0} {1} NIL NIL NIL \"7BIT\" 0)", 2, true),  // a body
      std::move(space),
      quoted(octet_marker(index)),
      same(word_marker(index)),
  };
}

bool put_in_place(Term& tree, const StandIn& stand_in, Term replacement) {
  std::optional<Path> common;
  for (const std::string& marker : stand_in.markers) {
    Path path;
    if (!find(tree, marker, path)) return false;
    if (common) {
      const auto parting = std::ranges::mismatch(*common, path);
      path.erase(parting.in2, path.end());
    }
    common = std::move(path);
  }
  if (!common || common->size() < stand_in.climb) return false;
  common->resize(common->size() - stand_in.climb);
  Term* place = &tree;
  for (const std::size_t index : *common) place = &place->items[index];
  *place = std::move(replacement);
  return true;
}

}  // namespace imapspec::runner
