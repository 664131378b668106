#include "runner/scenario/expression.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "runner/scenario/reference.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMaxDepth = 20;
constexpr std::size_t kMaxOctets = 1000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_sign(char c) { return c == '=' || c == '!' || c == '<' || c == '>'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
  Number number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// each_range calls with the first and last number of each range of a set; false where the set has no numbers there.
bool each_range(std::string_view set, const std::function<void(std::uint64_t, std::uint64_t)>& call) {
  while (!set.empty()) {
    const std::string_view range = set.substr(0, set.find(','));
    set.remove_prefix(std::min(set.size(), range.size() + 1));
    const std::size_t colon = range.find(':');
    const auto first = number_in<std::uint64_t>(range.substr(0, colon));
    const auto last = colon == std::string_view::npos ? first : number_in<std::uint64_t>(range.substr(colon + 1));
    if (!first || !last) return false;
    call(std::min(*first, *last), std::max(*first, *last));
  }
  return true;
}

}  // namespace

// ExpressionParser is the recursive descent; the first error ends it.
class ExpressionParser {
 public:
  using Node = Expression::Node;
  using Kind = Node::Kind;

  explicit ExpressionParser(std::string_view text) : text_(text) {}

  std::expected<Expression, ExpressionError> parse() {
    Expression made;
    made.text_ = text_;
    if (text_.size() > kMaxOctets) {
      fail("an expression is longer than 1000 octets");
    } else if (peek().empty()) {
      fail("an expression is empty");
    } else if (chain(made.root_, Kind::Or) && !peek().empty()) {
      fail("expected \"and\", \"or\" or the end before " + in_quotes(peek()));
    }
    if (error_) return std::unexpected(std::move(*error_));
    made.names_ = std::move(names_);
    return made;
  }

 private:
  // peek yields the next token without consuming it: a word, a number, a sign, or what opens something.
  std::string_view peek() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (at_ == text_.size()) return {};
    std::size_t end = at_ + 1;
    const char first = text_[at_];
    if (is_digit(first) || is_letter(first)) {
      while (end < text_.size() && (is_digit(text_[end]) || is_letter(text_[end]))) ++end;
    } else if ((first == '<' || first == '>' || first == '!') && end < text_.size() && text_[end] == '=') {
      ++end;
    }
    return text_.substr(at_, end - at_);
  }

  bool take(std::string_view token) {
    if (peek() != token) return false;
    at_ += token.size();
    return true;
  }

  // chain reads operands joined by "or" or by "and".
  bool chain(Node& node, Kind kind) {
    const std::string_view joint = kind == Kind::Or ? "or" : "and";
    Node first;
    if (!operand(first, kind)) return false;
    if (peek() != joint) {
      node = std::move(first);
      return kind == Kind::And || depth_ > 0 || node.is_condition() || not_a_condition();
    }
    if (!first.is_condition()) return not_a_condition();
    node.kind = kind;
    node.children.push_back(std::move(first));
    while (take(joint)) {
      if (!operand(node.children.emplace_back(), kind)) return false;
      if (!node.children.back().is_condition()) return not_a_condition();
    }
    return true;
  }

  bool operand(Node& node, Kind kind) { return kind == Kind::Or ? chain(node, Kind::And) : factor(node); }

  bool factor(Node& node) {
    if (!take("not")) return comparison(node);
    if (++depth_ > kMaxDepth) return fail("an expression is nested deeper than 20 levels");
    node.kind = Kind::Not;
    const bool fine = factor(node.children.emplace_back());
    --depth_;
    return fine && (node.children.back().is_condition() || not_a_condition());
  }

  bool comparison(Node& node) {
    constexpr std::array kSigns = {"="sv, "!="sv, "<"sv, "<="sv, ">"sv, ">="sv, "in"sv};
    Node left;
    if (!sum(left)) return false;
    const std::string_view sign = peek();
    if (std::ranges::find(kSigns, sign) == kSigns.end()) {
      node = std::move(left);
      return true;
    }
    if (left.is_condition()) return fail("what holds or does not is not compared");
    at_ += sign.size();
    node.kind = Kind::Compare;
    node.text = sign;
    node.children.push_back(std::move(left));
    if (!sum(node.children.emplace_back())) return false;
    return !node.children.back().is_condition() || fail("what holds or does not is not compared");
  }

  bool sum(Node& node) { return joined(node, Kind::Sum, "+", "-"); }

  // joined reads operands of + and -, or of *.
  bool joined(Node& node, Kind kind, std::string_view one, std::string_view other) {
    const auto operand = [&](Node& child) {
      return kind == Kind::Sum ? joined(child, Kind::Product, "*", "*") : value(child);
    };
    Node first;
    if (!operand(first)) return false;
    if (peek() != one && peek() != other) {
      node = std::move(first);
      return true;
    }
    node.kind = kind;
    node.signs.push_back('+');
    node.children.push_back(std::move(first));
    while (peek() == one || peek() == other) {
      node.signs.push_back(peek().front());
      at_ += 1;
      if (!operand(node.children.emplace_back())) return false;
    }
    const bool plain = std::ranges::none_of(node.children, &Node::is_condition);
    return plain || fail("what holds or does not is no number");
  }

  bool value(Node& node) {
    const std::string_view token = peek();
    if (token.empty()) return fail("expected a number, a text in double quotes or a {name} at the end");
    if (is_digit(token.front())) return number(node, token);
    if (token == "\"") return text(node);
    if (token == "{") return name(node);
    if (token == "count") return count(node);
    if (token == "(") return parentheses(node);
    // Other languages have "==" and "=>".
    const bool sign = at_ > 0 && is_sign(token.front()) && is_sign(text_[at_ - 1]);
    return fail("expected a number, a text in double quotes or a {name} before " + in_quotes(token) +
                (sign             ? "; the signs are =, !=, <, <=, >, >="
                 : is_name(token) ? "; did you mean {" + std::string(token) + "}?"
                                  : ""));
  }

  bool number(Node& node, std::string_view token) {
    if (!number_in<std::int64_t>(token)) return fail(in_quotes(token) + " is no number up to 9223372036854775807");
    node.kind = Kind::Number;
    node.text = token;
    at_ += token.size();
    return true;
  }

  bool text(Node& node) {
    const std::size_t end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) return fail("a text without its second \"");
    node.kind = Kind::Text;
    node.text = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  bool name(Node& node) {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return fail("\"{\" without \"}\"");
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    const bool message = inside.size() > 1 && inside.front() == '#' && std::ranges::all_of(inside.substr(1), is_digit);
    if (!is_name(inside) && !message) {
      return fail("\"{" + std::string(inside) + "}\" is no name; sums are written outside of the braces: {uid} + 1");
    }
    node.kind = Kind::Name;
    node.text = inside;
    names_.push_back({node.text, at_ + 1});
    at_ = end + 1;
    return true;
  }

  bool count(Node& node) {
    at_ += std::string_view("count").size();
    node.kind = Kind::Count;
    if (peek() != "{") return fail("expected a {name} after \"count\"");
    return name(node.children.emplace_back());
  }

  bool parentheses(Node& node) {
    if (++depth_ > kMaxDepth) return fail("an expression is nested deeper than 20 levels");
    ++at_;
    if (!chain(node, Kind::Or)) return false;
    --depth_;
    return take(")") || fail("\")\" is missing");
  }

  bool not_a_condition() { return fail("expected a comparison: a number alone neither holds nor does not"); }

  bool fail(std::string message) {
    if (!error_) error_ = ExpressionError{std::move(message), at_ + 1};
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::vector<Expression::Name> names_;
  std::optional<ExpressionError> error_;
};

std::expected<Expression, ExpressionError> Expression::parse(std::string_view text) {
  return ExpressionParser(text).parse();
}

std::expected<bool, std::string> Expression::holds(const Lookup& lookup) const { return condition(root_, lookup); }

std::expected<bool, std::string> Expression::condition(const Node& node, const Lookup& lookup) {
  if (node.kind == Node::Kind::Compare) return compare(node, lookup);
  if (node.kind == Node::Kind::Not) {
    auto inner = condition(node.children.front(), lookup);
    if (inner) *inner = !*inner;
    return inner;
  }
  const bool decides = node.kind == Node::Kind::Or;
  for (const Node& child : node.children) {
    const auto holds = condition(child, lookup);
    if (!holds || *holds == decides) return holds;
  }
  return !decides;
}

std::expected<bool, std::string> Expression::compare(const Node& node, const Lookup& lookup) {
  const auto left = value(node.children[0], lookup);
  if (!left) return std::unexpected(left.error());
  const auto right = value(node.children[1], lookup);
  if (!right) return std::unexpected(right.error());
  const auto a = number_in<std::int64_t>(left->text);
  const auto b = number_in<std::int64_t>(right->text);
  if (node.text == "in") {
    const auto has = a && *a >= 0 ? set_has(right->text, static_cast<std::uint64_t>(*a)) : std::nullopt;
    if (has) return *has;
    return std::unexpected("\"in\" asks for a number and a set: found " + in_quotes(left->text) + " and " +
                           in_quotes(right->text));
  }
  const bool texts = left->kind == Value::Kind::Text || right->kind == Value::Kind::Text;
  if (texts || !a || !b) {
    if (node.text == "=") return left->text == right->text;
    if (node.text == "!=") return left->text != right->text;
    return std::unexpected(in_quotes(texts && a ? right->text : left->text) +
                           " is no number: only numbers are less or greater");
  }
  if (node.text == "=") return *a == *b;
  if (node.text == "!=") return *a != *b;
  if (node.text == "<") return *a < *b;
  if (node.text == "<=") return *a <= *b;
  return node.text == ">" ? *a > *b : *a >= *b;
}

std::expected<Expression::Value, std::string> Expression::value(const Node& node, const Lookup& lookup) {
  switch (node.kind) {
    case Node::Kind::Number:
      return Value{Value::Kind::Number, node.text};
    case Node::Kind::Text:
      return Value{Value::Kind::Text, node.text};
    case Node::Kind::Name: {
      auto found = lookup(node.text);
      if (!found) return std::unexpected("{" + node.text + "} has no value here");
      return *std::move(found);
    }
    case Node::Kind::Count: {
      const auto set = value(node.children.front(), lookup);
      if (!set) return set;
      const auto count = set_count(set->text);
      if (count) return Value{Value::Kind::Number, std::to_string(*count)};
      return std::unexpected("{" + node.children.front().text + "} is no set of numbers: nothing can be counted");
    }
    default:
      return arithmetic(node, lookup);
  }
}

std::expected<Expression::Value, std::string> Expression::arithmetic(const Node& node, const Lookup& lookup) {
  std::int64_t total = node.kind == Node::Kind::Product ? 1 : 0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const auto operand = value(node.children[i], lookup);
    if (!operand) return operand;
    const auto number = number_in<std::int64_t>(operand->text);
    if (!number) return std::unexpected(in_quotes(operand->text) + " is no number to calculate with");
    const bool overflow = node.kind == Node::Kind::Product ? __builtin_mul_overflow(total, *number, &total)
                          : node.signs[i] == '+'           ? __builtin_add_overflow(total, *number, &total)
                                                           : __builtin_sub_overflow(total, *number, &total);
    if (overflow) return std::unexpected(std::string("a number is larger than 9223372036854775807"));
  }
  return Value{Value::Kind::Number, std::to_string(total)};
}

std::string Expression::shown(const Lookup& lookup) const {
  std::string values;
  std::vector<std::string_view> told;
  for (const Name& name : names_) {
    if (std::ranges::find(told, name.name) != told.end()) continue;
    told.push_back(name.name);
    const auto found = lookup(name.name);
    values += (values.empty() ? "" : ", ") + name.name + " is " + (found ? found->text : std::string("not known"));
  }
  return values;
}

std::optional<std::uint64_t> set_count(std::string_view set) {
  std::uint64_t count = 0;
  const bool numbers = each_range(set, [&](std::uint64_t first, std::uint64_t last) { count += last - first + 1; });
  return numbers ? std::optional(count) : std::nullopt;
}

std::optional<bool> set_has(std::string_view set, std::uint64_t number) {
  bool has = false;
  const bool numbers = each_range(
      set, [&](std::uint64_t first, std::uint64_t last) { has = has || (first <= number && number <= last); });
  return numbers ? std::optional(has) : std::nullopt;
}

}  // namespace imapspec::runner
