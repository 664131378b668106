#include "runner/scenario/wire_text_reader.h"

#include <algorithm>

#include "runner/scenario/manners_reader.h"
#include "runner/scenario/nearest.h"

namespace imapspec::runner {
namespace {

// line_breaks_to_crlf does so for a block, where the author sees the lines that the wire has.
std::string line_breaks_to_crlf(std::string_view text) {
  std::string octets;
  for (const char c : text) {
    if (c == '\n') octets += '\r';
    octets += c;
  }
  return octets;
}

// What decodes to these octets again.
std::string escaped(std::string_view octets) {
  std::string text;
  for (const char c : octets) {
    if (c == '{') {
      text += "\\x7B";
    } else if (c == '\\') {
      text += "\\x5C";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

WireTextReader::WireTextReader(YamlReader& reader) : reader_(&reader) {
  for (const std::string_view name : built_in_names()) names_.emplace(name);
}

bool WireTextReader::is_wire_text(const YamlNode& node, std::string_view what) {
  if (node.kind != YamlNode::Kind::Scalar) {
    reader_->error(node.where,
                   std::string(what) + ": expected wire text in single quotes, found " + std::string(found_name(node)));
    return false;
  }
  std::string_view problem;
  switch (node.style) {
    case YamlNode::Style::Plain:
      problem = "unquoted wire text: write it in single quotes";
      break;
    case YamlNode::Style::DoubleQuoted:
      problem = "double-quoted wire text, in which YAML gives backslashes a meaning: write it in single quotes";
      break;
    case YamlNode::Style::Folded:
      problem = "folded wire text, which loses its line breaks: write it as a block with \"|\"";
      break;
    case YamlNode::Style::SingleQuoted:
      if (spans_lines(reader_->file(), node)) {
        problem = "quoted wire text over several lines, which loses its line breaks: write it as a block with \"|\"";
      }
      break;
    case YamlNode::Style::Block:
      break;
  }
  if (problem.empty()) return true;
  reader_->error(node.where, std::string(what) + ": " + std::string(problem));
  return false;
}

std::optional<std::vector<Piece>> WireTextReader::pieces(const YamlNode& node) {
  auto split = split_references(node.text);
  if (split) return std::move(*split);
  reader_->error(place_in(reader_->file(), node, split.error().column - 1), split.error().message);
  return std::nullopt;
}

bool WireTextReader::check_name(const YamlNode& node, const Piece& piece, const Names& bound, std::string_view hint) {
  if (piece.name.starts_with('#')) return true;
  return check_name(node, piece.name, piece.column, bound, hint);
}

bool WireTextReader::check_name(const YamlNode& node, const std::string& name, std::size_t column, const Names& bound,
                                std::string_view hint) {
  if (names_.contains(name) || bound.contains(name)) return true;
  std::vector<std::string_view> known(names_.begin(), names_.end());
  known.insert(known.end(), bound.begin(), bound.end());
  const std::string suggestion = did_you_mean(name, known);
  reader_->error(place_in(reader_->file(), node, column - 1),
                 "unknown name \"" + name + "\": neither in let nor bound by an earlier hole" +
                     (suggestion.empty() ? std::string(hint) : suggestion));
  return false;
}

void WireTextReader::check_inbox(const YamlNode& node) {
  if (inbox_allowed_ || !names_inbox(node.text)) return;
  reader_->error(node.where, "INBOX is somebody's mail: a scenario that names it says \"inbox: true\"");
}

WireText WireTextReader::wire_text(const YamlNode& node, LastBreak last_break) {
  if (node.style != YamlNode::Style::Block) return {node.text, node.where};
  std::string_view text = node.text;
  if (last_break == LastBreak::Dropped && text.ends_with('\n')) text.remove_suffix(1);
  return {line_breaks_to_crlf(text), node.where};
}

std::optional<WireText> WireTextReader::command(const YamlNode& node, std::string_view what, LastBreak last_break) {
  if (!is_wire_text(node, what)) return std::nullopt;
  const auto split = pieces(node);
  if (!split) return std::nullopt;
  bool fine = true;
  for (const Piece& piece : *split) {
    if (piece.kind != Piece::Kind::Reference) continue;
    if (is_hole(piece)) {
      reader_->error(place_in(reader_->file(), node, piece.column - 1),
                     "a hole {" + piece.name + ":" + piece.form + "} in what the client sends; holes are for patterns");
      fine = false;
    } else if (!check_name(node, piece, {})) {
      fine = false;
    } else {
      sent_names_.insert(piece.name);
    }
  }
  check_inbox(node);
  if (!fine) return std::nullopt;
  return wire_text(node, last_break);
}

std::optional<WireText> WireTextReader::pattern(const YamlNode& node, std::string_view what, Names& bound) {
  if (!is_wire_text(node, what)) return std::nullopt;
  if (node.text.empty()) {
    reader_->error(node.where, std::string(what) + ": the pattern is empty");
    return std::nullopt;
  }
  const auto split = pieces(node);
  if (!split) return std::nullopt;
  bool fine = true;
  Names own;
  for (const Piece& piece : *split) {
    if (piece.kind != Piece::Kind::Reference) continue;
    if (!is_hole(piece)) {
      fine = check_name(node, piece, own, "; a hole that binds it says what it takes: {" + piece.name + ":number}") &&
             fine;
      continue;
    }
    if (const auto compared = comparison(piece.argument); compared && !compared->name.empty()) {
      fine = check_name(node, compared->name, piece.column, own) && fine;
    }
    if (!piece.name.empty()) own.insert(piece.name);
  }
  // Bound even where something else is wrong, so that one mistake is not told again at every use.
  bound.merge(own);
  if (!fine) return std::nullopt;
  return wire_text(node, LastBreak::Dropped);
}

std::vector<std::string> WireTextReader::with_values(const WireText& whole) {
  const std::string_view pattern = whole.text;
  const auto split = split_references(pattern);
  if (!split) return {std::string(pattern)};
  std::vector<std::string> all;
  std::size_t octets = 0;
  const auto add_with = [&](const std::map<std::string, std::string>& row) {
    std::string& text = all.emplace_back();
    for (std::size_t i = 0; i < split->size(); ++i) {
      const Piece& piece = (*split)[i];
      const std::size_t end = i + 1 < split->size() ? (*split)[i + 1].column - 1 : pattern.size();
      const std::string_view written = pattern.substr(piece.column - 1, end - (piece.column - 1));
      const auto in_row = row.find(piece.name);
      const auto known = in_row != row.end() ? in_row : values_.find(piece.name);
      const bool found = in_row != row.end() || known != values_.end();
      octets += piece.form == "raw" && found ? known->second.size() : written.size();
      if (octets > kMostExpanded) return false;
      text += piece.form == "raw" && found ? escaped(known->second) : std::string(written);
    }
    return true;
  };
  const bool fits = rows_.empty() ? add_with({}) : std::ranges::all_of(rows_, add_with);
  if (fits) return all;
  reader_->error(whole.where, "with its references the pattern comes to more than 32 MiB in all rows");
  return {};
}

std::optional<Expression> WireTextReader::expression(const YamlNode& node, std::string_view what) {
  if (!is_wire_text(node, what)) return std::nullopt;
  auto parsed = Expression::parse(node.text);
  if (!parsed) {
    reader_->error(place_in(reader_->file(), node, parsed.error().column - 1),
                   std::string(what) + ": " + parsed.error().message);
    return std::nullopt;
  }
  bool fine = true;
  for (const Expression::Name& name : parsed->names()) {
    if (!name.name.starts_with('#')) fine = check_name(node, name.name, name.column, {}) && fine;
  }
  if (!fine) return std::nullopt;
  return std::move(*parsed);
}

std::optional<std::string> WireTextReader::octets(const YamlNode& node, std::string_view what) {
  if (!is_wire_text(node, what)) return std::nullopt;
  const auto split = pieces(node);
  if (!split) return std::nullopt;
  for (const Piece& piece : *split) {
    if (piece.kind == Piece::Kind::Reference) {
      reader_->error(place_in(reader_->file(), node, piece.column - 1),
                     std::string(what) + ": a value has no references; a brace that is just an octet is \\x7B");
      return std::nullopt;
    }
  }
  check_inbox(node);
  // Again, since line breaks are CRLF before escapes are decoded: \x0A is one octet.
  const auto decoded = split_references(wire_text(node, LastBreak::Kept).text);
  return decoded && !decoded->empty() ? decoded->front().text : std::string();
}

}  // namespace imapspec::runner
