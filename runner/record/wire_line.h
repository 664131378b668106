// Wire text and patterns of a scenario while it is written: octets, references and captures.
//
// docs/scenario-format.md, "Wire text"
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace imapspec::runner {

// Capture is a value that another run will not have, such as a UID. It gets a name when it is used twice.
struct Capture {
  std::string stem;    // "uid"
  std::string rule;    // "nz-number"
  bool bound = false;  // a pattern that has to match binds it, from where the scenario has been written to
  std::size_t uses = 0;
  std::string name;
};

// WireLine is one text.
class WireLine {
 public:
  WireLine() = default;

  // WireLine takes what is wire text already, references and all.
  explicit WireLine(std::string text) { add(std::move(text)); }

  void add(std::string text);

  // add_octets escapes what wire text cannot hold.
  void add_octets(std::string_view octets);

  // add_hole stands for the value in a pattern; add_value, where it is sent or known.
  void add_hole(Capture& capture);
  void add_value(Capture& capture);

  void add(const WireLine& other);

  // render writes the text. A hole whose value is used nowhere else binds nothing.
  [[nodiscard]] std::string render() const;

  // captures are those of its holes.
  [[nodiscard]] std::vector<const Capture*> holes() const;

 private:
  struct Part {
    std::string text;
    Capture* capture = nullptr;
    bool hole = false;
  };
  std::vector<Part> parts_;
};

// Captures owns them, by what they stand for.
class Captures {
 public:
  // at makes the capture that `key` stands for, where there is none.
  Capture& at(const std::string& key, std::string_view stem, std::string_view rule);
  // find yields nullptr where there is none.
  Capture* find(const std::string& key);
  // name gives names to those that are used twice.
  void name();

 private:
  std::map<std::string, Capture*> by_key_;
  std::deque<Capture> all_;
};

// escape_wire is octets as wire text.
std::string escape_wire(std::string_view octets);

// yaml_quoted is a text in single quotes.
std::string yaml_quoted(std::string_view text);

}  // namespace imapspec::runner
