#include "server/session/limits.h"

#include <array>

namespace imapspec::server {

namespace {

constexpr std::uint64_t kOctets = std::uint64_t{1} << 30;  // no buffer is longer
constexpr std::uint64_t kCount = 1'000'000;
constexpr std::uint64_t kMailboxMessages = 10'000'000;
constexpr std::uint64_t kStore = std::uint64_t{1} << 40;
constexpr std::uint64_t kDay = 86'400'000;
constexpr std::uint64_t kNesting = 90;  // the parser's own limit is 100

}  // namespace

std::span<const LimitInfo> limit_table() {
  static constexpr auto kTable = std::to_array<LimitInfo>({
      {"line-before-login", &Limits::line_before_login, 512, kOctets, "BAD, then BYE"},
      {"line", &Limits::line, 8'000, kOctets, "BAD, then BYE"},
      {"tag", &Limits::tag, 1, kOctets, "BAD"},
      {"words", &Limits::words, 8, kCount, "NO [LIMIT]"},
      {"list-depth", &Limits::list_depth, 2, kNesting, "NO [LIMIT]"},
      {"search-depth", &Limits::search_depth, 2, kNesting, "NO [LIMIT]"},
      {"set-ranges", &Limits::set_ranges, 1, kCount, "NO [LIMIT]"},
      {"literal", &Limits::literal, 1, kOctets, "NO [LIMIT]"},
      {"literals", &Limits::literals, 1, kCount, "NO [LIMIT]"},
      {"literal-octets", &Limits::literal_octets, 1, kOctets, "NO [LIMIT]"},
      {"non-synchronizing", &Limits::non_synchronizing, 0, kOctets, "BAD, with [TOOBIG] for APPEND"},
      {"message", &Limits::message, 1, kOctets, "NO [TOOBIG]"},
      {"sasl-line", &Limits::sasl_line, 64, kOctets, "BAD"},
      {"bad-commands-before-login", &Limits::bad_commands_before_login, 1, kCount, "BYE"},
      {"bad-commands", &Limits::bad_commands, 1, kCount, "BYE"},
      {"failed-logins", &Limits::failed_logins, 1, kCount, "BYE"},
      {"login-delay", &Limits::login_delay, 0, kDay, "a late answer"},
      {"login-delay-most", &Limits::login_delay_most, 0, kDay, "a late answer"},
      {"time-before-login", &Limits::time_before_login, 1, kDay, "BYE"},
      {"idle", &Limits::idle, 30 * 60'000, 7 * kDay, "BYE"},
      {"output", &Limits::output, 1, kOctets, "no more is read"},
      {"session-memory", &Limits::session_memory, 65'536, 4 * kOctets, "NO [LIMIT]"},
      {"mailbox-name", &Limits::mailbox_name, 5, kOctets, "NO [LIMIT]"},
      {"mailbox-depth", &Limits::mailbox_depth, 1, kCount, "NO [LIMIT]"},
      {"mailboxes", &Limits::mailboxes, 1, kCount, "NO [LIMIT]"},
      {"subscriptions", &Limits::subscriptions, 0, kCount, "NO [LIMIT]"},
      {"keywords", &Limits::keywords, 0, kCount, "NO [LIMIT]"},
      {"messages", &Limits::messages, 1, kMailboxMessages, "NO [LIMIT]"},
      {"store", &Limits::store, 1, kStore, "NO [OVERQUOTA]"},
      {"connections", &Limits::connections, 1, kCount, "BYE"},
      {"connections-per-address", &Limits::connections_per_address, 1, kCount, "BYE"},
      {"connections-before-login", &Limits::connections_before_login, 1, kCount, "BYE"},
      {"handshake", &Limits::handshake, 1, kDay, "a closed connection"},
      {"stalled-write", &Limits::stalled_write, 1, kDay, "a closed connection"},
      {"linger", &Limits::linger, 1, kDay, "a closed connection"},
  });
  return kTable;
}

}  // namespace imapspec::server
