// CONDSTORE: mod-sequences, and what SELECT, STORE, FETCH and SEARCH do with them.
//
// RFC 7162 sections 3.1, 7
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/core/cursor.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/word.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// CondstoreParameter is the select-param CONDSTORE.
struct CondstoreParameter {
  friend bool operator==(const CondstoreParameter&, const CondstoreParameter&) = default;
};

// ChangedSince is the fetch-modifier CHANGEDSINCE.
struct ChangedSince {
  NzNumber64 mod_sequence;
  friend bool operator==(const ChangedSince&, const ChangedSince&) = default;
};

// UnchangedSince is the store-modifier UNCHANGEDSINCE.
struct UnchangedSince {
  Number64 mod_sequence;
  friend bool operator==(const UnchangedSince&, const UnchangedSince&) = default;
};

// EntryType is entry-type-req.
enum class EntryType : std::uint8_t { Private, Shared, All };

struct EntryNameRule {
  static constexpr std::string_view kDefault = "/flags/x";
  static constexpr bool kExact = false;
  static constexpr bool matches(std::string_view octets) {
    constexpr std::string_view kFlags = "/flags/";
    if (!equal_ignoring_case(octets.substr(0, kFlags.size()), kFlags)) return false;
    octets.remove_prefix(kFlags.size());
    return is_all(octets.substr(octets.starts_with("\\\\") ? 2 : 0), is_atom_char);
  }
};

// EntryName is what entry-flag-name has between its quotes; case does not matter.
using EntryName = Word<EntryNameRule>;

// SearchModSequence is the search key MODSEQ.
struct SearchModSequence {
  struct Entry {
    EntryName name;
    EntryType type = EntryType::All;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::optional<Entry> entry;
  Number64 mod_sequence;
  friend bool operator==(const SearchModSequence&, const SearchModSequence&) = default;
};

// mod-sequence-value = 1*DIGIT, 1 <= n <= 9,223,372,036,854,775,807
std::expected<NzNumber64, Error> mod_sequence_value(Cursor& in);

// mod-sequence-valzer = "0" / mod-sequence-value
std::expected<Number64, Error> mod_sequence_valzer(Cursor& in);

// Each of these reads from the octet after its keyword.

// condstore-param = "CONDSTORE"
std::expected<CondstoreParameter, Error> condstore_param(Cursor& in, const Profile& profile);

// chgsince-fetch-mod = "CHANGEDSINCE" SP mod-sequence-value
std::expected<ChangedSince, Error> chgsince_fetch_mod(Cursor& in, const Profile& profile);

// store-modifier = "UNCHANGEDSINCE" SP mod-sequence-valzer
std::expected<UnchangedSince, Error> unchangedsince_store_mod(Cursor& in, const Profile& profile);

// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
std::expected<SearchModSequence, Error> search_modsequence(Cursor& in, const Profile& profile);

// fetch-mod-resp = "MODSEQ" SP "(" permsg-modsequence ")"
std::expected<NzNumber64, Error> fetch_mod_resp(Cursor& in, const Profile& profile);

// search-sort-mod-seq = "(" "MODSEQ" SP mod-sequence-value ")", all of it
std::expected<NzNumber64, Error> search_sort_mod_seq(Cursor& in, const Profile& profile);

// Each write appends its value with its keyword.
void write(const CondstoreParameter& parameter, Writer& out);
void write(const ChangedSince& modifier, Writer& out);
void write(const UnchangedSince& modifier, Writer& out);
void write(const SearchModSequence& key, Writer& out);

// write_mod_sequence_valzer appends the number: 0 in one way only, any other with zeros in front or without.
void write_mod_sequence_valzer(Number64 mod_sequence, Writer& out);

}  // namespace imapspec::parser
