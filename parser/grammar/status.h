// STATUS: what is asked and what is answered.
//
// RFC 9051 sections 6.3.11, 7.3.5, 9: status-att, status-att-val
#pragma once

#include <cstdint>
#include <expected>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"

namespace imapspec::parser {

enum class StatusAtt : std::uint8_t {
  Messages,
  UidNext,
  UidValidity,
  Unseen,
  Deleted,
  Size,
  Recent,          // RFC 3501 only
  HighestModSeq,   // CONDSTORE
  DeletedStorage,  // QUOTA
  AppendLimit,     // APPENDLIMIT
};

struct StatusAttVal {
  StatusAtt att = StatusAtt::Messages;
  Number64 value;
  bool nil = false;  // no limit, of AppendLimit
  friend bool operator==(const StatusAttVal&, const StatusAttVal&) = default;
};

// StatusData is the arguments of a STATUS response.
struct StatusData {
  Mailbox mailbox;
  List<StatusAttVal> values;
  friend bool operator==(const StatusData&, const StatusData&) = default;
};

// status_att_name is the keyword of an item, in upper case.
std::string_view status_att_name(StatusAtt att);

// "(" status-att *(SP status-att) ")", a piece of `rule`
std::expected<List<StatusAtt>, Error> status_atts(Cursor& in, const Profile& profile, Name rule);

// mailbox SP "(" [status-att-list] ")", a piece of mailbox-data
std::expected<StatusData, Error> status_data(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
