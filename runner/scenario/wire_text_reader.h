// Wire text and patterns in a YAML tree: their quotes, their escapes and the names they refer to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/scenario/expression.h"
#include "runner/scenario/reference.h"
#include "runner/scenario/scenario.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

using Names = std::set<std::string, std::less<>>;

// WireTextReader knows the names that are bound so far in one scenario.
class WireTextReader {
 public:
  // LastBreak is what becomes of the line break at the end of a block.
  enum class LastBreak : std::uint8_t { Dropped, Kept };

  // The reader must outlive this.
  explicit WireTextReader(YamlReader& reader);

  // command reads what the client sends. Holes are errors there: nothing can fill them.
  std::optional<WireText> command(const YamlNode& node, std::string_view what, LastBreak last_break);

  // pattern reads an expectation's pattern. Names that its holes bind are added to `bound`.
  std::optional<WireText> pattern(const YamlNode& node, std::string_view what, Names& bound);

  // expression reads an expression over names.
  std::optional<Expression> expression(const YamlNode& node, std::string_view what);

  // octets reads a value without references and decodes it.
  std::optional<std::string> octets(const YamlNode& node, std::string_view what);

  // allow_inbox lets INBOX be named from here on; without it that is an error.
  void allow_inbox() { inbox_allowed_ = true; }

  // sent_names are the names that commands referred to so far.
  [[nodiscard]] const Names& sent_names() const { return sent_names_; }

  // bind makes names known to what is read later.
  void bind(const Names& names) { names_.insert(names.begin(), names.end()); }

  // knows says whether a name is known.
  [[nodiscard]] bool knows(std::string_view name) const { return names_.contains(name); }

  // check_captured says whether a name is known that a condition of `node` asks about.
  bool check_captured(const YamlNode& node, const std::string& name) { return check_name(node, name, 1, {}); }

  // know and know_row tell what names stand for: always, or in one row.
  void know(std::map<std::string, std::string> values) { values_ = std::move(values); }
  void know_row(std::map<std::string, std::string> values) { rows_.push_back(std::move(values)); }

  // with_values puts what is known in place of {name:raw}, whose octets are a part of the pattern: once for each row.
  // Nothing where that comes to too much; then the error is recorded.
  [[nodiscard]] std::vector<std::string> with_values(const WireText& pattern);

 private:
  void check_inbox(const YamlNode& node);
  bool is_wire_text(const YamlNode& node, std::string_view what);
  std::optional<std::vector<Piece>> pieces(const YamlNode& node);
  // check_name tells the hint where it has no better one.
  bool check_name(const YamlNode& node, const Piece& piece, const Names& bound, std::string_view hint = {});
  bool check_name(const YamlNode& node, const std::string& name, std::size_t column, const Names& bound,
                  std::string_view hint = {});
  static WireText wire_text(const YamlNode& node, LastBreak last_break);

  YamlReader* reader_;
  Names names_;
  Names sent_names_;
  bool inbox_allowed_ = false;
  std::map<std::string, std::string> values_;
  std::vector<std::map<std::string, std::string>> rows_;
};

}  // namespace imapspec::runner
