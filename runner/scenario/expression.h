// Expressions over captured values: '{next} > {uid} and {m2} >= {m1} + 1'.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// ExpressionError is what is wrong, as a sentence, and where: in octets from 1.
struct ExpressionError {
  std::string message;
  std::size_t column = 1;
};

// Expression is something that holds or does not.
//
//   expression = term *("or" term)
//   term       = factor *("and" factor)
//   factor     = "not" factor / sum [("=" / "!=" / "<" / "<=" / ">" / ">=" / "in") sum]
//   sum        = product *(("+" / "-") product)
//   product    = value *("*" value)
//   value      = NUMBER / DQUOTE text DQUOTE / "{" NAME "}" / "count" value / "(" expression ")"
class Expression {
 public:
  // Value is what a name stands for: a number, text, or a set of numbers ("1:3,5").
  struct Value {
    enum class Kind : std::uint8_t { Number, Text, Set };
    Kind kind = Kind::Text;
    std::string text;
  };
  using Lookup = std::function<std::optional<Value>(std::string_view name)>;

  // Name is a name that the expression asks about.
  struct Name {
    std::string name;
    std::size_t column = 1;
  };

  static std::expected<Expression, ExpressionError> parse(std::string_view text);

  // holds works the expression out. The error is a sentence: a name without value, a sum of what is no number.
  [[nodiscard]] std::expected<bool, std::string> holds(const Lookup& lookup) const;

  // shown tells what its names stand for: "next is 4, uid is 7".
  [[nodiscard]] std::string shown(const Lookup& lookup) const;

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Name>& names() const { return names_; }

 private:
  struct Node {
    enum class Kind : std::uint8_t { Or, And, Not, Compare, Sum, Product, Number, Text, Name, Count };
    Kind kind = Kind::Number;
    std::string text;         // a name, an octet string, digits, or the sign of a comparison
    std::vector<char> signs;  // of a Sum: the sign in front of each child
    std::vector<Node> children;
    [[nodiscard]] bool is_condition() const { return kind <= Kind::Compare; }
  };
  Expression() = default;
  static std::expected<bool, std::string> condition(const Node& node, const Lookup& lookup);
  static std::expected<bool, std::string> compare(const Node& node, const Lookup& lookup);
  static std::expected<Value, std::string> value(const Node& node, const Lookup& lookup);
  static std::expected<Value, std::string> arithmetic(const Node& node, const Lookup& lookup);
  friend class ExpressionParser;

  Node root_;
  std::string text_;
  std::vector<Name> names_;
};

// set_count is how many numbers a set holds, and set_has whether a number is one of them; nullopt where the set has a
// "*" or "$", whose meaning it does not tell.
std::optional<std::uint64_t> set_count(std::string_view set);
std::optional<bool> set_has(std::string_view set, std::uint64_t number);

}  // namespace imapspec::runner
