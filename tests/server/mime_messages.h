// Messages for the tests of server/mime, and what is true of the structure of any message.
#pragma once

#include <string>
#include <string_view>

#include "server/mime/part.h"

namespace imapspec::server::mime {

// dump shows a structure in one line: "MULTIPART/MIXED(TEXT/PLAIN IMAGE/PNG)".
std::string dump(const Part& part);

// count is how many parts there are, the message itself among them.
std::size_t count(const Part& part);

// levels is how many parts are inside each other, the message itself among them.
std::size_t levels(const Part& part);

// expect_laws checks that header and body are the whole of each part, that the parts of a part lie
// in its body, in order and apart, and that lines are counted right.
void expect_laws(const Part& message, std::string_view octets);

// section yields the octets that BODY[text] names, or "NIL".
std::string section(std::string_view octets, std::string_view text);

// repeat is the text `times` times.
std::string repeat(std::string_view text, std::size_t times);

}  // namespace imapspec::server::mime
