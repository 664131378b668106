// Entry points: one unit of octets to one value.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "parser/core/arena.h"
#include "parser/core/error.h"
#include "parser/core/limits.h"
#include "parser/core/trace.h"
#include "parser/grammar/command.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/response.h"

namespace imapspec::parser {

// Each of these parses exactly one unit, as a Framer yields it: octets after its CRLF are an
// error. The value views `octets` and `arena`, which must outlive it. The error is the one at
// the furthest offset that was reached. A Trace, if given, is filled.
std::expected<Command, Error> parse_command(std::string_view octets, Arena& arena, const Profile& profile,
                                            const Limits& limits = {}, Trace* trace = nullptr);
std::expected<Response, Error> parse_response(std::string_view octets, Arena& arena, const Profile& profile,
                                              const Limits& limits = {}, Trace* trace = nullptr);
std::expected<StatusResponse, Error> parse_greeting(std::string_view octets, Arena& arena, const Profile& profile,
                                                    const Limits& limits = {}, Trace* trace = nullptr);
// nullopt is the cancel "*".
std::expected<std::optional<Base64>, Error> parse_authenticate_data(std::string_view octets, Trace* trace = nullptr);
std::expected<void, Error> parse_idle_done(std::string_view octets, Trace* trace = nullptr);

// tag_of yields the tag of a line that need not be a valid command, for the tagged BAD that
// answers it; empty where the line has none.
std::string_view tag_of(std::string_view octets);

// describe makes one line of an error: offset, rule, what was expected and what is there.
std::string describe(const Error& error, std::string_view octets);

// escape_octets writes octets so that a person can type them: printable ASCII as it is, all
// else, and "\x" itself, as \xHH.
std::string escape_octets(std::string_view octets);

// unescape_octets undoes it; nullopt where "\x" goes without two hexadecimal digits.
std::optional<std::string> unescape_octets(std::string_view text);

}  // namespace imapspec::parser
