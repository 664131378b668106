// The commands of a connection that have not completed yet.
//
// RFC 9051 sections 2.2.1, 5.5
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parser/core/arena.h"
#include "parser/grammar/command.h"
#include "parser/grammar/profile.h"

namespace imapspec::runner {

// Told is what a response can bring that a command has to be answered with.
enum class Told : std::uint8_t {
  Capability,
  Enabled,
  Flags,
  Exists,
  List,
  PermanentFlags,
  UidNext,
  UidValidity,
  Closed,
  Namespace,
  Status,
  Search,
  Esearch,
  EsearchWithTag,
  EsearchWithoutTag,
  kCount,
};

// SentCommand is one command in progress.
struct SentCommand {
  std::string octets;  // as far as it was sent
  parser::Arena arena;
  std::optional<parser::Command> parsed;  // views both
  std::string tag;
  std::string_view name;  // as command_name() has it; empty for what is no command
  std::string own_name;   // of a command that did not parse, or goes on behind a literal
  // A server need not refuse what does not parse (section 2.2.2): what it then makes of it is not known.
  bool unsure = false;
  bool alone = true;  // no other command was in progress beside it
  bool selected_before = false;
  std::uint64_t sent_at = 0;  // by the clock of the shared knowledge
  std::bitset<static_cast<std::size_t>(Told::kCount)> told;

  // as is the command's arguments, where it is a T that parsed.
  template <class T>
  [[nodiscard]] const T* as() const {
    return parsed ? std::get_if<T>(&parsed->body) : nullptr;
  }
  [[nodiscard]] bool was_told(Told what) const { return told.test(static_cast<std::size_t>(what)); }
};

// TagRing is the last tags that were put into it.
class TagRing {
 public:
  void add(std::string_view tag);
  bool take(std::string_view tag);
  [[nodiscard]] bool contains(std::string_view tag) const;

 private:
  std::vector<std::string> tags_;
  std::size_t next_ = 0;
};

// CommandLog keeps them in the order they were sent. Those that completed are used again, so that a steady
// stream of commands allocates nothing.
class CommandLog {
 public:
  // begin takes a command as it was sent, or as much as was sent of it; nullptr where it has no tag.
  SentCommand* begin(std::string_view unit, const parser::Profile& profile);

  // go_on takes a whole command of which begin had a part; nullptr where it is in progress no more.
  SentCommand* go_on(std::string_view unit, const parser::Profile& profile);

  // complete takes the first command with `tag` out; nullptr without one. It stays valid until the next begin.
  SentCommand* complete(std::string_view tag);

  // completed_last is the command with `tag` where it is the one that completed last; else nullptr. As valid as that of
  // complete.
  [[nodiscard]] const SentCommand* completed_last(std::string_view tag) const;

  // completed_before says whether one of the last commands had this tag.
  [[nodiscard]] bool completed_before(std::string_view tag) const;

  // may_update says whether one of the last commands that completed was a search with this tag that goes on telling of
  // its result (RFC 5267 section 4.3), or may have been one.
  [[nodiscard]] bool may_update(std::string_view tag) const { return updating_.contains(tag); }

  // Not every line is a command to both sides: one that was sent as a part of IDLE or AUTHENTICATE may be answered as
  // if it were. take_stray says whether `tag` begins such a line, and forgets it.
  void add_stray(std::string_view line);
  bool take_stray(std::string_view tag);

  void clear();

  // tell notes that a response brought `what`.
  void tell(Told what);

  // tell_all is for a response that could not be read: it may have brought anything.
  void tell_all();

  // forget_selected is for CLOSED: what was told of the selected mailbox is no answer to SELECT.
  void forget_selected();

  [[nodiscard]] const std::vector<std::unique_ptr<SentCommand>>& pending() const { return pending_; }
  [[nodiscard]] bool in_progress(std::string_view name) const;
  // unsure_in_progress says whether there is a command that did not parse: any, or one of that name.
  [[nodiscard]] bool unsure_in_progress() const;
  [[nodiscard]] bool unsure_in_progress(std::string_view name) const;
  [[nodiscard]] bool selecting() const { return in_progress("SELECT") || in_progress("EXAMINE"); }

  // alone is the only command in progress, if no other was at any time since it was sent; else nullptr.
  [[nodiscard]] const SentCommand* alone() const;

  // with_tag is a command in progress.
  [[nodiscard]] const SentCommand* with_tag(std::string_view tag) const;

 private:
  static void read(SentCommand& command, std::string_view unit, const parser::Profile& profile);

  std::vector<std::unique_ptr<SentCommand>> pending_;
  std::vector<std::unique_ptr<SentCommand>> spare_;
  TagRing completed_;  // so that a second completion is told apart
  TagRing updating_;
  TagRing strays_;
};

}  // namespace imapspec::runner
