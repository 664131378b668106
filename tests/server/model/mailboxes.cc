#include "tests/server/model/mailboxes.h"

#include <fmt/format.h>

#include <algorithm>

#include "parser/core/ascii.h"
#include "tests/server/model/disagreement.h"

namespace imapspec::server::model {

void Mail::set_flags(Flags now) {
  if (now == flags) return;
  flags = std::move(now);
  ++changes;
}

MailPtr Box::add(const Mail& mail) {
  auto copy = std::make_shared<Mail>();
  copy->uid = next_uid++;
  copy->flags = mail.flags;
  copy->octets = mail.octets;
  copy->date = mail.date;
  return mails.emplace_back(std::move(copy));
}

void Box::remove(const std::vector<MailPtr>& mails_now) {
  for (const MailPtr& mail : mails_now) {
    mail->gone = true;
    std::erase(mails, mail);
  }
}

std::vector<MailPtr> Box::with_flag(const std::string& flag) const {
  std::vector<MailPtr> found;
  for (const MailPtr& mail : mails) {
    if (mail->flags.contains(flag)) found.push_back(mail);
  }
  return found;
}

void Box::learn(std::uint32_t told) {
  require(!validity || *validity == told || renamed,
          fmt::format("UIDVALIDITY {} of a mailbox that had {}", told, validity.value_or(0)));
  if (validity != told) renamed = false;
  validity = told;
}

std::string canonical(std::string_view name) {
  const std::string_view first = name.substr(0, name.find('/'));
  if (parser::to_upper(first) != "INBOX") return std::string(name);
  return "INBOX" + std::string(name.substr(first.size()));
}

bool may_exist(std::string_view name) {
  return !name.empty() && name.front() != '/' && name.back() != '/' && !name.contains("//");
}

bool below(std::string_view name, std::string_view superior) { return name.starts_with(std::string(superior) + "/"); }

bool matches(std::string_view name, std::string_view pattern) {
  if (pattern.empty()) return name.empty();
  const char first = pattern.front();
  if (first != '*' && first != '%') {
    return !name.empty() && name.front() == first && matches(name.substr(1), pattern.substr(1));
  }
  if (matches(name, pattern.substr(1))) return true;
  return !name.empty() && (first == '*' || name.front() != '/') && matches(name.substr(1), pattern);
}

BoxPtr Mailboxes::find(std::string_view name) const {
  const auto at = names.find(canonical(name));
  return at == names.end() ? nullptr : at->second;
}

bool Mailboxes::has_children(const std::string& name) const {
  return std::any_of(names.begin(), names.end(), [&](const auto& entry) { return below(entry.first, name); });
}

void Mailboxes::put(const std::string& name, BoxPtr box) {
  for (std::size_t at = name.find('/'); at != std::string::npos; at = name.find('/', at + 1)) {
    if (!names.contains(name.substr(0, at))) names[name.substr(0, at)] = std::make_shared<Box>();
  }
  names[name] = std::move(box);
}

bool Mailboxes::create(std::string_view name) {
  std::string wanted = canonical(name);
  if (wanted.size() > 1 && wanted.ends_with('/')) wanted.pop_back();
  if (!may_exist(wanted) || find(wanted) != nullptr) return false;
  put(wanted, std::make_shared<Box>());
  return true;
}

bool Mailboxes::remove(std::string_view name) {
  const std::string wanted = canonical(name);
  const auto at = names.find(wanted);
  if (wanted == "INBOX" || at == names.end()) return false;
  if (!has_children(wanted)) {
    names.erase(at);
    return true;
  }
  if (at->second == nullptr) return false;
  at->second = nullptr;
  return true;
}

bool Mailboxes::rename(std::string_view from, std::string_view to) {
  const std::string old_name = canonical(from);
  std::string new_name = canonical(to);
  if (new_name.size() > 1 && new_name.ends_with('/')) new_name.pop_back();
  if (!names.contains(old_name) || names.contains(new_name) || !may_exist(new_name)) return false;
  if (old_name == "INBOX") {
    const auto target = std::make_shared<Box>();
    const auto moving = names["INBOX"]->mails;
    for (const MailPtr& mail : moving) target->add(*mail);
    names["INBOX"]->remove(moving);
    put(new_name, target);
    return true;
  }
  if (below(new_name, old_name)) return false;
  std::map<std::string, BoxPtr> moving;
  for (const auto& [name, box] : names) {
    if (name == old_name || below(name, old_name)) moving[name] = box;
  }
  for (const auto& [name, box] : moving) names.erase(name);
  for (const auto& [name, box] : moving) {
    if (box != nullptr) box->renamed = true;
    put(new_name + name.substr(old_name.size()), box);
  }
  return true;
}

void Mailboxes::learn(const std::string& name, std::uint32_t told) {
  const BoxPtr box = find(name);
  box->learn(told);
  auto& [last, greatest] = told_[name];
  require(last == nullptr || last == box || told > greatest,
          fmt::format("UIDVALIDITY {} of the new mailbox {}, after {}", told, name, greatest));
  last = box;
  greatest = std::max(greatest, told);
}

}  // namespace imapspec::server::model
