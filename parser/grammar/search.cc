#include "parser/grammar/search.h"

#include <array>
#include <new>

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

using Kind = SearchKey::Kind;

constexpr auto kKeys = std::to_array<Keyword<Kind>>({
    {"ALL", Kind::All},
    {"ANSWERED", Kind::Answered},
    {"BCC", Kind::Bcc},
    {"BEFORE", Kind::Before},
    {"BODY", Kind::Body},
    {"CC", Kind::Cc},
    {"DELETED", Kind::Deleted},
    {"DRAFT", Kind::Draft},
    {"FLAGGED", Kind::Flagged},
    {"FROM", Kind::From},
    {"HEADER", Kind::Header},
    {"KEYWORD", Kind::Keyword},
    {"LARGER", Kind::Larger},
    {"NEW", Kind::New},
    {"NOT", Kind::Not},
    {"OLD", Kind::Old},
    {"ON", Kind::On},
    {"OR", Kind::Or},
    {"RECENT", Kind::Recent},
    {"SEEN", Kind::Seen},
    {"SENTBEFORE", Kind::SentBefore},
    {"SENTON", Kind::SentOn},
    {"SENTSINCE", Kind::SentSince},
    {"SINCE", Kind::Since},
    {"SMALLER", Kind::Smaller},
    {"SUBJECT", Kind::Subject},
    {"TEXT", Kind::Text},
    {"TO", Kind::To},
    {"UID", Kind::Uid},
    {"UNANSWERED", Kind::Unanswered},
    {"UNDELETED", Kind::Undeleted},
    {"UNDRAFT", Kind::Undraft},
    {"UNFLAGGED", Kind::Unflagged},
    {"UNKEYWORD", Kind::Unkeyword},
    {"UNSEEN", Kind::Unseen},
});

constexpr bool is_rev1_only(Kind kind) { return kind == Kind::New || kind == Kind::Old || kind == Kind::Recent; }

std::expected<void, Error> search_key(Cursor& in, const Profile& profile, SearchKey& key);

// The argument of a keyword that is no search key itself.
std::expected<void, Error> argument(Cursor& in, const Profile& profile, SearchKey& key) {
  if (key.kind == Kind::Header) {
    IMAPSPEC_TRY(key.field, astring(in, profile));
    if (!in.take(' ')) return in.fail("search-key", "SP");
  }
  switch (key.kind) {
    case Kind::Header:
    case Kind::Bcc:
    case Kind::Body:
    case Kind::Cc:
    case Kind::From:
    case Kind::Subject:
    case Kind::Text:
    case Kind::To: {
      IMAPSPEC_TRY(key.text, astring(in, profile));
      return {};
    }
    case Kind::Before:
    case Kind::On:
    case Kind::Since:
    case Kind::SentBefore:
    case Kind::SentOn:
    case Kind::SentSince: {
      IMAPSPEC_TRY(key.date, date(in));
      return {};
    }
    case Kind::Larger:
    case Kind::Smaller: {
      // RFC 3501 has a number.
      if (!profile.rev2) {
        IMAPSPEC_TRY(key.number, number(in));
        return {};
      }
      IMAPSPEC_TRY(key.number, number64(in));
      return {};
    }
    case Kind::Keyword:
    case Kind::Unkeyword: {
      // Note: T16. A keyword and no system flag.
      IMAPSPEC_TRY(key.keyword, flag_keyword(in));
      return {};
    }
    default: {
      IMAPSPEC_TRY(key.set, sequence_set(in, profile));
      return {};
    }
  }
}

constexpr bool stands_alone(Kind kind) { return kind <= Kind::Recent; }

// NOT takes one key, OR two. They live in the arena: one frame of the stack must stay small.
std::expected<void, Error> operands(Cursor& in, const Profile& profile, SearchKey& key) {
  const std::size_t count = key.kind == Kind::Or ? 2 : 1;
  SearchKey* keys = in.arena().allocate<SearchKey>(count);
  for (std::size_t index = 0; index < count; ++index) {
    if (!in.take(' ')) return in.fail("search-key", "SP");
    if (auto operand = search_key(in, profile, *new (keys + index) SearchKey); !operand) return operand;
  }
  key.keys = {keys, count};
  return {};
}

// search-key *(SP search-key)
//
// Each is read where it will stay, for the same reason.
std::expected<void, Error> search_keys(Cursor& in, const Profile& profile, List<SearchKey>& list) {
  ListBuilder<SearchKey> keys(in.arena());
  do {
    if (auto next = search_key(in, profile, keys.add()); !next) return next;
  } while (in.take(' '));
  list = keys.list();
  return {};
}

// search-key = "ALL" / "ANSWERED" / "BCC" SP astring /
//              "BEFORE" SP date / "BODY" SP astring /
//              "CC" SP astring / "DELETED" / "FLAGGED" /
//              "FROM" SP astring / "KEYWORD" SP flag-keyword /
//              "ON" SP date / "SEEN" /
//              "SINCE" SP date / "SUBJECT" SP astring /
//              "TEXT" SP astring / "TO" SP astring /
//              "UNANSWERED" / "UNDELETED" / "UNFLAGGED" /
//              "UNKEYWORD" SP flag-keyword / "UNSEEN" /
//                ; Above this line were in [IMAP2]
//              "DRAFT" / "HEADER" SP header-fld-name SP astring /
//              "LARGER" SP number64 / "NOT" SP search-key /
//              "OR" SP search-key SP search-key /
//              "SENTBEFORE" SP date / "SENTON" SP date /
//              "SENTSINCE" SP date / "SMALLER" SP number64 /
//              "UID" SP sequence-set / "UNDRAFT" / sequence-set /
//              "(" search-key *(SP search-key) ")"
//
// Note: T48, T49. One depth budget for parentheses, NOT and OR. No keyword begins like a set.
std::expected<void, Error> search_key(Cursor& in, const Profile& profile, SearchKey& key) {
  const Cursor::Nesting nesting(in);
  if (!nesting.ok()) return in.fail_limit("search-key", "less nesting");
  const int first = in.peek();
  if (first == '(') {
    in.skip(1);
    key.kind = Kind::And;
    if (auto inner = search_keys(in, profile, key.keys); !inner) return inner;
    if (!in.take(')')) return in.fail("search-key", "SP or \")\"");
    return {};
  }
  if ((first >= '0' && first <= '9') || first == '*' || first == '$') {
    key.kind = Kind::SequenceSet;
    return argument(in, profile, key);
  }
  const auto kind =
      keyword(in, kKeys, "search-key", "a search key", [&](Kind each) { return profile.rev1 || !is_rev1_only(each); });
  if (!kind) return extension_search_key(in, profile, kind.error(), key);
  key.kind = *kind;
  if (stands_alone(key.kind)) return {};
  if (key.kind == Kind::Not || key.kind == Kind::Or) return operands(in, profile, key);
  if (!in.take(' ')) return in.fail("search-key", "SP");
  return argument(in, profile, key);
}

constexpr auto kReturnOptions = std::to_array<Keyword<SearchReturnOption>>({
    {"MIN", SearchReturnOption::Min},
    {"MAX", SearchReturnOption::Max},
    {"ALL", SearchReturnOption::All},
    {"COUNT", SearchReturnOption::Count},
    {"SAVE", SearchReturnOption::Save},
});

// What follows "SP "RETURN"" in
// search-return-opts = SP "RETURN" SP "(" [search-return-opt
//                      *(SP search-return-opt)] ")"
// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" /
//                     "SAVE" /
//                     search-ret-opt-ext
//
// Note: T22. No option but these: section 6.4.4 has all others rejected with BAD, and
// search-ret-opt-ext would let these take values.
std::expected<List<SearchReturnOption>, Error> search_return_opts(Cursor& in, const Profile& profile) {
  if (!in.take(' ')) return in.fail("search-return-opts", "SP");
  if (!in.take('(')) return in.fail("search-return-opts", "\"(\"");
  ListBuilder<SearchReturnOption> options(in.arena());
  if (in.take(')')) return options.list();
  do {
    IMAPSPEC_TRY(const SearchReturnOption option,
                 keyword(in, kReturnOptions, "search-return-opt", "MIN, MAX, ALL, COUNT or SAVE",
                         [&profile](SearchReturnOption candidate) {
                           return candidate != SearchReturnOption::Save || profile.has(Extension::Searchres);
                         }));
    options.push(option);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail("search-return-opts", "SP or \")\"");
  return options.list();
}

}  // namespace

// The name of a HEADER's field ignores case; what else is equal, the grammar says.
bool operator==(const SearchKey& a, const SearchKey& b) {
  return a.kind == b.kind && equal_ignoring_case(a.field.value(), b.field.value()) && a.text == b.text &&
         a.date == b.date && a.number == b.number && a.keyword == b.keyword && a.set == b.set && a.keys == b.keys &&
         (a.mod_sequence == nullptr || b.mod_sequence == nullptr ? a.mod_sequence == b.mod_sequence
                                                                 : *a.mod_sequence == *b.mod_sequence);
}

// What follows the keyword in
// search = "SEARCH" [search-return-opts]
//          SP search-program
// search-program = ["CHARSET" SP charset SP]
//                  search-key *(SP search-key)
std::expected<SearchProgram, Error> search_program(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "search-program");
  SearchProgram program;
  if (!in.take(' ')) return in.fail("search", "SP");
  if (profile.has(Extension::Esearch)) {
    if (in.take_word("RETURN", "search")) {
      IMAPSPEC_TRY(program.returns, search_return_opts(in, profile));
      if (!in.take(' ')) return in.fail("search", "SP");
    }
  }
  if (in.take_word("CHARSET", "search-program")) {
    if (!in.take(' ')) return in.fail("search-program", "SP");
    IMAPSPEC_TRY(program.charset, charset(in, profile));
    if (!in.take(' ')) return in.fail("search-program", "SP");
  }
  if (auto keys = search_keys(in, profile, program.keys); !keys) return std::unexpected(keys.error());
  return attempt.accept(program);
}

}  // namespace imapspec::parser
