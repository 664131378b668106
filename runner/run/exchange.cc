#include "runner/run/exchange.h"

namespace imapspec::runner {

const parser::StatusResponse* Exchange::completion_of(std::string_view of) const {
  for (const Received& received : responses) {
    if (!received.response) continue;
    const auto* status = std::get_if<parser::StatusResponse>(&*received.response);
    if (status != nullptr && status->tag == of) return status;
  }
  return nullptr;
}

}  // namespace imapspec::runner
