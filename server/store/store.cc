#include "server/store/store.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace imapspec::server {

// The first UIDVALIDITY is the time, as section 2.3.1.1 suggests: it grows over restarts.
Store::Store(WallClock clock, const Limits& limits)
    : clock_(std::move(clock)),
      limits_(limits),
      uid_validity_(static_cast<std::uint32_t>(std::clamp<std::int64_t>(
          std::chrono::duration_cast<std::chrono::seconds>(clock_().time_since_epoch()).count(), 1, 0xF000'0000))) {}

Store::Store(std::shared_ptr<const Store> beginning)
    : beginning_(std::move(beginning)),
      clock_(beginning_->clock_),
      limits_(beginning_->limits_),
      uid_validity_(beginning_->uid_validity_) {}

Account& Store::account(std::string_view user) {
  if (const auto at = accounts_.find(user); at != accounts_.end()) return at->second;
  const auto factory = [this](const Mailbox* original) {
    return original == nullptr ? std::make_shared<Mailbox>(uid_validity_++, changes_, limits_)
                               : std::make_shared<Mailbox>(*original, changes_, limits_);
  };
  if (beginning_ != nullptr) {
    const auto at = beginning_->accounts_.find(user);
    if (at != beginning_->accounts_.end()) {
      return accounts_.emplace(user, Account(at->second, factory, limits_)).first->second;
    }
  }
  return accounts_.emplace(user, Account(factory, limits_)).first->second;
}

void Store::clear() {
  for (auto& [user, account] : accounts_) account.clear();
}

std::shared_ptr<const std::string> Store::hold(std::string_view octets) {
  if (octets.size() > limits_.store - std::min(*octets_, limits_.store)) return nullptr;
  *octets_ += octets.size();
  const auto release = [total = octets_](const std::string* text) {
    *total -= text->size();
    delete text;
  };
  return {new std::string(octets), release};
}

parser::DateTime Store::now() const {
  namespace chrono = std::chrono;
  const auto time = clock_();
  const auto day = chrono::floor<chrono::days>(time);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(chrono::floor<chrono::seconds>(time - day));
  parser::DateTime now;
  now.date.year = parser::Year::nearest(static_cast<int>(date.year()));
  now.date.month = parser::Month::nearest(static_cast<unsigned>(date.month()));
  now.date.day = parser::TwoDigits::nearest(static_cast<unsigned>(date.day()));
  now.hour = parser::TwoDigits::nearest(clock.hours().count());
  now.minute = parser::TwoDigits::nearest(clock.minutes().count());
  now.second = parser::TwoDigits::nearest(clock.seconds().count());
  return now;
}

}  // namespace imapspec::server
