// What a session answers: values of the grammar, written by the serializer.
//
// RFC 9051 section 7
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/core/arena.h"
#include "parser/grammar/response.h"
#include "parser/grammar/string.h"

namespace imapspec::server {

// Replies appends responses to the octets that wait to be sent.
class Replies {
 public:
  void send(const parser::Response& response);
  // status sends an untagged status response, without a text that no response can carry.
  void status(parser::Status status, const std::optional<parser::ResponseCode>& code, std::string_view text);
  // complete sends a tagged status response.
  void complete(std::string_view tag, parser::Status status, const std::optional<parser::ResponseCode>& code,
                std::string_view text);
  // request sends a continuation request; `text` is a resp-text or base64.
  void request(std::string_view text);
  // raw sends octets as they are: only for faults, which the serializer would not write.
  void raw(std::string_view octets) { out_ += octets; }
  // altered sends a response with the last `part` of its octets replaced: only for faults.
  void altered(const parser::Response& response, std::string_view part, std::string_view instead);

  [[nodiscard]] std::string_view waiting() const { return std::string_view(out_).substr(sent_); }
  void sent(std::size_t octets);

 private:
  std::string out_;
  std::size_t sent_ = 0;
};

// code makes a response code without arguments.
parser::ResponseCode code(parser::AtomName name);

}  // namespace imapspec::server
