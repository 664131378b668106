// SEARCH programs and their results.
//
// RFC 9051 sections 6.4.4, 7.3.4, 9: search-program, esearch-response
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/extensions/condstore.h"
#include "parser/grammar/flag.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/string.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

// SearchKey is one search-key. Which members count depends on `kind`.
struct SearchKey {
  enum class Kind : std::uint8_t {
    All,
    Answered,
    Deleted,
    Flagged,
    Seen,
    Draft,
    Unanswered,
    Undeleted,
    Unflagged,
    Unseen,
    Undraft,
    New,
    Old,
    Recent,  // RFC 3501 only
    Bcc,
    Body,
    Cc,
    From,
    Subject,
    Text,
    To,      // text
    Header,  // field, text
    Before,
    On,
    Since,
    SentBefore,
    SentOn,
    SentSince,  // date
    Larger,
    Smaller,  // number, in octets
    Keyword,
    Unkeyword,  // keyword
    Uid,
    SequenceSet,  // set
    Not,
    Or,
    And,          // keys: one, two, one or more
    ModSequence,  // mod_sequence; CONDSTORE
  };
  Kind kind = Kind::All;
  String field;
  String text;
  Date date;
  Number64 number;
  FlagKeyword keyword;
  parser::SequenceSet set;
  List<SearchKey> keys;
  const SearchModSequence* mod_sequence = nullptr;
  friend bool operator==(const SearchKey& a, const SearchKey& b);
};

// SearchReturnOption is one search-return-opt. One that the grammar does not name has a tagged-ext-val as
// written, or an empty value without one.
struct SearchReturnOption {
  enum class Kind : std::uint8_t { Min, Max, All, Count, Save, Other };
  Kind kind = Kind::Other;
  Label name;
  std::string_view value;
  friend bool operator==(const SearchReturnOption&, const SearchReturnOption&) = default;
};

// SearchProgram is the arguments of SEARCH. `keys` all have to hold.
struct SearchProgram {
  std::optional<List<SearchReturnOption>> returns;  // nullopt without RETURN
  std::optional<String> charset;
  List<SearchKey> keys;
  friend bool operator==(const SearchProgram&, const SearchProgram&) = default;
};

// Esearch is an ESEARCH response. Return data that this grammar does not know is kept raw.
struct Esearch {
  struct Extra {
    Label label;
    std::string_view value;  // a tagged-ext-val as written
    friend bool operator==(const Extra&, const Extra&) = default;
  };
  std::optional<String> tag;  // search-correlator
  bool uid = false;
  std::optional<NzNumber> min;
  std::optional<NzNumber> max;
  std::optional<std::uint32_t> count;
  std::optional<SequenceSet> all;
  std::optional<NzNumber64> mod_sequence;  // CONDSTORE
  List<Extra> extra;
  friend bool operator==(const Esearch&, const Esearch&) = default;
};

// search-modifier-name = tagged-ext-label
std::expected<Label, Error> search_modifier_name(Cursor& in);

// [search-return-opts] SP search-program, from the octet after "SEARCH"
std::expected<SearchProgram, Error> search_program(Cursor& in, const Profile& profile);

// esearch-response, from the octet after "ESEARCH"
std::expected<Esearch, Error> esearch_response(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
