#include "cli/running_server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <utility>

namespace imapspec::cli {
namespace {

constexpr std::chrono::seconds kStartTime{10};

}  // namespace

std::string tail_of(const std::string& text) {
  constexpr std::size_t kShown = 2'000;
  return text.size() <= kShown ? text : "..." + text.substr(text.size() - kShown);
}

std::expected<HostPort, std::string> parse_host_port(std::string_view text) {
  const auto wrong = [&](std::string_view why) {
    return std::unexpected(fmt::format("\"{}\": {}; expected HOST:PORT, for example 127.0.0.1:143", text, why));
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong("there is no port");
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  } else if (host.contains(':')) {
    return wrong("an IPv6 address stands in brackets");
  }
  if (host.empty()) return wrong("there is no host");
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0 || port > 65'535) {
    return wrong("the port is not a number from 1 to 65535");
  }
  return HostPort{std::string(host), static_cast<std::uint16_t>(port)};
}

std::expected<Ready, std::string> parse_ready(std::string_view line) {
  Ready ready;
  const auto value_of = [&](std::string_view key) -> std::string_view {
    const std::string marker = fmt::format(" {}=", key);
    const std::size_t at = line.find(marker);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + marker.size());
    // A file name may hold spaces: ca comes last.
    return key == "ca" ? rest : rest.substr(0, rest.find(' '));
  };
  for (const auto& [key, door] : {std::pair{"imap", &ready.imap}, std::pair{"imaps", &ready.imaps}}) {
    const std::string_view value = value_of(key);
    if (value.empty()) continue;
    auto address = parse_host_port(value);
    if (!address) return std::unexpected(address.error());
    *door = *address;
  }
  if (!ready.imap && !ready.imaps) {
    return std::unexpected(fmt::format("the line \"{}\" names no port", line));
  }
  ready.ca = value_of("ca");
  return ready;
}

std::expected<RunningServer, std::string> RunningServer::start_bundled(const std::string& fault, unsigned time_scale) {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return std::unexpected("cannot find this program's own file: " + error.message());
  std::vector<std::string> argv{self.string(), "serve", "--port", "0", "--tls-port", "0", "--end-with",
                                std::to_string(getpid()),
                                // Scenarios get passwords wrong on purpose, many at a time from one address.
                                "--login-delay", "0", "--time-scale", std::to_string(time_scale)};
  if (!fault.empty()) argv.insert(argv.end(), {"--fault", fault});
  auto process = ChildProcess::start(argv);
  if (!process) return std::unexpected(process.error());
  std::string output;
  const auto line = process->read_line("READY ", kStartTime, output);
  if (!line) return std::unexpected("the bundled server did not start: " + tail_of(output));
  auto ready = parse_ready(*line);
  if (!ready) return std::unexpected(ready.error());
  return RunningServer(std::move(*process), std::move(*ready));
}

}  // namespace imapspec::cli
