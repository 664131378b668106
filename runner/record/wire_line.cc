#include "runner/record/wire_line.h"

#include <fmt/format.h>

#include <utility>

namespace imapspec::runner {

std::string escape_wire(std::string_view octets) {
  std::string text;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const auto octet = static_cast<unsigned char>(octets[i]);
    const bool escape = octet < 0x20 || octet >= 0x7f || octet == '{' ||
                        (octet == '\\' && i + 1 < octets.size() && octets[i + 1] == 'x');
    if (escape) {
      text += fmt::format("\\x{:02x}", octet);
    } else {
      text += octets[i];
    }
  }
  return text;
}

std::string yaml_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char octet : text) {
    if (octet == '\'') quoted += '\'';
    quoted += octet;
  }
  return quoted + "'";
}

void WireLine::add(std::string text) { parts_.push_back({.text = std::move(text), .capture = nullptr, .hole = false}); }

void WireLine::add_octets(std::string_view octets) { add(escape_wire(octets)); }

void WireLine::add_hole(Capture& capture) {
  ++capture.uses;
  parts_.push_back({.text = {}, .capture = &capture, .hole = true});
}

void WireLine::add_value(Capture& capture) {
  ++capture.uses;
  parts_.push_back({.text = {}, .capture = &capture, .hole = false});
}

void WireLine::add(const WireLine& other) {
  for (const Part& part : other.parts_) {
    if (part.capture != nullptr) ++part.capture->uses;
    parts_.push_back(part);
  }
}

std::string WireLine::render() const {
  std::string text;
  for (const Part& part : parts_) {
    if (part.capture == nullptr) {
      text += part.text;
    } else if (part.hole) {
      text += fmt::format("{{{}:{}}}", part.capture->name, part.capture->rule);
    } else {
      text += fmt::format("{{{}:raw}}", part.capture->name);
    }
  }
  return text;
}

std::vector<const Capture*> WireLine::holes() const {
  std::vector<const Capture*> found;
  for (const Part& part : parts_) {
    if (part.hole) found.push_back(part.capture);
  }
  return found;
}

Capture& Captures::at(const std::string& key, std::string_view stem, std::string_view rule) {
  Capture*& found = by_key_[key];
  if (found == nullptr) {
    found = &all_.emplace_back(
        Capture{.stem = std::string(stem), .rule = std::string(rule), .bound = false, .uses = 0, .name = {}});
  }
  return *found;
}

Capture* Captures::find(const std::string& key) {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : found->second;
}

void Captures::name() {
  std::map<std::string, std::size_t> count;
  for (Capture& capture : all_) {
    if (capture.uses > 1) capture.name = fmt::format("{}{}", capture.stem, ++count[capture.stem]);
  }
}

}  // namespace imapspec::runner
