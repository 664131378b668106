// What the benchmarks parse: the files of bench/inputs, and larger inputs that are made.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parser/framing/framer.h"

namespace imapspec::bench {

// Input is a stream cut into its units.
struct Input {
  std::vector<std::string> units;
  std::size_t octets = 0;
};

// cut frames a stream. What is not a whole unit at its end is left out.
Input cut(std::string_view stream, parser::Direction direction);

// read_input frames the file `name` of bench/inputs. It throws where the file cannot be read.
Input read_input(std::string_view name, parser::Direction direction);

// kResponseInputs names the files that hold responses; "commands" has the commands.
inline constexpr std::array<std::string_view, 6> kResponseInputs = {
    "fetch-flags", "fetch-envelope", "fetch-bodystructure", "list", "search", "status-responses"};

// literal_response is a FETCH response with a literal of `octets` octets of mail.
std::string literal_response(std::size_t octets);

// repeated is `head`, then `item` as often as it takes to make about `octets`, then `tail`.
std::string repeated(std::string_view head, std::string_view item, std::string_view tail, std::size_t octets);

}  // namespace imapspec::bench
