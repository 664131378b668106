#include "runner/scenario/fixture_file.h"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "runner/scenario/nearest.h"

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

namespace {

// near_name suggests a file of the folder, of which it looks at the first thousand only.
std::string near_name(const fs::path& folder, const std::string& name) {
  constexpr std::size_t kMostNames = 1000;
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end && names.size() < kMostNames;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::ranges::sort(names);
  // Nothing is called as the file that is not there; what is there and of no use needs no suggestion.
  if (std::ranges::binary_search(names, name)) return {};
  const std::vector<std::string_view> known(names.begin(), names.end());
  return did_you_mean(name.find('.') == std::string::npos ? name + ".eml" : name, known);
}

}  // namespace

std::expected<std::string, std::string> read_fixture(const fs::path& folder, const std::string& name) {
  const fs::path relative(name);
  const bool climbs = std::ranges::find(relative, fs::path("..")) != relative.end();
  if (relative.is_absolute() || climbs || !is_inside(folder, folder / relative)) {
    return std::unexpected("\"" + name + "\": the file has to be in the folder of messages");
  }
  auto octets = read_bounded(folder / relative, kMaxFixtureOctets);
  if (!octets) {
    return std::unexpected("\"" + name + "\" in the folder of messages: " + octets.error() + near_name(folder, name));
  }
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
