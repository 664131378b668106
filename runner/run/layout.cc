#include "runner/run/layout.h"

#include <algorithm>
#include <chrono>

#include "runner/run/conversation.h"
#include "runner/run/preparation.h"
#include "runner/run/start.h"
#include "runner/run/transcript.h"

namespace imapspec::runner {
namespace {

// Builder is one user's connection.
class Builder {
 public:
  Builder(const RunContext& context, parser::Profile profile, const Bindings& bindings, bool building)
      : bindings_(bindings), conversation_(context, profile, Transcript(context.secrets, Clock::now())) {
    // An interruption that was there before ends nothing, but then there is little time.
    if (!building && context.interrupted.load() != 0) {
      constexpr std::chrono::seconds kInAll{1};
      conversation_.set_patience({.answer = context.options.answer_timeout, .end = Clock::now() + kInAll});
    }
    const StartRequest request{
        .start = Start::Authenticated, .tls = TlsUse::Default, .messages = nullptr, .scratch = false};
    if (const auto reached = reach_start(conversation_, context, request, bindings_); !reached) {
      trouble_ = reached.error().reason;
    }
  }

  // run sends one command that has to succeed, unless something before it did not.
  void run(std::string_view text) {
    if (trouble_) return;
    if (const auto done = must_succeed(conversation_, bindings_, text); !done) note(done.error());
  }

  void build(const MailboxLayout& mailbox) {
    const std::string name = '{' + mailbox.name + '}';
    run("CREATE " + name + (mailbox.special_use.empty() ? "" : " (USE (" + mailbox.special_use + "))"));
    if (!trouble_) {
      const auto put = put_messages(conversation_, bindings_, name, mailbox.messages);
      if (!put) note(put.error().reason);
    }
    if (mailbox.subscribed) run("SUBSCRIBE " + name);
  }

  std::optional<std::string> end() {
    if (conversation_.open()) conversation_.command({.segments = {"LOGOUT"}});
    conversation_.close();
    return trouble_;
  }

 private:
  void note(const std::string& trouble) { trouble_ = "making the mailboxes: " + trouble; }

  Bindings bindings_;
  Conversation conversation_;
  std::optional<std::string> trouble_;
};

// each_user calls with a connection of each user who has a mailbox that is asked for.
template <class Wanted, class Call>
std::optional<std::string> each_user(const std::vector<MailboxLayout>& mailboxes, const RunContext& context,
                                     const Bindings& bindings, parser::Profile profile, bool building,
                                     const Wanted& wanted, const Call& call) {
  for (const bool second : {false, true}) {
    const auto is_his = [&](const MailboxLayout& mailbox) { return mailbox.second_user == second && wanted(mailbox); };
    if (std::ranges::none_of(mailboxes, is_his)) continue;
    if (second && context.options.second_account.user.empty()) return "no second user is known";
    Builder builder(context, profile, second ? as_second_user(bindings, context) : bindings, building);
    for (const MailboxLayout& mailbox : mailboxes) {
      if (is_his(mailbox)) call(builder, mailbox);
    }
    if (auto trouble = builder.end()) return trouble;
  }
  return std::nullopt;
}

}  // namespace

void bind_layout(const std::vector<MailboxLayout>& mailboxes, Bindings& bindings) {
  const std::string base = bindings.find("mailbox")->text;
  for (const MailboxLayout& mailbox : mailboxes) bindings.set_octets(mailbox.name, base + '-' + mailbox.name);
}

std::optional<std::string> build_layout(const std::vector<MailboxLayout>& mailboxes, const RunContext& context,
                                        const Bindings& bindings, parser::Profile profile) {
  return each_user(
      mailboxes, context, bindings, profile, true, [](const MailboxLayout&) { return true; },
      [](Builder& builder, const MailboxLayout& mailbox) { builder.build(mailbox); });
}

void forget_layout(const std::vector<MailboxLayout>& mailboxes, const RunContext& context, const Bindings& bindings,
                   parser::Profile profile) {
  each_user(
      mailboxes, context, bindings, profile, false, [](const MailboxLayout& mailbox) { return mailbox.subscribed; },
      [](Builder& builder, const MailboxLayout& mailbox) { builder.run("UNSUBSCRIBE {" + mailbox.name + '}'); });
}

}  // namespace imapspec::runner
