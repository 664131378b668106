#include "server/mime/part.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <utility>

#include "server/mime/limits.h"

namespace imapspec::server::mime {

namespace {

// Scanner goes over the lines of a message once and keeps the entities that are open: the
// message, the part of it that the line is in, the part of that, and so on.
class Scanner {
 public:
  explicit Scanner(std::string_view octets) : octets_(octets) {}

  Part scan() {
    Part message;
    open_.push_back({.part = &message});
    ++parts_;
    for (std::size_t at = 0; at < octets_.size(); at = next_) {
      const std::size_t end = octets_.find('\n', at);
      next_ = end == std::string_view::npos ? octets_.size() : end + 1;
      const std::string_view line = octets_.substr(at, next_ - at);
      if (!is_delimiter(line, at) && open_.back().in_header && (line == "\r\n" || line == "\n")) end_header();
      if (end != std::string_view::npos) ++lines_;
    }
    close_down_to(0, octets_.size(), lines_);
    return message;
  }

 private:
  struct Open {
    Part* part = nullptr;
    std::size_t start = 0;
    std::size_t body = 0;          // once the header has ended
    std::uint64_t body_lines = 0;  // line ends in front of the body
    bool in_header = true;
    bool in_digest = false;
    std::string boundary{};  // of a multipart
  };

  // is_delimiter acts on a line that is one (RFC 2046 section 5.1.1).
  bool is_delimiter(std::string_view line, std::size_t at) {
    if (!line.starts_with("--") || boundaries_.empty()) return false;
    line.remove_prefix(2);
    line = line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
    auto found = boundaries_.find(line);
    bool last = false;
    if (line.ends_with("--")) {
      const auto closing = boundaries_.find(line.substr(0, line.size() - 2));
      if (closing != boundaries_.end() && (found == boundaries_.end() || closing->second < found->second)) {
        found = closing;
        last = true;
      }
    }
    if (found == boundaries_.end()) return false;
    if (!last && parts_ >= kLimits.parts) {
      boundaries_.clear();
      return false;
    }
    const std::size_t level = found->second;
    // The line end in front of a boundary belongs to the boundary.
    std::size_t end = at;
    if (level + 1 < open_.size()) {
      const std::size_t start = open_[level + 1].start;
      if (end > start && octets_[end - 1] == '\n') --end;
      const bool cut = end < at;
      if (cut && end > start && octets_[end - 1] == '\r') --end;
      close_down_to(level + 1, end, lines_ - (cut ? 1 : 0));
    }
    if (last) {
      boundaries_.erase(found);
    } else {
      Part& multipart = *open_[level].part;
      open_inside(multipart, next_, multipart.subtype == "DIGEST");
    }
    return true;
  }

  void open_inside(Part& outer, std::size_t start, bool in_digest) {
    ++parts_;
    open_.push_back({.part = &outer.parts.emplace_back(), .start = start, .in_digest = in_digest});
  }

  // end_header is called at the blank line, and decides what the body is.
  void end_header() {
    Open& entity = open_.back();
    entity.in_header = false;
    entity.body = next_;
    entity.body_lines = lines_ + 1;
    Part& part = *entity.part;
    part.header = octets_.substr(entity.start, entity.body - entity.start);
    set_type(part, entity);
    if (open_.size() >= kLimits.levels || parts_ >= kLimits.parts) return;
    if (part.is_multipart()) {
      // Note: of two multiparts with the same boundary, the inner one has no parts.
      if (!entity.boundary.empty()) boundaries_.emplace(entity.boundary, open_.size() - 1);
    } else if (is_message_type(part)) {
      open_inside(part, next_, false);
    }
  }

  // close_down_to closes the entities from `level` inwards; their bodies end at `end`, and
  // `lines` line ends are in front of that.
  void close_down_to(std::size_t level, std::size_t end, std::uint64_t lines) {
    while (open_.size() > level) {
      Open& entity = open_.back();
      Part& part = *entity.part;
      const std::size_t start = std::min(entity.start, end);
      if (entity.in_header) {
        entity.body = end;
        entity.body_lines = lines;
        part.header = octets_.substr(start, end - start);
        set_type(part, entity);
      }
      // The line end that closes the header may be the boundary's.
      const std::size_t body = std::min(entity.body, end);
      part.header = octets_.substr(start, body - start);
      part.body = octets_.substr(body, end - body);
      part.lines = lines - std::min(entity.body_lines, lines);
      finish(part, open_.size() - 1);
      if (const auto found = boundaries_.find(entity.boundary);
          found != boundaries_.end() && found->second + 1 == open_.size()) {
        boundaries_.erase(found);
      }
      open_.pop_back();
    }
  }

  // finish makes a leaf of a structure that could not be taken apart (RFC 2049 section 2, item 5).
  static void finish(Part& part, std::size_t level) {
    if (!part.parts.empty()) return;
    if (is_message_type(part) && level + 1 < kLimits.levels && part.body.empty()) {
      Part& inside = part.parts.emplace_back();  // the message of no octets
      inside.header = inside.body = part.body;
      set_default(inside);
    } else if (part.is_multipart() || is_message_type(part)) {
      part.type = "APPLICATION";
      part.subtype = "OCTET-STREAM";
    }
  }

  static bool is_message_type(const Part& part) {
    return part.type == "MESSAGE" && (part.subtype == "RFC822" || part.subtype == "GLOBAL");
  }

  static void set_type(Part& part, Open& entity) {
    const std::vector<Field> fields = structure_fields(part.header);
    if (auto type = content_type(fields)) {
      const std::size_t slash = type->value.find('/');
      part.type = type->value.substr(0, slash);
      part.subtype = type->value.substr(slash + 1);
      if (!part.is_multipart()) return;
      entity.boundary = parameter(type->parameters, "BOUNDARY");
      entity.boundary.erase(entity.boundary.find_last_not_of(" \t") + 1);
    } else if (entity.in_digest && !field_value(fields, "Content-Type")) {  // RFC 2046 section 5.1.5
      part.type = "MESSAGE";
      part.subtype = "RFC822";
    } else {
      set_default(part);
    }
  }

  // RFC 2045 section 5.2
  static void set_default(Part& part) {
    part.type = "TEXT";
    part.subtype = "PLAIN";
    part.type_is_default = true;
  }

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::string_view octets_;
  std::size_t next_ = 0;     // where the next line starts
  std::uint64_t lines_ = 0;  // line ends in front of this line
  std::size_t parts_ = 0;
  std::vector<Open> open_;
  // Of the open multiparts, the outermost of each boundary.
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> boundaries_;
};

}  // namespace

Part parse_message(std::string_view octets) { return Scanner(octets).scan(); }

std::vector<Field> structure_fields(std::string_view header) { return fields(header.substr(0, kLimits.header)); }

std::optional<Structured> content_type(const std::vector<Field>& fields) {
  const auto value = field_value(fields, "Content-Type");
  if (!value) return std::nullopt;
  Structured type = parse_structured(*value);
  const std::size_t slash = type.value.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == type.value.size()) return std::nullopt;
  return type;
}

std::string transfer_encoding(const std::vector<Field>& fields) {
  const auto value = field_value(fields, "Content-Transfer-Encoding");
  std::string name = value ? parse_structured(*value).value : std::string();
  return name.empty() ? "7BIT" : name;
}

Found find_part(const Part& message, const std::vector<std::uint32_t>& numbers) {
  const Part* container = &message;
  Found found;
  for (const std::uint32_t number : numbers) {
    if (found.part != nullptr) {
      if (found.part->parts.empty()) return {};
      container = found.part->is_message() ? &found.part->parts.front() : found.part;
    }
    if (container->is_multipart()) {
      if (number == 0 || number > container->parts.size()) return {};
      found = {&container->parts[number - 1], true};
    } else {
      // A message that is no multipart has its body as part 1.
      if (number != 1) return {};
      found = {container, false};
    }
  }
  return found;
}

}  // namespace imapspec::server::mime
