#include "runner/monitor/command_log.h"

#include <algorithm>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

constexpr std::size_t kTagsRemembered = 256;
constexpr std::size_t kSpare = 16;
constexpr std::size_t kLongestStray = 1'000;
constexpr std::size_t kLongestWord = 32;
// A command that was longer is not kept for the next one.
constexpr std::size_t kOctetsKept = 64U << 10;

// The name of a command that did not parse as a whole, as command_name() has it.
std::string name_of(std::string_view unit) {
  const auto word = [&unit] {
    unit.remove_prefix(std::min(unit.find(' '), unit.size()));
    unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
    return parser::to_upper(unit.substr(0, std::min(unit.find_first_of(" \r\n"), kLongestWord)));
  };
  const std::string name = word();
  return name == "UID" ? name + " " + word() : name;
}

// Whether it is a search with return options that the grammar has not: UPDATE may be among them.
bool has_other_options(const SentCommand& command) {
  const auto* search = command.as<parser::commands::Search>();
  if (search == nullptr || !search->program.returns) return false;
  return std::ranges::any_of(*search->program.returns,
                             [](const auto& option) { return option.kind == parser::SearchReturnOption::Kind::Other; });
}

}  // namespace

void TagRing::add(std::string_view tag) {
  if (tags_.size() < kTagsRemembered) {
    tags_.emplace_back(tag);
  } else {
    tags_[next_].assign(tag);
    next_ = (next_ + 1) % kTagsRemembered;
  }
}

bool TagRing::take(std::string_view tag) {
  const auto found = std::ranges::find(tags_, tag);
  if (found == tags_.end()) return false;
  found->clear();
  return true;
}

bool TagRing::contains(std::string_view tag) const { return std::ranges::find(tags_, tag) != tags_.end(); }

SentCommand* CommandLog::begin(std::string_view unit, const parser::Profile& profile) {
  const std::string_view tag = parser::tag_of(unit);
  if (tag.empty()) {
    add_stray(unit);
    return nullptr;
  }
  std::unique_ptr<SentCommand> command;
  if (!spare_.empty()) {
    command = std::move(spare_.back());
    spare_.pop_back();
  }
  if (command == nullptr || command->octets.capacity() > kOctetsKept) command = std::make_unique<SentCommand>();
  command->tag.assign(tag);
  command->told.reset();
  command->selected_before = false;
  command->alone = pending_.empty();
  for (const auto& other : pending_) other->alone = false;
  read(*command, unit, profile);
  pending_.push_back(std::move(command));
  return pending_.back().get();
}

void CommandLog::read(SentCommand& command, std::string_view unit, const parser::Profile& profile) {
  command.octets.assign(unit);
  command.arena.reset();
  command.parsed.reset();
  command.name = {};
  command.unsure = false;
  const auto parsed = parser::parse_command(command.octets, command.arena, profile);
  if (parsed) {
    command.parsed = *parsed;
    command.name = parser::command_name(parsed->body);
  } else {
    command.own_name = name_of(unit);
    command.name = command.own_name;
    command.unsure = parsed.error().kind != parser::ErrorKind::LiteralPending;
  }
}

SentCommand* CommandLog::go_on(std::string_view unit, const parser::Profile& profile) {
  const std::string_view tag = parser::tag_of(unit);
  const auto begun = std::ranges::find_if(pending_.rbegin(), pending_.rend(),
                                          [&](const auto& command) { return command->tag == tag; });
  if (begun == pending_.rend()) return nullptr;
  read(**begun, unit, profile);
  return begun->get();
}

SentCommand* CommandLog::complete(std::string_view tag) {
  const auto found = std::ranges::find_if(pending_, [&](const auto& command) { return command->tag == tag; });
  if (found == pending_.end()) return nullptr;
  completed_.add(tag);
  if ((*found)->unsure || has_other_options(**found)) updating_.add(tag);
  if (spare_.size() > kSpare) spare_.erase(spare_.begin());
  spare_.push_back(std::move(*found));
  pending_.erase(found);
  return spare_.back().get();
}

const SentCommand* CommandLog::completed_last(std::string_view tag) const {
  return spare_.empty() || spare_.back()->tag != tag ? nullptr : spare_.back().get();
}

bool CommandLog::completed_before(std::string_view tag) const { return completed_.contains(tag); }

void CommandLog::add_stray(std::string_view line) {
  const std::string_view tag = line.substr(0, line.find_first_of(" \r\n"));
  if (!tag.empty() && tag.size() <= kLongestStray) strays_.add(tag);
}

bool CommandLog::take_stray(std::string_view tag) { return strays_.take(tag); }

void CommandLog::clear() { pending_.clear(); }

void CommandLog::tell(Told what) {
  for (const auto& command : pending_) command->told.set(static_cast<std::size_t>(what));
}

void CommandLog::tell_all() {
  for (const auto& command : pending_) command->told.set();
}

void CommandLog::forget_selected() {
  for (const auto& command : pending_) {
    for (const Told what : {Told::Flags, Told::Exists, Told::PermanentFlags, Told::UidNext, Told::UidValidity}) {
      command->told.reset(static_cast<std::size_t>(what));
    }
  }
}

bool CommandLog::in_progress(std::string_view name) const {
  return std::ranges::any_of(pending_, [&](const auto& command) { return command->name == name; });
}

bool CommandLog::unsure_in_progress() const {
  return std::ranges::any_of(pending_, [](const auto& command) { return command->unsure; });
}

bool CommandLog::unsure_in_progress(std::string_view name) const {
  return std::ranges::any_of(pending_, [&](const auto& command) { return command->unsure && command->name == name; });
}

const SentCommand* CommandLog::alone() const {
  return pending_.size() == 1 && pending_.front()->alone ? pending_.front().get() : nullptr;
}

const SentCommand* CommandLog::with_tag(std::string_view tag) const {
  const auto found = std::ranges::find_if(pending_, [&](const auto& command) { return command->tag == tag; });
  return found == pending_.end() ? nullptr : found->get();
}

}  // namespace imapspec::runner
