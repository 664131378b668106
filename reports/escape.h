// Escaping: the only place where text from a result becomes text of a format.
//
// Every field of a result is taken for hostile, whatever was escaped before: a server chooses
// most of it. None of these functions can fail, and each is total over all octet strings.
//
// What cannot be shown is written as this project writes octets, "\xHH" with upper-case digits,
// one for each octet. "Cannot be shown" is: octets that are not UTF-8 (RFC 3629, so surrogates and overlong
// forms too), C0 and C1 controls and DEL, noncharacters such as U+FFFE, and the format characters that
// move or hide other text (bidirectional controls, zero-width characters, line separators, tags).
// A backslash that is there already stays as it is.
#pragma once

#include <string>
#include <string_view>

namespace imapspec::reports {

// json_text is valid UTF-8: octets that are not are written as \xHH, all else is kept. Control
// characters and quotes are the JSON writer's to escape.
std::string json_text(std::string_view octets);

// xml_text is character data of XML 1.0: markup is escaped, tab and line feed are kept.
std::string xml_text(std::string_view octets);

// xml_attribute is the value of an XML attribute inside double quotes; tab and line feed survive
// the normalization that a reader does (XML 1.0 section 3.3.3).
std::string xml_attribute(std::string_view octets);

// html_text is text of an HTML element or of a quoted attribute; tab and line feed are kept.
std::string html_text(std::string_view octets);

// terminal_text is one line of text without any control character, so without escape sequences.
// Line feeds are shown as \x0A: who wants lines splits them off first.
std::string terminal_text(std::string_view octets);

// markdown_text is one line of text in a cell of a Markdown table.
std::string markdown_text(std::string_view octets);

// columns is how many cells of a terminal a terminal_text takes. It may say too many for combining
// characters, never too few for wide ones.
std::size_t columns(std::string_view shown);

// shortened is text cut after at most that many octets, on the edge of a character, with a note
// of how many octets are left out; or text itself when it is short enough.
std::string shortened(std::string_view text, std::size_t octets);

// Scalar is one Unicode scalar value and how many octets encode it.
struct Scalar {
  char32_t value = 0;
  std::size_t octets = 0;  // 1 to 4; 0: the text does not begin with valid UTF-8
};

// first_scalar decodes the beginning of text.
Scalar first_scalar(std::string_view text);

}  // namespace imapspec::reports
