// Which UIDs are gone from a mailbox, and since when.
//
// RFC 7162 sections 3.2.6, 5.3
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace imapspec::server {

// UidRange is the first and the last of some UIDs in a row.
using UidRange = std::pair<std::uint32_t, std::uint32_t>;

// add_uid puts a UID, greater than all before it, behind the ranges of others.
void add_uid(std::vector<UidRange>& ranges, std::uint32_t uid);

// ExpungedUids remembers the last expunges; of those before them only that they were.
class ExpungedUids {
 public:
  static constexpr std::size_t kMaxRanges = 4'096;

  // add notes the UIDs that went with a mod-sequence, which is greater than that of all before.
  void add(const std::vector<UidRange>& uids, std::uint64_t mod_sequence);

  // since is the UIDs that went with a greater mod-sequence, ascending and merged; nullopt where some of them
  // are forgotten.
  [[nodiscard]] std::optional<std::vector<UidRange>> since(std::uint64_t mod_sequence) const;

 private:
  struct Expunge {
    std::uint64_t mod_sequence;
    UidRange uids;
  };

  std::deque<Expunge> expunges_;
  std::uint64_t forgotten_ = 0;  // the greatest mod-sequence of those that are not here any more
};

}  // namespace imapspec::server
