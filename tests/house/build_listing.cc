#include "tests/house/build_listing.h"

#include <nlohmann/json.hpp>
#include <regex>

namespace imapspec::house {
namespace {

std::set<std::string> first_groups(std::string_view text, const char* pattern) {
  const std::regex expression(pattern);
  const std::string owned(text);
  std::set<std::string> found;
  for (std::sregex_iterator at(owned.begin(), owned.end(), expression), end; at != end; ++at) {
    found.insert((*at)[1].str());
  }
  return found;
}

}  // namespace

std::map<std::string, std::set<std::string>> compiled_sources(
    std::string_view compile_commands, const std::filesystem::path& root,
    const std::function<std::string(const std::filesystem::path&)>& read) {
  // The object file, as the compiler is told it; CMake 3.25 writes no "output" key.
  static const std::regex kTarget(" -o [^ ]*CMakeFiles/([^/ ]+)\\.dir/");
  std::map<std::string, std::set<std::string>> sources;
  for (const auto& entry : nlohmann::json::parse(compile_commands)) {
    const std::filesystem::path file = entry.at("file").get<std::string>();
    const auto command = entry.at("command").get<std::string>();
    std::smatch target;
    if (!std::regex_search(command, target, kTarget)) continue;
    const bool batch = file.parent_path().filename() == "Unity";
    for (const std::string& one :
         batch ? first_groups(read(file), "#include \"([^\"]+)\"") : std::set<std::string>{file.string()}) {
      const std::string path = std::filesystem::path(one).lexically_relative(root).generic_string();
      if (!path.empty() && !path.starts_with("..")) sources[path].insert(target[1].str());
    }
  }
  return sources;
}

std::set<std::string> verified_headers(std::string_view compile_commands) {
  // CMake generates one source for each header, in a folder that mirrors the tree.
  static constexpr std::string_view kFolder = "_verify_interface_header_sets/";
  static constexpr std::string_view kEnding = ".cxx";
  std::set<std::string> headers;
  for (const auto& entry : nlohmann::json::parse(compile_commands)) {
    const auto file = entry.at("file").get<std::string>();
    const auto at = file.find(kFolder);
    if (at == std::string::npos || !file.ends_with(kEnding)) continue;
    const auto begin = at + kFolder.size();
    headers.insert(file.substr(begin, file.size() - kEnding.size() - begin));
  }
  return headers;
}

std::set<std::string> registered_test_programs(std::string_view ctest_file) {
  return first_groups(ctest_file, "([A-Za-z0-9_]+)\\[1\\]_include\\.cmake");
}

std::set<std::string> registered_tests(std::string_view ctest_file) {
  return first_groups(ctest_file, "add_test\\(\\[?=*\\[?\"?([^\\]\" )]+)");
}

}  // namespace imapspec::house
