#include "parser/grammar/search.h"

#include <array>
#include <new>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/number.h"
#include "parser/grammar/tagged_ext.h"

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
std::expected<void, Error> any_search_key(Cursor& in, const Profile& profile, SearchKey& key);

// The argument of a keyword that is no search key itself.
std::expected<void, Error> argument(Cursor& in, const Profile& profile, SearchKey& key) {
  if (key.kind == Kind::Header) {
    IMAPSPEC_TRY(key.field, astring(in, profile, "header-fld-name"));
    IMAPSPEC_CHECK(sp(in, "search-key"));
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
      IMAPSPEC_TRY(key.number, wide_number(in, profile));
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
    IMAPSPEC_CHECK(sp(in, "search-key"));
    IMAPSPEC_CHECK(search_key(in, profile, *new (keys + index) SearchKey));
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
    IMAPSPEC_CHECK(search_key(in, profile, keys.add()));
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
  Attempt attempt(in, "search-key");
  IMAPSPEC_CHECK(any_search_key(in, profile, key));
  return attempt.accept();
}

// A search-key that begins with its name.
//
// Its frame holds an Error, which nested parentheses need not have on the stack a hundred times.
[[gnu::noinline]] std::expected<void, Error> named_search_key(Cursor& in, const Profile& profile, SearchKey& key) {
  const auto kind =
      keyword(in, kKeys, "search-key", "a search key", [&](Kind each) { return profile.rev1 || !is_rev1_only(each); });
  if (!kind) return extension_search_key(in, profile, kind.error(), key);
  key.kind = *kind;
  if (stands_alone(key.kind)) return {};
  if (key.kind == Kind::Not || key.kind == Kind::Or) return operands(in, profile, key);
  IMAPSPEC_CHECK(sp(in, "search-key"));
  return argument(in, profile, key);
}

// What of search-key stands here, from its first octet on.
std::expected<void, Error> any_search_key(Cursor& in, const Profile& profile, SearchKey& key) {
  if (in.take('(')) {
    key.kind = Kind::And;
    IMAPSPEC_CHECK(search_keys(in, profile, key.keys));
    if (!in.take(')')) return in.fail("search-key", "SP or \")\"");
    return {};
  }
  if (const int first = in.peek(); is_digit(first) || first == '*' || first == '$') {
    key.kind = Kind::SequenceSet;
    return argument(in, profile, key);
  }
  return named_search_key(in, profile, key);
}

SearchReturnOption::Kind return_option_kind(std::string_view name, const Profile& profile) {
  using OptionKind = SearchReturnOption::Kind;
  if (equal_ignoring_case(name, "MIN")) return OptionKind::Min;
  if (equal_ignoring_case(name, "MAX")) return OptionKind::Max;
  if (equal_ignoring_case(name, "ALL")) return OptionKind::All;
  if (equal_ignoring_case(name, "COUNT")) return OptionKind::Count;
  const bool save = equal_ignoring_case(name, "SAVE") && profile.has(Extension::Searchres);
  return save ? OptionKind::Save : OptionKind::Other;
}

// search-ret-opt-ext = search-modifier-name [SP search-mod-params]
// search-mod-params = tagged-ext-val
//
// The name has been read.
std::expected<void, Error> search_ret_opt_ext(Cursor& in, const Profile& profile, std::size_t start,
                                              SearchReturnOption& option) {
  Attempt attempt(in, "search-ret-opt-ext", start);
  if (in.peek() == ' ' && begins_tagged_ext_val(in.peek(1))) {
    in.skip(1);
    Attempt parameters(in, "search-mod-params");
    IMAPSPEC_TRY(option.value, tagged_ext_val(in, profile));
    parameters.accept();
  }
  return attempt.accept();
}

// search-return-opt = "MIN" / "MAX" / "ALL" / "COUNT" /
//                     "SAVE" /
//                     search-ret-opt-ext
//
// Note: T22. search-ret-opt-ext would let the named ones take values. It is for others, which a server rejects
// (section 6.4.4), but whose form is right.
std::expected<SearchReturnOption, Error> search_return_opt(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "search-return-opt");
  SearchReturnOption option;
  IMAPSPEC_TRY(option.name, search_modifier_name(in));
  option.kind = return_option_kind(option.name, profile);
  if (option.kind == SearchReturnOption::Kind::Other) {
    IMAPSPEC_CHECK(search_ret_opt_ext(in, profile, attempt.start(), option));
  } else if (in.trace() != nullptr) {
    in.trace()->flatten();
  }
  return attempt.accept(option);
}

// What follows "SP "RETURN"" in
// search-return-opts = SP "RETURN" SP "(" [search-return-opt
//                      *(SP search-return-opt)] ")"
std::expected<List<SearchReturnOption>, Error> search_return_opts(Cursor& in, const Profile& profile,
                                                                  std::size_t start) {
  Attempt attempt(in, "search-return-opts", start);
  if (!in.take(' ')) return attempt.fail("SP");
  if (!in.take('(')) return attempt.fail("\"(\"");
  ListBuilder<SearchReturnOption> options(in.arena());
  if (in.take(')')) return attempt.accept(options.list());
  do {
    IMAPSPEC_TRY(const SearchReturnOption option, search_return_opt(in, profile));
    options.push(option);
    const bool value = in.peek() == ' ' && begins_tagged_ext_val(in.peek(1));
    if (value && option.kind != SearchReturnOption::Kind::Other) {
      return attempt.fail_at(in.offset() + 1, "search-return-opt: this one takes no value", "T22");
    }
  } while (in.take(' '));
  if (!in.take(')')) return attempt.fail("SP or \")\"");
  return attempt.accept(options.list());
}

}  // namespace

// search-modifier-name = tagged-ext-label
std::expected<Label, Error> search_modifier_name(Cursor& in) {
  Attempt attempt(in, "search-modifier-name");
  IMAPSPEC_TRY(const Label name, tagged_ext_label(in));
  return attempt.accept(name);
}

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
//
// RFC 3501 has the program without a rule of its own.
std::expected<SearchProgram, Error> search_program(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  const bool extended = profile.has(Extension::Esearch);
  SearchProgram program;
  IMAPSPEC_CHECK(sp(in, "search"));
  if (extended && in.take_word("RETURN", "search")) {
    IMAPSPEC_TRY(program.returns, search_return_opts(in, profile, attempt.start()));
    IMAPSPEC_CHECK(sp(in, "search"));
  }
  const Name rule = extended ? Name("search-program") : Name("search");
  Attempt inner(in, extended ? rule : Name());
  if (in.take_word("CHARSET", rule)) {
    IMAPSPEC_CHECK(sp(in, rule));
    // Note: L23. RFC 3501 has an astring in its place.
    IMAPSPEC_TRY(program.charset, profile.rev1 ? astring(in, profile) : charset(in, profile));
    IMAPSPEC_CHECK(sp(in, rule));
  }
  IMAPSPEC_CHECK(search_keys(in, profile, program.keys));
  return attempt.accept(inner.accept(program));
}

}  // namespace imapspec::parser
