// Errors of the loader as lines, for comparing.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "runner/scenario/loader.h"

namespace imapspec::runner {

// error_lines yields nothing for a file that was loaded.
template <class T>
std::vector<std::string> error_lines(const std::expected<T, std::vector<LoadError>>& loaded) {
  std::vector<std::string> lines;
  if (loaded) return lines;
  for (const LoadError& error : loaded.error()) lines.push_back(to_string(error));
  return lines;
}

}  // namespace imapspec::runner
