// Markup writes elements, attributes and text; it is what JUnit and HTML are made with, so that
// nothing gets into a document but through reports/escape.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace imapspec::reports {

// Markup is a document in the making. Names of elements and attributes are ours, and are written
// as they are; values and text may be anything..
class Markup {
 public:
  enum class Language { Xml, Html };

  // prologue is written as it is.
  Markup(Language language, std::string_view prologue) : language_(language), out_(prologue) {}

  // open begins an element; attribute belongs to the element just opened.
  Markup& open(std::string_view element);
  Markup& attribute(std::string_view name, std::string_view value);
  Markup& text(std::string_view octets);
  Markup& close();

  // element is an element with text in it.
  Markup& element(std::string_view name, std::string_view octets);

  // line begins a new line, for readers of the source. Only where white space means nothing.
  Markup& line();

  // style_sheet is a style element; css is ours and has no "<" and no "&".
  Markup& style_sheet(std::string_view css);

  // finish closes what is open and yields the document.
  std::string finish() &&;

 private:
  void end_start_tag();

  Language language_;
  std::string out_;
  std::vector<std::string_view> open_;
  bool in_start_tag_ = false;
};

}  // namespace imapspec::reports
