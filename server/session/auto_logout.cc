#include "server/session/auto_logout.h"

namespace imapspec::server {

std::optional<std::string_view> AutoLogout::time(Time now, bool logged_in) {
  if (!logged_in) {
    // However busy the client is: many slow ones must not be able to stay.
    if (!not_logged_in_since_) not_logged_in_since_ = now;
    if (now - *not_logged_in_since_ < limits_.time_before_login) return std::nullopt;
    return "Autologout; log in sooner";
  }
  not_logged_in_since_.reset();
  if (active_) {
    active_ = false;
    last_active_ = now;
  }
  const Limits::Milliseconds longest = faults_.has(Fault::AutoLogoutEarly) ? std::chrono::minutes(10) : limits_.idle;
  if (now - last_active_ < longest) return std::nullopt;
  return "Autologout; idle for too long";
}

}  // namespace imapspec::server
