#include "parser/grammar/response.h"

#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/char_class.h"
#include "parser/grammar/extensions/hooks.h"

namespace imapspec::parser {

namespace {

constexpr std::array<Keyword<Status>, 3> kStates{{{"OK", Status::Ok}, {"NO", Status::No}, {"BAD", Status::Bad}}};
constexpr std::array<Keyword<Status>, 3> kGreetings{
    {{"OK", Status::Ok}, {"PREAUTH", Status::Preauth}, {"BYE", Status::Bye}}};

// The words behind "*" SP, and behind "*" SP number SP.
enum class Data { Ok, No, Bad, Bye, Capability, Enabled, Flags, List, Lsub, Esearch, Search, Status, Namespace };
constexpr std::array<Keyword<Data>, 13> kData{{{"OK", Data::Ok},
                                               {"NO", Data::No},
                                               {"BAD", Data::Bad},
                                               {"BYE", Data::Bye},
                                               {"LIST", Data::List},
                                               {"STATUS", Data::Status},
                                               {"FLAGS", Data::Flags},
                                               {"CAPABILITY", Data::Capability},
                                               {"ESEARCH", Data::Esearch},
                                               {"SEARCH", Data::Search},
                                               {"ENABLED", Data::Enabled},
                                               {"NAMESPACE", Data::Namespace},
                                               {"LSUB", Data::Lsub}}};

enum class NumberedData { Exists, Recent, Expunge, Fetch };
constexpr std::array<Keyword<NumberedData>, 4> kNumberedData{{{"FETCH", NumberedData::Fetch},
                                                              {"EXISTS", NumberedData::Exists},
                                                              {"EXPUNGE", NumberedData::Expunge},
                                                              {"RECENT", NumberedData::Recent}}};

// Note: trap T52. SEARCH and RECENT stay with servers that know RFC 3501, LSUB with that RFC.
bool is_in(Data data, const Profile& profile) {
  switch (data) {
    case Data::Search:
    case Data::Lsub:
      return profile.rev1;
    case Data::Esearch:
      return profile.has(Extension::Esearch);
    case Data::Enabled:
      return profile.has(Extension::Enable);
    case Data::Namespace:
      return profile.has(Extension::Namespace);
    default:
      return true;
  }
}

// as_response makes the alternative `T` out of what its rule yields.
template <class T, class Read, class Make>
std::expected<Response, Error> as_response(const std::expected<Read, Error>& read, Make make) {
  if (!read) return std::unexpected(read.error());
  return std::expected<Response, Error>(std::in_place, std::in_place_type<T>, make(*read));
}

template <class T>
std::expected<Response, Error> as_response(const std::expected<T, Error>& read) {
  if (!read) return std::unexpected(read.error());
  return std::expected<Response, Error>(std::in_place, std::in_place_type<T>, *read);
}

// SP resp-text, of a response with this status
std::expected<StatusResponse, Error> status_response(Cursor& in, const Profile& profile, std::string_view tag,
                                                     Status status, Name rule) {
  StatusResponse response;
  response.tag = tag;
  response.status = status;
  if (!in.take(' ')) return in.fail(rule, "SP");
  IMAPSPEC_TRY(response.text, resp_text(in, profile));
  return response;
}

// continue-req = "+" SP (resp-text / base64) CRLF
//
// Note: trap T7. Every base64 is a resp-text but the empty one, which RFC 3501's resp-text is not.
std::expected<Response, Error> continue_req(Cursor& in, const Profile& profile) {
  in.skip(1);
  if (!in.take(' ')) return in.fail("continue-req", "SP");
  if (in.peek() == '\r' || in.peek() == '\n') return Response(ContinueReq());
  IMAPSPEC_TRY(const std::string_view octets, text(in, profile));
  return Response(ContinueReq{octets});
}

// obsolete-search-response = "SEARCH" *(SP nz-number), from the octet after "SEARCH"
std::expected<SearchData, Error> search_data(Cursor& in, const Profile& profile) {
  SearchData data;
  ListBuilder<std::uint32_t> numbers(in.arena());
  while (in.take(' ')) {
    if (in.peek() == '(' && !numbers.list().empty()) {
      IMAPSPEC_TRY(data.mod_sequence, extension_search_data_end(in, profile));
      if (data.mod_sequence) break;
    }
    IMAPSPEC_TRY(const std::uint32_t next, nz_number(in));
    numbers.push(next);
  }
  data.numbers = numbers.list();
  return data;
}

// mailbox-data = ... / number SP "EXISTS" / obsolete-recent-response
// message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))
std::expected<Response, Error> numbered_data(Cursor& in, const Profile& profile) {
  const std::size_t start = in.offset();
  const bool is_nz = in.peek() != '0';
  IMAPSPEC_TRY(const std::uint32_t value, number(in));
  if (!in.take(' ')) return in.fail("response-data", "SP");
  IMAPSPEC_TRY(const NumberedData data,
               keyword(in, kNumberedData, "response-data", "EXISTS, EXPUNGE or FETCH", [&](NumberedData each) {
                 return each != NumberedData::Recent || profile.rev1;  // trap T52
               }));
  switch (data) {
    case NumberedData::Exists:
      return Response(Exists{value});
    case NumberedData::Recent:
      return Response(Recent{value});
    case NumberedData::Expunge:
    case NumberedData::Fetch:
      break;
  }
  // Note: trap T54. There is no message 0, while 0 messages may exist.
  if (!is_nz) return in.fail_at(start, "message-data", "nz-number");
  const SequenceNumber number{value};
  if (data == NumberedData::Expunge) return Response(Expunge{number});
  if (!in.take(' ')) return in.fail("message-data", "SP");
  return as_response<Fetch>(msg_att(in, profile), [&](const List<MsgAtt>& items) { return Fetch{number, items}; });
}

// A mailbox list, of LIST and LSUB.
std::expected<Response, Error> list_data(Cursor& in, const Profile& profile, bool lsub) {
  if (!in.take(' ')) return in.fail("mailbox-data", "SP");
  return as_response<ListData>(mailbox_list(in, profile),
                               [&](const MailboxList& list) { return ListData{list, lsub}; });
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
//
// Note: trap T9. PREAUTH is not among these: it can only be the greeting.
std::expected<Response, Error> response_data(Cursor& in, const Profile& profile) {
  in.skip(1);
  if (!in.take(' ')) return in.fail("response-data", "SP");
  if (is_digit(in.peek())) return numbered_data(in, profile);
  const auto data = keyword(in, kData, "response-data", "number or the name of a response",
                            [&](Data each) { return is_in(each, profile); });
  if (!data) return extension_data(in, profile, data.error());
  switch (*data) {
    case Data::Ok:
      return as_response(status_response(in, profile, {}, Status::Ok, "resp-cond-state"));
    case Data::No:
      return as_response(status_response(in, profile, {}, Status::No, "resp-cond-state"));
    case Data::Bad:
      return as_response(status_response(in, profile, {}, Status::Bad, "resp-cond-state"));
    case Data::Bye:
      return as_response(status_response(in, profile, {}, Status::Bye, "resp-cond-bye"));
    case Data::Capability:
      return as_response<CapabilityData>(capability_data(in, profile), [](auto list) { return CapabilityData{list}; });
    case Data::Enabled:
      // Note: trap T53. ENABLED may name nothing.
      return as_response<EnableData>(capabilities(in, false, "enable-data"),
                                     [](auto list) { return EnableData{list}; });
    case Data::Flags:
      if (!in.take(' ')) return in.fail("mailbox-data", "SP");
      return as_response<FlagsData>(flag_list(in), [](auto list) { return FlagsData{list}; });
    case Data::List:
      return list_data(in, profile, false);
    case Data::Lsub:
      return list_data(in, profile, true);
    case Data::Esearch:
      return as_response(esearch_response(in, profile));
    case Data::Search:
      return as_response(search_data(in, profile));
    case Data::Status:
      if (!in.take(' ')) return in.fail("mailbox-data", "SP");
      return as_response(status_data(in, profile));
    case Data::Namespace:
      return as_response(namespace_response(in, profile));
  }
  return in.fail("response-data", "the name of a response");
}

// response-tagged = tag SP resp-cond-state CRLF
// resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
std::expected<Response, Error> response_tagged(Cursor& in, const Profile& profile) {
  if (!is_tag_char(in.peek())) return in.fail("response", "\"*\", \"+\" or tag");
  IMAPSPEC_TRY(const std::string_view own_tag, tag(in));
  if (!in.take(' ')) return in.fail("response-tagged", "SP");
  IMAPSPEC_TRY(const Status status, keyword(in, kStates, "resp-cond-state", "OK, NO or BAD"));
  return as_response(status_response(in, profile, own_tag, status, "resp-cond-state"));
}

std::expected<Response, Error> any_response(Cursor& in, const Profile& profile) {
  if (in.peek() == '+') return continue_req(in, profile);
  if (in.peek() == '*') return response_data(in, profile);
  return response_tagged(in, profile);
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
//
// Note: trap T8. That is all that answers a command; here it is one line with its literals.
std::expected<Response, Error> response(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "response");
  // A response is large: it is made once, in what is returned.
  auto read = any_response(in, profile);
  if (!read) return read;
  if (auto end = crlf(in, "response"); !end) return std::unexpected(end.error());
  attempt.accept();
  return read;
}

// greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
// resp-cond-auth = ("OK" / "PREAUTH") SP resp-text
// resp-cond-bye = "BYE" SP resp-text
std::expected<StatusResponse, Error> greeting(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "greeting");
  if (!in.take('*')) return in.fail("greeting", "\"*\"");
  if (!in.take(' ')) return in.fail("greeting", "SP");
  IMAPSPEC_TRY(const Status status, keyword(in, kGreetings, "greeting", "OK, PREAUTH or BYE"));
  IMAPSPEC_TRY(const StatusResponse read, status_response(in, profile, {}, status, "greeting"));
  if (auto end = crlf(in, "greeting"); !end) return std::unexpected(end.error());
  return attempt.accept(read);
}

}  // namespace imapspec::parser
