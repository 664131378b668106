#include "runner/monitor/capabilities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/core/base64.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

namespace commands = parser::commands;

// What changes which capabilities there are.
constexpr std::array<std::string_view, 5> kTurns{"LOGIN", "AUTHENTICATE", "STARTTLS", "UNAUTHENTICATE", "LOGOUT"};

constexpr std::size_t kMostAsked = 1'000;

bool contains(const std::vector<std::string>& sorted, std::string_view name) {
  return std::ranges::binary_search(sorted, name);
}

// The user of a PLAIN message in base64; empty where it is none.
std::string plain_user(std::string_view base64) {
  std::string message;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char octet : base64) {
    const int value = parser::base64_value(octet);
    if (value < 0) break;
    bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xffffU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    message.push_back(static_cast<char>(bits >> count & 0xffU));
  }
  const std::size_t first = message.find('\0');
  const std::size_t second = first == std::string::npos ? first : message.find('\0', first + 1);
  if (second == std::string::npos) return {};
  return first > 0 ? message.substr(0, first) : message.substr(first + 1, second - first - 1);
}

}  // namespace

void Capabilities::on_greeting(const parser::StatusResponse& greeting) {
  greeted_ = true;
  session_.login = greeting.status == parser::Status::Preauth ? Login::Yes
                   : greeting.status == parser::Status::Ok    ? Login::No
                                                              : Login::Unknown;
}

void Capabilities::on_tls() {
  last_.reset();
  enabled_since_ = false;
  tls_after_greeting_ = greeted_;
}

void Capabilities::on_sent(const SentCommand& command) {
  if (command.name != "ENABLE" && command.name != "CAPABILITY") only_enabled_ = false;
}

void Capabilities::on_capability(parser::List<parser::AtomName> capabilities, bool of_code) {
  std::vector<std::string> now;
  now.reserve(capabilities.size());
  for (const std::string_view capability : capabilities) now.push_back(parser::to_upper(capability));
  std::ranges::sort(now);
  now.erase(std::unique(now.begin(), now.end()), now.end());

  if (tls_after_greeting_ && contains(now, "STARTTLS")) {
    session_.reports.add(CheckId::StarttlsAfterTls, "STARTTLS advertised under TLS",
                         "STARTTLS is advertised after the TLS negotiation");
  }
  const bool turning =
      std::ranges::any_of(kTurns, [&](std::string_view name) { return session_.commands.in_progress(name); });
  if (last_ && !turning && *last_ != now) {
    std::vector<std::string> differing;
    std::ranges::set_symmetric_difference(*last_, now, std::back_inserter(differing));
    // Section 6.3.1 compares answers to CAPABILITY before and right after; at any other time a list may change.
    const bool by_enable = enabled_since_ && only_enabled_ && last_listed_ && !of_code;
    session_.reports.add(by_enable ? CheckId::EnableKeepsCapabilities : CheckId::CapabilitiesStay,
                         by_enable ? "other capabilities after ENABLE" : "other capabilities than before",
                         fmt::format("the list of capabilities differs from the one before in {}",
                                     parser::escape_octets(differing.front())));
  }
  if (turning) {
    last_.reset();  // it may be of the time before or after
  } else {
    last_ = std::move(now);
  }
  enabled_since_ = false;
  last_listed_ = !of_code;
  only_enabled_ = std::ranges::all_of(session_.commands.pending(), [](const auto& command) {
    return command->name == "ENABLE" || command->name == "CAPABILITY";
  });
}

void Capabilities::on_enabled(const parser::EnableData& enabled) {
  const auto asked = [&](std::string_view name) {
    return std::ranges::any_of(session_.commands.pending(), [&](const auto& command) {
      const auto* enable = command->template as<commands::Enable>();
      return enable != nullptr && parser::contains_capability(enable->capabilities, name);
    });
  };
  const auto asked_before = [&](std::string_view name) {
    return asked_before_.contains(parser::to_upper(name)) || (session_.condstore_aware && name == "CONDSTORE");
  };
  const bool unsure = session_.commands.unsure_in_progress("ENABLE");
  const bool enabling = session_.commands.in_progress("ENABLE");
  if (!enabling) {
    session_.reports.add(CheckId::EnabledOnlyWhatWasAsked, "ENABLED without ENABLE",
                         "ENABLED came while no ENABLE was in progress");
  }
  for (const parser::AtomName capability : enabled.capabilities) {
    const bool implied = capability == "CONDSTORE" && asked("QRESYNC");
    if (enabling && !unsure && !asked(capability) && !implied) {
      const bool earlier = asked_before(capability);
      session_.reports.add(
          earlier ? CheckId::EnabledAnswersItsCommand : CheckId::EnabledOnlyWhatWasAsked,
          earlier ? "ENABLED names what an earlier ENABLE named" : "ENABLED names what was not asked for",
          fmt::format("ENABLED names {}, which the client {}", capability.octets(),
                      earlier ? "named in an earlier ENABLE" : "did not name"));
    }
    if (capability == "IMAP4rev2") session_.enabled_rev2 = true;
    if (capability == "QRESYNC") session_.enabled_qresync = true;
    if (capability == "QRESYNC" || capability == "CONDSTORE") session_.condstore_aware = true;
    if (capability == "UTF8=ACCEPT") session_.enabled_utf8 = true;
  }
}

void Capabilities::log_in(const SentCommand& command) {
  session_.login = Login::Yes;
  if (const auto* login = command.as<commands::Login>()) {
    session_.user = login->userid.value();
    return;
  }
  const auto* authenticate = command.as<commands::Authenticate>();
  if (authenticate == nullptr || authenticate->auth_type != "PLAIN") return;
  std::string user = plain_user(authenticate->initial_response ? authenticate->initial_response->octets()
                                                               : std::string_view(session_.sasl_line));
  if (!user.empty()) session_.user = std::move(user);
}

void Capabilities::on_completed(const SentCommand& command, const parser::StatusResponse& status) {
  const bool ok = status.status == parser::Status::Ok;
  if (ok && command.name == "ENABLE") enabled_since_ = true;
  if (const auto* enable = command.as<commands::Enable>()) {
    for (const std::string_view name : enable->capabilities) {
      if (asked_before_.size() < kMostAsked) asked_before_.insert(parser::to_upper(name));
    }
  }
  if (std::ranges::find(kTurns, command.name) == kTurns.end()) return;
  last_.reset();
  if (!ok) return;
  if (command.name == "LOGIN" || command.name == "AUTHENTICATE") log_in(command);
  if (command.name == "UNAUTHENTICATE") {
    session_.login = Login::No;
    asked_before_.clear();
    session_.enabled_rev2 = session_.enabled_qresync = session_.enabled_utf8 = session_.condstore_aware = false;
  }
}

void Capabilities::on_rev1_response(std::string_view what) {
  if (!session_.speaks_rev2()) return;
  session_.reports.add(session_.profile.rev1 ? CheckId::Rev1ResponsesLinger : CheckId::NoRev1Responses,
                       fmt::format("{} of IMAP4rev1", what), fmt::format("{}, which IMAP4rev2 has not, came", what));
}

void Capabilities::on_user_data(std::string_view what) {
  const bool may_be_in = session_.login != Login::No || session_.commands.in_progress("LOGIN") ||
                         session_.commands.in_progress("AUTHENTICATE");
  if (may_be_in) return;
  session_.reports.add(CheckId::MailboxDataNeedsLogin, fmt::format("{} before login", what),
                       fmt::format("{} came before login", what));
}

}  // namespace imapspec::runner
