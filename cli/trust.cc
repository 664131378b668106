#include "cli/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace imapspec::cli {

std::expected<Trust, std::string> given_trust(const std::string& certificate_file, const std::string& key_file) {
  auto certificate = server::read_certificate(certificate_file, key_file);
  if (!certificate) return std::unexpected(std::move(certificate).error());
  return Trust{
      .certificate = *std::move(certificate), .with_rsa = {}, .ca_file = certificate_file, .folder = std::nullopt};
}

std::expected<Trust, std::string> made_trust(const std::string& host) {
  std::vector<std::string> names{"localhost", "127.0.0.1", "127.0.0.2", "::1"};
  if (std::ranges::find(names, host) == names.end()) names.push_back(host);
  auto made = server::make_certificate(names, std::chrono::system_clock::now());
  if (!made) return std::unexpected(std::move(made).error());
  auto folder = server::PrivateFolder::create();
  if (!folder) return std::unexpected(std::move(folder).error());
  auto file = folder->write("ca.pem", made->authority);
  if (!file) return std::unexpected(std::move(file).error());
  return Trust{.certificate = std::move(made->certificate),
               .with_rsa = std::move(made->with_rsa),
               .ca_file = file->string(),
               .folder = *std::move(folder)};
}

std::string host_port(const std::string& host, std::uint16_t port) {
  return fmt::format(fmt::runtime(host.find(':') == std::string::npos ? "{}:{}" : "[{}]:{}"), host, port);
}

}  // namespace imapspec::cli
