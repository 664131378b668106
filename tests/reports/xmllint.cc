#include "tests/reports/xmllint.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace imapspec::reports {

std::string xmllint_complaints(const std::string& options, const std::string& document) {
  std::string path = testing::TempDir() + "imapspec-report-XXXXXX";
  const int descriptor = ::mkstemp(path.data());
  if (descriptor < 0) return "no temporary file " + path;
  std::FILE* file = ::fdopen(descriptor, "wb");
  const bool written = std::fwrite(document.data(), 1, document.size(), file) == document.size();
  if (std::fclose(file) != 0 || !written) return "cannot write " + path;

  std::string complaints;
  const std::string command = "xmllint --noout --nonet " + options + " " + path + " 2>&1";
  std::FILE* output = ::popen(command.c_str(), "r");
  if (output == nullptr) return "cannot start a shell";
  std::array<char, 4096> buffer{};
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), output)) > 0;) {
    complaints.append(buffer.data(), size);
  }
  const int status = ::pclose(output);
  ::unlink(path.c_str());
  // With --schema it says "validates" when all is well.
  if (status == 0) return {};
  return complaints.empty() ? "xmllint failed without a word" : complaints;
}

}  // namespace imapspec::reports
