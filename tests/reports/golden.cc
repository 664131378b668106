#include "tests/reports/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace imapspec::reports {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void expect_golden(std::string_view name, const std::string& text) {
  const std::string path = std::string(IMAPSPEC_SOURCE_DIR "/tests/reports/golden/") + std::string(name);
  const char* update = std::getenv("IMAPSPEC_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  const std::string golden = read_file(path);
  if (golden == text) return;
  // Where they part is enough: the files are long.
  const auto parting = std::mismatch(golden.begin(), golden.end(), text.begin(), text.end());
  const auto offset = static_cast<std::size_t>(parting.first - golden.begin());
  const std::size_t from = offset > 100 ? offset - 100 : 0;
  ADD_FAILURE() << path << " differs from octet " << offset << " on.\ngolden: " << golden.substr(from, 300)
                << "\nreport: " << text.substr(from, 300);
}

}  // namespace imapspec::reports
