#include "runner/transport/resolver.h"

#include <asio/io_context.hpp>
#include <future>
#include <thread>
#include <utility>

namespace imapspec::runner {
namespace {

using asio::ip::tcp;

struct Answer {
  std::vector<tcp::endpoint> endpoints;
  asio::error_code error;
};

Answer ask_system(const Address& address) {
  Answer answer;
  asio::io_context context;
  tcp::resolver resolver(context);
  for (const auto& entry : resolver.resolve(address.host, std::to_string(address.port), answer.error)) {
    answer.endpoints.push_back(entry.endpoint());
  }
  return answer;
}

}  // namespace

bool is_loopback(const std::string& host) {
  asio::error_code error;
  const auto address = asio::ip::make_address(host, error);
  return error ? host == "localhost" : address.is_loopback();
}

std::expected<std::vector<tcp::endpoint>, LinkError> Resolver::endpoints(Deadline deadline) {
  {
    const std::lock_guard lock(mutex_);
    if (!known_.empty()) return known_;
  }
  Answer answer;
  if (const auto literal = asio::ip::make_address(address_.host, answer.error); !answer.error) {
    answer.endpoints.emplace_back(literal, address_.port);
  } else {
    // The system's resolver cannot be interrupted. A thread that is still asking when the
    // deadline passes is left to end by itself; it owns all that it touches.
    std::packaged_task<Answer()> task([address = address_] { return ask_system(address); });
    auto future = task.get_future();
    std::thread(std::move(task)).detach();
    while (future.wait_for(deadline.left()) != std::future_status::ready) {
      if (deadline.passed())
        return std::unexpected(LinkError{LinkError::Kind::Timeout, "looking up " + address_.host + " took too long"});
    }
    answer = future.get();
  }
  if (answer.endpoints.empty()) {
    return std::unexpected(
        LinkError{LinkError::Kind::Unreachable, "cannot look up " + address_.host + ": " + answer.error.message()});
  }
  const std::lock_guard lock(mutex_);
  known_ = answer.endpoints;
  return known_;
}

}  // namespace imapspec::runner
