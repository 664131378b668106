// The response half of search.h: what SEARCH answers.

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/list.h"
#include "parser/grammar/number.h"
#include "parser/grammar/search.h"
#include "parser/grammar/tagged_ext.h"

namespace imapspec::parser {

namespace {

// search-correlator = SP "(" "TAG" SP tag-string ")"
// tag-string = astring
//                ; <tag> represented as <astring>
//
// Note: T59. Any form of string; its value is the tag. SP and "(" have been seen.
std::expected<String, Error> search_correlator(Cursor& in, const Profile& profile) {
  in.skip(2);
  if (!in.take_word("TAG", "search-correlator")) return in.fail("search-correlator", "TAG");
  if (!in.take(' ')) return in.fail("search-correlator", "SP");
  IMAPSPEC_TRY(const String tag, astring(in, profile));
  if (!in.take(')')) return in.fail("search-correlator", "\")\"");
  return tag;
}

// search-return-data = "MIN" SP nz-number /
//                      "MAX" SP nz-number /
//                      "ALL" SP sequence-set /
//                      "COUNT" SP number /
//                      search-ret-data-ext
//                      ; All return data items conform to
//                      ; search-ret-data-ext syntax.
//                      ; Note that "$" marker is not allowed
//                      ; after the ALL return data item.
// search-ret-data-ext = search-modifier-name SP search-return-value
//
// Note: T21. A known name never falls back to search-ret-data-ext. An item that is there twice,
// which only a SHOULD forbids (section 7.3.4), is kept with the unknown ones. The label has been read.
std::expected<void, Error> search_return_data(Cursor& in, const Profile& profile, std::string_view label,
                                              Esearch& result, ListBuilder<Esearch::Extra>& extra) {
  if (!in.take(' ')) return in.fail("search-return-data", "SP");
  const std::size_t start = in.offset();
  const auto keep = [&]<class T>(std::optional<T>& item, const T& value) {
    if (item) {
      extra.push({label, in.since(start)});
    } else {
      item = value;
    }
  };
  if (equal_ignoring_case(label, "MIN")) {
    IMAPSPEC_TRY(const std::uint32_t min, nz_number(in));
    keep(result.min, min);
  } else if (equal_ignoring_case(label, "MAX")) {
    IMAPSPEC_TRY(const std::uint32_t max, nz_number(in));
    keep(result.max, max);
  } else if (equal_ignoring_case(label, "COUNT")) {
    IMAPSPEC_TRY(const std::uint32_t count, number(in));
    keep(result.count, count);
  } else if (equal_ignoring_case(label, "ALL")) {
    if (in.peek() == '$') return in.fail("search-return-data", "a sequence-set other than \"$\"");
    IMAPSPEC_TRY(const SequenceSet all, sequence_set(in, profile));
    keep(result.all, all);
  } else {
    IMAPSPEC_TRY(const auto added, extension_search_return_data(in, profile, label));
    if (added) {
      keep(result.mod_sequence, *added);
    } else {
      IMAPSPEC_TRY(const std::string_view value, tagged_ext_val(in, profile));
      extra.push({label, value});
    }
  }
  return {};
}

}  // namespace

// What follows the keyword in
// esearch-response = "ESEARCH" [search-correlator] [SP "UID"]
//                    *(SP search-return-data)
//
// Note: T23. "UID" comes first and is the indicator unless a value follows it.
std::expected<Esearch, Error> esearch_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "esearch-response");
  Esearch result;
  ListBuilder<Esearch::Extra> extra(in.arena());
  if (in.peek() == ' ' && in.peek(1) == '(') {
    IMAPSPEC_TRY(result.tag, search_correlator(in, profile));
  }
  for (bool first = true; in.take(' '); first = false) {
    if (first && !result.tag && in.at_end()) return in.fail("esearch-response", "\"(\", UID or search-return-data");
    IMAPSPEC_TRY(const std::string_view label, tagged_ext_label(in));
    if (first && equal_ignoring_case(label, "UID") && !(in.peek() == ' ' && begins_tagged_ext_val(in.peek(1)))) {
      result.uid = true;
    } else if (auto data = search_return_data(in, profile, label, result, extra); !data) {
      return std::unexpected(data.error());
    }
  }
  result.extra = extra.list();
  return attempt.accept(result);
}

}  // namespace imapspec::parser
