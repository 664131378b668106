#include "tests/house/include_rules.h"

#include <algorithm>

namespace imapspec::house {
namespace {

// lies_in: "runner/run/link.h" lies in "runner", in "runner/run" and in itself, not in "runner/ru".
bool lies_in(std::string_view path, std::string_view folder) {
  if (folder.empty()) return true;
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool lies_in_any(std::string_view path, const std::vector<std::string_view>& folders) {
  return std::ranges::any_of(folders, [&](std::string_view folder) { return lies_in(path, folder); });
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

std::string names(const std::vector<std::string_view>& list) {
  std::string text;
  for (const std::string_view name : list) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "nothing of ours" : text;
}

}  // namespace

const std::vector<FolderRule>& folder_rules() {
  static const std::vector<std::string_view> kServerCore = {
      "parser", "server/store", "server/mime", "server/session", "server/auth", "server/commands", "server/faults"};
  static const std::vector<FolderRule> kRules = {
      // The parser stands alone, and inside it what is more general comes first. The oracle is a
      // second opinion: it shares no code with the grammar that it judges.
      {"parser/core", {}},
      {"parser/framing", {"parser/core", "parser/grammar/char_class.h"}},
      {"parser/grammar", {"parser/core"}},
      {"parser/diagnose", {"parser/core", "parser/grammar"}},
      {"parser/abnf", {}},

      // The server is sans I/O, but for server/net.
      {"server/store", kServerCore},
      {"server/mime", kServerCore},
      {"server/session", kServerCore},
      {"server/auth", kServerCore},
      {"server/commands", kServerCore},
      {"server/faults", kServerCore},
      {"server/net", {"parser", "server"}},

      // The runner never includes the server, and its core never includes sockets: runner/run
      // defines Link, and runner/transport implements it.
      {"runner/result", {}},
      {"runner/scenario", {"parser", "runner/result"}},
      {"runner/match", {"parser", "runner/result", "runner/scenario"}},
      {"runner/lint", {"parser", "runner/result", "runner/scenario", "runner/match"}},
      {"runner/monitor", {"parser", "runner/result", "runner/scenario", "runner/match"}},
      {"runner/run", {"parser", "runner/result", "runner/scenario", "runner/match", "runner/monitor"}},
      {"runner/transport", {"parser", "runner/run/link.h"}},
      {"runner/record",
       {"parser", "runner/result", "runner/scenario", "runner/match", "runner/monitor", "runner/run",
        "runner/transport"}},
      {"runner/fuzz",
       {"parser", "script", "runner/result", "runner/scenario", "runner/match", "runner/monitor", "runner/run",
        "runner/transport"}},
      {"script", {"parser", "runner/result", "runner/scenario"}},

      // Reports render results; they decide nothing.
      {"reports", {"runner/result"}},

      {"cli", {"parser", "server", "runner", "reports", "script"}},

      // Harnesses run in one process without sockets.
      {"fuzz",
       {"parser", "tests/differential", "script", "server/store", "server/mime", "server/session", "server/auth",
        "server/commands", "server/faults", "runner/result", "runner/scenario", "runner/match", "runner/monitor",
        "runner/run"}},
      {"bench", {"parser", "script", "server", "runner", "reports"}},
      {"tests", {"parser", "script", "server", "runner", "reports", "cli", "fuzz"}},
  };
  return kRules;
}

const std::vector<OutsideRule>& outside_rules() {
  static const std::vector<std::string_view> kSocketFolders = {"runner/transport", "server/net", "tests"};
  static constexpr std::string_view kSocketReason = "sockets are at the edge";
  static const std::vector<OutsideRule> kRules = {
      {"yaml-cpp/", {"runner/scenario"}, "one place reads YAML"},
      {"CLI/", {"cli", "tests/differential/main.cc", "tests/server/model/main.cc"}, "libraries know no command line"},
      {"gmime/", {"server/mime/charset.cc"}, "one place knows GMime"},
      {"asio", kSocketFolders, kSocketReason},
      {"boost/", {}, "not a dependency"},
      {"sys/socket.h", kSocketFolders, kSocketReason},
      {"sys/un.h", kSocketFolders, kSocketReason},
      {"netinet/", kSocketFolders, kSocketReason},
      {"arpa/", kSocketFolders, kSocketReason},
      {"netdb.h", kSocketFolders, kSocketReason},
      {"gsasl.h", {"server/auth/gnu_sasl.cc", "tests/server"}, "one place knows GNU SASL"},
      {"openssl/ssl.h", kSocketFolders, "TLS is where the sockets are"},
      {"gtest/", {"tests"}, "for tests"},
      {"gmock/", {"tests"}, "for tests"},
      {"benchmark/", {"bench"}, "for benchmarks"},
  };
  return kRules;
}

std::vector<Include> read_includes(std::string_view text) {
  std::vector<Include> includes;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    std::string_view line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (!line.starts_with('#')) continue;
    line = trimmed(line.substr(1));
    if (!line.starts_with("include")) continue;
    line = trimmed(line.substr(std::string_view("include").size()));
    if (line.empty() || (line.front() != '"' && line.front() != '<')) continue;
    const bool quoted = line.front() == '"';
    const auto close = line.find(quoted ? '"' : '>', 1);
    if (close == std::string_view::npos) continue;
    includes.push_back({std::string(line.substr(1, close - 1)), quoted, number});
  }
  return includes;
}

std::optional<std::string> violation(std::string_view file, const Include& include) {
  const auto say = [&](const std::string& what) {
    return std::string(file) + ":" + std::to_string(include.line) + ": " + what;
  };
  if (!include.quoted) {
    for (const OutsideRule& rule : outside_rules()) {
      if (include.target.starts_with(rule.header) && !lies_in_any(file, rule.folders)) {
        return say("<" + include.target + "> is not for this folder: " + std::string(rule.reason));
      }
    }
    return std::nullopt;
  }
  const FolderRule* found = nullptr;
  bool target_is_ours = false;
  for (const FolderRule& rule : folder_rules()) {
    if (lies_in(file, rule.folder) && (found == nullptr || rule.folder.size() > found->folder.size())) found = &rule;
    if (lies_in(include.target, rule.folder)) target_is_ours = true;
  }
  if (found == nullptr) return say("no row of the table is about this folder");
  if (!target_is_ours) return say('"' + include.target + "\" is not a path from the root to a folder of the table");
  if (lies_in(include.target, found->folder) || lies_in_any(include.target, found->may_include)) return std::nullopt;
  return say('"' + include.target + "\" is not for " + std::string(found->folder) + ", which may include " +
             names(found->may_include));
}

}  // namespace imapspec::house
