#include <nlohmann/json.hpp>

#include "cli/parse_report.h"
#include "parser/grammar/parse.h"

namespace imapspec::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view judgement_name(Judgement judgement) {
  switch (judgement) {
    case Judgement::Accepted:
      return "accepted";
    case Judgement::Deviates:
      return "deviates";
    case Judgement::Refused:
      return "refused";
    case Judgement::TooMuch:
      return "too-much";
  }
  return "";
}

std::string_view kind_name(parser::ErrorKind kind) {
  switch (kind) {
    case parser::ErrorKind::Incomplete:
      return "incomplete";
    case parser::ErrorKind::LiteralPending:
      return "literal-pending";
    case parser::ErrorKind::Invalid:
      return "invalid";
    case parser::ErrorKind::LimitExceeded:
      return "limit-exceeded";
  }
  return "";
}

std::string found_at(std::string_view octets, std::size_t offset) {
  constexpr std::size_t kShown = 16;
  return offset >= octets.size() ? std::string() : parser::escape_octets(octets.substr(offset, kShown));
}

Json refusal_json(const parser::Explanation& refusal, std::string_view octets) {
  const parser::Error& error = refusal.error;
  Json path = Json::array();
  for (const parser::Name rule : refusal.path) path.push_back(rule.text());
  Json json{{"kind", kind_name(error.kind)},     {"rule", error.rule.text()},
            {"path", std::move(path)},           {"offset", error.offset},
            {"expected", error.expected.text()}, {"found", found_at(octets, error.offset)}};
  if (error.kind == parser::ErrorKind::LimitExceeded) return json;  // which is ours: no section has it
  if (refusal.reference != nullptr) {
    json["section"] = {{"rfc", refusal.reference->rfc}, {"section", refusal.reference->section}};
  }
  if (const parser::Resolution* why = refusal.resolution; why != nullptr) {
    json["resolution"] = {{"id", why->id},
                          {"severity", parser::severity_name(why->severity)},
                          {"clause", why->clause},
                          {"reason", why->reason}};
  }
  return json;
}

Json diagnosis_json(const parser::Diagnosis& diagnosis) {
  Json quirks = Json::array();
  for (const parser::FoundQuirk& found : diagnosis.quirks) {
    quirks.push_back({{"name", found.quirk->name},
                      {"offset", found.offset},
                      {"what", found.quirk->what},
                      {"seen", found.quirk->seen},
                      {"clause", found.quirk->clause}});
  }
  return {{"quirks", std::move(quirks)}, {"explains_all", !diagnosis.error.has_value()}};
}

// The tree from `index` on, which is left behind its last node.
Json tree_json(const ParsedUnit& unit, std::size_t& index) {
  const parser::TraceNode& node = unit.tree[index++];
  Json json{{"rule", node.rule.text()},
            {"begin", node.begin},
            {"end", node.end},
            {"octets", parser::escape_octets(std::string_view(unit.octets).substr(node.begin, node.end - node.begin))}};
  Json children = Json::array();
  while (index < unit.tree.size() && unit.tree[index].depth > node.depth) children.push_back(tree_json(unit, index));
  if (!children.empty()) json["children"] = std::move(children);
  return json;
}

Json unit_json(const ParsedUnit& unit, bool tree) {
  Json json{{"offset", unit.offset},
            {"size", unit.octets.size()},
            {"octets", parser::escape_octets(unit.octets)},
            {"judgement", judgement_name(unit.judgement)}};
  if (unit.refusal) json["error"] = refusal_json(*unit.refusal, unit.octets);
  if (unit.diagnosis) json["diagnosis"] = diagnosis_json(*unit.diagnosis);
  if (tree && !unit.tree.empty()) {
    std::size_t index = 0;
    json["tree"] = tree_json(unit, index);
  }
  return json;
}

}  // namespace

std::string parse_json(const std::vector<ParsedUnit>& units, bool tree) {
  Json list = Json::array();
  bool valid = true;
  for (const ParsedUnit& unit : units) {
    valid = valid && unit.judgement == Judgement::Accepted;
    list.push_back(unit_json(unit, tree));
  }
  const Json json{{"schema", "imapspec-parse-1"}, {"valid", valid}, {"units", std::move(list)}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace imapspec::cli
