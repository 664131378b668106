// A temporary folder that only this user can enter.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace imapspec::server {

// PrivateFolder makes a fresh folder and removes it, with all that is in it, at its end.
class PrivateFolder {
 public:
  // create makes it below the system's folder for temporary files.
  static std::expected<PrivateFolder, std::string> create();

  PrivateFolder(PrivateFolder&& other) noexcept;
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder();

  // write puts a file into it and yields the file's path.
  [[nodiscard]] std::expected<std::filesystem::path, std::string> write(std::string_view name,
                                                                        std::string_view octets) const;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit PrivateFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace imapspec::server
