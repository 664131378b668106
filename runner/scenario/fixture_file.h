// Files of octets beside the scenarios: the messages of scratch mailboxes, and values of `let`.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace imapspec::runner {

inline constexpr std::size_t kMaxFixtureOctets = 8U << 20;

// read_bounded reads a regular file of at most `limit` octets. The error is a sentence without the
// file's name.
std::expected<std::string, std::string> read_bounded(const std::filesystem::path& file, std::size_t limit);

// is_inside says whether `path`, with its links resolved, lies in `folder`.
bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& path);

// read_fixture reads the file `name` in `folder`, and nothing outside of it. The error is a
// sentence with the name.
std::expected<std::string, std::string> read_fixture(const std::filesystem::path& folder, const std::string& name);

// read_message is read_fixture for a message: not empty, and every line ends with CRLF as it will
// on the wire. Editors and version control like to change that, and then sizes are wrong.
std::expected<std::string, std::string> read_message(const std::filesystem::path& folder, const std::string& name);

}  // namespace imapspec::runner
