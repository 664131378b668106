// Messages out of an mbox file: RFC 4155, with the quoting that is known as mboxrd.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::cli {

// with_crlf ends every line with CRLF. A CR that no LF follows stays.
std::string with_crlf(std::string_view text);

// read_mbox yields the messages with CRLF at the ends of their lines. A message begins after a line that begins with
// "From ", at the front of the file or behind an empty line; of a line ">From ", with any number of ">", one ">" was
// put there by who wrote the file. Fields such as Status are not looked at. The error is a sentence.
std::expected<std::vector<std::string>, std::string> read_mbox(std::string_view file);

}  // namespace imapspec::cli
