#include "cli/run_conflicts.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "cli/nearest_fault.h"

namespace imapspec::cli {
namespace {

using Given = std::pair<std::string_view, const std::string*>;  // an option, and what it is; empty: not there

// The server is named once.
std::string conflict_of_servers(const RunArguments& arguments) {
  if (!arguments.target.empty()) {
    for (const auto& [option, value] :
         std::array{Given{"--server", &arguments.server}, Given{"--imap", &arguments.imap},
                    Given{"--imaps", &arguments.imaps}}) {
      if (value->empty()) continue;
      return fmt::format("--target starts a server of its own, on ports of its own: leave out --target, or {}", option);
    }
  }
  if (arguments.server.empty()) return {};
  const bool implicit = arguments.tls == "implicit";
  if (!implicit && !arguments.imap.empty()) {
    return "--server and --imap both name the cleartext port: leave out one of them, or say --tls implicit where "
           "--server is the port of implicit TLS";
  }
  if (implicit && !arguments.imaps.empty()) {
    return "--server and --imaps both name the port of implicit TLS: leave out one of them, or --tls implicit where "
           "--server is the cleartext port";
  }
  return {};
}

// A server that is started has users of its own.
std::string conflict_of_users(const RunArguments& arguments) {
  if (is_foreign(arguments)) return {};
  for (const auto& [option, value] :
       std::array{Given{"--user", &arguments.user}, Given{"--password-env", &arguments.password_env},
                  Given{"--user2", &arguments.user2}}) {
    if (value->empty()) continue;
    return fmt::format("{} is for a server that is there already, which --server names; the users of {}", option,
                       arguments.target.empty() ? "the bundled one are alice and bob" : "a target are in its file");
  }
  return {};
}

std::string conflict_of_faults(const RunArguments& arguments) {
  if (arguments.fault.empty()) return {};
  if (is_foreign(arguments) || !arguments.target.empty()) return "--fault is for the bundled server";
  const auto fault = find_fault(arguments.fault);
  return fault ? std::string() : fault.error();
}

// What is written twice is there once.
std::string conflict_of_files(const RunArguments& arguments) {
  std::map<std::filesystem::path, std::string_view> written;
  for (const auto& [option, file] :
       std::array{Given{"--json", &arguments.reports.json}, Given{"--junit", &arguments.reports.junit},
                  Given{"--html", &arguments.reports.html}, Given{"--write-baseline", &arguments.write_baseline}}) {
    if (file->empty()) continue;
    if (arguments.dry_run) return fmt::format("--dry-run runs nothing: there would be nothing for {}", option);
    std::error_code error;
    auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(*file), error);
    // A device takes all that comes.
    if (error || (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error))) continue;
    const auto [before, fresh] = written.emplace(std::move(path), option);
    if (!fresh) return fmt::format("{} and {} name the same file: {}", before->second, option, *file);
  }
  return {};
}

}  // namespace

bool is_foreign(const RunArguments& arguments) {
  return !arguments.server.empty() || !arguments.imap.empty() || !arguments.imaps.empty();
}

std::string conflict(const RunArguments& arguments) {
  for (const auto& find : {conflict_of_servers, conflict_of_users, conflict_of_faults, conflict_of_files}) {
    if (auto found = find(arguments); !found.empty()) return found;
  }
  return {};
}

}  // namespace imapspec::cli
