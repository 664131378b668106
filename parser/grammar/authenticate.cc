#include "parser/grammar/authenticate.h"

#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

// base64 = *(4base64-char) [base64-terminal]
// base64-terminal = (2base64-char "==") / (3base64-char "=")
//
// Note: L19. The bits that padding leaves over are not looked at: the grammar has "Zh==".
std::expected<Base64, Error> base64(Cursor& in) {
  Attempt attempt(in, "base64");
  const std::string_view rest = in.rest();
  std::size_t size = 0;
  while (size < rest.size() && is_base64_char(static_cast<unsigned char>(rest[size]))) ++size;
  const std::size_t more = size % 4;
  in.skip(size);
  if (more == 1) return attempt.fail("base64-char");
  if (more != 0) {
    Attempt terminal(in, "base64-terminal", in.offset() - more);
    if (!in.take('=')) return terminal.fail(more == 2 ? Name("base64-char or \"==\"") : Name("base64-char or \"=\""));
    if (more == 2 && !in.take('=')) return terminal.fail("\"=\"");
    terminal.accept();
  }
  return attempt.accept(Base64::unchecked(attempt.octets()));
}

}  // namespace

// initial-resp = (base64 / "=")
//
// Note: L18. base64 derives nothing, so the ABNF has an SP at the end; RFC 4959 has "=" for it.
std::expected<InitialResponse, Error> initial_resp(Cursor& in) {
  Attempt attempt(in, "initial-resp");
  if (!in.take('=')) {
    if (!is_base64_char(in.peek())) {
      return attempt.fail("base64, or \"=\" when it is empty", in.peek() == '\r' ? Name("L18") : Name());
    }
    IMAPSPEC_CHECK(base64(in));
  }
  return attempt.accept(InitialResponse::unchecked(attempt.octets()));
}

// authenticate-data = base64 / "*", as section 6.2.2 has it
//
// Note: L20. The ABNF of authenticate forgets the "*" that cancels.
std::expected<std::optional<Base64>, Error> authenticate_data(Cursor& in) {
  Attempt attempt(in, "authenticate-data");
  std::optional<Base64> data;
  if (!in.take('*')) {
    IMAPSPEC_TRY(data, base64(in));
  }
  IMAPSPEC_CHECK(crlf(in, "authenticate-data"));
  return attempt.accept(data);
}

}  // namespace imapspec::parser
