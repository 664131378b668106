// A stored message, taken apart as far as somebody asks.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/mime/part.h"

namespace imapspec::server::mime {

// Anatomy keeps the message's octets; its views are of them.
class Anatomy {
 public:
  explicit Anatomy(std::shared_ptr<const std::string> octets) : octets_(std::move(octets)) {}

  [[nodiscard]] std::string_view octets() const { return *octets_; }
  // header is the message's, with the blank line; text is what follows it.
  std::string_view header();
  std::string_view text();
  // structure costs a pass over the message, at its first call.
  const Part& structure();

  [[nodiscard]] bool is_of(const std::shared_ptr<const std::string>& octets) const { return octets_ == octets; }

 private:
  std::shared_ptr<const std::string> octets_;
  std::optional<std::size_t> header_octets_;
  std::optional<Part> structure_;
};

// LastAnatomy keeps one: clients fetch a large message piece by piece.
class LastAnatomy {
 public:
  // of is valid until it is asked for another message's.
  Anatomy& of(const std::shared_ptr<const std::string>& octets);

 private:
  std::optional<Anatomy> last_;
};

}  // namespace imapspec::server::mime
