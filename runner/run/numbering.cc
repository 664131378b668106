#include "runner/run/numbering.h"

#include <algorithm>
#include <variant>

namespace imapspec::runner {

std::uint32_t Removals::original_of(std::uint32_t current) const {
  std::uint32_t original = current;
  for (const std::uint32_t gone : gone_) {
    if (gone > original) break;
    ++original;
  }
  return original;
}

std::optional<std::uint32_t> Removals::current_number(std::uint32_t original) const {
  if (lost_) return std::nullopt;
  const auto here = std::ranges::lower_bound(gone_, original);
  if (here != gone_.end() && *here == original) return std::nullopt;
  return original - static_cast<std::uint32_t>(here - gone_.begin());
}

void Removals::remove(std::uint32_t original) {
  const auto here = std::ranges::lower_bound(gone_, original);
  if (here == gone_.end() || *here != original) gone_.insert(here, original);
}

void Removals::on_response(const parser::Response& response) {
  if (const auto* expunge = std::get_if<parser::Expunge>(&response)) {
    const std::uint32_t original = original_of(static_cast<std::uint32_t>(expunge->number));
    remove(original);
    std::erase_if(by_uid_, [&](const auto& entry) { return entry.second == original; });
  } else if (const auto* vanished = std::get_if<parser::Vanished>(&response)) {
    // What went earlier had no numbers here.
    if (!vanished->earlier) on_vanished(*vanished);
  } else if (const auto* fetch = std::get_if<parser::Fetch>(&response)) {
    for (const parser::MsgAtt& item : fetch->items) {
      if (item.kind != parser::MsgAtt::Kind::Uid) continue;
      by_uid_.insert_or_assign(static_cast<std::uint32_t>(item.uid),
                               original_of(static_cast<std::uint32_t>(fetch->number)));
    }
  }
}

void Removals::on_vanished(const parser::Vanished& vanished) {
  for (const parser::SeqRange& range : vanished.uids.ranges()) {
    const auto [first, last] = std::minmax({range.first.or_largest(0), range.last.or_largest(0)});
    const auto begin = by_uid_.lower_bound(first);
    const auto end = by_uid_.upper_bound(last);
    const auto known = static_cast<std::uint64_t>(std::distance(begin, end));
    if (known != std::uint64_t{last} - first + 1) lost_ = true;
    for (auto entry = begin; entry != end; ++entry) remove(entry->second);
    by_uid_.erase(begin, end);
  }
}

void Numbering::on_sent(std::string_view tag, bool selects) { outstanding_.push_back({std::string(tag), selects}); }

void Numbering::on_response(const parser::Response& response) {
  if (const auto* status = std::get_if<parser::StatusResponse>(&response)) return on_status(*status);
  const bool begins =
      std::holds_alternative<parser::Exists>(response) || std::holds_alternative<parser::FlagsData>(response);
  if (begins && is_selecting() && !next_) next_.emplace();
  selected_.on_response(response);
  if (next_) next_->on_response(response);
}

void Numbering::on_status(const parser::StatusResponse& status) {
  if (!status.tag) {
    const bool closed = status.text.code && status.text.code->is("CLOSED");
    if (closed && std::ranges::any_of(outstanding_, &Command::selects)) next_.emplace();
    return;
  }
  const auto done = std::ranges::find(outstanding_, std::string_view(*status.tag), &Command::tag);
  if (done == outstanding_.end()) return;
  if (done->selects) {
    if (status.status != parser::Status::Bad) selected_ = next_ ? *std::move(next_) : Removals();
    next_.reset();
    // Nothing that was sent before is still being answered: a mailbox is selected when that is done.
    outstanding_.erase(outstanding_.begin(), done + 1);
  } else {
    outstanding_.erase(done);
  }
}

}  // namespace imapspec::runner
