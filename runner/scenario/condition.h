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
//   factor    = "not" factor / "(" condition ")" / "capability" NAME / "captured" NAME / NAME "=" VALUE
class Condition {
 public:
  // Facts answers the questions a condition can ask.
  struct Facts {
    std::function<bool(std::string_view)> has_capability;
    std::function<std::string(std::string_view)> value_of;  // empty for a name without value
    std::function<bool(std::string_view)> is_captured;
  };

  // Names are the facts that may stand left of "=", with the values each can have.
  struct KnownName {
    std::string_view name;
    std::vector<std::string_view> values;  // none: any word
    bool of_connection = false;            // nobody knows it before there is a connection
  };

  // parse yields the error as a sentence, for the loader to put a place in front of.
  static std::expected<Condition, std::string> parse(std::string_view text, const std::vector<KnownName>& names);

  [[nodiscard]] bool holds(const Facts& facts) const;
  [[nodiscard]] const std::string& text() const { return text_; }

  // captured are the names that the condition asks about by "captured".
  [[nodiscard]] const std::vector<std::string>& captured() const { return captured_; }

  // of_connection is the first fact it asks for that nobody knows before there is a connection; empty without.
  [[nodiscard]] const std::string& of_connection() const { return of_connection_; }

 private:
  struct Node {
    enum class Kind : std::uint8_t { And, Or, Not, Capability, Captured, Equals };
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
  std::vector<std::string> captured_;
  std::string of_connection_;
};

// condition_names is what scenarios may ask about: what the run is like, and what the connection of the step agreed on
// by TLS.
const std::vector<Condition::KnownName>& condition_names();

}  // namespace imapspec::runner
