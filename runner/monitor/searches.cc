#include "runner/monitor/searches.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

using parser::Esearch;
using ReturnKind = parser::SearchReturnOption::Kind;

const parser::commands::Search* search_of(const SentCommand* command) {
  return command == nullptr ? nullptr : command->as<parser::commands::Search>();
}

// The command that a result is for. Reports a tag that no SEARCH has.
const SentCommand* command_of(Session& session, const Esearch& esearch) {
  if (!esearch.tag) {
    // It was not caused by a particular command: whether one got nothing else is seen when it is complete.
    session.commands.tell(Told::EsearchWithoutTag);
    return nullptr;
  }
  const std::string tag = esearch.tag->value();
  const SentCommand* const command = session.commands.with_tag(tag);
  // What did not parse, or has its name only, may be a SEARCH.
  const bool may_be = command != nullptr && (!command->parsed || search_of(command) != nullptr);
  if (may_be) {
    session.commands.tell(Told::EsearchWithTag);
  } else if (!session.commands.may_update(tag)) {
    session.reports.add(
        CheckId::EsearchNamesItsCommand, "ESEARCH with a tag that no SEARCH has",
        fmt::format("ESEARCH has the tag {}, which no SEARCH in progress has", parser::escape_octets(tag)));
  }
  return command;
}

std::uint32_t largest_of(const parser::SequenceSet& set) {
  std::uint32_t largest = 0;
  for (const parser::SeqRange& range : set.ranges()) {
    largest = std::max({largest, range.first.or_largest(0), range.last.or_largest(0)});
  }
  return largest;
}

std::uint32_t smallest_of(const parser::SequenceSet& set) {
  std::uint32_t smallest = UINT32_MAX;
  for (const parser::SeqRange& range : set.ranges()) {
    smallest = std::min({smallest, range.first.or_largest(UINT32_MAX), range.last.or_largest(UINT32_MAX)});
  }
  return smallest;
}

// `ordered` says that the results are in the order of their numbers, and not sorted otherwise (RFC 5267 section 3.1).
void check_sum(Session& session, const Esearch& esearch, bool ordered) {
  const auto wrong = [&](std::string deviation) {
    std::string message = "ESEARCH has " + deviation;
    session.reports.add(CheckId::EsearchAddsUp, std::move(deviation), std::move(message));
  };
  if (esearch.count == 0U) {
    if (esearch.all) {
      session.reports.add(CheckId::NoAllWhenNothingMatches, "ALL with COUNT 0", "ESEARCH has ALL with COUNT 0");
    }
    if (esearch.min || esearch.max) {
      session.reports.add(CheckId::NoMinWhenNothingMatches, "MIN or MAX with COUNT 0",
                          "ESEARCH has MIN or MAX with COUNT 0");
    }
    return;
  }
  if (ordered && esearch.min && esearch.max && *esearch.min > *esearch.max) wrong("MIN above MAX");
  if (esearch.count == 1U && esearch.min && esearch.max && *esearch.min != *esearch.max) {
    wrong("MIN and MAX that differ with COUNT 1");
  }
  if (!esearch.all) return;
  const auto size = distinct_in(*esearch.all);
  if (!size) return;
  if (esearch.count && *size < *esearch.count) wrong("COUNT above what ALL holds");
  if (esearch.count && *size > *esearch.count) wrong("COUNT below what ALL holds");
  if (!ordered) return;
  if (esearch.min && *esearch.min != smallest_of(*esearch.all)) wrong("MIN that is not the smallest of ALL");
  if (esearch.max && *esearch.max != largest_of(*esearch.all)) wrong("MAX that is not the largest of ALL");
}

void check_requested(Session& session, const Esearch& esearch, const parser::SearchProgram& program) {
  if (!program.returns) return;
  const auto& returns = *program.returns;
  const auto named = [&](ReturnKind kind) {
    return std::ranges::any_of(returns, [&](const auto& o) { return o.kind == kind; });
  };
  // RETURN () means ALL; options of extensions may bring anything.
  if (named(ReturnKind::Other)) return;
  const bool all = returns.empty() || named(ReturnKind::All);
  const auto check = [&](bool told, bool asked, std::string_view word) {
    if (!told || asked) return;
    session.reports.add(CheckId::OnlyRequestedResults, fmt::format("{} that RETURN does not name", word),
                        fmt::format("ESEARCH has {}, which RETURN does not name", word));
  };
  check(esearch.min.has_value(), named(ReturnKind::Min), "MIN");
  check(esearch.max.has_value(), named(ReturnKind::Max), "MAX");
  check(esearch.count.has_value(), named(ReturnKind::Count), "COUNT");
  check(esearch.all.has_value(), all, "ALL");
}

void check_within(Session& session, std::uint32_t largest) {
  if (!session.selected || !session.count || largest <= *session.count) return;
  session.found_beyond = std::max(session.found_beyond, largest);
}

}  // namespace

void check_esearch(Session& session, const Esearch& esearch) {
  session.commands.tell(Told::Esearch);
  const SentCommand* const command = command_of(session, esearch);
  const auto* search = search_of(command);
  check_sum(session, esearch, search != nullptr);
  if (search == nullptr) return;
  if (search->uid && !esearch.uid) {
    session.reports.add(CheckId::UidSearchHasIndicator, "ESEARCH without UID to UID SEARCH",
                        "the ESEARCH response to UID SEARCH has no UID indicator");
  } else if (!search->uid && esearch.uid && (esearch.min || esearch.max || esearch.all)) {
    session.reports.add(CheckId::UidIndicatorTellsUids, "ESEARCH with UID to SEARCH",
                        "the ESEARCH response to SEARCH has the UID indicator");
  }
  check_requested(session, esearch, search->program);
  if (search->uid || esearch.uid) return;
  std::uint32_t largest = 0;
  if (esearch.min) largest = std::max(largest, std::uint32_t{*esearch.min});
  if (esearch.max) largest = std::max(largest, std::uint32_t{*esearch.max});
  if (esearch.all) largest = std::max(largest, largest_of(*esearch.all));
  check_within(session, largest);
}

void check_search(Session& session, const parser::SearchData& data) {
  session.commands.tell(Told::Search);
  std::vector<std::uint32_t> numbers(data.numbers.begin(), data.numbers.end());
  std::ranges::sort(numbers);
  if (std::ranges::adjacent_find(numbers) != numbers.end()) {
    session.reports.add(CheckId::SearchWithoutDuplicates, "SEARCH names a message twice",
                        fmt::format("a SEARCH response has {} twice", *std::ranges::adjacent_find(numbers)));
  }
  const auto* search = search_of(session.commands.alone());
  if (search != nullptr && !search->uid && !numbers.empty()) check_within(session, numbers.back());
}

}  // namespace imapspec::runner
