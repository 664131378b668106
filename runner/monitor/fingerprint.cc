#include "runner/monitor/fingerprint.h"

#include <chrono>
#include <functional>
#include <string>

#include "parser/core/ascii.h"

namespace imapspec::runner {

Fingerprint& Fingerprint::add(std::uint64_t number) {
  value_ ^= number + 0x9e3779b97f4a7c15U + (value_ << 6U) + (value_ >> 2U);
  value_ *= 0xff51afd7ed558ccdU;
  return *this;
}

Fingerprint& Fingerprint::add(std::string_view octets) {
  return add(static_cast<std::uint64_t>(octets.size())).add(std::hash<std::string_view>{}(octets));
}

Fingerprint& Fingerprint::add(const parser::String& string) {
  const std::string_view octets = string.octets();
  const bool escaped = string.form() == parser::StringForm::Quoted && octets.find('\\') != std::string_view::npos;
  return escaped ? add(std::string_view(string.value())) : add(octets);
}

Fingerprint& Fingerprint::add(const parser::NString& string) {
  return string ? add(std::uint64_t{1}).add(*string) : add(std::uint64_t{0});
}

Fingerprint& Fingerprint::add_token(const parser::String& string) {
  return add(std::string_view(parser::to_upper(string.value())));
}

Fingerprint& Fingerprint::add(const parser::List<parser::Address>& addresses) {
  add(std::uint64_t{addresses.size()});
  for (const parser::Address& address : addresses) {
    add(address.name).add(address.adl).add(address.mailbox).add(address.host);
  }
  return *this;
}

Fingerprint& Fingerprint::add(const parser::Envelope& envelope) {
  add(envelope.date).add(envelope.subject);
  add(envelope.from).add(envelope.sender).add(envelope.reply_to).add(envelope.to).add(envelope.cc).add(envelope.bcc);
  return add(envelope.in_reply_to).add(envelope.message_id);
}

Fingerprint& Fingerprint::add(const parser::List<parser::BodyParameter>& parameters) {
  add(std::uint64_t{parameters.size()});
  for (const parser::BodyParameter& parameter : parameters) add_token(parameter.name).add(parameter.value);
  return *this;
}

Fingerprint& Fingerprint::add(const parser::Body& body) {
  add(std::uint64_t{body.parts.size()});
  for (const parser::Body& part : body.parts) add(part);
  if (!body.multipart) add_token(body.type);
  add_token(body.subtype).add(body.parameters).add(body.id).add(body.description);
  if (!body.multipart) add_token(body.encoding).add(std::uint64_t{body.octets});
  if (body.envelope != nullptr) add(*body.envelope);
  add(body.lines ? std::uint64_t{*body.lines} + 1 : std::uint64_t{0});
  add(std::uint64_t{body.extension.fields}).add(body.extension.md5).add(body.extension.location);
  if (body.extension.disposition) {
    add_token(body.extension.disposition->type).add(body.extension.disposition->parameters);
  }
  for (const parser::String& language : body.extension.languages) add_token(language);
  return *this;
}

Fingerprint& Fingerprint::add(const parser::Section& section) {
  add(std::uint64_t{section.part.size()});
  for (const parser::NzNumber number : section.part) add(std::uint64_t{std::uint32_t{number}});
  add(static_cast<std::uint64_t>(section.text));
  for (const parser::String& field : section.fields) add_token(field);
  return *this;
}

std::int64_t seconds_of(const parser::DateTime& date_time) {
  using namespace std::chrono;
  const auto first = sys_days(year(static_cast<int>(std::uint16_t{date_time.date.year})) /
                              month(std::uint8_t{date_time.date.month}) / std::chrono::day(1)) +
                     days(static_cast<int>(std::uint8_t{date_time.date.day}) - 1);
  const int zone = std::int16_t{date_time.zone};
  const minutes east((zone / 100) * 60 + zone % 100);
  const auto at = first + hours(std::uint8_t{date_time.hour}) + minutes(std::uint8_t{date_time.minute}) +
                  seconds(std::uint8_t{date_time.second}) - east;
  return duration_cast<seconds>(at.time_since_epoch()).count();
}

}  // namespace imapspec::runner
