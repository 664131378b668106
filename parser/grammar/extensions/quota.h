// QUOTA: limits on what the mailboxes under a quota root may use.
//
// RFC 9208, RFC 2087
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/mailbox.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"
#include "parser/grammar/word.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// QuotaLimit is setquota-resource. The names of resources ignore case.
struct QuotaLimit {
  AtomName name;
  Number64 limit;
  friend bool operator==(const QuotaLimit&, const QuotaLimit&) = default;
};

// QuotaUsage is quota-resource. The usage may be above the limit, which can be soft (section 3.1.2).
struct QuotaUsage {
  AtomName name;
  Number64 usage;
  Number64 limit;
  friend bool operator==(const QuotaUsage&, const QuotaUsage&) = default;
};

namespace commands {
struct GetQuota {
  static constexpr std::string_view kName = "GETQUOTA";
  String root;
  friend bool operator==(const GetQuota&, const GetQuota&) = default;
};
struct GetQuotaRoot {
  static constexpr std::string_view kName = "GETQUOTAROOT";
  Mailbox mailbox;
  friend bool operator==(const GetQuotaRoot&, const GetQuotaRoot&) = default;
};
struct SetQuota {
  static constexpr std::string_view kName = "SETQUOTA";
  String root;
  parser::List<QuotaLimit> limits;
  friend bool operator==(const SetQuota&, const SetQuota&) = default;
};
}  // namespace commands

struct QuotaResponse {
  String root;
  List<QuotaUsage> resources;
  friend bool operator==(const QuotaResponse&, const QuotaResponse&) = default;
};

struct QuotaRootResponse {
  Mailbox mailbox;
  List<String> roots;
  friend bool operator==(const QuotaRootResponse&, const QuotaRootResponse&) = default;
};

// Each of these reads from the octet after its keyword. A quota-root-name is an astring.

// getquota = "GETQUOTA" SP quota-root-name
std::expected<commands::GetQuota, Error> getquota(Cursor& in, const Profile& profile);

// getquotaroot = "GETQUOTAROOT" SP mailbox
std::expected<commands::GetQuotaRoot, Error> getquotaroot(Cursor& in, const Profile& profile);

// setquota = "SETQUOTA" SP quota-root-name SP setquota-list
std::expected<commands::SetQuota, Error> setquota(Cursor& in, const Profile& profile);

// quota-response = "QUOTA" SP quota-root-name SP quota-list
std::expected<QuotaResponse, Error> quota_response(Cursor& in, const Profile& profile);

// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
std::expected<QuotaRootResponse, Error> quotaroot_response(Cursor& in, const Profile& profile);

// write_arguments and write append a command's arguments, with the SP in front of them, and a response.
void write_arguments(const commands::GetQuota& command, Writer& out);
void write_arguments(const commands::GetQuotaRoot& command, Writer& out);
void write_arguments(const commands::SetQuota& command, Writer& out);
void write(const QuotaResponse& response, Writer& out);
void write(const QuotaRootResponse& response, Writer& out);

}  // namespace imapspec::parser
