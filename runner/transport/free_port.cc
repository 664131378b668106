#include "runner/transport/free_port.h"

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

namespace imapspec::runner {

std::expected<std::uint16_t, std::string> free_port(const std::string& host) {
  using asio::ip::tcp;
  asio::error_code error;
  const auto address = asio::ip::make_address_v4(host, error);
  if (error) return std::unexpected("\"" + host + "\" is not an IPv4 address");
  asio::io_context context(1);
  tcp::acceptor acceptor(context);
  acceptor.open(tcp::v4(), error);
  if (!error) acceptor.bind(tcp::endpoint(address, 0), error);
  if (error) return std::unexpected("no port of " + host + " is free: " + error.message());
  return acceptor.local_endpoint().port();
}

}  // namespace imapspec::runner
