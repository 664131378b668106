// What a recorded answer becomes: patterns on its meaning, with captures for what another run will not have.
//
// docs/scenario-format.md, "Patterns"
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "runner/record/mailbox_model.h"
#include "runner/record/turns.h"
#include "runner/record/wire_line.h"

namespace imapspec::runner {

// Names is what mailboxes and messages of a recording are called in a scenario.
class Names {
 public:
  // mailbox is the reference for a mailbox name: {mailbox}, {other-mailbox} and names below the first.
  const std::string& mailbox(const std::string& name);
  [[nodiscard]] bool knows_mailbox(const std::string& name) const { return mailboxes_.contains(name); }

  // octets is the name in `let` for octets; nullopt where they are too many for a scenario.
  std::optional<std::string> octets(const std::string& octets, std::string_view stem);
  // known_octets is that name where it was given before.
  [[nodiscard]] std::optional<std::string> known_octets(const std::string& octets) const;

  [[nodiscard]] const std::map<std::string, std::string>& let() const { return let_; }

 private:
  std::map<std::string, std::string> mailboxes_;
  std::map<std::string, std::string> octet_names_;
  std::map<std::string, std::string> let_;
  std::map<std::string, std::size_t, std::less<>> count_;
  std::size_t octets_ = 0;
};

// ExpectedLine is a pattern, and whether it has to match.
struct ExpectedLine {
  WireLine pattern;
  bool must = true;
};

// Expectations makes patterns of what one connection was answered.
class Expectations {
 public:
  Expectations(const MailboxModel& model, Names& names, Captures& captures)
      : model_(model), names_(names), captures_(captures) {}

  // of is the pattern for an untagged response to `turn`; nullopt where another run may say anything.
  std::optional<ExpectedLine> of(const parser::Response& response, const Turn& turn);

  // completion is the pattern for how the command ended.
  WireLine completion(const Turn& turn);

  // uid is the capture of a message's UID.
  Capture& uid(const std::string& mailbox, std::uint32_t uid);

 private:
  std::optional<WireLine> status(const parser::StatusResponse& status, const Turn& turn);
  std::optional<WireLine> fetch(const parser::Fetch& fetch, const Turn& turn);
  std::optional<WireLine> item(const parser::Fetch& fetch, const parser::MsgAtt& item, const Turn& turn);
  std::optional<WireLine> text_item(const parser::Fetch& fetch, const parser::MsgAtt& item);
  std::optional<WireLine> found(const parser::SearchData& data, const Turn& turn);
  std::optional<WireLine> found(const parser::Esearch& data, const Turn& turn);
  std::optional<WireLine> counts(const parser::StatusData& data);
  bool add_uids(WireLine& line, const parser::SequenceSet& set, const std::string& mailbox);
  // hole adds a hole for a value, which this pattern binds where it has to match.
  void hole(WireLine& line, Capture& capture);

  const MailboxModel& model_;
  Names& names_;
  Captures& captures_;
  bool must_ = true;
};

}  // namespace imapspec::runner
