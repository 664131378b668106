// What a server sends.
//
// RFC 9051 sections 7, 9: greeting, response-data, response-tagged, continue-req
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <variant>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/capability.h"
#include "parser/grammar/extensions/acl.h"
#include "parser/grammar/extensions/id.h"
#include "parser/grammar/extensions/qresync.h"
#include "parser/grammar/extensions/quota.h"
#include "parser/grammar/fetch.h"
#include "parser/grammar/list.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/response_code.h"
#include "parser/grammar/search.h"
#include "parser/grammar/status.h"
#include "parser/grammar/word.h"

namespace imapspec::parser {

enum class Status : std::uint8_t { Ok, No, Bad, Preauth, Bye };

// status_name is the keyword, in upper case.
std::string_view status_name(Status status);

// StatusResponse is resp-cond-state, resp-cond-bye or resp-cond-auth, tagged or not.
struct StatusResponse {
  std::optional<Tag> tag;  // nullopt when untagged
  Status status = Status::Ok;
  RespText text;
  friend bool operator==(const StatusResponse&, const StatusResponse&) = default;
};

// ContinueReq is "+" SP (resp-text / base64). Which of the two is meant depends on the command
// in progress, so the octets are kept (without "+ " and CRLF).
struct ContinueReq {
  HumanText octets;
  friend bool operator==(const ContinueReq&, const ContinueReq&) = default;
};

struct CapabilityData {
  List<AtomName> capabilities;
  friend bool operator==(const CapabilityData&, const CapabilityData&) = default;
};
struct EnableData {
  List<AtomName> capabilities;
  friend bool operator==(const EnableData&, const EnableData&) = default;
};
struct FlagsData {
  List<Flag> flags;
  friend bool operator==(const FlagsData&, const FlagsData&) = default;
};
struct ListData {
  MailboxList list;
  bool lsub = false;  // RFC 3501 only
  friend bool operator==(const ListData&, const ListData&) = default;
};
struct SearchData {  // obsolete-search-response
  List<NzNumber> numbers;
  std::optional<NzNumber64> mod_sequence = std::nullopt;  // CONDSTORE
  friend bool operator==(const SearchData&, const SearchData&) = default;
};
struct Exists {
  std::uint32_t count = 0;
  friend bool operator==(const Exists&, const Exists&) = default;
};
struct Recent {  // obsolete-recent-response
  std::uint32_t count = 0;
  friend bool operator==(const Recent&, const Recent&) = default;
};
struct Expunge {
  SequenceNumber number;
  friend bool operator==(const Expunge&, const Expunge&) = default;
};
struct Fetch {
  SequenceNumber number;
  List<MsgAtt> items;
  friend bool operator==(const Fetch&, const Fetch&) = default;
};

// Response is one unit from a server. The data of extensions comes last.
using Response =
    std::variant<StatusResponse, ContinueReq, CapabilityData, EnableData, FlagsData, ListData, NamespaceResponse,
                 StatusData, Esearch, SearchData, Exists, Recent, Expunge, Fetch, IdResponse, QuotaResponse,
                 QuotaRootResponse, AclData, ListRightsData, MyRightsData, Vanished>;

// response = continue-req / response-data / response-tagged, with its CRLF
std::expected<Response, Error> response(Cursor& in, const Profile& profile);

// greeting = "*" SP (resp-cond-auth / resp-cond-bye) CRLF
std::expected<StatusResponse, Error> greeting(Cursor& in, const Profile& profile);

}  // namespace imapspec::parser
