#include "server/session/replies.h"

#include <algorithm>

#include "parser/grammar/serialize.h"

namespace imapspec::server {

void Replies::send(const parser::Response& response) { parser::serialize(response, out_); }

void Replies::status(parser::Status status, const std::optional<parser::ResponseCode>& code, std::string_view text) {
  complete({}, status, code, text);
}

void Replies::complete(std::string_view tag, parser::Status status, const std::optional<parser::ResponseCode>& code,
                       std::string_view text) {
  parser::StatusResponse response;
  response.tag = parser::Tag::from(tag);
  response.status = status;
  response.text.code = code;
  response.text.text = parser::HumanText::from(text).value_or(parser::HumanText());
  send(response);
}

void Replies::request(std::string_view text) {
  send(parser::ContinueReq{parser::HumanText::from(text).value_or(parser::HumanText())});
}

void Replies::altered(const parser::Response& response, std::string_view part, std::string_view instead) {
  std::string octets;
  parser::serialize(response, octets);
  if (const std::size_t at = octets.rfind(part); at != std::string::npos) octets.replace(at, part.size(), instead);
  raw(octets);
}

void Replies::sent(std::size_t octets) {
  sent_ += std::min(octets, out_.size() - sent_);
  // Moving what is left only when it is the smaller half keeps sending linear.
  if (sent_ >= out_.size() - sent_) {
    out_.erase(0, sent_);
    sent_ = 0;
  }
}

parser::ResponseCode code(parser::AtomName name) {
  parser::ResponseCode code;
  code.name = name;
  return code;
}

}  // namespace imapspec::server
