#include "server/net/transcript.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "parser/grammar/parse.h"

namespace imapspec::server {

std::expected<std::unique_ptr<Transcript>, std::string> Transcript::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  std::FILE* const file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
  if (file == nullptr) {
    return std::unexpected("cannot write " + path + ": " + std::generic_category().message(errno));
  }
  return std::unique_ptr<Transcript>(new Transcript(file));
}

Transcript::~Transcript() { std::fclose(file_); }

void Transcript::said(std::uint64_t connection, std::string_view who, std::string_view octets) {
  while (!octets.empty()) {
    const std::string_view now = octets.substr(0, octets.find('\n') + 1);  // all, without an LF
    const std::string_view piece = now.empty() ? octets : now;
    line(connection, std::string(who) + ' ' + parser::escape_octets(piece));
    octets.remove_prefix(piece.size());
  }
}

void Transcript::line(std::uint64_t connection, std::string_view text) {
  const std::string whole = std::to_string(connection) + ' ' + std::string(text) + '\n';
  std::fwrite(whole.data(), 1, whole.size(), file_);
  std::fflush(file_);  // whoever looks on sees what was said up to now
}

}  // namespace imapspec::server
