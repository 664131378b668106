#include "server/mime/charset.h"

#include <gmime/gmime.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <memory>

#include "parser/core/ascii.h"
#include "server/mime/limits.h"

namespace imapspec::server::mime {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// initialize has to precede every use of GMime. It costs nothing from the second time on.
void initialize() {
  static const bool done = [] {
    g_mime_init();
    return true;
  }();
  static_cast<void>(done);
}

struct Freed {
  void operator()(char* text) const { g_free(text); }
};
using Text = std::unique_ptr<char, Freed>;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (parser::to_lower(c) >= 'a' && parser::to_lower(c) <= 'z') || c == '-' || c == '_' ||
         c == '.' || c == ':';
}

// Names can carry options for iconv, "//IGNORE", and it leaves out characters that it finds
// strange.
bool is_name(std::string_view charset) {
  return !charset.empty() && charset.size() <= kLimits.charset_name &&
         std::all_of(charset.begin(), charset.end(), is_name_char);
}

// Converter turns a charset into UTF-8.
class Converter {
 public:
  explicit Converter(std::string_view charset) {
    if (is_name(charset)) iconv_ = iconv_open("UTF-8", std::string(charset).c_str());
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (*this) iconv_close(iconv_);
  }

  explicit operator bool() const { return iconv_ != kNone; }

  std::string convert(std::string_view text) {
    std::string utf8;
    std::string input(text);
    char* in = input.data();
    std::size_t left = input.size();
    while (left > 0 && !step(&in, &left, utf8)) {
      utf8 += kReplacement;
      ++in;
      --left;
    }
    step(nullptr, nullptr, utf8);  // some keep back the last character
    return utf8;
  }

 private:
  // step converts until an octet that has no place where it is.
  bool step(char** in, std::size_t* left, std::string& utf8) {
    for (;;) {
      char piece[4096];
      char* out = piece;
      std::size_t room = sizeof(piece);
      const bool done = ::iconv(iconv_, in, left, &out, &room) != static_cast<std::size_t>(-1);
      const int error = errno;
      utf8.append(piece, sizeof(piece) - room);
      if (done || error != E2BIG) return done;
    }
  }

  inline static const iconv_t kNone = reinterpret_cast<iconv_t>(-1);
  iconv_t iconv_ = kNone;
};

// valid makes UTF-8 of anything. It keeps NUL, where GLib stops.
std::string valid(std::string_view text) {
  std::string utf8;
  utf8.reserve(text.size());
  while (!text.empty()) {
    const char* end = nullptr;
    g_utf8_validate(text.data(), static_cast<gssize>(text.size()), &end);
    const auto good = static_cast<std::size_t>(end - text.data());
    utf8 += text.substr(0, good);
    text.remove_prefix(good);
    if (text.empty()) break;
    if (text.front() == '\0') {
      utf8.push_back('\0');
    } else {
      utf8 += kReplacement;
    }
    text.remove_prefix(1);
  }
  return utf8;
}

// Guard tells which encoded words GMime may see. It puts the name of the charset and the language
// on the stack whatever their length, and keeps every name for ever, of charsets that nobody
// knows too.
class Guard {
 public:
  // word_octets is how long the encoded word is, whose charset is known and which starts behind
  // "=?" with the charset; 0 where there is none.
  std::size_t word_octets(std::string_view text) {
    const std::size_t charset = text.substr(0, 2 * kLimits.charset_name).find('?');
    if (charset == std::string_view::npos || !knows(text.substr(0, charset))) return 0;
    const std::size_t encoding = charset + 1;
    if (encoding + 1 >= text.size() || text[encoding] == '?' || text[encoding + 1] != '?') return 0;
    const std::size_t end = text.find('?', encoding + 2);
    if (end == std::string_view::npos || !text.substr(end).starts_with("?=")) return 0;
    return end + 2;
  }

 private:
  bool knows(std::string_view charset) {
    charset = charset.substr(0, charset.find('*'));  // a language may follow (RFC 2231 section 5)
    if (charset != charset_) {
      charset_ = charset;
      known_ = knows_charset(charset);
    }
    return known_;
  }

  std::string charset_;
  bool known_ = false;
};

// decode takes no NUL.
void decode(const std::string& value, std::string& text) {
  initialize();
  const Text decoded(g_mime_utils_header_decode_text(nullptr, value.c_str()));
  text += valid(decoded.get());
}

}  // namespace

bool knows_charset(std::string_view charset) { return static_cast<bool>(Converter(charset)); }

std::optional<std::string> to_utf8(std::string_view text, std::string_view charset) {
  if (parser::equal_ignoring_case(charset, "UTF-8") || parser::equal_ignoring_case(charset, "US-ASCII")) {
    return is_ascii(text) ? std::string(text) : valid(text);
  }
  Converter converter(charset);
  if (!converter) return std::nullopt;
  return converter.convert(text);
}

std::string decode_words(std::string_view value) {
  std::string text = is_ascii(value) ? std::string(value) : valid(value);
  std::replace(text.begin(), text.end(), '\0', ' ');  // GMime's texts end there
  if (text.find("=?") == std::string::npos) return text;
  std::string decoded;
  Guard guard;
  std::size_t from = 0;
  for (std::size_t word = text.find("=?"); word != std::string::npos;) {
    const std::size_t octets = guard.word_octets(std::string_view(text).substr(word + 2));
    if (octets == 0) {
      decode(text.substr(from, word - from), decoded);
      decoded += "=?";
      from = word + 2;
    }
    word = text.find("=?", word + 2 + octets);
  }
  decode(text.substr(from), decoded);
  return decoded;
}

std::string fold_case(std::string_view text) {
  std::string folded;
  if (is_ascii(text)) {
    folded.resize(text.size());
    std::transform(text.begin(), text.end(), folded.begin(), [](char c) { return parser::to_lower(c); });
    return folded;
  }
  const std::string utf8 = valid(text);
  folded.reserve(utf8.size());
  // GLib's texts end at NUL, too.
  for (std::size_t at = 0;;) {
    const std::size_t end = std::min(utf8.find('\0', at), utf8.size());
    const Text piece(g_utf8_casefold(utf8.data() + at, static_cast<gssize>(end - at)));
    folded += piece.get();
    if (end == utf8.size()) return folded;
    folded.push_back('\0');
    at = end + 1;
  }
}

}  // namespace imapspec::server::mime
