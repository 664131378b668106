// What names stand for while a scenario runs, and wire text with its names filled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runner/match/term.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {

// Bindings maps names to values: those known from the start, `let`, and captures.
class Bindings {
 public:
  void set(std::string name, Term value) {
    values_.insert_or_assign(std::move(name), std::make_shared<const Term>(std::move(value)));
  }
  void set_octets(std::string name, std::string octets);
  [[nodiscard]] const Term* find(std::string_view name) const;

  // add takes over the names of `others` that are not bound here.
  void add(const Bindings& others) { values_.insert(others.values_.begin(), others.values_.end()); }

  // follow makes {#3} mean the number that a message has now that was number 3 when its mailbox was selected; nullopt
  // where it is gone.
  using CurrentNumber = std::function<std::optional<std::uint32_t>(std::uint32_t)>;
  void follow(CurrentNumber current) { current_number_ = std::move(current); }

  // message_number resolves the name "#3". The error is a sentence.
  [[nodiscard]] std::expected<std::uint32_t, std::string> message_number(std::string_view name) const;

 private:
  std::map<std::string, std::shared_ptr<const Term>, std::less<>> values_;  // shared by copies: they may be large
  CurrentNumber current_number_;
};

// WireOctets is what to send, cut where the client has to wait for "+": in front of the octets of
// a synchronizing literal.
struct WireOctets {
  std::vector<std::string> segments;
  [[nodiscard]] std::string joined() const;
  [[nodiscard]] std::size_t size() const;
};

// expand decodes \xHH and fills in references (docs/scenario-format.md), up to `most` octets. The error is a sentence.
std::expected<WireOctets, std::string> expand(std::string_view text, const Bindings& bindings,
                                              std::size_t most = kMostExpanded);

}  // namespace imapspec::runner
