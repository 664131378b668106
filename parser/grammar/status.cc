#include "parser/grammar/status.h"

#include <array>

#include "parser/core/keyword.h"
#include "parser/grammar/extensions/hooks.h"
#include "parser/grammar/number.h"

namespace imapspec::parser {

namespace {

constexpr auto kStatusAtts = std::to_array<Keyword<StatusAtt>>({
    {"MESSAGES", StatusAtt::Messages},
    {"UIDNEXT", StatusAtt::UidNext},
    {"UIDVALIDITY", StatusAtt::UidValidity},
    {"UNSEEN", StatusAtt::Unseen},
    {"DELETED", StatusAtt::Deleted},
    {"SIZE", StatusAtt::Size},
    {"RECENT", StatusAtt::Recent},
});

// The keyword of an item, a piece of `rule`.
//
// RFC 3501 has RECENT, and neither DELETED nor, without RFC 8438, SIZE.
std::expected<StatusAtt, Error> status_item(Cursor& in, const Profile& profile, Name rule) {
  const auto att = keyword(in, kStatusAtts, rule, "a STATUS data item", [&profile](StatusAtt each) {
    switch (each) {
      case StatusAtt::Recent:
        return profile.rev1;
      case StatusAtt::Deleted:
        return profile.rev2;
      case StatusAtt::Size:
        return profile.has(Extension::StatusSize);
      default:
        return true;
    }
  });
  if (!att) return extension_status_att(in, profile, att.error());
  return att;
}

// status-att = "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" /
//              "UNSEEN" / "DELETED" / "SIZE"
std::expected<StatusAtt, Error> status_att(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "status-att");
  IMAPSPEC_TRY(const StatusAtt att, status_item(in, profile, "status-att"));
  return attempt.accept(att);
}

// status-att-val = ("MESSAGES" SP number) /
//                  ("UIDNEXT" SP nz-number) /
//                  ("UIDVALIDITY" SP nz-number) /
//                  ("UNSEEN" SP number) /
//                  ("DELETED" SP number) /
//                  ("SIZE" SP number64)
//
// RFC 3501 got this rule, with RECENT, by erratum 261.
std::expected<StatusAttVal, Error> status_att_val(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "status-att-val");
  StatusAttVal result;
  IMAPSPEC_TRY(result.att, status_item(in, profile, "status-att-val"));
  if (!in.take(' ')) return attempt.fail("SP");
  if (result.att > StatusAtt::Recent) {
    IMAPSPEC_TRY(result, extension_status_att_val(in, result.att));
    return attempt.accept(result);
  }
  if (result.att == StatusAtt::Size) {
    IMAPSPEC_TRY(result.value, number64(in));
  } else if (result.att == StatusAtt::UidNext || result.att == StatusAtt::UidValidity) {
    IMAPSPEC_TRY(result.value, nz_number(in));
  } else {
    IMAPSPEC_TRY(result.value, number(in));
  }
  return attempt.accept(result);
}

// status-att-list = status-att-val *(SP status-att-val)
std::expected<List<StatusAttVal>, Error> status_att_list(Cursor& in, const Profile& profile) {
  Attempt attempt(in, "status-att-list");
  ListBuilder<StatusAttVal> values(in.arena());
  do {
    IMAPSPEC_TRY(const StatusAttVal value, status_att_val(in, profile));
    values.push(value);
  } while (in.take(' '));
  if (in.peek() != ')') return attempt.fail("SP or \")\"");
  return attempt.accept(values.list());
}

}  // namespace

std::string_view status_att_name(StatusAtt att) {
  for (const Keyword<StatusAtt>& entry : kStatusAtts) {
    if (entry.value == att) return entry.word;
  }
  return extension_status_att_name(att);
}

// "(" status-att *(SP status-att) ")"
std::expected<List<StatusAtt>, Error> status_atts(Cursor& in, const Profile& profile, Name rule) {
  Attempt attempt(in);
  if (!in.take('(')) return in.fail(rule, "\"(\"");
  ListBuilder<StatusAtt> atts(in.arena());
  do {
    IMAPSPEC_TRY(const StatusAtt att, status_att(in, profile));
    atts.push(att);
  } while (in.take(' '));
  if (!in.take(')')) return in.fail(rule, "SP or \")\"");
  return attempt.accept(atts.list());
}

// mailbox SP "(" [status-att-list] ")"
//
// Note: T45. What is answered may be nothing, what is asked may not.
std::expected<StatusData, Error> status_data(Cursor& in, const Profile& profile) {
  Attempt attempt(in);
  StatusData result;
  IMAPSPEC_TRY(result.mailbox, mailbox(in, profile));
  IMAPSPEC_CHECK(sp(in, "mailbox-data"));
  if (!in.take('(')) return in.fail("mailbox-data", "\"(\"");
  if (in.take(')')) return attempt.accept(result);
  IMAPSPEC_TRY(result.values, status_att_list(in, profile));
  in.skip(1);  // the ")" that ended the list
  return attempt.accept(result);
}

}  // namespace imapspec::parser
