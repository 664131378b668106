// What a recording shows of the mailboxes: which there were before, and which messages were in them.
//
// RFC 9051 sections 2.3, 6.3, 7.4, 7.5
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runner/record/command_pieces.h"
#include "runner/record/turns.h"

namespace imapspec::runner {

// KnownMessage is as much as was seen of a message.
struct KnownMessage {
  std::optional<std::uint32_t> uid;
  std::optional<std::set<std::string>> flags;  // those it began with
  std::set<std::string> stored;                // flags that commands were about before its flags were seen
  std::optional<std::string> octets;
  std::optional<std::uint64_t> size;
  bool copied = false;     // by COPY or MOVE: it has what the original had, which may never have been seen
  bool unclaimed = false;  // EXISTS told of it, and no command that added it has been seen yet
};

// KnownMailbox is a mailbox with the messages that it had before the recording. `now` follows the recording.
struct KnownMailbox {
  using Messages = std::vector<std::shared_ptr<KnownMessage>>;
  bool existed = false;  // before the recording
  bool created = false;  // in it
  Messages before;
  Messages now;
  bool counted = false;  // `before` is known
};

// MailboxModel follows the commands of all connections of a recording. Each has a view of its own of the mailbox that
// it selected: what another one expunged stays in it until it is told so.
class MailboxModel {
 public:
  // on_turn is told each command after its answer, and on which connection.
  void on_turn(const Turn& turn, std::size_t connection);

  [[nodiscard]] const std::map<std::string, KnownMailbox>& mailboxes() const { return mailboxes_; }

  // selected is the mailbox that was selected after the turn, or empty.
  [[nodiscard]] const std::string& selected(const Turn& turn) const { return selected_after_.at(&turn); }

  // fetched is the message that the response was about, with all that was seen of it before and after; nullptr where
  // that is not known.
  [[nodiscard]] const KnownMessage* fetched(const parser::Fetch& fetch) const;

 private:
  struct View {
    std::string selected;
    KnownMailbox::Messages messages;
  };

  KnownMailbox& there(const std::string& name);
  void follow(const Turn& turn);
  void grow(std::uint32_t count);
  void on_response(const parser::Response& response);
  void count(KnownMailbox& mailbox, std::uint64_t messages);
  void on_select(const Turn& turn, const std::string& name);
  void on_append(const Turn& turn, const std::string& name, std::string octets);
  void on_search(const Turn& turn);
  void on_fetch(const parser::Fetch& fetch);
  void on_copy(const Turn& turn, const std::string& name);

  std::map<std::string, KnownMailbox> mailboxes_;
  std::map<std::size_t, View> views_;  // by connection
  View* view_ = nullptr;               // of the turn
  std::map<const Turn*, std::string> selected_after_;
  std::map<const parser::Fetch*, std::shared_ptr<KnownMessage>> fetched_;
};

// mailbox_name is the name that an argument stands for: INBOX in any case is INBOX.
std::string mailbox_name(std::string_view argument);

// knows_command says whether it is known where a command has mailbox names, and that it changes nothing else of the
// server's.
bool knows_command(std::string_view name, const std::vector<Argument>& arguments);

// mailbox_arguments are the places of mailbox names among the arguments of a command.
std::vector<std::size_t> mailbox_arguments(std::string_view name, const std::vector<Argument>& arguments);

// is_select says whether the command opens a mailbox.
bool is_select(std::string_view name);

}  // namespace imapspec::runner
