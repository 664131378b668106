#include "tests/parser/extensions/dump.h"

#include <variant>

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

std::string dump(const Response& response) { return std::visit(Data{}, response); }

}  // namespace imapspec::parser::test
