#include "reports/markup.h"

#include <utility>

#include "reports/escape.h"

namespace imapspec::reports {

Markup& Markup::open(std::string_view element) {
  end_start_tag();
  out_ += '<';
  out_ += element;
  open_.push_back(element);
  in_start_tag_ = true;
  return *this;
}

Markup& Markup::attribute(std::string_view name, std::string_view value) {
  if (!in_start_tag_) return *this;
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  out_ += language_ == Language::Xml ? xml_attribute(value) : html_text(value);
  out_ += '"';
  return *this;
}

Markup& Markup::text(std::string_view octets) {
  end_start_tag();
  out_ += language_ == Language::Xml ? xml_text(octets) : html_text(octets);
  return *this;
}

Markup& Markup::close() {
  if (open_.empty()) return *this;
  const std::string_view element = open_.back();
  open_.pop_back();
  // HTML knows a handful of elements that have no end tag; of those we write two.
  if (in_start_tag_ && (language_ == Language::Xml || element == "meta" || element == "br")) {
    out_ += "/>";
    in_start_tag_ = false;
    return *this;
  }
  end_start_tag();
  out_ += "</";
  out_ += element;
  out_ += '>';
  return *this;
}

Markup& Markup::element(std::string_view name, std::string_view octets) {
  open(name);
  text(octets);
  return close();
}

Markup& Markup::line() {
  end_start_tag();
  out_ += '\n';
  return *this;
}

Markup& Markup::style_sheet(std::string_view css) {
  open("style");
  end_start_tag();
  out_ += css;
  return close();
}

std::string Markup::finish() && {
  while (!open_.empty()) close();
  out_ += '\n';
  return std::move(out_);
}

void Markup::end_start_tag() {
  if (in_start_tag_) out_ += '>';
  in_start_tag_ = false;
}

}  // namespace imapspec::reports
