// The keys of a scenario that say what it may do to a server, and when: class, inbox, tags, reconnect.
#pragma once

#include <array>
#include <string_view>

#include "runner/scenario/scenario.h"
#include "runner/scenario/wire_text_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {

// kMannerKeys are the keys that read_manners looks for.
inline constexpr std::array<std::string_view, 4> kMannerKeys = {"class", "inbox", "tags", "reconnect"};

// read_manners reads the keys, before the steps: what they send is judged by `inbox`.
void read_manners(YamlReader& reader, const YamlNode& root, Scenario& scenario);

// settle_risk gives a scenario without the key `class` its class, once its steps are read: P0 where it never logs in,
// P1 otherwise. `class: P0` is an error where it does.
void settle_risk(YamlReader& reader, const YamlNode& root, Scenario& scenario);

// names_inbox says whether INBOX is named in a text, in any case: alone, or as the beginning of a name below it.
bool names_inbox(std::string_view text);

}  // namespace imapspec::runner
