#include "server/store/store.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace imapspec::server {

// The first UIDVALIDITY is the time, as section 2.3.1.1 suggests: it grows over restarts.
Store::Store(WallClock clock)
    : clock_(std::move(clock)),
      uid_validity_(static_cast<std::uint32_t>(std::clamp<std::int64_t>(
          std::chrono::duration_cast<std::chrono::seconds>(clock_().time_since_epoch()).count(), 1, 0xF000'0000))) {}

Account& Store::account(std::string_view user) {
  if (const auto at = accounts_.find(user); at != accounts_.end()) return at->second;
  const auto factory = [this] { return std::make_shared<Mailbox>(uid_validity_++, changes_); };
  return accounts_.emplace(user, Account(factory)).first->second;
}

std::shared_ptr<const std::string> Store::hold(std::string_view octets) {
  if (octets.size() > kMaxOctets - *octets_) return nullptr;
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
  now.date.year = static_cast<std::uint16_t>(static_cast<int>(date.year()));
  now.date.month = static_cast<std::uint8_t>(static_cast<unsigned>(date.month()));
  now.date.day = static_cast<std::uint8_t>(static_cast<unsigned>(date.day()));
  now.hour = static_cast<std::uint8_t>(clock.hours().count());
  now.minute = static_cast<std::uint8_t>(clock.minutes().count());
  now.second = static_cast<std::uint8_t>(clock.seconds().count());
  return now;
}

}  // namespace imapspec::server
