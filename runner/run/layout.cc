#include "runner/run/layout.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runner/run/conversation.h"
#include "runner/run/preparation.h"
#include "runner/run/start.h"
#include "runner/run/transcript.h"

namespace imapspec::runner {
namespace {

// Builder is one user's connection.
class Builder {
 public:
  Builder(const RunContext& context, parser::Profile profile, const Bindings& bindings, const Patience& patience)
      : bindings_(bindings), conversation_(context, profile, Transcript(context.secrets, Clock::now())) {
    conversation_.set_patience(patience);
    auto reached = reach_start(conversation_, context, {.start = Start::Authenticated}, bindings_);
    if (!reached) note(reached.error());
  }

  // run sends one command that has to succeed, unless something before it did not.
  void run(std::string_view text, Verdict refusal = Verdict::Error) {
    if (trouble_) return;
    if (const auto done = must_succeed(conversation_, bindings_, text, refusal); !done) note(done.error());
  }

  void build(const MailboxLayout& mailbox) {
    const std::string name = '{' + mailbox.name + '}';
    if (mailbox.special_use.empty()) {
      run("CREATE " + name);
    } else {
      // A server need not give a mailbox the use that it is asked for (RFC 6154 section 3).
      run("CREATE " + name + " (USE (" + mailbox.special_use + "))", Verdict::Skip);
    }
    if (!trouble_) {
      const auto put = put_messages(conversation_, bindings_, name, mailbox.messages);
      if (!put) note(put.error());
    }
    if (mailbox.subscribed) run("SUBSCRIBE " + name);
  }

  std::optional<Blocked> end() {
    conversation_.log_out();
    return trouble_;
  }

 private:
  void note(const Blocked& why) { trouble_ = Blocked{"making the mailboxes: " + why.reason, why.verdict}; }

  Bindings bindings_;
  Conversation conversation_;
  std::optional<Blocked> trouble_;
};

// each_user calls with a connection of each user who has a mailbox that is asked for.
template <class Wanted, class Call>
std::expected<void, Blocked> each_user(const std::vector<MailboxLayout>& mailboxes, const RunContext& context,
                                       const Bindings& bindings, parser::Profile profile, const Patience& patience,
                                       const Wanted& wanted, const Call& call) {
  for (const bool second : {false, true}) {
    const auto is_his = [&](const MailboxLayout& mailbox) { return mailbox.second_user == second && wanted(mailbox); };
    if (std::ranges::none_of(mailboxes, is_his)) continue;
    Builder builder(context, profile, second ? as_second_user(bindings, context) : bindings, patience);
    for (const MailboxLayout& mailbox : mailboxes) {
      if (is_his(mailbox)) call(builder, mailbox);
    }
    if (auto trouble = builder.end()) return std::unexpected(*std::move(trouble));
  }
  return {};
}

}  // namespace

void bind_layout(const std::vector<MailboxLayout>& mailboxes, Bindings& bindings) {
  const std::string base = bindings.find("mailbox")->text;
  for (const MailboxLayout& mailbox : mailboxes) bindings.set_octets(mailbox.name, base + '-' + mailbox.name);
}

std::expected<void, Blocked> build_layout(const std::vector<MailboxLayout>& mailboxes, const RunContext& context,
                                          const Bindings& bindings, parser::Profile profile, Clock::time_point end) {
  const Patience patience{.answer = context.options.answer_timeout, .end = end, .interrupted = &context.interrupted};
  return each_user(
      mailboxes, context, bindings, profile, patience, [](const MailboxLayout&) { return true; },
      [](Builder& builder, const MailboxLayout& mailbox) { builder.build(mailbox); });
}

void forget_layout(const std::vector<MailboxLayout>& mailboxes, const RunContext& context, const Bindings& bindings,
                   parser::Profile profile) {
  // An interruption that was there before ends nothing, but then there is little time.
  constexpr std::chrono::milliseconds kTimeToForget{1'000};
  const bool interrupted = context.interrupted.load() != 0;
  const Patience patience{.answer = context.options.answer_timeout,
                          .end = Clock::now() + (interrupted ? kTimeToForget : context.options.scenario_timeout),
                          .interrupted = interrupted ? nullptr : &context.interrupted};
  const auto forgotten = each_user(
      mailboxes, context, bindings, profile, patience, [](const MailboxLayout& mailbox) { return mailbox.subscribed; },
      [](Builder& builder, const MailboxLayout& mailbox) { builder.run("UNSUBSCRIBE {" + mailbox.name + '}'); });
  // Nobody is told: what is subscribed is a name, and the mailbox has gone.
  static_cast<void>(forgotten);
}

}  // namespace imapspec::runner
