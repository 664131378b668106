// What every fuzz target has: the function that libFuzzer calls, and a way to say that its property
// does not hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// LLVMFuzzerTestOneInput runs one input. It returns 0; a property that does not hold ends the
// program.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace imapspec::fuzz {

// require ends the program with the message where `holds` is false, so that libFuzzer keeps the
// input and a sanitizer's report shows where.
void require(bool holds, std::string_view message, std::string_view octets);

}  // namespace imapspec::fuzz
