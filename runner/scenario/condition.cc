#include "runner/scenario/condition.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "parser/core/ascii.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/reference.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kMaxDepth = 20;
constexpr std::size_t kMaxOctets = 1000;
constexpr std::string_view kOperand = R"(expected "capability NAME", "captured NAME" or "NAME = VALUE" )";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

bool is_operator(std::string_view word) { return word == "and" || word == "or" || word == "not"; }

}  // namespace

// ConditionParser is the recursive descent; the first error ends it.
class ConditionParser {
 public:
  using Node = Condition::Node;
  using Kind = Node::Kind;

  ConditionParser(std::string_view text, const std::vector<Condition::KnownName>& names) : text_(text), names_(names) {}

  std::expected<Condition, std::string> parse() {
    Condition condition;
    condition.text_ = text_;
    if (text_.size() > kMaxOctets) return std::unexpected("a condition is longer than 1000 octets");
    if (peek().empty()) return std::unexpected("a condition is empty");
    if (!chain(condition.root_, Kind::Or)) return std::unexpected(std::move(error_));
    if (!peek().empty()) {
      return std::unexpected("expected \"and\" or \"or\" before " + in_quotes(peek()) + " in a condition");
    }
    condition.captured_ = std::move(captured_);
    condition.of_connection_ = of_connection_;
    return condition;
  }

 private:
  // peek yields the next token without consuming it: a parenthesis, "=", or a word.
  std::string_view peek() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return token("()=");
  }

  // token reads up to white space or an octet of `ends`, which is a token of its own.
  std::string_view token(std::string_view ends) {
    std::size_t end = at_;
    while (end < text_.size() && !is_space(text_[end]) && ends.find(text_[end]) == std::string_view::npos) ++end;
    if (end == at_ && end < text_.size()) ++end;
    return text_.substr(at_, end - at_);
  }

  bool take(std::string_view token) {
    if (peek() != token) return false;
    at_ += token.size();
    return true;
  }

  // chain reads operands joined by "or" (a condition) or by "and" (a term).
  bool chain(Node& node, Kind kind) {
    const std::string_view joint = kind == Kind::Or ? "or" : "and";
    Node first;
    if (!operand(first, kind)) return false;
    if (peek() != joint) {
      node = std::move(first);
      return true;
    }
    node.kind = kind;
    node.children.push_back(std::move(first));
    while (take(joint)) {
      before_ = joint;
      if (!operand(node.children.emplace_back(), kind)) return false;
    }
    return true;
  }

  bool operand(Node& node, Kind kind) { return kind == Kind::Or ? chain(node, Kind::And) : factor(node); }

  bool factor(Node& node) {
    if (depth_ == kMaxDepth) return fail("a condition is nested deeper than 20 levels");
    ++depth_;
    const bool fine = nested(node);
    --depth_;
    return fine;
  }

  bool nested(Node& node) {
    if (take("not")) {
      before_ = "not";
      node.kind = Kind::Not;
      return factor(node.children.emplace_back());
    }
    if (take("(")) {
      before_ = "(";
      if (!chain(node, Kind::Or)) return false;
      return take(")") || fail("\")\" is missing in a condition");
    }
    if (take("capability")) return capability(node);
    if (take("captured")) return captured(node);
    return equals(node);
  }

  bool capability(Node& node) {
    peek();
    // Names such as AUTH=PLAIN have a "=" of their own.
    const std::string_view name = token("()");
    if (name.empty() || name == "(" || name == ")" || is_operator(name)) {
      return fail("expected a name after \"capability\" in a condition");
    }
    const auto joined = [](char c) { return c == ',' || c == '"' || c == '\'' || c == '{' || c == '&' || c == '|'; };
    if (std::ranges::any_of(name, joined)) {
      return fail(in_quotes(name) +
                  " is no capability; each is asked about by itself, without quotes: capability A and " +
                  "capability B");
    }
    at_ += name.size();
    node.kind = Kind::Capability;
    node.name = name;
    return true;
  }

  bool captured(Node& node) {
    const std::string_view name = peek();
    if (!is_name(name) || is_operator(name)) {
      return fail("expected a name after \"captured\" in a condition, without braces");
    }
    at_ += name.size();
    node.kind = Kind::Captured;
    node.name = name;
    captured_.emplace_back(name);
    return true;
  }

  bool equals(Node& node) {
    const std::string_view name = peek();
    if (name.empty() || name == ")" || name == "=" || is_operator(name)) {
      const std::string place =
          before_.empty() ? "at the start of a condition" : "after " + in_quotes(before_) + " in a condition";
      return fail(std::string(kOperand) + place);
    }
    at_ += name.size();
    const auto known = std::ranges::find(names_, name, &Condition::KnownName::name);
    if (known == names_.end()) return unknown_name(name);
    if (!take("=")) return fail("expected \"=\" after " + in_quotes(name) + " in a condition");
    const std::string_view value = peek();
    if (value.empty() || value == "(" || value == ")" || value == "=" || is_operator(value)) {
      return fail("expected a value after \"" + std::string(name) + " =\" in a condition" +
                  (known->values.empty() ? "" : ": " + comma_list(known->values)));
    }
    at_ += value.size();
    if (known->of_connection && of_connection_.empty()) of_connection_ = name;
    if (!known->values.empty() && std::ranges::find(known->values, value) == known->values.end()) {
      return fail("unknown value " + in_quotes(value) + " of " + in_quotes(name) + " in a condition; expected " +
                  comma_list(known->values));
    }
    node.kind = Kind::Equals;
    node.name = name;
    node.value = value;
    return true;
  }

  bool unknown_name(std::string_view name) {
    std::vector<std::string_view> known{"capability", "captured", "not"};
    for (const Condition::KnownName& entry : names_) known.push_back(entry.name);
    std::string suggestion = did_you_mean(name, known);
    if (suggestion.empty() && peek() != "=" && parser::to_upper(name) == name) {
      suggestion = "; did you mean \"capability " + std::string(name) + "\"?";
    }
    return fail("unknown name " + in_quotes(name) + " in a condition" +
                (suggestion.empty() ? "; expected one of " + comma_list(known) : suggestion));
  }

  bool fail(std::string message) {
    error_ = std::move(message);
    return false;
  }

  std::string_view text_;
  const std::vector<Condition::KnownName>& names_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string_view before_;  // the operator that wants an operand
  std::vector<std::string> captured_;
  std::string of_connection_;
  std::string error_;
};

std::expected<Condition, std::string> Condition::parse(std::string_view text, const std::vector<KnownName>& names) {
  return ConditionParser(text, names).parse();
}

bool Condition::holds(const Facts& facts) const { return holds(root_, facts); }

bool Condition::holds(const Node& node, const Facts& facts) {
  const auto child_holds = [&](const Node& child) { return holds(child, facts); };
  switch (node.kind) {
    case Node::Kind::And:
      return std::ranges::all_of(node.children, child_holds);
    case Node::Kind::Or:
      return std::ranges::any_of(node.children, child_holds);
    case Node::Kind::Not:
      return !child_holds(node.children.front());
    case Node::Kind::Capability:
      return facts.has_capability(node.name);
    case Node::Kind::Captured:
      return facts.is_captured(node.name);
    case Node::Kind::Equals:
      return facts.value_of(node.name) == node.value;
  }
  return false;
}

const std::vector<Condition::KnownName>& condition_names() {
  static const std::vector<Condition::KnownName> kNames = {
      {"profile", {"rev1", "rev2"}},
      {"tls", {"none", "starttls", "implicit"}},
      {"plaintext-login", {"refused", "allowed", "unknown"}},
      {"tls-version", {"none", "1.0", "1.1", "1.2", "1.3"}, true},
      {"tls-cipher", {}, true},
      {"tls-alpn", {}, true},
      {"tls-resumed", {"no", "yes"}, true},
  };
  return kNames;
}

}  // namespace imapspec::runner
