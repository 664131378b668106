#include "parser/abnf/syntax.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "parser/abnf/source_cursor.h"

namespace imapspec::abnf {
namespace {

// Reader reads one source. Functions that yield an optional have reported the error when it is empty.
class Reader {
 public:
  Reader(const Source& source, std::size_t index, Draft& draft, std::vector<ReadError>& errors)
      : in_(source, index, errors), draft_(draft), errors_(errors) {}

  void read() {
    while (!in_.at_end() && errors_.size() < kMaxErrors) {
      if (!read_line()) in_.skip_statement();
    }
    if (!pending_.empty()) in_.fail_at(pending_place_, "no rule follows this resolution");
  }

 private:
  // One statement, or a line without one. False after an error.
  bool read_line() {
    if (in_.sees("; @")) return read_resolution();
    if (is_white(in_.peek())) {
      in_.take_while(is_white);
      if (in_.at_line_end()) return in_.line_end();
      in_.expected("a rule in column 1");
      return false;
    }
    if (in_.at_line_end()) return in_.line_end();
    return read_statement();
  }

  // "; @id severity, clause: reason", and lines that go on. A resolution that is wrong is no reason to skip its rule.
  bool read_resolution() {
    const Place place = in_.here();
    in_.take("; @");
    std::string text(in_.take_while(is_printable));
    if (!in_.line_end()) return false;
    while (in_.take(";  ")) {
      in_.take_while(is_white);
      text += ' ';
      text += in_.take_while(is_printable);
      if (!in_.line_end()) return false;
    }
    const std::size_t id_end = text.find(' ');
    const std::size_t severity_end = text.find(", ");
    const std::size_t clause_end = text.find(": ");
    if (id_end == 0 || id_end > severity_end || severity_end > clause_end || clause_end == std::string::npos) {
      in_.fail_at(place, "expected a resolution: @id severity, clause: reason");
      return true;
    }
    Resolution resolution;
    resolution.id = text.substr(0, id_end);
    resolution.severity = text.substr(id_end + 1, severity_end - id_end - 1);
    resolution.clause = text.substr(severity_end + 2, clause_end - severity_end - 2);
    resolution.reason = text.substr(clause_end + 2);
    if (resolution.severity == "lint") return true;  // lint never changes a grammar
    if (resolution.severity != "syntax" && resolution.severity != "must") {
      in_.fail_at(place, "expected the severity of a resolution to be syntax, must or lint");
      return true;
    }
    if (pending_.empty()) pending_place_ = place;
    pending_.push_back(std::move(resolution));
    return true;
  }

  // rule = rulename defined-as elements c-nl
  bool read_statement() {
    depth_ = 0;
    Statement statement;
    statement.place = in_.here();
    statement.resolutions = std::exchange(pending_, {});
    if (!is_alpha(in_.peek())) {
      in_.expected("the name of a rule");
      return false;
    }
    statement.name = in_.take_while(is_name_char);
    if (!in_.white_space() || !read_defined_as(statement) || !in_.white_space()) return false;
    if (statement.kind != Statement::Kind::Remove) {
      const std::optional<NodeId> definition = read_alternation();
      if (!definition) return false;
      statement.definition = *definition;
      if (in_.peek() == '@' && !read_range(statement)) return false;
    }
    if (!in_.at_line_end()) {
      in_.expected("the end of the rule");
      return false;
    }
    if (!in_.line_end()) return false;
    draft_.statements.push_back(std::move(statement));
    return true;
  }

  // defined-as, with "=!" and "=-"
  bool read_defined_as(Statement& statement) {
    if (!in_.take("=")) {
      in_.expected("\"=\"");
      return false;
    }
    if (in_.take("/")) statement.kind = Statement::Kind::Extend;
    if (in_.take("!")) statement.kind = Statement::Kind::Replace;
    if (in_.take("-")) statement.kind = Statement::Kind::Remove;
    return true;
  }

  // "@range(" least "," most ")" *c-wsp
  bool read_range(Statement& statement) {
    statement.range_place = in_.here();
    if (!in_.take("@range(")) {
      in_.expected("@range(");
      return false;
    }
    const auto least = read_range_end(",");
    if (!least) return false;
    const auto most = read_range_end(")");
    if (!most) return false;
    if (*least > *most) {
      in_.fail_at(statement.range_place, "the range is empty");
      return false;
    }
    statement.range = NumericRange{*least, *most};
    return in_.white_space().has_value();
  }

  std::optional<std::uint64_t> read_range_end(std::string_view close) {
    if (!in_.white_space()) return std::nullopt;
    const auto value = in_.number(10, kUnbounded, "a decimal number");
    if (!value || !in_.white_space()) return std::nullopt;
    if (!in_.take(close)) return in_.expected('"' + std::string(close) + '"');
    return value;
  }

  // Elements.

  NodeId add(Node node) {
    draft_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(draft_.nodes.size() - 1);
  }

  // Of one child, that child.
  NodeId add(Node::Kind kind, std::vector<NodeId> children) {
    if (children.size() == 1) return children.front();
    Node node;
    node.kind = kind;
    node.place = draft_.nodes[children.front()].place;
    node.children = std::move(children);
    return add(std::move(node));
  }

  // alternation *c-wsp
  std::optional<NodeId> read_alternation() {
    std::vector<NodeId> alternatives;
    while (true) {
      const auto alternative = read_concatenation();
      if (!alternative) return std::nullopt;
      alternatives.push_back(*alternative);
      if (!in_.take("/")) return add(Node::Kind::Alternation, std::move(alternatives));
      if (!in_.white_space()) return std::nullopt;
    }
  }

  // concatenation *c-wsp, with A - B
  std::optional<NodeId> read_concatenation() {
    std::vector<NodeId> parts;
    const std::size_t depth = depth_;
    while (true) {
      const bool excludes = !parts.empty() && in_.peek() == '-';
      if (excludes) {
        // A chain of exclusions nests to the left.
        if (!enter()) return std::nullopt;
        in_.take("-");
        const auto white = in_.white_space();
        if (!white) return std::nullopt;
        if (!*white) return in_.expected("white space after \"-\"");
      }
      const auto part = read_repetition();
      if (!part) return std::nullopt;
      if (excludes) {
        Node node;
        node.kind = Node::Kind::Exclusion;
        node.place = draft_.nodes[parts.back()].place;
        node.children = {parts.back(), *part};
        parts.back() = add(std::move(node));
      } else {
        parts.push_back(*part);
      }
      const auto white = in_.white_space();
      if (!white) return std::nullopt;
      if (in_.at_line_end() || in_.peek() == '/' || in_.peek() == ')' || in_.peek() == ']' || in_.sees("@range")) break;
      if (!*white) return in_.expected("white space between elements");
    }
    depth_ = depth;
    return add(Node::Kind::Concatenation, std::move(parts));
  }

  // repetition = [repeat] element
  std::optional<NodeId> read_repetition() {
    const Place place = in_.here();
    if (!is_digit(in_.peek()) && in_.peek() != '*') return read_element();
    Node node;
    node.kind = Node::Kind::Repetition;
    node.place = place;
    if (is_digit(in_.peek())) {
      const auto least = in_.number(10, kMaxExpansion, "a number");
      if (!least) return std::nullopt;
      node.least = node.most = *least;
    }
    if (in_.take("*")) {
      node.most = kUnbounded;
      if (is_digit(in_.peek())) {
        const auto most = in_.number(10, kMaxExpansion, "a number");
        if (!most) return std::nullopt;
        node.most = *most;
      }
    }
    if (node.least > node.most) return in_.fail_at(place, "the repetition is empty: more at least than at most");
    const auto element = read_element();
    if (!element) return std::nullopt;
    node.children = {*element};
    return add(std::move(node));
  }

  std::optional<NodeId> read_element() {
    Node node;
    node.place = in_.here();
    if (is_alpha(in_.peek())) {
      node.kind = Node::Kind::Reference;
      node.text = in_.take_while(is_name_char);
      return add(std::move(node));
    }
    switch (in_.peek()) {
      case '(':
      case '[':
        return read_group(std::move(node));
      case '"':
        in_.take("\"");
        return read_text(std::move(node));
      case '<':
        in_.take("<");
        return read_prose(std::move(node));
      case '%':
        return read_percent(std::move(node));
      case '@':
        return read_counted(std::move(node));
      default:
        return in_.expected("an element");
    }
  }

  bool enter() {
    if (++depth_ <= kMaxNesting) return true;
    in_.fail("groups are nested more than " + std::to_string(kMaxNesting) + " deep");
    return false;
  }

  std::optional<NodeId> read_group(Node node) {
    if (!enter()) return std::nullopt;
    const bool is_option = in_.take("[");
    if (!is_option) in_.take("(");
    if (!in_.white_space()) return std::nullopt;
    const auto inner = read_alternation();
    if (!inner) return std::nullopt;
    if (!in_.take(is_option ? "]" : ")")) return in_.expected(is_option ? "\"]\"" : "\")\"");
    --depth_;
    if (!is_option) return inner;
    node.kind = Node::Kind::Repetition;
    node.most = 1;
    node.children = {*inner};
    return add(std::move(node));
  }

  // The rest of a char-val
  std::optional<NodeId> read_text(Node node) {
    node.kind = Node::Kind::Text;
    node.text = in_.take_while([](char octet) { return is_printable(octet) && octet != '"'; });
    if (!in_.take("\"")) return in_.expected("a printable octet or DQUOTE");
    return add(std::move(node));
  }

  // The rest of a prose-val
  std::optional<NodeId> read_prose(Node node) {
    node.kind = Node::Kind::Prose;
    node.text = in_.take_while([](char octet) { return is_printable(octet) && octet != '>'; });
    if (!in_.take(">")) return in_.expected("a printable octet or \">\"");
    return add(std::move(node));
  }

  // num-val, and the strings of RFC 7405
  std::optional<NodeId> read_percent(Node node) {
    in_.take("%");
    if (in_.take("i\"") || in_.take("I\"")) return read_text(std::move(node));
    if (in_.take("s\"") || in_.take("S\"")) {
      node.case_sensitive = true;
      return read_text(std::move(node));
    }
    if (in_.take("b") || in_.take("B")) return read_octets(std::move(node), 2, "a bit");
    if (in_.take("d") || in_.take("D")) return read_octets(std::move(node), 10, "a digit");
    if (in_.take("x") || in_.take("X")) return read_octets(std::move(node), 16, "a hexadecimal digit");
    return in_.expected("b, d or x, or s or i and DQUOTE");
  }

  std::optional<NodeId> read_octets(Node node, unsigned base, std::string_view digit) {
    const auto first = in_.number(base, 255, digit);
    if (!first) return std::nullopt;
    if (in_.peek() == '.') {
      node.kind = Node::Kind::Text;
      node.case_sensitive = true;
      node.text.push_back(static_cast<char>(*first));
      while (in_.take(".")) {
        const auto next = in_.number(base, 255, digit);
        if (!next) return std::nullopt;
        node.text.push_back(static_cast<char>(*next));
      }
      return add(std::move(node));
    }
    std::optional<std::uint64_t> last = first;
    if (in_.take("-")) last = in_.number(base, 255, digit);
    if (!last) return std::nullopt;
    if (*last < *first) return in_.fail_at(node.place, "the range is empty");
    node.kind = Node::Kind::Octet;
    node.first = static_cast<std::uint8_t>(*first);
    node.last = static_cast<std::uint8_t>(*last);
    return add(std::move(node));
  }

  // "@octets(" rulename "," element ")"
  std::optional<NodeId> read_counted(Node node) {
    if (!in_.take("@octets(")) return in_.expected("@octets(");
    if (!enter()) return std::nullopt;
    if (!in_.white_space()) return std::nullopt;
    node.kind = Node::Kind::Counted;
    if (!is_alpha(in_.peek())) return in_.expected("the name of a rule");
    node.text = in_.take_while(is_name_char);
    if (!in_.white_space()) return std::nullopt;
    if (!in_.take(",")) return in_.expected("\",\"");
    if (!in_.white_space()) return std::nullopt;
    const auto octet = read_element();
    if (!octet || !in_.white_space()) return std::nullopt;
    node.children = {*octet};
    if (!in_.take(")")) return in_.expected("\")\"");
    --depth_;
    return add(std::move(node));
  }

  SourceCursor in_;
  Draft& draft_;
  std::vector<ReadError>& errors_;
  std::size_t depth_ = 0;
  std::vector<Resolution> pending_;
  Place pending_place_;
};

}  // namespace

void read_syntax(const Source& source, std::size_t index, Draft& draft, std::vector<ReadError>& errors) {
  Reader(source, index, draft, errors).read();
}

}  // namespace imapspec::abnf
