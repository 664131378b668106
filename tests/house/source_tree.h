// The repository's files, as the house tests look at them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::house {

// repository_root is the folder that holds CMakeLists.txt.
std::filesystem::path repository_root();

// files_below yields the regular files below folders of the repository, sorted, with paths from
// the root and "/" between. Folders that do not exist are no error.
std::vector<std::string> files_below(const std::vector<std::string>& folders);

// kept_files yields every file that belongs to the repository: those of its folders and those in
// the root, without build products.
std::vector<std::string> kept_files();

// read_file yields the octets of a file, by its path from the root. It throws if it cannot.
std::string read_file(const std::string& path);

// count_lines counts line ends, and a last line without one.
std::size_t count_lines(std::string_view text);

}  // namespace imapspec::house
