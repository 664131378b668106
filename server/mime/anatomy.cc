#include "server/mime/anatomy.h"

namespace imapspec::server::mime {

std::string_view Anatomy::header() {
  if (!header_octets_) header_octets_ = mime::header_octets(*octets_);
  return octets().substr(0, *header_octets_);
}

std::string_view Anatomy::text() { return octets().substr(header().size()); }

const Part& Anatomy::structure() {
  if (!structure_) structure_ = parse_message(*octets_);
  return *structure_;
}

Anatomy& LastAnatomy::of(const std::shared_ptr<const std::string>& octets) {
  if (!last_ || !last_->is_of(octets)) last_.emplace(octets);
  return *last_;
}

}  // namespace imapspec::server::mime
