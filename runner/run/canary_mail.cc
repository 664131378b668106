#include "runner/run/canary_mail.h"

#include <fmt/format.h>

#include "runner/run/start.h"

namespace imapspec::runner {

CanaryMail::CanaryMail(const RunContext& context, parser::Profile profile, Janitor& janitor)
    : profile_(profile), janitor_(janitor) {
  const Account& owner = context.options.second_account;
  if (owner.user.empty() || context.interrupted.load() != 0) return;
  const std::string octets = fmt::format("canary-{}", context.run_id);
  bindings_.set_octets("mailbox", fmt::format("{}imapspec-{}", context.options.mailbox_prefix, octets));
  const std::vector<Fixture> messages{
      {.file = {}, .octets = fmt::format("Subject: {0}\r\n\r\n{0}\r\n", octets), .flags = {}, .date = {}, .where = {}}};
  Conversation conversation(context, profile, Transcript(context.secrets, Clock::now()));
  conversation.set_patience({.answer = context.options.answer_timeout,
                             .end = Clock::now() + context.options.scenario_timeout,
                             .interrupted = &context.interrupted});
  const StartRequest request{
      .start = Start::Authenticated, .messages = &messages, .scratch = true, .second_user = true};
  made_ = true;  // or in part
  if (reach_start(conversation, context, request, bindings_)) canaries_.push_back({owner.user, octets});
  conversation.log_out();
}

CanaryMail::~CanaryMail() {
  if (made_) janitor_.delete_scratch(bindings_, profile_, true);
}

}  // namespace imapspec::runner
