#include "runner/run/selection.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <set>

#include "runner/scenario/glob.h"
#include "runner/scenario/nearest.h"

namespace imapspec::runner {
namespace {

bool has_prefix(std::string_view id, std::string_view prefix) {
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  if (!id.starts_with(prefix)) return false;
  return id.size() == prefix.size() || id[prefix.size()] == '/' || id[prefix.size()] == '-' || id[prefix.size()] == '[';
}

bool has_tag(const Scenario& scenario, std::string_view tag) {
  return std::ranges::find(scenario.tags, tag) != scenario.tags.end();
}

bool matches_tag(const Scenario& scenario, std::string_view tag) {
  return tag.starts_with('!') ? !has_tag(scenario, tag.substr(1)) : has_tag(scenario, tag);
}

bool is_below(std::string_view section, std::string_view wanted) {
  return section.starts_with(wanted) && (section.size() == wanted.size() || section[wanted.size()] == '.');
}

bool matches_section(const Scenario& scenario, std::string_view wanted, const RequirementMap& ledger) {
  std::string_view rfc = "9051";
  if (const std::size_t colon = wanted.find(':'); colon != std::string_view::npos) {
    rfc = wanted.substr(0, colon);
    wanted.remove_prefix(colon + 1);
  }
  return std::ranges::any_of(scenario.requirements, [&](const std::string& id) {
    const auto row = ledger.find(id);
    return row != ledger.end() && row->second->rfc == rfc && is_below(row->second->section, wanted);
  });
}

bool matches_requirement(const Scenario& scenario, std::string_view glob) {
  return std::ranges::any_of(scenario.requirements, [&](const std::string& id) { return glob_match(glob, id); });
}

bool is_excluded(const Scenario& scenario, const std::string& glob) {
  return has_prefix(scenario.id, glob) || glob_match(glob, scenario.id);
}

using Matches = std::function<bool(const Scenario&, const std::string&)>;

// agrees says whether any entry of a list matches. Tags that are not wanted have to hold one and all.
bool agrees(const std::vector<std::string>& entries, const Scenario& scenario, const Matches& matches) {
  return entries.empty() ||
         std::ranges::any_of(entries, [&](const std::string& entry) { return matches(scenario, entry); });
}

bool agrees_with_tags(const std::vector<std::string>& tags, const Scenario& scenario) {
  bool wanted = false;
  bool found = false;
  for (const std::string& tag : tags) {
    const bool matches = matches_tag(scenario, tag);
    if (tag.starts_with('!')) {
      if (!matches) return false;
    } else {
      wanted = true;
      found = found || matches;
    }
  }
  return found || !wanted;
}

std::string meant(const std::string& word, const std::set<std::string, std::less<>>& words) {
  const std::vector<std::string_view> known(words.begin(), words.end());
  return did_you_mean(word, known);
}

}  // namespace

std::vector<const Scenario*> select_scenarios(const std::vector<Scenario>& scenarios, const Selection& selection,
                                              const RequirementMap& ledger) {
  std::vector<const Scenario*> selected;
  for (const Scenario& scenario : scenarios) {
    const auto of_section = [&](const Scenario& one, const std::string& section) {
      return matches_section(one, section, ledger);
    };
    const auto named = [](const Scenario& one, const std::string& prefix) { return has_prefix(one.id, prefix); };
    if (agrees(selection.prefixes, scenario, named) && agrees(selection.sections, scenario, of_section) &&
        agrees_with_tags(selection.tags, scenario) && agrees(selection.requirements, scenario, matches_requirement) &&
        (selection.exclude.empty() || !agrees(selection.exclude, scenario, is_excluded))) {
      selected.push_back(&scenario);
    }
  }
  return selected;
}

std::optional<std::string> unmatched(const std::vector<Scenario>& scenarios, const Selection& selection,
                                     const RequirementMap& ledger) {
  const auto none = [&](const std::vector<std::string>& entries, const Matches& matches) -> const std::string* {
    const auto found = std::ranges::find_if(entries, [&](const std::string& entry) {
      return std::ranges::none_of(scenarios, [&](const Scenario& scenario) { return matches(scenario, entry); });
    });
    return found == entries.end() ? nullptr : &*found;
  };
  if (const auto *const prefix = none(selection.prefixes, [](const Scenario& one, const std::string& entry) {
        return has_prefix(one.id, entry);
      })) {
    std::set<std::string, std::less<>> ids;
    for (const Scenario& scenario : scenarios) ids.insert(scenario.id);
    return "no scenario is called " + *prefix + ", or lies below it" + meant(*prefix, ids) +
           "; see imapspec list scenarios";
  }
  if (const auto *const section = none(selection.sections, [&](const Scenario& one, const std::string& entry) {
        return matches_section(one, entry, ledger);
      })) {
    return "--section " + *section + ": no scenario is about it; sections of another RFC are written 7162:3.1";
  }
  if (const auto *const tag = none(selection.tags, [](const Scenario& one, const std::string& entry) {
        return has_tag(one, entry.starts_with('!') ? std::string_view(entry).substr(1) : std::string_view(entry));
      })) {
    std::set<std::string, std::less<>> tags;
    for (const Scenario& scenario : scenarios) tags.insert(scenario.tags.begin(), scenario.tags.end());
    // Leaving out what nobody has is no mistake of the kind that hides something.
    if (!tag->starts_with('!')) return "--tag " + *tag + ": no scenario has it" + meant(*tag, tags);
  }
  if (const auto* const requirement = none(selection.requirements, matches_requirement)) {
    std::set<std::string, std::less<>> ids;
    for (const auto& [id, row] : ledger) ids.insert(id);
    return "--requirement " + *requirement + ": no scenario tests it" + meant(*requirement, ids);
  }
  if (const auto* const exclude = none(selection.exclude, is_excluded)) {
    return "--exclude " + *exclude + ": no scenario is called so";
  }
  return std::nullopt;
}

std::optional<Shard> parse_shard(std::string_view text) {
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, shard.index);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '/') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, shard.count);
  if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
  if (shard.index == 0 || shard.index > shard.count) return std::nullopt;
  return shard;
}

std::vector<const Scenario*> shard_of(const std::vector<const Scenario*>& selected, Shard shard) {
  std::vector<const Scenario*> part;
  for (std::size_t i = shard.index - 1; i < selected.size(); i += shard.count) part.push_back(selected[i]);
  return part;
}

std::optional<std::string> not_allowed(const Scenario& scenario, const Consent& consent, bool named) {
  if (scenario.risk > consent.risk) {
    constexpr std::array kWhy = {"it is harmless (class P0)", "it logs in and writes to scratch mailboxes (class P1)",
                                 "it puts a load on the server (class P2)",
                                 "it may crash or hang the server (class P3)"};
    const auto place = static_cast<std::size_t>(scenario.risk);
    return std::string(kWhy.at(place)) + ": not without --allow P" + std::to_string(place);
  }
  if (scenario.risk == Risk::P3 && !consent.loopback) {
    return "it may crash or hang the server (class P3): it runs only against a server on this machine";
  }
  if (scenario.inbox && !consent.inbox) return "it touches INBOX: not without --allow-inbox";
  if (has_tag(scenario, "slow") && !consent.slow && !named) return "it is slow: not without --slow";
  return std::nullopt;
}

bool runs_alone(const Scenario& scenario) {
  return scenario.sends.contains("wrong-password") || scenario.sends.contains("plain-wrong") ||
         has_tag(scenario, "alone");
}

}  // namespace imapspec::runner
