// What every file of the repository has to keep to, as checks of one file's text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace imapspec::house {

// kMostLines is the length from which on a source needs a reason in long_files.txt.
inline constexpr std::size_t kMostLines = 400;

// is_source: code and build files, whose length counts; not data, documents and fixtures.
bool is_source(std::string_view path);

// path_of_a_machine is the first absolute path of somebody's machine in a text, or nothing.
std::optional<std::string> path_of_a_machine(std::string_view text);

// header_problem says what is wrong with a header's first lines, or nothing: it has to begin with a
// comment that says what it is, and have #pragma once before anything else.
std::optional<std::string> header_problem(std::string_view text);

// read_reasons reads long_files.txt: "path: reason", with "#" comments. A line without a reason has
// an empty one.
std::map<std::string, std::string> read_reasons(std::string_view text);

}  // namespace imapspec::house
