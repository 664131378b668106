// Which scenarios are meant, and which of them may run.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result/result.h"
#include "runner/scenario/scenario.h"

namespace imapspec::runner {

// RequirementMap finds the rows of the ledger by their ids.
using RequirementMap = std::map<std::string, const Requirement*, std::less<>>;

// Selection is what a user asked for. Within a list any entry will do; all lists that are not empty have to agree.
struct Selection {
  std::vector<std::string> prefixes;      // ids, or folders of ids: whole path elements, or up to a "-"
  std::vector<std::string> sections;      // "6.4" with all below it, of RFC 9051; "7162:3.1" of another RFC
  std::vector<std::string> tags;          // "slow"; "!slow" is what does not have it
  std::vector<std::string> requirements;  // globs of ids in the ledger
  std::vector<std::string> exclude;       // ids, folders or globs of ids that are not meant
  friend bool operator==(const Selection&, const Selection&) = default;
};

// select_scenarios keeps what is meant, in its order.
std::vector<const Scenario*> select_scenarios(const std::vector<Scenario>& scenarios, const Selection& selection,
                                              const RequirementMap& ledger);

// unmatched says which part of a selection no scenario has to do with, which is a typing mistake; with what was
// perhaps meant. Nothing where all of it matches something.
std::optional<std::string> unmatched(const std::vector<Scenario>& scenarios, const Selection& selection,
                                     const RequirementMap& ledger);

// parse_shard reads "2/4".
std::optional<Shard> parse_shard(std::string_view text);

// shard_of keeps a shard's scenarios.
std::vector<const Scenario*> shard_of(const std::vector<const Scenario*>& selected, Shard shard);

// Consent is what the user allows to be done to the server.
struct Consent {
  Risk risk = Risk::P1;   // the highest class that runs
  bool loopback = false;  // the server is on this machine: P3 may run where `risk` allows it
  bool inbox = false;     // INBOX may be touched
  bool slow = false;      // what waits for more than a second
};

// not_allowed says why a scenario may not run; nothing where it may. `named` is set for one that the user asked for by
// its own id: it may be slow.
std::optional<std::string> not_allowed(const Scenario& scenario, const Consent& consent, bool named);

// runs_alone says whether nothing else may run beside a scenario, and that it comes last: it gets passwords wrong, and
// a server may slow all of a user down for that.
bool runs_alone(const Scenario& scenario);

}  // namespace imapspec::runner
