// Conditions of scenarios and of outcomes: "capability IDLE and not profile = rev1".
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// Condition is a boolean expression.
//
//   condition = term *("or" term)
//   term      = factor *("and" factor)
//   factor    = "not" factor / "(" condition ")" / "capability" NAME / NAME "=" VALUE
class Condition {
 public:
  // Facts answers the two questions a condition can ask.
  struct Facts {
    std::function<bool(std::string_view)> has_capability;
    std::function<std::string(std::string_view)> value_of;  // empty for a name without value
  };

  // Names are the facts that may stand left of "=", with the values each can have.
  struct KnownName {
    std::string_view name;
    std::vector<std::string_view> values;
  };

  // parse yields the error as a sentence, for the loader to put a place in front of.
  static std::expected<Condition, std::string> parse(std::string_view text, const std::vector<KnownName>& names);

  [[nodiscard]] bool holds(const Facts& facts) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  struct Node {
    enum class Kind : std::uint8_t { And, Or, Not, Capability, Equals };
    Kind kind = Kind::Capability;
    std::string name;
    std::string value;
    std::vector<Node> children;
  };
  Condition() = default;
  static bool holds(const Node& node, const Facts& facts);
  friend class ConditionParser;

  Node root_;
  std::string text_;
};

// kConditionNames is what scenarios may ask about: profile = rev1|rev2, tls = none|starttls|implicit,
// plaintext-login = refused|allowed|unknown.
const std::vector<Condition::KnownName>& condition_names();

}  // namespace imapspec::runner
