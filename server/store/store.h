// All the accounts of a server, in memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "parser/grammar/date_time.h"
#include "server/store/account.h"

namespace imapspec::server {

// Store holds accounts by user name. All sessions of a store live on one thread.
class Store {
 public:
  // WallClock tells the time for internal dates and for the first UIDVALIDITY.
  using WallClock = std::function<std::chrono::system_clock::time_point()>;

  explicit Store(WallClock clock, const Limits& limits = {});
  // A store that begins as another one, with its clock and its limits. What there was is copied when it is used
  // first, so that beginning, again and again, costs nothing that depends on how much there is. The other store must
  // not change any more.
  explicit Store(std::shared_ptr<const Store> beginning);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() = default;

  // account yields the user's account and makes it at first; it lives as long as the store.
  Account& account(std::string_view user);

  // clear throws all mail away, of all accounts. Their sessions go on.
  void clear();

  // hold takes a message's octets in; nullptr where the store would exceed its limit. Copies of
  // a message share them.
  std::shared_ptr<const std::string> hold(std::string_view octets);

  // now is the wall clock's time in UTC.
  [[nodiscard]] parser::DateTime now() const;

  // next_session yields a number that no session of this store had yet.
  std::uint64_t next_session() { return ++sessions_; }

  // changes grows whenever a mailbox changes. Who runs the sessions compares it around each
  // event and then calls Session::on_store_changed on all of them.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

 private:
  std::shared_ptr<const Store> beginning_;
  WallClock clock_;
  Limits limits_;
  std::uint64_t changes_ = 0;
  std::uint64_t sessions_ = 0;
  std::uint32_t uid_validity_;
  std::shared_ptr<std::size_t> octets_ = std::make_shared<std::size_t>(0);  // messages may outlive the store
  std::map<std::string, Account, std::less<>> accounts_;
};

}  // namespace imapspec::server
