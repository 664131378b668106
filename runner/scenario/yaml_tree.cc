#include "runner/scenario/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "parser/core/utf8.h"

namespace imapspec::runner {
namespace {

using Errors = std::vector<LoadError>;
using Style = YamlNode::Style;

// Stop leaves the parser when nothing sensible can follow.
struct Stop {};

// with_lf yields the octets with CRLF turned into LF, which moves no line and no column.
std::string with_lf(std::string_view octets) {
  std::string text;
  text.reserve(octets.size());
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (octets[i] == '\r' && i + 1 < octets.size() && octets[i + 1] == '\n') continue;
    text += octets[i];
  }
  return text;
}

// check_octets finds what yaml-cpp would replace, take for the end of the file, or read as UTF-16.
std::optional<LoadError> check_octets(std::string_view octets, const std::string& file) {
  if (octets.starts_with("\xef\xbb\xbf"))
    return LoadError{{file, 1, 1}, "a byte order mark; expected UTF-8 without it"};
  std::size_t line = 1;
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < octets.size();) {
    const auto octet = static_cast<unsigned char>(octets[i]);
    const std::size_t column = i - line_start + 1;
    if (octet == '\n') {
      ++line;
      line_start = ++i;
      continue;
    }
    if (column > kMaxLineOctets) return LoadError{{file, line, column}, "the line is longer than 64 KiB"};
    if (octet == '\r') return LoadError{{file, line, column}, "a CR that is not followed by LF"};
    if ((octet < 0x20 && octet != '\t') || octet == 0x7f) {
      return LoadError{{file, line, column}, "a control character; in wire text it is written \\xHH"};
    }
    if (octet < 0x80) {
      ++i;
      continue;
    }
    const parser::Utf8Char character = parser::utf8_char(octets.substr(i));
    if (character.octets == 0) {
      return LoadError{{file, line, column}, "not UTF-8; in wire text such an octet is written \\xHH"};
    }
    i += character.octets;
  }
  return std::nullopt;
}

// Quotes is what follows an opening quote.
struct Quotes {
  bool closed = false;
  bool spans_lines = false;
};

// quotes_at looks for the end of the quoted scalar that begins at `offset`.
Quotes quotes_at(std::string_view octets, std::size_t offset) {
  const char quote = octets[offset];
  Quotes found;
  for (std::size_t i = offset + 1; i < octets.size(); ++i) {
    if (octets[i] == '\n') found.spans_lines = true;
    if (octets[i] == '\\' && quote == '"') {
      ++i;
    } else if (octets[i] == quote) {
      found.closed = quote == '"' || i + 1 == octets.size() || octets[i + 1] != quote;
      if (found.closed) break;
      ++i;
    }
  }
  return found;
}

// TreeBuilder makes the tree out of yaml-cpp's events.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view octets, const std::string& file) : octets_(octets), file_(file) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    // Going on could last for ever: yaml-cpp yields empty documents without end at a stray comma.
    if (documents_++ > 0) stop(mark, "a second document; a file has one");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(node(YamlNode::Kind::Null, mark)); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    error(mark, "an alias (*); wire text is written in single quotes");
    add(node(YamlNode::Kind::Null, mark));
  }

  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    error(mark, "an anchor (&); wire text is written in single quotes");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    YamlNode scalar = node(YamlNode::Kind::Scalar, mark);
    scalar.text = value;
    scalar.style = style(scalar.offset);
    check_tag(mark, tag);
    // yaml-cpp lets the end of the file close them.
    const bool quoted = scalar.style == Style::SingleQuoted || scalar.style == Style::DoubleQuoted;
    if (quoted && !quotes_at(octets_, scalar.offset).closed) error(mark, "the quotes are not closed");
    add(std::move(scalar));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(node(YamlNode::Kind::Sequence, mark), mark);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(node(YamlNode::Kind::Map, mark), mark);
  }
  void OnMapEnd() override { close(); }

  [[nodiscard]] std::size_t documents() const { return documents_; }
  [[nodiscard]] Errors& errors() { return errors_; }
  [[nodiscard]] YamlNode& root() { return root_; }

  // error adds one at a place of yaml-cpp, which counts from 0.
  void error(const YAML::Mark& mark, std::string message) { errors_.push_back({where(mark), std::move(message)}); }

 private:
  // Open is a collection whose end has not come yet.
  struct Open {
    YamlNode node;
    std::optional<YamlNode> key;  // of a map: the one whose value comes next
  };

  [[nodiscard]] Where where(const YAML::Mark& mark) const {
    if (mark.is_null()) return {file_, 0, 0};
    return {file_, static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
  }

  [[noreturn]] void stop(const YAML::Mark& mark, std::string message) {
    error(mark, std::move(message));
    throw Stop{};
  }

  YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) {
    if (++nodes_ > kMaxNodes) stop(mark, "more than 10000 values in one file");
    YamlNode made;
    made.kind = kind;
    made.where = where(mark);
    made.offset = mark.pos < 0 ? octets_.size() : std::min(static_cast<std::size_t>(mark.pos), octets_.size());
    return made;
  }

  // Events do not tell the kinds of quotes apart, so the octet that the scalar begins with does.
  [[nodiscard]] Style style(std::size_t offset) const {
    switch (offset < octets_.size() ? octets_[offset] : '\0') {
      case '\'':
        return Style::SingleQuoted;
      case '"':
        return Style::DoubleQuoted;
      case '|':
        return Style::Block;
      case '>':
        return Style::Folded;
      default:
        return Style::Plain;
    }
  }

  // yaml-cpp itself gives "?" to what is plain or a collection and "!" to what is quoted or a block.
  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    const auto at = static_cast<std::size_t>(std::max(mark.pos, 0));
    const bool written = at < octets_.size() && octets_[at] == '!';
    if (written || (tag != "?" && tag != "!" && !tag.empty())) error(mark, "a tag (!); expected a plain value");
  }

  void open(YamlNode collection, const YAML::Mark& mark) {
    if (open_.size() >= kMaxNesting) stop(mark, "nested deeper than 20 levels");
    open_.push_back({std::move(collection), std::nullopt});
  }

  void close() {
    YamlNode closed = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(closed));
  }

  void add(YamlNode added) {
    if (open_.empty()) {
      root_ = std::move(added);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::Sequence) {
      parent.node.items.push_back(std::move(added));
    } else if (!parent.key) {
      check_key(parent.node, added);
      parent.key = std::move(added);
    } else {
      parent.node.keys.push_back(std::move(*parent.key));
      parent.node.items.push_back(std::move(added));
      parent.key.reset();
    }
  }

  void check_key(const YamlNode& map, const YamlNode& key) {
    if (key.kind != YamlNode::Kind::Scalar) {
      errors_.push_back({key.where, "a key that is no word"});
      return;
    }
    if (key.style == Style::Plain &&
        (key.text.find(":'") != std::string::npos || key.text.find(":\"") != std::string::npos)) {
      errors_.push_back({key.where, "a space is missing behind the colon of \"" + key.text + "\""});
    }
    const auto first = std::ranges::find(map.keys, key.text, &YamlNode::text);
    if (first == map.keys.end()) return;
    errors_.push_back(
        {key.where, "duplicate key \"" + key.text + "\"; the first is in line " + std::to_string(first->where.line)});
  }

  std::string_view octets_;
  const std::string& file_;
  std::size_t documents_ = 0;
  std::size_t nodes_ = 0;
  std::vector<Open> open_;
  YamlNode root_;
  Errors errors_;
};

// Whether a line, or the one before it, is indented with tabs.
bool has_tab(std::string_view octets, std::size_t line) {
  for (std::size_t at = 0, number = 0; at != std::string_view::npos && at < octets.size() && number <= line; ++number) {
    const std::string_view rest = octets.substr(at);
    const std::string_view indentation = rest.substr(0, rest.find_first_not_of(" \t"));
    if (number + 1 >= line && indentation.find('\t') != std::string_view::npos) return true;
    at = octets.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return false;
}

// not_yaml explains an exception of yaml-cpp. Its own words are for those who know YAML.
std::string not_yaml(const YAML::Exception& exception, std::string_view octets) {
  const std::string message = "not YAML: " + exception.msg;
  if (exception.mark.line >= 0 && has_tab(octets, static_cast<std::size_t>(exception.mark.line))) {
    return message + "; lines are indented with spaces, not with tabs";
  }
  if (exception.msg.find("escape") != std::string::npos)
    return message + "; in single quotes backslashes are just that";
  if (exception.msg == "illegal map value") return message + "; text with a colon in it stands in quotes";
  if (exception.msg.starts_with("end of ") && exception.msg.find("flow") != std::string::npos) {
    return message + "; a bracket is not closed, or wire text is not in single quotes";
  }
  if (exception.msg.starts_with("end of ")) {
    return message + "; is the line indented as those before it, and is everything in single quotes that has to be?";
  }
  const bool sigil = exception.msg.find("alias") != std::string::npos ||
                     exception.msg.find("anchor") != std::string::npos ||
                     exception.msg.find("tag") != std::string::npos;
  return sigil ? message + "; wire text is written in single quotes" : message;
}

}  // namespace

std::expected<YamlFile, std::vector<LoadError>> read_yaml(std::string_view octets, const std::string& file) {
  if (octets.size() > kMaxFileOctets) {
    return std::unexpected(Errors{{{file, 0, 0}, "the file is larger than 1 MiB"}});
  }
  YamlFile result;
  result.octets = with_lf(octets);
  if (const auto bad = check_octets(result.octets, file)) return std::unexpected(Errors{*bad});
  TreeBuilder builder(result.octets, file);
  try {
    std::istringstream stream(result.octets);
    YAML::Parser yaml(stream);
    // The second call is for what may follow the document.
    if (yaml.HandleNextDocument(builder)) yaml.HandleNextDocument(builder);
  } catch (const Stop&) {  // NOLINT(bugprone-empty-catch): its error is recorded
  } catch (const YAML::Exception& exception) {
    builder.error(exception.mark, not_yaml(exception, result.octets));
  }
  if (builder.errors().empty() && (builder.documents() == 0 || builder.root().kind == YamlNode::Kind::Null)) {
    builder.errors().push_back({{file, 1, 1}, "the file is empty"});
  }
  if (!builder.errors().empty()) return std::unexpected(std::move(builder.errors()));
  result.root = std::move(builder.root());
  return result;
}

bool spans_lines(const YamlFile& file, const YamlNode& scalar) {
  return !scalar.moved && quotes_at(file.octets, scalar.offset).spans_lines;
}

Where place_in(const YamlFile& file, const YamlNode& scalar, std::size_t offset) {
  const std::string_view octets = file.octets;
  Where where = scalar.where;
  if (scalar.moved) return where;
  if (scalar.style == Style::SingleQuoted) {
    if (spans_lines(file, scalar)) return where;
    std::size_t at = scalar.offset + 1;
    // '' stands for one quote.
    for (std::size_t i = 0; i < offset && at < octets.size(); ++i) at += octets[at] == '\'' ? 2U : 1U;
    where.column += at - scalar.offset;
  } else if (scalar.style == Style::Block) {
    // A block has its lines unchanged but for the indentation, whose width is what they lack.
    const std::string_view before = std::string_view(scalar.text).substr(0, offset);
    const auto lines = static_cast<std::size_t>(std::ranges::count(before, '\n'));
    std::size_t source = scalar.offset;
    for (std::size_t i = 0; i <= lines; ++i) {
      source = octets.find('\n', source);
      if (source == std::string_view::npos) return where;
      ++source;
    }
    const std::size_t line_start = before.rfind('\n') + 1;  // 0 where there is none
    const std::size_t length = std::min(scalar.text.find('\n', line_start), scalar.text.size()) - line_start;
    const std::size_t source_length = std::min(octets.find('\n', source), octets.size()) - source;
    where.line += lines + 1;
    where.column = (source_length > length ? source_length - length : 0) + (before.size() - line_start) + 1;
  }
  return where;
}

}  // namespace imapspec::runner
