// A file that is there as a whole or not at all.
#pragma once

#include <expected>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace imapspec::cli {

// OutputFile is a file that will be written later. Until then what has its name stays as it is.
class OutputFile {
 public:
  // begin makes sure that the file can be written. The error is a sentence.
  static std::expected<OutputFile, std::string> begin(const std::string& name);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // write is done once; false where not all of it is there, and what was there before still is.
  bool write(std::string_view octets);

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  explicit OutputFile(std::string name) : name_(std::move(name)) {}

  std::string name_;
  std::filesystem::path place_;  // where the name leads
  std::filesystem::path new_;    // beside it, and takes its place; empty where it is written as it is
  std::ofstream stream_;
};

}  // namespace imapspec::cli
