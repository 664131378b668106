#include "cli/output_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <ios>
#include <system_error>
#include <utility>

namespace imapspec::cli {
namespace fs = std::filesystem;

std::expected<OutputFile, std::string> OutputFile::begin(const std::string& name) {
  OutputFile file(name);
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  const bool is_there = fs::exists(status);
  file.place_ = is_there ? fs::canonical(name, error) : fs::path(name);  // a link stays one
  // A terminal, a pipe or /dev/null is no file that another could take the place of; and who may write a file may not
  // be allowed to make one beside it.
  if (is_there) file.stream_.open(name, std::ios::binary | std::ios::app);
  const bool is_writable = file.stream_.is_open();
  if (is_there && !is_writable) return std::unexpected(name + " cannot be written");
  if (is_there && !fs::is_regular_file(status)) return file;
  file.new_ = fmt::format("{}.{}.part", file.place_.string(), getpid());
  std::ofstream beside(file.new_, std::ios::binary | std::ios::out | std::ios::noreplace);
  if (beside.is_open()) {
    file.stream_ = std::move(beside);
    if (is_there) fs::permissions(file.new_, status.permissions(), error);
    return file;
  }
  file.new_.clear();
  if (!is_there) return std::unexpected(name + " cannot be written");
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : name_(std::move(other.name_)),
      place_(std::move(other.place_)),
      new_(std::exchange(other.new_, {})),
      stream_(std::move(other.stream_)) {}

OutputFile::~OutputFile() {
  std::error_code ignored;  // an empty file beside harms nobody
  if (!new_.empty()) fs::remove(new_, ignored);
}

bool OutputFile::write(std::string_view octets) {
  std::error_code error;
  if (new_.empty() && fs::is_regular_file(place_, error)) fs::resize_file(place_, 0, error);
  stream_.write(octets.data(), static_cast<std::streamsize>(octets.size()));
  stream_.close();
  if (!stream_ || error) return false;
  if (new_.empty()) return true;
  fs::rename(new_, place_, error);
  if (!error) new_.clear();
  return !error;
}

}  // namespace imapspec::cli
