// Who chooses among the spellings of one value.
//
// RFC 9051 section 9
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// Spelling is asked by a Writer at each choice. `before` is the octets of the unit up to there. One
// Spelling serves one unit.
class Spelling {
 public:
  Spelling() = default;
  Spelling(const Spelling&) = delete;
  Spelling& operator=(const Spelling&) = delete;
  virtual ~Spelling() = default;

  // letters may change the case of `letters`, which have just been written behind `before`.
  virtual void letters(std::string_view before, std::span<char> letters) = 0;

  // zeros is how many zeros stand in front of a number.
  virtual std::size_t zeros(std::string_view before, std::string_view digits) = 0;

  // other says whether to choose the optional spelling that begins with `beginning`, which only the
  // extension `needs` has, if given.
  virtual bool other(std::string_view before, std::string_view beginning, std::optional<Extension> needs) = 0;

  // form is the form for a string of this value at the place of `rule`.
  virtual StringForm form(const String& string, StringRule rule) = 0;
};

// Faithful chooses as the octets did that the value was parsed from, and which it must not outlive:
// what was read is written again octet for octet, with nothing kept in the value for it. From the
// first octet on that a changed value makes differ, it chooses what is canonical.
class Faithful final : public Spelling {
 public:
  explicit Faithful(std::string_view source) : source_(source) {}

  void letters(std::string_view before, std::span<char> letters) override;
  std::size_t zeros(std::string_view before, std::string_view digits) override;
  bool other(std::string_view before, std::string_view beginning, std::optional<Extension> needs) override;
  StringForm form(const String& string, StringRule rule) override;

 private:
  // What the source has behind `before`; empty from the first difference on.
  std::string_view ahead(std::string_view before);

  std::string_view source_;
  std::size_t same_ = 0;  // so many octets of the unit are those of the source
};

// Adversarial chooses by `seed` anything that the grammar of `profile`, with its direction, admits.
// What a seed chooses is the same everywhere.
class Adversarial final : public Spelling {
 public:
  Adversarial(const Profile& profile, std::uint64_t seed);

  void letters(std::string_view before, std::span<char> letters) override;
  std::size_t zeros(std::string_view before, std::string_view digits) override;
  bool other(std::string_view before, std::string_view beginning, std::optional<Extension> needs) override;
  StringForm form(const String& string, StringRule rule) override;

  // splits chooses where to cut `unit` for several writes: offsets, ascending, none at either end.
  std::vector<std::size_t> splits(std::string_view unit);

 private:
  enum class Case : std::uint8_t { Kept, Lower, Mixed };

  std::uint64_t random();
  bool chance(std::uint64_t in_sixteen) { return random() % 16 < in_sixteen; }
  [[nodiscard]] std::vector<StringForm> forms(const String& string, StringRule rule) const;

  Profile profile_;
  std::uint64_t state_;
  Case case_;
  std::uint64_t eagerness_;  // how often, in sixteen times, it departs from what is canonical
};

}  // namespace imapspec::parser
