#include "tests/parser/extensions/dump.h"

#include <optional>
#include <variant>

#include "parser/grammar/parse.h"
#include "tests/parser/dump.h"

namespace imapspec::parser::test {

namespace {

// joined shows a list with a space between its elements.
template <class T, class Show>
std::string joined(const List<T>& list, Show show) {
  std::string text;
  for (const T& item : list) text += (text.empty() ? "" : " ") + show(item);
  return "(" + text + ")";
}

std::string dump(const IdParameters& parameters) {
  if (!parameters) return "nil";
  return joined(*parameters, [](const IdField& each) { return test::dump(each.field) + "=" + test::dump(each.value); });
}

// Modifier shows one modifier.
struct Modifier {
  std::string operator()(const UnknownModifier& modifier) const {
    return std::string(modifier.name) + "~" + escape_octets(modifier.value);
  }
  std::string operator()(const CondstoreParameter&) const { return "condstore"; }
  std::string operator()(const QresyncParameter& parameter) const {
    std::string text =
        "qresync " + std::to_string(parameter.uid_validity) + "/" + std::to_string(parameter.mod_sequence);
    if (parameter.known_uids) text += " uids " + test::dump(*parameter.known_uids);
    if (parameter.match) {
      text += " match " + test::dump(parameter.match->sequences) + "=" + test::dump(parameter.match->uids);
    }
    return text;
  }
  std::string operator()(const ChangedSince& modifier) const { return ">" + std::to_string(modifier.mod_sequence); }
  std::string operator()(const VanishedModifier&) const { return "vanished"; }
  std::string operator()(const UnchangedSince& modifier) const { return "<=" + std::to_string(modifier.mod_sequence); }
};

template <class T>
std::string modifiers(const List<T>& list) {
  if (list.empty()) return "";
  return " " + joined(list, [](const T& each) { return std::visit(Modifier{}, each); });
}

std::string mod_sequence(const std::optional<std::uint64_t>& value) {
  return value ? " modseq=" + std::to_string(*value) : "";
}

// Data shows a response.
struct Data {
  std::string operator()(const IdResponse& data) const { return "ID " + dump(data.parameters); }
  std::string operator()(const QuotaResponse& data) const {
    return "QUOTA " + test::dump(data.root) + " " + joined(data.resources, [](const QuotaUsage& each) {
             return std::string(each.name) + "=" + std::to_string(each.usage) + "<=" + std::to_string(each.limit);
           });
  }
  std::string operator()(const QuotaRootResponse& data) const {
    return "QUOTAROOT " + test::dump(data.mailbox) + " " + test::dump(data.roots);
  }
  std::string operator()(const AclData& data) const {
    return "ACL " + test::dump(data.mailbox) + " " + joined(data.entries, [](const AclData::Entry& each) {
             return test::dump(each.identifier) + "=" + test::dump(each.rights);
           });
  }
  std::string operator()(const ListRightsData& data) const {
    return "LISTRIGHTS " + test::dump(data.mailbox) + " " + test::dump(data.identifier) + " " +
           test::dump(data.required) + " " + test::dump(data.optional);
  }
  std::string operator()(const MyRightsData& data) const {
    return "MYRIGHTS " + test::dump(data.mailbox) + " " + test::dump(data.rights);
  }
  std::string operator()(const Vanished& data) const {
    return std::string("VANISHED ") + (data.earlier ? "earlier " : "") + test::dump(data.uids);
  }
  std::string operator()(const Fetch& data) const {
    return "FETCH " + joined(data.items, [](const MsgAtt& item) -> std::string {
             return item.kind == MsgAtt::Kind::ModSequence ? "modseq=" + std::to_string(item.number) : "...";
           });
  }
  std::string operator()(const SearchData& data) const {
    return "SEARCH " + test::dump(data.numbers) + mod_sequence(data.mod_sequence);
  }
  std::string operator()(const Esearch& data) const {
    return "ESEARCH " + test::dump(data) + mod_sequence(data.mod_sequence);
  }
  std::string operator()(const StatusData& data) const { return "STATUS " + test::dump(data); }
  std::string operator()(const StatusResponse& data) const {
    if (!data.text.code) return "";
    const ResponseCode& code = *data.text.code;
    return std::string(code.name) + mod_sequence(code.mod_sequence) +
           (code.modified ? " " + test::dump(*code.modified) : "") +
           (code.number && (code.is("APPENDUID") || code.is("COPYUID")) ? " " + test::dump(code.uids) : "") +
           (code.arguments.empty() ? "" : "~" + std::string(code.arguments));
  }
  template <class T>
  std::string operator()(const T&) const {
    return "";
  }
};

}  // namespace

std::string dump_arguments(const commands::Id& command) { return " " + dump(command.parameters); }
std::string dump_arguments(const commands::GetQuota& command) { return " " + dump(command.root); }
std::string dump_arguments(const commands::GetQuotaRoot& command) { return " " + dump(command.mailbox); }
std::string dump_arguments(const commands::SetQuota& command) {
  return " " + dump(command.root) + " " + joined(command.limits, [](const QuotaLimit& each) {
           return std::string(each.name) + "<=" + std::to_string(each.limit);
         });
}
std::string dump_arguments(const commands::GetAcl& command) { return " " + dump(command.mailbox); }
std::string dump_arguments(const commands::SetAcl& command) {
  return " " + dump(command.mailbox) + " " + dump(command.identifier) + " " + dump(command.mod_rights);
}
std::string dump_arguments(const commands::DeleteAcl& command) {
  return " " + dump(command.mailbox) + " " + dump(command.identifier);
}
std::string dump_arguments(const commands::ListRights& command) {
  return " " + dump(command.mailbox) + " " + dump(command.identifier);
}
std::string dump_arguments(const commands::MyRights& command) { return " " + dump(command.mailbox); }
std::string dump_arguments(const commands::Unauthenticate&) { return ""; }

std::string dump(const List<SelectParameter>& parameters) { return modifiers(parameters); }
std::string dump(const List<FetchModifier>& list) { return modifiers(list); }
std::string dump(const List<StoreModifier>& list) { return modifiers(list); }

std::string dump(const SearchModSequence& key) {
  std::string text;
  if (key.entry) text = " " + std::string(key.entry->name) + "/" + std::to_string(static_cast<int>(key.entry->type));
  return text + " " + std::to_string(key.mod_sequence);
}

std::string dump(const Response& response) { return std::visit(Data{}, response); }

}  // namespace imapspec::parser::test
