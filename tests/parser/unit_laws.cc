#include "tests/parser/unit_laws.h"

#include <fmt/format.h>

#include <cstddef>
#include <random>
#include <vector>

#include "parser/core/cursor.h"
#include "parser/grammar/authenticate.h"
#include "parser/grammar/parse.h"
#include "parser/grammar/serialize.h"

namespace imapspec::parser::test {

namespace {

using Broken = std::optional<std::string>;

template <class T>
std::optional<Error> error_of(const std::expected<T, Error>& outcome) {
  if (outcome) return std::nullopt;
  return outcome.error();
}

bool may_go_on(const Error& error) {
  return error.kind == ErrorKind::Incomplete || error.kind == ErrorKind::LiteralPending;
}

// fails runs the kind's rule, not its entry point, and says whether it failed.
bool fails(UnitKind kind, Cursor& in, Profile profile) {
  profile.from_server = direction_of(kind) == Direction::FromServer;
  switch (kind) {
    case UnitKind::Command:
      return !command(in, profile);
    case UnitKind::AuthenticateData:
      return !authenticate_data(in);
    case UnitKind::IdleDone:
      return !idle_done(in);
    case UnitKind::Response:
      return !response(in, profile);
    case UnitKind::Greeting:
      return !greeting(in, profile);
  }
  return true;
}

Broken check_prefixes(UnitKind kind, std::string_view octets, const Profile& profile) {
  Arena arena;
  for (std::size_t size = 0; size < octets.size(); ++size) {
    arena.reset();
    const std::string_view prefix = octets.substr(0, size);
    const auto error = parse_error(kind, prefix, profile, arena);
    if (!error) return fmt::format("prefix: complete after {} octets", size);
    if (!may_go_on(*error)) return fmt::format("prefix: after {} octets: {}", size, describe(*error, prefix));
    if (error->offset != size) {
      return fmt::format("prefix: what is missing after {} octets is missing at {}", size, error->offset);
    }
  }
  return std::nullopt;
}

Broken check_cursor(UnitKind kind, std::string_view octets, const Profile& profile) {
  constexpr std::string_view kBefore = "before";
  const std::string shifted = std::string(kBefore) + std::string(octets);
  Arena arena;
  for (std::size_t size = 0; size <= octets.size(); ++size) {
    arena.reset();
    Cursor in(std::string_view(shifted).substr(0, kBefore.size() + size), arena, Limits());
    in.skip(kBefore.size());
    if (fails(kind, in, profile) && in.offset() != kBefore.size()) {
      return fmt::format("cursor: a failure after {} octets left it at {}", size, in.offset() - kBefore.size());
    }
  }
  return std::nullopt;
}

// check_written reads, writes and reads again; `parse` yields a value that serialize() takes.
template <class Parse>
Broken check_written(std::string_view octets, Profile profile, Parse parse) {
  Arena arena;
  const auto first = parse(octets, arena);
  if (!first) return "round trip: the unit is refused";
  // What is written has to be read as the same value.
  const auto check = [&](std::string_view written) -> Broken {
    const auto read = parse(written, arena);
    if (!read) return fmt::format("{}: {}", escape_octets(written), describe(read.error(), written));
    if (!(*first == *read)) return fmt::format("another value: {}", escape_octets(written));
    return std::nullopt;
  };
  std::string written;
  serialize(*first, written);
  if (const auto broken = check(written)) return "round trip: " + *broken;
  std::string again;
  serialize(*parse(std::string_view(written), arena), again);
  if (again != written) {
    return fmt::format("round trip: first {}, then {}", escape_octets(written), escape_octets(again));
  }
  std::string same;
  serialize_faithful(*first, octets, same);
  if (same != octets) return "faithful: " + escape_octets(same);
  constexpr std::uint64_t kSeeds = 24;
  Spelled spelled;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    serialize_adversarial(*first, profile, seed, spelled);
    if (const auto broken = check(spelled.octets)) return fmt::format("adversarial: seed {}: {}", seed, *broken);
  }
  return std::nullopt;
}

Broken check_round_trip(UnitKind kind, std::string_view octets, Profile profile) {
  profile.from_server = direction_of(kind) == Direction::FromServer;
  switch (kind) {
    case UnitKind::Command:
      return check_written(octets, profile, [&](std::string_view unit, Arena& arena) {  //
        return parse_command(unit, arena, profile);
      });
    case UnitKind::Response:
      return check_written(octets, profile, [&](std::string_view unit, Arena& arena) {  //
        return parse_response(unit, arena, profile);
      });
    case UnitKind::Greeting:
      return check_written(octets, profile, [&](std::string_view unit, Arena& arena) {  //
        return parse_greeting(unit, arena, profile);
      });
    case UnitKind::AuthenticateData:
      return check_written(octets, profile,
                           [](std::string_view unit, Arena&) -> std::expected<AuthenticateData, Error> {
                             const auto read = parse_authenticate_data(unit);
                             if (!read) return std::unexpected(read.error());
                             return AuthenticateData{*read};
                           });
    case UnitKind::IdleDone:
      return check_written(octets, profile, [](std::string_view unit, Arena&) -> std::expected<IdleDone, Error> {
        if (const auto read = parse_idle_done(unit); !read) return std::unexpected(read.error());
        return IdleDone();
      });
  }
  return std::nullopt;
}

// framed feeds pieces to a Framer whose caller accepts every literal, and tells what happens: each
// event, its octets so far, and for a limit, at which the Framer stays, nothing further.
std::string framed(Direction direction, const std::vector<std::string_view>& pieces) {
  Framer framer(direction);
  std::string told;
  for (std::string_view piece : pieces) {
    while (true) {
      const FramingEvent event = framer.consume(piece);
      if (event == FramingEvent::NeedMore) break;
      fmt::format_to(std::back_inserter(told), "[{} {} {}", static_cast<int>(event), framer.unit().size(),
                     framer.literal().octets);
      if (event != FramingEvent::LiteralAnnounced) told += framer.unit();
      told += ']';
      if (event != FramingEvent::Unit && event != FramingEvent::LiteralAnnounced) return told;
    }
  }
  fmt::format_to(std::back_inserter(told), "rest {}", framer.unit());
  return told;
}

Broken check_framing(UnitKind kind, std::string_view octets) {
  Framer framer(direction_of(kind));
  std::string_view left = octets;
  FramingEvent event = framer.consume(left);
  while (event == FramingEvent::LiteralAnnounced) event = framer.consume(left);
  if (event != FramingEvent::Unit || !left.empty() || framer.unit() != octets) {
    return fmt::format("framing: event {} with {} octets left", static_cast<int>(event), left.size());
  }
  return std::nullopt;
}

Broken check_chunking(UnitKind kind, std::string_view octets) {
  const Direction direction = direction_of(kind);
  const std::string stream = std::string(octets) + std::string(octets);
  const std::string_view view = stream;
  const std::string whole = framed(direction, {view});
  for (std::size_t at = 1; at < view.size(); ++at) {
    if (framed(direction, {view.substr(0, at), view.substr(at)}) != whole) {
      return fmt::format("chunking: split at {}", at);
    }
  }
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < view.size(); ++at) pieces.push_back(view.substr(at, 1));
  if (framed(direction, pieces) != whole) return "chunking: octet by octet";
  std::minstd_rand random(static_cast<std::uint_fast32_t>(view.size()) + 1);
  for (int round = 0; round < 8; ++round) {
    pieces.clear();
    std::string sizes;
    for (std::size_t at = 0; at < view.size();) {
      const std::size_t size = random() % 7;  // also a piece of nothing
      pieces.push_back(view.substr(at, size));
      fmt::format_to(std::back_inserter(sizes), " {}", size);
      at += size;
    }
    if (framed(direction, pieces) != whole) return fmt::format("chunking: pieces of{}", sizes);
  }
  return std::nullopt;
}

}  // namespace

std::string_view unit_kind_name(UnitKind kind) {
  switch (kind) {
    case UnitKind::Command:
      return "command";
    case UnitKind::AuthenticateData:
      return "authenticate-data";
    case UnitKind::IdleDone:
      return "idle-done";
    case UnitKind::Response:
      return "response";
    case UnitKind::Greeting:
      return "greeting";
  }
  return "";
}

Direction direction_of(UnitKind kind) {
  const bool from_server = kind == UnitKind::Response || kind == UnitKind::Greeting;
  return from_server ? Direction::FromServer : Direction::FromClient;
}

std::optional<Error> parse_error(UnitKind kind, std::string_view octets, const Profile& profile, Arena& arena,
                                 const Limits& limits) {
  switch (kind) {
    case UnitKind::Command:
      return error_of(parse_command(octets, arena, profile, limits));
    case UnitKind::AuthenticateData:
      return error_of(parse_authenticate_data(octets));
    case UnitKind::IdleDone:
      return error_of(parse_idle_done(octets));
    case UnitKind::Response:
      return error_of(parse_response(octets, arena, profile, limits));
    case UnitKind::Greeting:
      return error_of(parse_greeting(octets, arena, profile, limits));
  }
  return std::nullopt;
}

std::optional<std::string> check_laws(UnitKind kind, std::string_view octets, const Profile& profile) {
  Arena arena;
  if (const auto error = parse_error(kind, octets, profile, arena)) {
    if (error->offset > octets.size()) return fmt::format("error: at {} of {} octets", error->offset, octets.size());
    if (describe(*error, octets).empty()) return "error: without words";
  } else {
    if (auto broken = check_prefixes(kind, octets, profile)) return broken;
    if (auto broken = check_round_trip(kind, octets, profile)) return broken;
    if (auto broken = check_framing(kind, octets)) return broken;
  }
  if (auto broken = check_cursor(kind, octets, profile)) return broken;
  return check_chunking(kind, octets);
}

}  // namespace imapspec::parser::test
