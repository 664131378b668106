// The response half of search.h: what SEARCH answers.

#include <algorithm>
#include <initializer_list>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/number.h"
#include "parser/grammar/search.h"
#include "parser/grammar/tagged_ext.h"

namespace imapspec::parser {

namespace {

// search-correlator = SP "(" "TAG" SP tag-string ")"
// tag-string = astring
//                ; <tag> represented as <astring>
//
// Note: T59. Any form of string; its value is the tag, and in RFC 4731 a string. SP and "(" are there.
std::expected<String, Error> search_correlator(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "search-correlator");
  in.skip(2);
  if (!in.take_word("TAG", "search-correlator")) return attempt.fail("TAG");
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(const String tag, profile.rev2 ? astring(in, profile, "tag-string") : string(in, profile, "tag-string"));
  if (!in.take(')')) return attempt.fail("\")\"");
  return attempt.accept(tag);
}

// search-ret-data-ext = search-modifier-name SP search-return-value
// search-return-value = tagged-ext-val
//
// From the octet after SP.
std::expected<std::string_view, Error> search_ret_data_ext(Cursor& in, const Profile& profile, std::size_t start) {
  Attempt attempt(in, "search-ret-data-ext", start);
  Attempt value(in, "search-return-value");
  IMAPSPEC_TRY(const std::string_view octets, tagged_ext_val(in, profile));
  return attempt.accept(value.accept(octets));
}

// The sequence-set of ALL.
//
// Note: T21. "$" stands for a set only in commands.
std::expected<SequenceSet, Error> all_set(Cursor& in, const Profile& profile) {
  if (in.peek() == '$') return in.fail("search-return-data", "a sequence-set other than \"$\"", "T21");
  return sequence_set(in, profile);
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
//
// Note: T21. A known name never falls back to search-ret-data-ext. An item that is there twice,
// which only a SHOULD forbids (section 7.3.4), is kept with the unknown ones. The label has been read.
std::expected<void, Error> search_return_data(Cursor& in, const Profile& profile, Label label, std::size_t label_start,
                                              Esearch& result, ListBuilder<Esearch::Extra>& extra) {
  Attempt attempt(in, "search-return-data", label_start);
  const bool named = std::ranges::any_of(std::initializer_list<std::string_view>{"MIN", "MAX", "ALL", "COUNT"},
                                         [label](std::string_view each) { return equal_ignoring_case(each, label); });
  if (named && in.trace() != nullptr) in.trace()->flatten();
  if (!in.take(' ')) return attempt.fail("SP");
  const std::size_t start = in.offset();
  const auto keep = [&]<class T>(std::optional<T>& item, const T& value) {
    if (item) {
      extra.push({label, in.since(start)});
    } else {
      item = value;
    }
  };
  if (equal_ignoring_case(label, "MIN")) {
    IMAPSPEC_TRY(const NzNumber min, nz_number(in));
    keep(result.min, min);
  } else if (equal_ignoring_case(label, "MAX")) {
    IMAPSPEC_TRY(const NzNumber max, nz_number(in));
    keep(result.max, max);
  } else if (equal_ignoring_case(label, "COUNT")) {
    IMAPSPEC_TRY(const std::uint32_t count, number(in));
    keep(result.count, count);
  } else if (equal_ignoring_case(label, "ALL")) {
    IMAPSPEC_TRY(const SequenceSet all, all_set(in, profile));
    keep(result.all, all);
  } else {
    IMAPSPEC_TRY(const auto added, extension_search_return_data(in, profile, label));
    if (added) {
      keep(result.mod_sequence, *added);
    } else {
      IMAPSPEC_TRY(const std::string_view value, search_ret_data_ext(in, profile, label_start));
      extra.push({label, value});
    }
  }
  return attempt.accept();
}

// Whether "UID" stands here, and no value behind it.
bool uid_indicator_follows(const Cursor& in) {
  return equal_ignoring_case(in.rest().substr(0, 3), "UID") && !is_tagged_label_char(in.peek(3)) &&
         !(in.peek(3) == ' ' && begins_tagged_ext_val(in.peek(4)));
}

}  // namespace

// What follows the keyword in
// esearch-response = "ESEARCH" [search-correlator] [SP "UID"]
//                    *(SP search-return-data)
//
// Note: T23. "UID" comes first and is the indicator unless a value follows it.
std::expected<Esearch, Error> esearch_response(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  Esearch result;
  ListBuilder<Esearch::Extra> extra(in.arena());
  if (in.peek() == ' ' && in.peek(1) == '(') {
    IMAPSPEC_TRY(result.tag, search_correlator(in, profile));
  }
  for (bool first = true; in.take(' '); first = false) {
    const std::size_t start = in.offset();
    if (!is_tagged_label_fchar(in.peek())) {
      return in.fail("esearch-response", first && !result.tag ? Name("\"(\", UID or search-return-data")
                                         : first              ? Name("UID or search-return-data")
                                                              : Name("search-return-data"));
    }
    if (first && uid_indicator_follows(in)) {
      in.skip(3);
      result.uid = true;
      continue;
    }
    IMAPSPEC_TRY(const Label label, search_modifier_name(in));
    IMAPSPEC_CHECK(search_return_data(in, profile, label, start, result, extra));
  }
  result.extra = extra.list();
  return attempt.accept(result);
}

}  // namespace imapspec::parser
