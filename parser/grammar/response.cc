#include "parser/grammar/response.h"

#include <algorithm>
#include <array>
#include <optional>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/hooks.h"

namespace imapspec::parser {

namespace {

using Outcome = std::expected<Response, Error>;

// as_response makes the alternative `T` out of what its rule yields.
template <class T, class Read, class Make>
Outcome as_response(const std::expected<Read, Error>& read, Make make) {
  if (!read) return std::unexpected(read.error());
  return Outcome(std::in_place, std::in_place_type<T>, make(*read));
}

template <class T>
Outcome as_response(const std::expected<T, Error>& read) {
  if (!read) return std::unexpected(read.error());
  return Outcome(std::in_place, std::in_place_type<T>, *read);
}

constexpr auto kStates = std::to_array<Keyword<Status>>({{"OK", Status::Ok}, {"NO", Status::No}, {"BAD", Status::Bad}});
constexpr auto kGreetings =
    std::to_array<Keyword<Status>>({{"OK", Status::Ok}, {"PREAUTH", Status::Preauth}, {"BYE", Status::Bye}});

// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
// resp-cond-bye = "BYE" SP resp-text
// resp-cond-auth = ("OK" / "PREAUTH") SP resp-text
//
// From the octet after the keyword.
std::expected<StatusResponse, Error> status_response(Cursor& in, const Profile& profile, std::optional<Tag> tag,
                                                     Status status, Name rule) {
  Attempt attempt(in, rule, in.keyword_start());
  StatusResponse response;
  response.tag = tag;
  response.status = status;
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(response.text, resp_text(in, profile));
  return attempt.accept(response);
}

// Each of the functions below reads what follows a keyword of response-data: a piece of the rules that kData names.

template <Status kStatus>
Outcome state(Cursor& in, const Profile& profile) {
  return as_response(status_response(in, profile, {}, kStatus,
                                     kStatus == Status::Bye ? Name("resp-cond-bye") : Name("resp-cond-state")));
}

Outcome capability(Cursor& in, const Profile& profile) {
  return as_response<CapabilityData>(capability_data(in, profile), [](auto list) { return CapabilityData{list}; });
}

// enable-data = "ENABLED" *(SP capability)
//
// Note: T53. It may name nothing.
Outcome enabled(Cursor& in, const Profile&) {
  return as_response<EnableData>(capabilities(in, false, "enable-data"), [](auto list) { return EnableData{list}; });
}

Outcome flags(Cursor& in, const Profile&) {
  IMAPSPEC_CHECK(sp(in, "mailbox-data"));
  return as_response<FlagsData>(flag_list(in), [](auto list) { return FlagsData{list}; });
}

template <bool kLsub>
Outcome list(Cursor& in, const Profile& profile) {
  IMAPSPEC_CHECK(sp(in, "mailbox-data"));
  return as_response<ListData>(mailbox_list(in, profile),
                               [](const MailboxList& mailboxes) { return ListData{mailboxes, kLsub}; });
}

Outcome esearch(Cursor& in, const Profile& profile) { return as_response(esearch_response(in, profile)); }

// obsolete-search-response = "SEARCH" *(SP nz-number)
Outcome search(Cursor& in, const Profile& profile) {
  const Name rule = profile.rev2 ? Name("obsolete-search-response") : Name("mailbox-data");
  SearchData data;
  ListBuilder<NzNumber> numbers(in.arena());
  while (in.take(' ')) {
    if (in.peek() == '(' && !numbers.list().empty()) {
      IMAPSPEC_TRY(data.mod_sequence, extension_search_data_end(in, profile));
      if (data.mod_sequence) break;
    }
    if (!is_digit(in.peek())) return in.fail(rule, "nz-number");
    IMAPSPEC_TRY(const NzNumber next, nz_number(in));
    numbers.push(next);
  }
  data.numbers = numbers.list();
  return data;
}

Outcome status(Cursor& in, const Profile& profile) {
  IMAPSPEC_CHECK(sp(in, "mailbox-data"));
  return as_response(status_data(in, profile));
}

Outcome namespaces(Cursor& in, const Profile& profile) { return as_response(namespace_response(in, profile)); }

// Form is what follows a keyword, the rules that begin with it, and what the keyword came with.
struct Form {
  Outcome (*arguments)(Cursor&, const Profile&) = nullptr;
  Name group;  // mailbox-data, or empty
  Name rule;   // empty where the group has the keyword itself
  std::optional<Extension> extension;
  bool rev1 = false;  // RFC 3501's, which has no rule for it
};

// Note: T52. SEARCH and RECENT stay with servers that know RFC 3501, LSUB with that RFC.
constexpr Name kMailbox = "mailbox-data";
constexpr auto kData = std::to_array<Keyword<Form>>({
    {"OK", {state<Status::Ok>, {}, {}, {}}},
    {"NO", {state<Status::No>, {}, {}, {}}},
    {"BAD", {state<Status::Bad>, {}, {}, {}}},
    {"BYE", {state<Status::Bye>, {}, {}, {}}},
    {"LIST", {list<false>, kMailbox, {}, {}}},
    {"STATUS", {status, kMailbox, {}, {}}},
    {"FLAGS", {flags, kMailbox, {}, {}}},
    {"CAPABILITY", {capability, {}, "capability-data", {}}},
    {"ESEARCH", {esearch, kMailbox, "esearch-response", Extension::Esearch}},
    {"SEARCH", {search, kMailbox, "obsolete-search-response", {}, true}},
    {"ENABLED", {enabled, {}, "enable-data", Extension::Enable}},
    {"NAMESPACE", {namespaces, kMailbox, "namespace-response", Extension::Namespace}},
    {"LSUB", {list<true>, kMailbox, {}, {}, true}},
});

// The words behind "*" SP number SP.
enum class Numbered { Exists, Recent, Expunge, Fetch };
constexpr auto kNumbered = std::to_array<Keyword<Numbered>>({{"FETCH", Numbered::Fetch},
                                                             {"EXISTS", Numbered::Exists},
                                                             {"EXPUNGE", Numbered::Expunge},
                                                             {"RECENT", Numbered::Recent}});

// The number in front of such a word. The word says which number it is: only a Trace has to know before.
std::expected<std::uint32_t, Error> number_in_front(Cursor& in) {
  if (in.trace() == nullptr || in.peek() == '0') return number(in);
  const std::string_view rest = in.rest();
  const std::string_view word = rest.substr(std::min(rest.find(' '), rest.size() - 1) + 1);
  if (common_prefix(word, "FETCH") == 5 || common_prefix(word, "EXPUNGE") == 7) return nz_number(in);
  return number(in);
}

// mailbox-data = ... / number SP "EXISTS" / obsolete-recent-response
// obsolete-recent-response = number SP "RECENT"
// message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))
//
// Note: T54. There is no message 0, while 0 messages may exist.
Outcome numbered_data(Cursor& in, const Profile& profile) {
  const std::size_t start = in.offset();
  const bool nz = in.peek() != '0';
  IMAPSPEC_TRY(const std::uint32_t value, number_in_front(in));
  IMAPSPEC_CHECK(sp(in, "response-data"));
  IMAPSPEC_TRY(const Numbered data, keyword(in, kNumbered, "response-data",
                                            nz ? Name("EXISTS, EXPUNGE or FETCH") : Name("EXISTS"), [&](Numbered each) {
                                              if (each == Numbered::Recent) return profile.rev1;  // T52
                                              return nz || each == Numbered::Exists;
                                            }));
  const bool message = data == Numbered::Fetch || data == Numbered::Expunge;
  Attempt attempt(in, message ? Name("message-data") : Name("mailbox-data"), start);
  const bool recent = data == Numbered::Recent && profile.rev2;
  Attempt obsolete(in, recent ? Name("obsolete-recent-response") : Name(), start);
  if (data == Numbered::Exists) return attempt.accept(obsolete.accept(Response(Exists{value})));
  if (data == Numbered::Recent) return attempt.accept(obsolete.accept(Response(Recent{value})));
  const SequenceNumber which{NzNumber::nearest(value)};
  if (data == Numbered::Expunge) return attempt.accept(obsolete.accept(Response(Expunge{which})));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(const List<MsgAtt> items, msg_att(in, profile));
  return attempt.accept(obsolete.accept(Response(Fetch{which, items})));
}

// What stands between "*" SP and CRLF.
//
// Note: T9. PREAUTH is not there: it can only be the greeting.
Outcome data_of(Cursor& in, const Profile& profile) {
  if (is_digit(in.peek())) return numbered_data(in, profile);
  const auto form = keyword(in, kData, "response-data", "number or the name of a response", [&](const Form& each) {
    return (!each.extension || profile.has(*each.extension)) && (!each.rev1 || profile.rev1);
  });
  if (!form) return extension_data(in, profile, form.error());
  const std::size_t start = in.keyword_start();
  Attempt group(in, form->group, start);
  Attempt rule(in, form->rev1 && !profile.rev2 ? Name() : form->rule, start);
  auto read = form->arguments(in, profile);
  if (read) {
    rule.accept();
    group.accept();
  }
  return read;
}

// response-data = "*" SP (resp-cond-state / resp-cond-bye /
//                 mailbox-data / message-data / capability-data /
//                 enable-data) CRLF
// mailbox-data = "FLAGS" SP flag-list / "LIST" SP mailbox-list /
//                esearch-response /
//                "STATUS" SP mailbox SP "(" [status-att-list] ")" /
//                number SP "EXISTS" / namespace-response /
//                obsolete-search-response /
//                obsolete-recent-response
Outcome response_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "response-data");
  in.skip(1);
  if (!in.take(' ')) return attempt.fail("SP");
  // A response is large: it is made once, in what is returned.
  auto read = data_of(in, profile);
  if (!read) return read;
  IMAPSPEC_CHECK(crlf(in, "response-data"));
  attempt.accept();
  return read;
}

// continue-req = "+" SP (resp-text / base64) CRLF
//
// Note: T7. Every base64 is a resp-text but the empty one, which RFC 3501's resp-text is not. Which one is meant, the
// command in progress says.
Outcome continue_req(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "continue-req");
  in.skip(1);
  if (!in.take(' ')) return attempt.fail("SP");
  ContinueReq request;
  if (in.peek() != '\r' && in.peek() != '\n') {
    const std::size_t start = in.offset();
    IMAPSPEC_CHECK(resp_text(in, profile));
    request.octets = HumanText::unchecked(in.since(start));
  }
  IMAPSPEC_CHECK(crlf(in, "continue-req"));
  return attempt.accept(Response(request));
}

// response-tagged = tag SP resp-cond-state CRLF
Outcome response_tagged(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "response-tagged");
  IMAPSPEC_TRY(const Tag own_tag, tag(in));
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(const Status status, keyword(in, kStates, "response-tagged", "OK, NO or BAD"));
  auto read = as_response(status_response(in, profile, own_tag, status, "resp-cond-state"));
  if (!read) return read;
  IMAPSPEC_CHECK(crlf(in, "response-tagged"));
  attempt.accept();
  return read;
}

}  // namespace

std::string_view status_name(Status status) {
  switch (status) {
    case Status::Ok:
      return "OK";
    case Status::No:
      return "NO";
    case Status::Bad:
      return "BAD";
    case Status::Preauth:
      return "PREAUTH";
    case Status::Bye:
      return "BYE";
  }
  return "";
}

// response = *(continue-req / response-data) response-done
// response-done = response-tagged / response-fatal
// response-fatal = "*" SP resp-cond-bye CRLF
//
// Note: T8. That is all that answers a command; here it is one line with its literals. Whether an untagged BYE is
// response-fatal, the session knows.
std::expected<Response, Error> response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "response");
  if (in.peek() != '+' && in.peek() != '*' && !is_tag_char(in.peek())) return attempt.fail("\"*\", \"+\" or tag");
  auto read = in.peek() == '+'   ? continue_req(in, profile)
              : in.peek() == '*' ? response_data(in, profile)
                                 : response_tagged(in, profile);
  if (read) attempt.accept();
  return read;
}

// greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
std::expected<StatusResponse, Error> greeting(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "greeting");
  if (!in.take('*')) return attempt.fail("\"*\"");
  if (!in.take(' ')) return attempt.fail("SP");
  IMAPSPEC_TRY(const Status status, keyword(in, kGreetings, "greeting", "OK, PREAUTH or BYE"));
  const Name rule = status == Status::Bye ? Name("resp-cond-bye") : Name("resp-cond-auth");
  IMAPSPEC_TRY(const StatusResponse read, status_response(in, profile, {}, status, rule));
  IMAPSPEC_CHECK(crlf(in, "greeting"));
  return attempt.accept(read);
}

}  // namespace imapspec::parser
