// What the build knows of: the sources that it compiles and the tests that ctest runs.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::house {

// compiled_sources maps each source of compile_commands.json below `root` (its path from there) to
// the names of the CMake targets that compile it. `read` yields the text of a file that CMake made of a batch of
// sources, each of which is included by it.
std::map<std::string, std::set<std::string>> compiled_sources(
    std::string_view compile_commands, const std::filesystem::path& root,
    const std::function<std::string(const std::filesystem::path&)>& read);

// verified_headers yields the headers that all_verify_interface_header_sets compiles on their own.
std::set<std::string> verified_headers(std::string_view compile_commands);

// registered_test_programs yields the targets that gtest_discover_tests() registered, from the text of
// one CTestTestfile.cmake.
std::set<std::string> registered_test_programs(std::string_view ctest_file);

// registered_tests yields the names that add_test() registered there.
std::set<std::string> registered_tests(std::string_view ctest_file);

}  // namespace imapspec::house
