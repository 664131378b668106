#include "parser/grammar/extensions/condstore.h"

#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/arguments.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

namespace {

std::expected<NzNumber64, Error> sp_mod_sequence_value(Cursor& in, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return mod_sequence_value(in);
}

std::expected<Number64, Error> sp_mod_sequence_valzer(Cursor& in, Name rule) {
  if (!in.take(' ')) return in.fail(rule, "SP");
  return mod_sequence_valzer(in);
}

// entry-flag-name = DQUOTE "/flags/" attr-flag DQUOTE
//                    ;; Each system or user-defined flag <flag>
//                    ;; is mapped to "/flags/<flag>".
//                    ;;
//                    ;; <entry-flag-name> follows the escape rules
//                    ;; used by "quoted" string as described in
//                    ;; Section 4.3 of [RFC3501]; e.g., for the
//                    ;; flag \Seen, the corresponding <entry-name>
//                    ;; is "/flags/\\seen", and for the flag
//                    ;; $MDNSent, the corresponding <entry-name>
//                    ;; is "/flags/$mdnsent".
// attr-flag = "\\Answered" / "\\Flagged" / "\\Deleted" /
//             "\\Seen" / "\\Draft" / attr-flag-keyword /
//             attr-flag-extension
//              ;; Does not include "\\Recent".
// attr-flag-extension = "\\" atom
// attr-flag-keyword = atom
//
// Note: T14. attr-flag-extension has what the comment excludes, like the flag-extension of RFC 9051.
std::expected<EntryName, Error> entry_flag_name(Cursor& in) {
  Attempt attempt(in, "entry-flag-name");
  if (!in.take('"')) return in.fail("entry-flag-name", "DQUOTE");
  const std::size_t start = in.offset();
  if (!in.take_word("/flags/", "entry-flag-name")) return attempt.fail("/flags/");
  const bool system = in.take('\\');
  if (system && !in.take('\\')) return in.fail("attr-flag", "\"\\\"");
  IMAPSPEC_TRY(const AtomName flag_name, atom(in));
  if (in.peek() == '"' && system && flag_name == "Recent") {
    return in.fail("attr-flag", "a flag other than \\Recent", "T14");
  }
  const EntryName name = EntryName::unchecked(in.since(start));
  if (!in.take('"')) return in.fail("entry-flag-name", "ATOM-CHAR or DQUOTE");
  return attempt.accept(name);
}

// entry-type-req = entry-type-resp / "all"
// entry-type-resp = "priv" / "shared"
constexpr auto kEntryTypes = std::to_array<Keyword<EntryType>>({
    {"priv", EntryType::Private},
    {"shared", EntryType::Shared},
    {"all", EntryType::All},
});

std::string_view entry_type_name(EntryType type) {
  for (const Keyword<EntryType>& entry : kEntryTypes) {
    if (entry.value == type) return entry.word;
  }
  return {};
}

// search-modseq-ext = SP entry-name SP entry-type-req, from the octet after the first SP
// entry-name = entry-flag-name
std::expected<SearchModSequence::Entry, Error> search_modseq_ext(Cursor& in) {
  SearchModSequence::Entry entry;
  IMAPSPEC_TRY(entry.name, entry_flag_name(in));
  if (!in.take(' ')) return in.fail("search-modseq-ext", "SP");
  IMAPSPEC_TRY(entry.type, keyword(in, kEntryTypes, "entry-type-req", "priv, shared or all"));
  return entry;
}

}  // namespace

// mod-sequence-value = 1*DIGIT
//                       ;; Positive unsigned 63-bit integer
//                       ;; (mod-sequence)
//                       ;; (1 <= n <= 9,223,372,036,854,775,807).
//
// It may begin with zeros.
std::expected<NzNumber64, Error> mod_sequence_value(Cursor& in) {
  Attempt attempt(in, "mod-sequence-value");
  IMAPSPEC_TRY(const Number64 value, number64(in));
  const auto positive = NzNumber64::from(std::uint64_t{value});
  if (!positive) return in.fail("mod-sequence-value", "DIGIT, for a number of at least 1");
  return attempt.accept(*positive);
}

// mod-sequence-valzer = "0" / mod-sequence-value
//
// "00" is neither.
std::expected<Number64, Error> mod_sequence_valzer(Cursor& in) {
  Attempt attempt(in, "mod-sequence-valzer");
  const int next = in.peek(1);
  if (in.peek() == '0' && !(next >= '0' && next <= '9')) {
    in.skip(1);
    return attempt.accept(Number64(0));
  }
  IMAPSPEC_TRY(const Number64 value, mod_sequence_value(in));
  return attempt.accept(value);
}

std::expected<CondstoreParameter, Error> condstore_param(Cursor&, const Profile&) { return CondstoreParameter{}; }

std::expected<ChangedSince, Error> chgsince_fetch_mod(Cursor& in, const Profile&) {
  Attempt attempt(in, "chgsince-fetch-mod");
  IMAPSPEC_TRY(const NzNumber64 value, sp_mod_sequence_value(in, "chgsince-fetch-mod"));
  return attempt.accept(ChangedSince{value});
}

std::expected<UnchangedSince, Error> unchangedsince_store_mod(Cursor& in, const Profile&) {
  Attempt attempt(in, "store-modifier");
  IMAPSPEC_TRY(const Number64 value, sp_mod_sequence_valzer(in, "store-modifier"));
  return attempt.accept(UnchangedSince{value});
}

std::expected<SearchModSequence, Error> search_modsequence(Cursor& in, const Profile&) {
  Attempt attempt(in, "search-modsequence");
  SearchModSequence key;
  if (in.peek() == ' ' && in.peek(1) == '"') {
    in.skip(1);
    IMAPSPEC_TRY(key.entry, search_modseq_ext(in));
  }
  if (!in.take(' ')) return in.fail("search-modsequence", "SP");
  const int first = in.peek();
  if (!key.entry && (first < '0' || first > '9')) {
    return in.fail("search-modsequence", "mod-sequence-valzer or entry-name");
  }
  IMAPSPEC_TRY(key.mod_sequence, mod_sequence_valzer(in));
  return attempt.accept(key);
}

std::expected<NzNumber64, Error> fetch_mod_resp(Cursor& in, const Profile&) {
  Attempt attempt(in, "fetch-mod-resp");
  if (!in.take(' ')) return in.fail("fetch-mod-resp", "SP");
  if (!in.take('(')) return in.fail("fetch-mod-resp", "\"(\"");
  IMAPSPEC_TRY(const NzNumber64 value, mod_sequence_value(in));
  if (!in.take(')')) return in.fail("fetch-mod-resp", "DIGIT or \")\"");
  return attempt.accept(value);
}

std::expected<NzNumber64, Error> search_sort_mod_seq(Cursor& in, const Profile&) {
  Attempt attempt(in, "search-sort-mod-seq");
  if (!in.take('(')) return in.fail("search-sort-mod-seq", "\"(\"");
  if (!in.take_word("MODSEQ", "search-sort-mod-seq")) return attempt.fail("MODSEQ");
  IMAPSPEC_TRY(const NzNumber64 value, sp_mod_sequence_value(in, "search-sort-mod-seq"));
  if (!in.take(')')) return in.fail("search-sort-mod-seq", "DIGIT or \")\"");
  return attempt.accept(value);
}

void write(const CondstoreParameter&, Writer& out) { out.word("CONDSTORE"); }

void write(const ChangedSince& modifier, Writer& out) {
  out.word("CHANGEDSINCE");
  write_argument(modifier.mod_sequence, out);
}

void write(const UnchangedSince& modifier, Writer& out) {
  out.word("UNCHANGEDSINCE");
  out.sp();
  write_mod_sequence_valzer(modifier.mod_sequence, out);
}

void write(const SearchModSequence& key, Writer& out) {
  out.word("MODSEQ");
  if (key.entry) {
    out.octets(" \"");
    out.word(key.entry->name);
    out.octets("\" ");
    out.word(entry_type_name(key.entry->type));
  }
  out.sp();
  write_mod_sequence_valzer(key.mod_sequence, out);
}

void write_mod_sequence_valzer(Number64 mod_sequence, Writer& out) {
  if (mod_sequence == 0) return out.octet('0');
  out.number(mod_sequence);
}

}  // namespace imapspec::parser
