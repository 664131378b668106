#include "server/net/private_folder.h"

#include <stdlib.h>

#include <fstream>
#include <utility>

namespace imapspec::server {

std::expected<PrivateFolder, std::string> PrivateFolder::create() {
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  if (error) return std::unexpected("no folder for temporary files: " + error.message());
  std::string name = (parent / "imapspec-XXXXXX").string();
  // mkdtemp makes it with mode 0700.
  if (::mkdtemp(name.data()) == nullptr) return std::unexpected("cannot make a folder in " + parent.string());
  return PrivateFolder(name);
}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

PrivateFolder::~PrivateFolder() {
  if (path_.empty()) return;
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::expected<std::filesystem::path, std::string> PrivateFolder::write(std::string_view name,
                                                                       std::string_view octets) const {
  std::filesystem::path file = path_ / name;
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(octets.data(), static_cast<std::streamsize>(octets.size()));
  stream.close();
  if (!stream) return std::unexpected("cannot write " + file.string());
  return file;
}

}  // namespace imapspec::server
