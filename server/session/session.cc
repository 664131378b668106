#include "server/session/session.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/framing/framer.h"
#include "parser/grammar/parse.h"
#include "server/auth/deterministic_sasl.h"
#include "server/commands/login_policy.h"
#include "server/commands/table.h"
#include "server/session/auto_logout.h"
#include "server/session/command_line.h"
#include "server/session/command_size.h"
#include "server/session/context.h"
#include "server/session/literal_budget.h"
#include "server/session/login_penalty.h"
#include "server/session/rejection.h"
#include "server/session/state_rules.h"

namespace imapspec::server {

class Session::Impl {
  const std::unique_ptr<Authentication> own_;  // where none is shared

 public:
  Impl(Store& store, const SessionOptions& options, const FaultSet& faults, Authentication* shared)
      : own_(shared == nullptr ? std::make_unique<Authentication>(std::make_unique<DeterministicSasl>()) : nullptr),
        context(store, options, faults, shared == nullptr ? *own_ : *shared),
        framer_(parser::Direction::FromClient),
        budget_(options.limits),
        penalty_(options.limits, context.authentication.failed_logins),
        auto_logout_(options.limits, context.faults) {}

  void connected(bool tls, const Peer& peer);
  void octets(std::string_view octets);
  void tls_done(const TlsFacts& facts);
  void time(std::chrono::steady_clock::time_point now);
  void store_changed();
  // pump goes on with the command in progress and with the input, as far as output allows.
  void pump();

  // wake_at is when the end of a failed login may be told; until then nothing goes on.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> wake_at() const { return penalty_.until(); }
  void bye(const std::optional<parser::ResponseCode>& code, std::string_view text);

  [[nodiscard]] bool output_waits() const { return context.replies.waiting().size() > context.options.limits.output; }

  Context context;

 private:
  [[nodiscard]] const Limits& limits() const { return context.options.limits; }
  void set_framing_limits();
  void tell_idling();
  void on_event(parser::FramingEvent event);
  void on_literal();
  void on_unit();
  void on_command(std::string_view unit);
  void run(const parser::Command& command);
  // settle writes the end of the command, or leaves it in progress.
  void settle(std::optional<Completion> completion);
  void complete(const Completion& completion);
  // of_sasl says whether the line being read is AUTHENTICATE's, or the client's turn in its exchange.
  [[nodiscard]] bool of_sasl() const;
  // too_long ends a line that is longer than it may be.
  void too_long();
  // finish makes ready for the next command.
  void finish();
  // refuse ends the command at a literal that will not be read.
  void refuse(const Completion& completion);
  std::expected<parser::Command, parser::Error> parse(std::string_view unit) {
    return parser::parse_command(unit, context.arena, context.profile, nesting_of(unit, limits()));
  }
  void count(const Completion& completion);

  parser::Framer framer_;
  std::string input_;
  std::size_t consumed_ = 0;  // octets at the front of input_ that the framer has
  std::string unit_;          // of the command in progress, which views it
  LiteralBudget budget_;
  bool news_with_expunges_ = false;  // of the command in progress
  bool expunges_held_ = false;       // under a fault
  std::size_t bad_ = 0;
  LoginPenalty penalty_;
  std::chrono::steady_clock::time_point now_;
  AutoLogout auto_logout_;
};

void Session::Impl::connected(bool tls, const Peer& peer) {
  context.tls = tls;
  context.peer = peer;
  const Greeting& greeting = context.options.greeting;
  if (greeting.kind == Greeting::Kind::Bye) return bye(std::nullopt, greeting.text);
  const bool known = greeting.kind == Greeting::Kind::PreAuth;
  if (known) context.log_in(greeting.user);
  set_framing_limits();
  context.replies.status(known ? parser::Status::Preauth : parser::Status::Ok, context.capability_code(),
                         greeting.text);
  context.arena.reset();
}

// Literals are judged when they are announced, so the framer's own limits on them are never met.
void Session::Impl::set_framing_limits() {
  parser::FramingLimits framing;
  // Before login a line of SASL may be longer than others: on_event() sees to those.
  const std::size_t command = std::max(limits().line_before_login, limits().sasl_line);
  const std::size_t before_login = context.on_line ? limits().sasl_line : command;
  framing.line = context.account == nullptr ? before_login : limits().line;
  framing.literal = std::numeric_limits<std::size_t>::max();
  framing.unit = std::numeric_limits<std::size_t>::max();
  framing.literals = std::numeric_limits<std::size_t>::max();
  framer_.set_limits(framing);
}

void Session::Impl::octets(std::string_view octets) {
  if (context.wish == Wish::Close) return;
  input_ += octets;
  pump();
}

void Session::Impl::tls_done(const TlsFacts& facts) {
  context.tls = true;
  context.peer.tls = facts;
  context.wish = Wish::None;
  framer_.reset();
  // What came between STARTTLS and the handshake may be an attacker's (section 6.2.1).
  if (!context.faults.has(Fault::StarttlsExecutesInjected)) input_.clear();
  pump();
}

void Session::Impl::time(std::chrono::steady_clock::time_point now) {
  now_ = now;
  if (context.wish == Wish::Close) return;
  if (const auto failed = penalty_.due(now)) {
    complete(*failed);
    pump();
    if (context.wish == Wish::Close) return;
  }
  if (const auto why = auto_logout_.time(now, context.account != nullptr)) bye(std::nullopt, *why);
}

void Session::Impl::store_changed() {
  if (context.faults.has(Fault::ExpungeUnasked) && !context.steps && !context.on_line) context.send_news(true);
  pump();
}

// While the client does not read, news wait in the mailbox and not in the output.
void Session::Impl::tell_idling() {
  if (!context.idling) return;
  context.send_news(true);
  context.arena.reset();
}

void Session::Impl::pump() {
  while (context.wish == Wish::None && !output_waits() && !wake_at()) {
    if (context.steps) {
      auto completion = context.steps();
      if (completion) {
        context.steps = nullptr;
        settle(std::move(completion));
      }
      continue;
    }
    tell_idling();
    std::string_view left = std::string_view(input_).substr(consumed_);
    if (left.empty()) break;
    const parser::FramingEvent event = framer_.consume(left);
    consumed_ = input_.size() - left.size();
    on_event(event);
  }
  input_.erase(0, consumed_);
  consumed_ = 0;
}

bool Session::Impl::of_sasl() const {
  if (context.account != nullptr) return false;
  return context.on_line || parser::equal_ignoring_case(words_of(framer_.unit()).command, "AUTHENTICATE");
}

void Session::Impl::on_event(parser::FramingEvent event) {
  const bool before_login = context.account == nullptr && budget_.first();
  if (before_login && framer_.unit().size() > limits().line_before_login && !of_sasl()) return too_long();
  switch (event) {
    case parser::FramingEvent::NeedMore:
      return;
    case parser::FramingEvent::LiteralAnnounced:
      auto_logout_.active();
      return on_literal();
    case parser::FramingEvent::Unit:
      auto_logout_.active();
      return on_unit();
    case parser::FramingEvent::LineTooLong:
    case parser::FramingEvent::LiteralTooLong:
    case parser::FramingEvent::UnitTooLong:
      return too_long();
  }
}

void Session::Impl::too_long() {
  // What is left of a line that was refused; time sets its limit.
  if (framer_.unit().empty()) return framer_.abandon_unit();
  if (of_sasl()) {
    if (!context.on_line) context.tag = parser::tag_of(framer_.unit());
    context.on_line = nullptr;
    framer_.abandon_unit();
    return complete(bad("Line too long"));
  }
  // Where the next command begins is not known any more.
  context.replies.complete(context.on_line ? std::string_view(context.tag) : parser::tag_of(framer_.unit()),
                           parser::Status::Bad, std::nullopt, "Command line too long");
  bye(std::nullopt, "Command line too long");
}

void Session::Impl::on_literal() {
  const std::string_view unit = framer_.unit();
  const parser::LiteralAnnouncement literal = framer_.literal();
  if (context.on_line) {  // a line of AUTHENTICATE or IDLE has no literals
    const std::string line(unit);
    framer_.abandon_unit();
    const auto on_line = std::exchange(context.on_line, nullptr);
    return settle(on_line(line));
  }
  const std::string_view tag = parser::tag_of(unit);
  context.tag = tag;
  if (tag.empty()) return refuse(bad("Command without a tag"));
  if (const auto refused = beyond(unit, limits())) return refuse(*refused);
  const Words words = words_of(unit);
  const CommandRow* row = row_named(words.command);
  if (row != nullptr) {
    if (const auto refused = refusal(context, *row)) return refuse(*refused);
    // A password is not even asked for where it would not be looked at.
    if (row->name == "LOGIN" && !words.uid && !login_permitted(context)) return refuse(privacy_required());
  }
  const bool append = row != nullptr && row->name == "APPEND" && !words.uid;
  std::optional<std::size_t> most = most_at_once(context.options.offer, limits());
  if (context.faults.has(Fault::BigNonsyncLiteralTaken)) {
    context.profile.add(parser::Extension::LiteralPlus);
    most = limits().message;
  }
  if (!literal.synchronizing && (!most || literal.octets > *most)) {
    if (literal.octets > limits().message) return bye(code("TOOBIG"), "Literal too big");
    // RFC 7888 section 5: TOOBIG is a must for APPEND.
    Completion refused = bad("Non-synchronizing literal too big");
    if (append) refused.code = code("TOOBIG");
    return refuse(refused);
  }
  if (const auto parsed = parse(unit); !parsed) {
    context.arena.reset();
    if (parsed.error().kind == parser::ErrorKind::Invalid) return refuse(bad(syntax_error(parsed.error())));
    if (parsed.error().kind == parser::ErrorKind::LimitExceeded) return refuse(no(code("LIMIT"), "Too deep"));
  }
  // Of APPEND's literals only the one in front is not the message: it is the mailbox.
  const bool message = append && !(budget_.first() && words.arguments.starts_with('{'));
  if (const auto refused = budget_.spend(literal.octets, unit.size(), message, context.account != nullptr)) {
    return refuse(*refused);
  }
  if (literal.synchronizing && context.faults.has(Fault::ExpungeAtLiteral)) context.send_news(true);
  if (literal.synchronizing) context.replies.request("Ready for literal data");
}

void Session::Impl::refuse(const Completion& completion) {
  if (!framer_.literal().synchronizing && context.faults.has(Fault::NonsyncLiteralExecuted)) {
    framer_.reset();
  } else if (framer_.literal().synchronizing && context.faults.has(Fault::RefusedLiteralRead)) {
    context.on_line = [this](std::string_view unit) {
      context.tag = parser::tag_of(unit.substr(unit.find('\n') + 1));
      return bad("The literal of a refused command");
    };
  } else {
    framer_.abandon_unit();
  }
  budget_.renew();
  complete(completion);
}

void Session::Impl::on_unit() {
  budget_.renew();
  unit_ = framer_.take_unit();
  misread(unit_, context.faults);
  if (context.on_line) {
    const auto on_line = std::exchange(context.on_line, nullptr);  // which may set the next one
    return settle(on_line(unit_));
  }
  on_command(unit_);
}

void Session::Impl::on_command(std::string_view unit) {
  news_with_expunges_ = false;
  context.holds_expunges = false;
  context.tag = parser::tag_of(unit);
  if (const auto refused = beyond(unit, limits())) return complete(*refused);
  const auto command = parse(unit);
  const Words words = words_of(unit);
  if (has_lower_case(words.command) && context.faults.has(Fault::CommandCaseSensitive)) {
    return complete(bad("Unknown command"));
  }
  if (names_nil(words) && context.faults.has(Fault::NilIsNoMailbox)) return complete(bad("Mailbox name expected"));
  if (command) return run(*command);
  complete(rejection(context, unit, command.error()));
}

void Session::Impl::run(const parser::Command& command) {
  const CommandRow* known = row_of(command.body);
  if (known == nullptr) return complete(bad("Unknown command"));
  const CommandRow& row = *known;
  if (const auto refused = refusal(context, row)) return complete(*refused);
  const bool uid_form = parser::command_name(command.body).starts_with("UID ");
  news_with_expunges_ = row.expunges == Expunges::Allowed || uid_form;
  if (context.faults.has(Fault::ExpungeDuringFetch)) {
    expunges_held_ = row.name == "EXPUNGE" || (expunges_held_ && row.name != "FETCH");
    news_with_expunges_ = !expunges_held_ && (news_with_expunges_ || row.name == "FETCH");
  }
  settle(row.run(context, command.body));
}

void Session::Impl::settle(std::optional<Completion> completion) {
  if (context.steps) return;
  if (context.on_line) return set_framing_limits();
  if (!completion) return finish();  // it has written its own end
  if (completion->failed_login) {
    penalty_.hold(*std::move(completion), context.peer.address, now_);
    completion = penalty_.due(now_);  // unless it waits
    if (!completion) return;
  }
  if (completion->status != parser::Status::Bad) context.send_news(news_with_expunges_ && !context.holds_expunges);
  complete(*completion);
}

void Session::Impl::complete(const Completion& completion) {
  std::string tag = context.tag;
  const bool mixed = has_lower_case(tag) && has_upper_case(tag);
  if (mixed && context.faults.has(Fault::TagUppercased)) tag = parser::to_upper(tag);
  context.replies.complete(tag, completion.status, completion.code, completion.text);
  const bool rejected = completion.status == parser::Status::Bad;
  if (rejected && context.view && context.faults.has(Fault::BadCommandDeselects)) context.deselect();
  finish();
  count(completion);
}

void Session::Impl::finish() {
  context.arena.reset();
  unit_.clear();
  set_framing_limits();
}

void Session::Impl::count(const Completion& completion) {
  const bool refused = context.account == nullptr && completion.status == parser::Status::No;
  if (completion.status == parser::Status::Bad || refused) {
    ++bad_;
  } else if (context.account != nullptr) {
    bad_ = 0;
  }
  const std::size_t most = context.account == nullptr ? limits().bad_commands_before_login : limits().bad_commands;
  if (context.wish != Wish::None) return;
  if (completion.failed_login && penalty_.exhausted()) return bye(std::nullopt, "Too many failed logins");
  if (bad_ >= most) bye(std::nullopt, "Too many bad commands");
}

void Session::Impl::bye(const std::optional<parser::ResponseCode>& code, std::string_view text) {
  context.replies.status(parser::Status::Bye, code, text);
  context.state = State::Logout;
  context.wish = Wish::Close;
  context.view.reset();
  context.steps = nullptr;
  context.on_line = nullptr;
  context.idling = false;
}

Session::Session(Store& store, const SessionOptions& options, const FaultSet& faults, Authentication* authentication)
    : impl_(std::make_unique<Impl>(store, options, faults, authentication)) {}

Session::~Session() = default;

void Session::on_connected(bool tls, const Peer& peer) { impl_->connected(tls, peer); }
void Session::on_refused(std::string_view text) { impl_->bye(code("LIMIT"), text); }
void Session::on_octets(std::string_view octets) { impl_->octets(octets); }
void Session::on_tls(const TlsFacts& facts) { impl_->tls_done(facts); }
void Session::on_time(std::chrono::steady_clock::time_point now) { impl_->time(now); }
void Session::on_store_changed() { impl_->store_changed(); }

std::string_view Session::output(std::size_t most) const { return impl_->context.replies.waiting().substr(0, most); }

void Session::sent(std::size_t octets) {
  impl_->context.replies.sent(octets);
  impl_->pump();
}

bool Session::wants_input() const {
  return !impl_->output_waits() && !impl_->wake_at() && impl_->context.wish == Wish::None;
}

std::optional<std::chrono::steady_clock::time_point> Session::wake_at() const { return impl_->wake_at(); }

Wish Session::wish() const { return impl_->context.wish; }

Session::State Session::state() const { return impl_->context.state; }

}  // namespace imapspec::server
