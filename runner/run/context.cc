#include "runner/run/context.h"

#include <algorithm>
#include <array>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/extension_names.h"
#include "runner/run/sasl_plain.h"

namespace imapspec::runner {
namespace {

// RFC 9051 Appendix E: what was folded into IMAP4rev2.
constexpr std::array<std::string_view, 16> kPartOfRev2{
    "NAMESPACE",     "UNSELECT",    "UIDPLUS", "ESEARCH",  "SEARCHRES", "ENABLE",      "IDLE",        "SASL-IR",
    "LIST-EXTENDED", "LIST-STATUS", "MOVE",    "LITERAL-", "BINARY",    "SPECIAL-USE", "STATUS=SIZE", "CHILDREN"};

bool lists(const std::vector<std::string>& capabilities, std::string_view name) {
  return std::any_of(capabilities.begin(), capabilities.end(),
                     [&](const std::string& one) { return parser::equal_ignoring_case(one, name); });
}

}  // namespace

parser::Profile grammar_profile(const Probe& probe, std::string_view profile) {
  parser::Profile grammar = parser::kRev1;
  if (profile == "rev2") {
    grammar = probe.offers_rev1 ? parser::kRev1AndRev2 : parser::kRev2;
  }
  // Who offers IMAP4rev2 has what is a part of it, and need not list that (RFC 9051 Appendix A).
  if (probe.offers_rev2) {
    for (const std::string_view part : kPartOfRev2) parser::add_capability(grammar, part);
  }
  for (const auto* capabilities : {&probe.capabilities, &probe.cleartext_capabilities}) {
    for (const std::string& capability : *capabilities) parser::add_capability(grammar, capability);
  }
  return grammar;
}

MonitorFacts monitor_facts(const RunContext& context, std::shared_ptr<MailboxKnowledge> knowledge) {
  MonitorFacts facts{.knowledge = std::move(knowledge), .secrets = {}, .canaries = context.canaries, .users = {}};
  for (const Account* account : {&context.options.account, &context.options.second_account}) {
    if (account->user.empty()) continue;
    facts.secrets.push_back(account->password);
    facts.secrets.push_back(plain_message(account->user, account->password));
    facts.users.push_back(account->user);
  }
  return facts;
}

bool has_capability(const std::vector<std::string>& capabilities, std::string_view name) {
  if (lists(capabilities, name)) return true;
  const bool contained = std::any_of(kPartOfRev2.begin(), kPartOfRev2.end(),
                                     [&](std::string_view part) { return parser::equal_ignoring_case(part, name); });
  return contained && lists(capabilities, "IMAP4rev2");
}

}  // namespace imapspec::runner
