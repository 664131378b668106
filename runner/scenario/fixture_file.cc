#include "runner/scenario/fixture_file.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace imapspec::runner {

namespace fs = std::filesystem;

std::expected<std::string, std::string> read_bounded(const fs::path& file, std::size_t limit) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) return std::unexpected("there is no such file");
  if (!fs::is_regular_file(status)) return std::unexpected("it is no regular file");
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::unexpected("it cannot be opened");
  std::string octets;
  std::string block(64U << 10, '\0');
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    octets.append(block, 0, static_cast<std::size_t>(in.gcount()));
    if (octets.size() > limit) {
      return std::unexpected("it is larger than " + std::to_string(limit >> 20U) + " MiB");
    }
  }
  if (in.bad()) return std::unexpected("it cannot be read");
  return octets;
}

bool is_inside(const fs::path& folder, const fs::path& path) {
  std::error_code error;
  const fs::path real_folder = fs::canonical(folder, error);
  if (error) return false;
  const fs::path real_path = fs::weakly_canonical(path, error);
  if (error) return false;
  const auto [end, rest] = std::mismatch(real_folder.begin(), real_folder.end(), real_path.begin(), real_path.end());
  return end == real_folder.end();
}

std::expected<std::string, std::string> read_fixture(const fs::path& folder, const std::string& name) {
  const fs::path relative(name);
  const bool climbs = std::ranges::find(relative, fs::path("..")) != relative.end();
  if (relative.is_absolute() || climbs || !is_inside(folder, folder / relative)) {
    return std::unexpected("\"" + name + "\": the file has to be in the folder of messages");
  }
  auto octets = read_bounded(folder / relative, kMaxFixtureOctets);
  if (!octets) return std::unexpected("\"" + name + "\" in the folder of messages: " + octets.error());
  return octets;
}

std::expected<std::string, std::string> read_message(const fs::path& folder, const std::string& name) {
  auto octets = read_fixture(folder, name);
  if (!octets) return octets;
  if (octets->empty()) return std::unexpected("\"" + name + "\": the message is empty");
  std::size_t line = 1;
  for (std::size_t i = 0; i < octets->size(); ++i) {
    if ((*octets)[i] != '\n') continue;
    if (i == 0 || (*octets)[i - 1] != '\r') {
      return std::unexpected("\"" + name + "\": line " + std::to_string(line) +
                             " ends with LF alone; messages are stored with CRLF");
    }
    ++line;
  }
  return octets;
}

}  // namespace imapspec::runner
