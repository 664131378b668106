// The YAML that stands in a document.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace imapspec::runner::test {

// yaml_blocks yields what stands between ```yaml and ``` in a document.
inline std::vector<std::string> yaml_blocks(const std::filesystem::path& document) {
  std::ifstream in(document);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (inside && line.starts_with("```")) {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    } else if (line.starts_with("```yaml")) {
      inside = true;
      blocks.emplace_back();
    }
  }
  return blocks;
}

}  // namespace imapspec::runner::test
