// A string that SEARCH looks for, in texts as people read them.
//
// RFC 9051 section 6.4.4
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/faults/faults.h"
#include "server/mime/part.h"

namespace imapspec::server {

// SearchText is compared without regard to case, of all letters that Unicode knows.
class SearchText {
 public:
  // `wanted` is UTF-8; so are all texts here.
  explicit SearchText(std::string_view wanted, const FaultSet& faults = {});

  // in says whether the text contains the string, in time linear in both.
  [[nodiscard]] bool in(std::string_view text) const;
  // in_fields looks into the values of the fields of that name, with their encoded words decoded.
  [[nodiscard]] bool in_fields(std::string_view header, std::string_view name) const;
  // in_body looks into a message without its header, with transfer encodings and charsets undone;
  // in_message looks into the header too, and into those of the parts.
  [[nodiscard]] bool in_body(const mime::Part& message) const;
  [[nodiscard]] bool in_message(const mime::Part& message) const;

 private:
  [[nodiscard]] bool in_part(const mime::Part& part, bool with_header) const;
  [[nodiscard]] std::string value_of(const mime::Field& field) const;
  [[nodiscard]] bool in_header(std::string_view header) const;
  [[nodiscard]] bool in_leaf(const mime::Part& part) const;

  std::string wanted_;                // folded
  std::vector<std::size_t> borders_;  // [i] is the longest proper border of the first i octets
  FaultSet faults_;
};

}  // namespace imapspec::server
