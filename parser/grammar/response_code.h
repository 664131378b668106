// The text of a status response and the code in front of it.
//
// RFC 9051 sections 7.1, 9: resp-text, resp-text-code
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/string.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

struct UnknownArgumentsRule {
  static constexpr std::string_view kDefault = "";
  static constexpr bool kExact = true;
  static constexpr bool matches(std::string_view octets) {
    return octets.empty() || is_all(octets, [](int octet) { return is_text_char(octet) && octet != ']'; });
  }
};

// UnknownArguments is 1*<any TEXT-CHAR except "]"> behind a code's name, or empty where there is nothing.
using UnknownArguments = Word<UnknownArgumentsRule>;

// ResponseCode is one resp-text-code. `name` is its atom as written and tells which of the
// other members count.
struct ResponseCode {
  AtomName name;
  List<AtomName> capabilities;             // CAPABILITY
  List<Flag> flags;                        // PERMANENTFLAGS
  List<String> charsets;                   // BADCHARSET
  std::optional<NzNumber> number;          // UIDNEXT, UIDVALIDITY, UNSEEN; the UIDVALIDITY of APPENDUID and COPYUID
  SequenceSet source;                      // COPYUID
  SequenceSet uids;                        // APPENDUID, COPYUID (destination)
  std::optional<SequenceSet> modified;     // MODIFIED, and nullopt without CONDSTORE
  std::optional<NzNumber64> mod_sequence;  // HIGHESTMODSEQ, and nullopt without CONDSTORE
  UnknownArguments arguments;              // of a code that this grammar does not know, as written

  // is says whether this is the code `code`.
  [[nodiscard]] bool is(std::string_view code) const { return name == code; }
  friend bool operator==(const ResponseCode& a, const ResponseCode& b);
};

// RespText is resp-text. `malformed_code` is set where the text starts with "[" and is no code:
// that is legal text, but a known code with wrong arguments breaks a MUST (section 7.1).
struct RespText {
  std::optional<ResponseCode> code;
  HumanText text;
  std::optional<Error> malformed_code;
  friend bool operator==(const RespText& a, const RespText& b) { return a.code == b.code && a.text == b.text; }
};

// text = 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4)
std::expected<HumanText, Error> text(Cursor& in, const Profile& profile);

// resp-text = ["[" resp-text-code "]" SP] [text]
std::expected<RespText, Error> resp_text(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
