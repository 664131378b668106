// Which messages of a mailbox changed last, so that who was away for a short time need not look at all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace imapspec::server {

// ChangeLog remembers the last kRemembered changes.
class ChangeLog {
 public:
  static constexpr std::size_t kRemembered = 4'096;

  // add notes that a message arrived, changed its flags or went. Mod-sequences do not descend.
  void add(std::uint64_t mod_sequence, std::uint32_t uid);

  // since is the UIDs of the changes with a greater mod-sequence, ascending, each once; nullopt where some of them are
  // forgotten.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> since(std::uint64_t mod_sequence) const;

 private:
  struct Change {
    std::uint64_t mod_sequence = 0;
    std::uint32_t uid = 0;
  };

  std::deque<Change> changes_;
  std::uint64_t forgotten_ = 0;  // the greatest mod-sequence of what is forgotten
};

}  // namespace imapspec::server
