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

enum class Arguments : std::uint8_t { None, Capability, PermanentFlags, BadCharset, Number, AppendUid, CopyUid };

// Code is what follows a code's name, and what the name came with.
struct Code {
  enum class Since : std::uint8_t { Both, Rev1, Rev2, Extension };
  Arguments arguments = Arguments::None;
  Since since = Since::Both;
  Extension extension = {};
};

constexpr Code kRev2Only{Arguments::None, Code::Since::Rev2, {}};

// Note: T3. The last alternative of resp-text-code matches every atom, so a known one commits to its own arguments.
constexpr auto kCodes = std::to_array<Keyword<Code>>({
    {"ALERT", {Arguments::None, {}, {}}},
    {"BADCHARSET", {Arguments::BadCharset, {}, {}}},
    {"CAPABILITY", {Arguments::Capability, {}, {}}},
    {"PARSE", {Arguments::None, {}, {}}},
    {"PERMANENTFLAGS", {Arguments::PermanentFlags, {}, {}}},
    {"READ-ONLY", {Arguments::None, {}, {}}},
    {"READ-WRITE", {Arguments::None, {}, {}}},
    {"TRYCREATE", {Arguments::None, {}, {}}},
    {"UIDNEXT", {Arguments::Number, {}, {}}},
    {"UIDVALIDITY", {Arguments::Number, {}, {}}},
    {"UNSEEN", {Arguments::Number, Code::Since::Rev1, {}}},
    {"APPENDUID", {Arguments::AppendUid, Code::Since::Extension, Extension::Uidplus}},
    {"COPYUID", {Arguments::CopyUid, Code::Since::Extension, Extension::Uidplus}},
    {"UIDNOTSTICKY", {Arguments::None, Code::Since::Extension, Extension::Uidplus}},
    {"UNKNOWN-CTE", {Arguments::None, Code::Since::Extension, Extension::Binary}},
    {"NOTSAVED", {Arguments::None, Code::Since::Extension, Extension::Searchres}},
    {"UNAVAILABLE", kRev2Only},
    {"AUTHENTICATIONFAILED", kRev2Only},
    {"AUTHORIZATIONFAILED", kRev2Only},
    {"EXPIRED", kRev2Only},
    {"PRIVACYREQUIRED", kRev2Only},
    {"CONTACTADMIN", kRev2Only},
    {"NOPERM", kRev2Only},
    {"INUSE", kRev2Only},
    {"EXPUNGEISSUED", kRev2Only},
    {"CORRUPTION", kRev2Only},
    {"SERVERBUG", kRev2Only},
    {"CLIENTBUG", kRev2Only},
    {"CANNOT", kRev2Only},
    {"LIMIT", kRev2Only},
    {"OVERQUOTA", kRev2Only},
    {"ALREADYEXISTS", kRev2Only},
    {"NONEXISTENT", kRev2Only},
    {"HASCHILDREN", kRev2Only},
    {"CLOSED", kRev2Only},
});

bool is_in(const Code& code, const Profile& profile) {
  switch (code.since) {
    case Code::Since::Both:
      return true;
    case Code::Since::Rev1:
      return profile.rev1;
    case Code::Since::Rev2:
      return profile.rev2;
    case Code::Since::Extension:
      return profile.has(code.extension);
  }
  return false;
}

// nullopt for a code of the last alternative.
std::optional<Arguments> arguments_of(std::string_view name, const Profile& profile) {
  for (const Keyword<Code>& code : kCodes) {
    if (!equal_ignoring_case(code.word, name)) continue;
    return is_in(code.value, profile) ? std::optional(code.value.arguments) : std::nullopt;
  }
  return std::nullopt;
}

// "(" element *(SP element) ")", from the SP in front of it; empty where `least` is 0
template <class T, class Element>
std::expected<List<T>, Error> list_of(Cursor& in, std::size_t least, Element element) {
  IMAPSPEC_CHECK(sp(in, "resp-text-code"));
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

std::expected<NzNumber, Error> sp_nz_number(Cursor& in, Name rule) {
  IMAPSPEC_CHECK(sp(in, rule));
  return nz_number(in);
}

// append-uid = uniqueid
// append-uid =/ uid-set
//                 ; only permitted if client uses [MULTIAPPEND]
//                 ; to append multiple messages.
//
// Note: T28. Only MULTIAPPEND makes it a set. A uniqueid is a set of one.
std::expected<SequenceSet, Error> append_uid(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "append-uid");
  if (profile.has(Extension::Multiappend)) {
    IMAPSPEC_TRY(const SequenceSet uids, uid_set(in));
    return attempt.accept(uids);
  }
  IMAPSPEC_TRY(const NzNumber uid, uniqueid(in));
  ListBuilder<SeqRange> ranges(in.arena());
  ranges.push({{uid}, {uid}});
  return attempt.accept(*SequenceSet::from(ranges.list()));
}

// What follows the name in
// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid
std::expected<void, Error> resp_code_apnd(Cursor& in, const Profile& profile, std::size_t start, ResponseCode& code) {
  Attempt attempt(in, "resp-code-apnd", start);
  IMAPSPEC_TRY(code.number, sp_nz_number(in, "resp-code-apnd"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(code.uids, append_uid(in, profile));
  return attempt.accept();
}

// What follows the name in
// resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
std::expected<void, Error> resp_code_copy(Cursor& in, std::size_t start, ResponseCode& code) {
  Attempt attempt(in, "resp-code-copy", start);
  IMAPSPEC_TRY(code.number, sp_nz_number(in, "resp-code-copy"));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(code.source, uid_set(in));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(code.uids, uid_set(in));
  return attempt.accept();
}

std::expected<void, Error> known_arguments(Cursor& in, const Profile& profile, Arguments arguments, std::size_t start,
                                           ResponseCode& code) {
  switch (arguments) {
    case Arguments::None:
      break;
    case Arguments::Capability: {
      Attempt attempt(in, "capability-data", start);
      IMAPSPEC_TRY(code.capabilities, capability_data(in, profile));
      return attempt.accept();
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
      IMAPSPEC_TRY(code.number, sp_nz_number(in, "resp-text-code"));
      break;
    }
    case Arguments::AppendUid:
      return resp_code_apnd(in, profile, start, code);
    case Arguments::CopyUid:
      return resp_code_copy(in, start, code);
  }
  return {};
}

// [SP 1*<any TEXT-CHAR except "]">]
//
// Note: T4, L6. A "]" ends them even between quotes, and they are ASCII.
std::expected<UnknownArguments, Error> unknown_arguments(Cursor& in) {
  if (!in.take(' ')) return UnknownArguments();
  const std::size_t start = in.offset();
  while (is_text_char(in.peek()) && in.peek() != ']') in.skip(1);
  if (in.offset() == start) return in.fail("resp-text-code", "a TEXT-CHAR other than \"]\"");
  return UnknownArguments::unchecked(in.since(start));
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
//
// Note: T12. A charset of RFC 3501 is an astring, but there are no literals in a status response.
std::expected<ResponseCode, Error> resp_text_code(Cursor& in, const Profile& profile, bool& known) {
  Attempt attempt(in, "resp-text-code");
  ResponseCode code;
  std::size_t size = 0;
  while (is_atom_char(in.peek(size))) ++size;
  if (size == 0) return attempt.fail("a response code");
  code.name = AtomName::unchecked(in.rest().substr(0, size));
  const auto arguments = arguments_of(code.name, profile);
  known = arguments.has_value() || extension_knows_code(profile, code.name);
  if (!known) {
    IMAPSPEC_CHECK(atom(in));
    IMAPSPEC_TRY(code.arguments, unknown_arguments(in));
    return attempt.accept(code);
  }
  in.skip(size);
  if (arguments) {
    IMAPSPEC_CHECK(known_arguments(in, profile, *arguments, attempt.start(), code));
  } else {
    IMAPSPEC_CHECK(extension_code(in, profile, code));
  }
  return attempt.accept(code);
}

// "[" resp-text-code "]" SP
//
// Note: T2. The SP belongs to the code: "[ALERT]" alone is a text.
std::expected<ResponseCode, Error> bracketed_code(Cursor& in, const Profile& profile, bool& known) {
  Attempt attempt(in);
  in.skip(1);
  IMAPSPEC_TRY(const ResponseCode code, resp_text_code(in, profile, known));
  if (!in.take(']')) return in.fail("resp-text", "\"]\"");
  if (!in.take(' ')) return in.fail("resp-text", "SP after \"]\"");
  return attempt.accept(code);
}

// Whether what begins here with "[" is a code of the last alternative of resp-text-code, whatever its name.
bool is_code_of_any_name(const Cursor& in) {
  Cursor again(in.rest(), in.arena(), Limits());
  return again.take('[') && atom(again) && unknown_arguments(again) && again.take(']') && again.take(' ');
}

}  // namespace

bool operator==(const ResponseCode& a, const ResponseCode& b) {
  return a.name == b.name && a.capabilities == b.capabilities && a.flags == b.flags && a.charsets == b.charsets &&
         a.number == b.number && a.source == b.source && a.uids == b.uids && a.modified == b.modified &&
         a.mod_sequence == b.mod_sequence && a.arguments == b.arguments;
}

// text = 1*(TEXT-CHAR / UTF8-2 / UTF8-3 / UTF8-4)
//          ; Non-ASCII text can only be returned
//          ; after ENABLE IMAP4rev2 command
std::expected<HumanText, Error> text(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "text");
  while (true) {
    const std::string_view rest = in.rest();
    std::size_t plain = 0;
    while (plain < rest.size() && is_text_char(static_cast<unsigned char>(rest[plain]))) ++plain;
    in.skip(plain);
    if (in.peek() < 0x80) break;
    if (!profile.rev2) return attempt.fail("TEXT-CHAR or CRLF");
    const Utf8Char character = utf8_char(in.rest());
    if (character.octets == 0) return attempt.fail_at(in.offset() + character.fitting, "well-formed UTF-8");
    in.skip(character.octets);
  }
  if (in.offset() == attempt.start()) return attempt.fail("TEXT-CHAR");
  return attempt.accept(HumanText::unchecked(attempt.octets()));
}

// resp-text = ["[" resp-text-code "]" SP] [text]
//
// Note: T1. What begins with "[" and is no code is a text, and a legal one.
// Note: T5. The text is not optional in RFC 3501: a code with nothing behind it is such a text too.
std::expected<RespText, Error> resp_text(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "resp-text");
  RespText result;
  if (in.peek() == '[') {
    Attempt reading(in);
    bool known = false;
    if (const auto code = bracketed_code(in, profile, known); !code) {
      result.malformed_code = code.error();
      const bool any_name = known && is_code_of_any_name(in);
      if (any_name && result.malformed_code->resolution.empty()) result.malformed_code->resolution = "T3";
    } else if (!profile.rev2 && !is_text_char(in.peek())) {
      result.malformed_code = attempt.fail("text").error();
    } else {
      result.code = *code;
      reading.accept();
    }
  }
  const bool empty = in.peek() == '\r' || in.peek() == '\n';
  if (!empty || !profile.rev2) {
    IMAPSPEC_TRY(result.text, text(in, profile));
  }
  return attempt.accept(result);
}

}  // namespace imapspec::parser
