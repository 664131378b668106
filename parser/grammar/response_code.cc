#include "parser/grammar/response_code.h"

#include <array>

#include "parser/core/keyword.h"
#include "parser/core/utf8.h"
#include "parser/grammar/capability.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

enum class Arguments { None, Capability, PermanentFlags, BadCharset, Number, AppendUid, CopyUid };

// Note: trap T3. The last alternative of resp-text-code matches every atom, so a known one commits to
// its own arguments. The name of the rule that misses something then tells the code.
constexpr std::array<Keyword<Arguments>, 35> kCodes{{{"ALERT", Arguments::None},
                                                     {"BADCHARSET", Arguments::BadCharset},
                                                     {"CAPABILITY", Arguments::Capability},
                                                     {"PARSE", Arguments::None},
                                                     {"PERMANENTFLAGS", Arguments::PermanentFlags},
                                                     {"READ-ONLY", Arguments::None},
                                                     {"READ-WRITE", Arguments::None},
                                                     {"TRYCREATE", Arguments::None},
                                                     {"UIDNEXT", Arguments::Number},
                                                     {"UIDVALIDITY", Arguments::Number},
                                                     {"UNSEEN", Arguments::Number},
                                                     {"APPENDUID", Arguments::AppendUid},
                                                     {"COPYUID", Arguments::CopyUid},
                                                     {"UIDNOTSTICKY", Arguments::None},
                                                     {"UNAVAILABLE", Arguments::None},
                                                     {"AUTHENTICATIONFAILED", Arguments::None},
                                                     {"AUTHORIZATIONFAILED", Arguments::None},
                                                     {"EXPIRED", Arguments::None},
                                                     {"PRIVACYREQUIRED", Arguments::None},
                                                     {"CONTACTADMIN", Arguments::None},
                                                     {"NOPERM", Arguments::None},
                                                     {"INUSE", Arguments::None},
                                                     {"EXPUNGEISSUED", Arguments::None},
                                                     {"CORRUPTION", Arguments::None},
                                                     {"SERVERBUG", Arguments::None},
                                                     {"CLIENTBUG", Arguments::None},
                                                     {"CANNOT", Arguments::None},
                                                     {"LIMIT", Arguments::None},
                                                     {"OVERQUOTA", Arguments::None},
                                                     {"ALREADYEXISTS", Arguments::None},
                                                     {"NONEXISTENT", Arguments::None},
                                                     {"NOTSAVED", Arguments::None},
                                                     {"HASCHILDREN", Arguments::None},
                                                     {"CLOSED", Arguments::None},
                                                     {"UNKNOWN-CTE", Arguments::None}}};

// nullopt for a code of the last alternative. UNSEEN is RFC 3501's and unknown to RFC 9051.
std::optional<Arguments> arguments_of(std::string_view name, const Profile& profile) {
  for (const Keyword<Arguments>& code : kCodes) {
    if (!equal_ignoring_case(code.word, name)) continue;
    if (code.word == "UNSEEN" && !profile.rev1) return std::nullopt;
    return code.value;
  }
  return std::nullopt;
}

// "(" element *(SP element) ")", from the SP in front of it; empty where `least` is 0
template <class T, class Element>
std::expected<List<T>, Error> list_of(Cursor& in, std::size_t least, Element element) {
  if (!in.take(' ')) return in.fail("resp-text-code", "SP");
  if (!in.take('(')) return in.fail("resp-text-code", "\"(\"");
  ListBuilder<T> list(in.arena());
  if (least == 0 && in.take(')')) return list.list();
  do {
    IMAPSPEC_TRY(const T next, element());
    list.push(next);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("resp-text-code", "SP or \")\"");
  return list.list();
}

std::expected<std::uint32_t, Error> sp_nz_number(Cursor& in) {
  if (!in.take(' ')) return in.fail("resp-text-code", "SP");
  return nz_number(in);
}

std::expected<SequenceSet, Error> sp_uid_set(Cursor& in) {
  if (!in.take(' ')) return in.fail("resp-text-code", "SP");
  return uid_set(in);
}

// append-uid = uniqueid
// append-uid =/ uid-set
//                 ; only permitted if client uses [MULTIAPPEND]
//                 ; to append multiple messages.
//
// Note: trap T28. Only MULTIAPPEND makes it a set. A uniqueid is a set of one.
std::expected<SequenceSet, Error> sp_append_uid(Cursor& in, const Profile& profile) {
  if (profile.has(Extension::Multiappend)) return sp_uid_set(in);
  IMAPSPEC_TRY(const std::uint32_t uid, sp_nz_number(in));
  ListBuilder<SeqRange> ranges(in.arena());
  ranges.push({{uid}, {uid}});
  return SequenceSet{ranges.list(), false};
}

std::expected<void, Error> known_arguments(Cursor& in, const Profile& profile, Arguments arguments,
                                           ResponseCode& code) {
  switch (arguments) {
    case Arguments::None:
      break;
    case Arguments::Capability: {
      IMAPSPEC_TRY(code.capabilities, capability_data(in, profile));
      break;
    }
    case Arguments::PermanentFlags: {
      IMAPSPEC_TRY(code.flags, list_of<Flag>(in, 0, [&] { return flag_perm(in); }));
      break;
    }
    case Arguments::BadCharset: {
      if (in.peek() != ' ') break;
      IMAPSPEC_TRY(code.charsets, list_of<String>(in, 1, [&] { return charset(in, profile); }));
      break;
    }
    case Arguments::Number: {
      IMAPSPEC_TRY(code.number, sp_nz_number(in));
      break;
    }
    case Arguments::AppendUid: {
      IMAPSPEC_TRY(code.number, sp_nz_number(in));
      IMAPSPEC_TRY(code.uids, sp_append_uid(in, profile));
      break;
    }
    case Arguments::CopyUid: {
      IMAPSPEC_TRY(code.number, sp_nz_number(in));
      IMAPSPEC_TRY(code.source, sp_uid_set(in));
      IMAPSPEC_TRY(code.uids, sp_uid_set(in));
      break;
    }
  }
  return {};
}

// [SP 1*<any TEXT-CHAR except "]">]
//
// Note: traps T4, L6. A "]" ends them even between quotes, and they are ASCII.
std::expected<std::string_view, Error> unknown_arguments(Cursor& in) {
  if (!in.take(' ')) return std::string_view();
  const std::size_t start = in.offset();
  while (is_text_char(in.peek()) && in.peek() != ']') in.skip(1);
  if (in.offset() == start) return in.fail("resp-text-code", "a TEXT-CHAR other than \"]\"");
  return in.since(start);
}

// resp-text-code = "ALERT" /
//                  "BADCHARSET" [SP "(" charset *(SP charset) ")" ] /
//                  capability-data / "PARSE" /
//                  "PERMANENTFLAGS" SP
//                      "(" [flag-perm *(SP flag-perm)] ")" /
//                  "READ-ONLY" / "READ-WRITE" / "TRYCREATE" /
//                  "UIDNEXT" SP nz-number /
//                  "UIDVALIDITY" SP nz-number /
//                  resp-code-apnd / resp-code-copy / ... /
//                  atom [SP 1*<any TEXT-CHAR except "]">]
// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid
// resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
std::expected<ResponseCode, Error> resp_text_code(Cursor& in, const Profile& profile) {
  ResponseCode code;
  IMAPSPEC_TRY(code.name, atom(in));
  if (const auto arguments = arguments_of(code.name, profile)) {
    if (auto read = known_arguments(in, profile, *arguments, code); !read) return std::unexpected(read.error());
  } else {
    IMAPSPEC_TRY(const bool added, extension_code(in, profile, code));
    if (!added) {
      IMAPSPEC_TRY(code.arguments, unknown_arguments(in));
    }
  }
  return code;
}

// "[" resp-text-code "]" SP
//
// Note: trap T2. The SP belongs to the code: "[ALERT]" alone is a text.
std::expected<ResponseCode, Error> bracketed_code(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  in.skip(1);
  IMAPSPEC_TRY(const ResponseCode code, resp_text_code(in, profile));
  if (!in.take(']')) return in.fail("resp-text-code", "\"]\"");
  if (!in.take(' ')) return in.fail("resp-text", "SP after \"]\"");
  return attempt.accept(code);
}

}  // namespace

bool operator==(const ResponseCode& a, const ResponseCode& b) {
  return equal_ignoring_case(a.name, b.name) && a.capabilities == b.capabilities && a.flags == b.flags &&
         a.charsets == b.charsets && a.number == b.number && a.source == b.source && a.uids == b.uids &&
         a.modified == b.modified && a.mod_sequence == b.mod_sequence && a.arguments == b.arguments;
}

// text = 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4)
//          ; Non-ASCII text can only be returned
//          ; after ENABLE IMAP4rev2 command
std::expected<std::string_view, Error> text(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "text");
  while (true) {
    const std::string_view rest = in.rest();
    std::size_t plain = 0;
    while (plain < rest.size() && is_text_char(static_cast<unsigned char>(rest[plain]))) ++plain;
    in.skip(plain);
    if (in.peek() < 0x80) break;
    if (!profile.rev2) return in.fail("text", "TEXT-CHAR or CRLF");
    const Utf8Char character = utf8_char(in.rest());
    if (character.octets == 0) return in.fail_at(in.offset() + character.fitting, "text", "well-formed UTF-8");
    in.skip(character.octets);
  }
  if (in.offset() == attempt.start()) return in.fail("text", "TEXT-CHAR");
  return attempt.accept(in.since(attempt.start()));
}

// resp-text = ["[" resp-text-code "]" SP] [text]
//
// Note: trap T1. What begins with "[" and is no code is a text, and a legal one.
// Note: trap T5. The text is not optional in RFC 3501.
std::expected<RespText, Error> resp_text(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "resp-text");
  RespText result;
  if (in.peek() == '[') {
    if (const auto code = bracketed_code(in, profile)) {
      result.code = *code;
    } else {
      result.malformed_code = code.error();
    }
  }
  const bool empty = in.peek() == '\r' || in.peek() == '\n';
  if (!empty || !profile.rev2) {
    IMAPSPEC_TRY(result.text, text(in, profile));
  }
  return attempt.accept(result);
}

}  // namespace imapspec::parser
