#include "tests/house/source_tree.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace imapspec::house {
namespace fs = std::filesystem;

fs::path repository_root() { return IMAPSPEC_SOURCE_DIR; }

std::vector<std::string> files_below(const std::vector<std::string>& folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    const fs::path start = repository_root() / folder;
    if (!fs::is_directory(start)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(start)) {
      if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(repository_root()).generic_string());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> kept_files() {
  std::vector<std::string> files =
      files_below({".ci", "bench", "cli", "cmake", "corpus", "docs", "fuzz", "parser", "reports", "runner", "scenarios",
                   "script", "server", "targets", "tests", "tools"});
  for (const fs::directory_entry& entry : fs::directory_iterator(repository_root())) {
    const std::string name = entry.path().filename().string();
    // The link that editors want points into the build folder.
    if (entry.is_regular_file() && !entry.is_symlink() && name != ".git" && name != "compile_commands.json") {
      files.push_back(name);
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string read_file(const std::string& path) {
  std::ifstream in(repository_root() / path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::size_t count_lines(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return ends + (text.empty() || text.back() == '\n' ? 0 : 1);
}

}  // namespace imapspec::house
