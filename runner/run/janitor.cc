#include "runner/run/janitor.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"
#include "runner/run/conversation.h"
#include "runner/run/start.h"

namespace imapspec::runner {
namespace {

using std::chrono::milliseconds;

// So many connections more than the scenarios have bear with a server's limit for one user; several, so that
// scenarios that end at the same time need not wait for each other.
constexpr std::size_t kMostKept = 3;
// A conversation remembers something of each command.
constexpr std::size_t kMostUses = 1'000;
// A server that answers takes milliseconds, and one that does not must not keep whoever interrupted the run, or whoever
// waits for its end.
constexpr milliseconds kWhenInterrupted{3'000};
constexpr milliseconds kForAKeptOne{1'000};
constexpr milliseconds kGoodbye{1'000};
// More than any scenario makes.
constexpr std::size_t kMostNames = 1'000;

struct ScratchName {
  std::string name;
  bool selectable;  // else it is a mere name, which may stay as long as it has children (RFC 9051 section 6.3.5)
};

bool is_selectable(const parser::MailboxList& listed) {
  return std::ranges::none_of(listed.attributes, [](std::string_view attribute) {
    return parser::equal_ignoring_case(attribute, "\\Noselect") ||
           parser::equal_ignoring_case(attribute, "\\NonExistent");
  });
}

// The mailboxes that were listed whose names begin like the scenario's scratch mailbox, the longest first, so that
// children go before their parents.
std::vector<ScratchName> scratch_names(const Exchange& listed, const std::string& base) {
  std::vector<ScratchName> names;
  for (const Received& received : listed.responses) {
    if (!received.response) continue;
    const auto* data = std::get_if<parser::ListData>(&*received.response);
    if (data == nullptr) continue;
    std::string name = data->list.mailbox.value();
    // A server that lists more than it was asked for must not cost anybody mail.
    if (name.starts_with(base)) names.push_back({std::move(name), is_selectable(data->list)});
  }
  std::ranges::sort(names, std::ranges::greater{}, [](const ScratchName& one) { return one.name.size(); });
  return names;
}

}  // namespace

// Visit is one connection, logged in.
struct Janitor::Visit {
  Visit(const RunContext& context, parser::Profile spoken, bool second)
      : profile(spoken),
        second_user(second),
        conversation(context, spoken, Transcript(context.secrets, Clock::now())) {}

  // sweep deletes what LIST finds.
  void sweep(const Bindings& bindings) {
    ++uses;
    const std::string& base = bindings.find("mailbox")->text;
    Bindings pattern;
    pattern.set_octets("pattern", base + "*");
    const auto list = expand("LIST \"\" {pattern:quoted}", pattern);
    if (!list) return;
    std::vector<ScratchName> found = scratch_names(run(*list, true), base);
    if (found.size() > kMostNames) {
      note(fmt::format("more than {} mailboxes are listed below the scratch name", kMostNames));
      found.resize(kMostNames);
    }
    for (const ScratchName& scratch : found) {
      if (unheard) break;
      Bindings one;
      one.set_octets("name", scratch.name);
      if (const auto octets = expand("DELETE {name}", one)) run(*octets, scratch.selectable);
    }
  }

  // run sends a command, whose refusal is a trouble where it `must` be done.
  Exchange run(const WireOctets& octets, bool must) {
    Exchange exchange = conversation.command(octets);
    const auto why = conversation.why_not(exchange);
    if (!why) return exchange;
    all_done = false;
    unheard = exchange.completion() == nullptr;
    if (unheard) {
      note(*why);
    } else if (must) {
      note(fmt::format("{}: {}", exchange.sent, *why));
    }
    return exchange;
  }

  // note keeps what went wrong first.
  void note(std::string why) {
    all_done = false;
    if (!trouble) trouble = std::move(why);
  }

  const parser::Profile profile;
  const bool second_user;
  Conversation conversation;
  std::size_t uses = 0;
  bool all_done = true;                // every command so far succeeded
  bool unheard = false;                // the last one had no answer
  std::optional<std::string> trouble;  // why something may be left
};

Janitor::Janitor(const RunContext& context)
    : context_(context), most_kept_(context.options.max_connections == 0 ? kMostKept : 0) {}

Janitor::~Janitor() {
  const auto end = Clock::now() + kGoodbye;
  for (const auto& visit : kept_) {
    visit->conversation.set_patience({.answer = context_.options.answer_timeout, .end = end});
    visit->conversation.log_out();
  }
}

std::unique_ptr<Janitor::Visit> Janitor::take(parser::Profile profile, bool second_user) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::find_if(kept_.rbegin(), kept_.rend(), [&](const auto& visit) {
    return visit->profile == profile && visit->second_user == second_user;
  });
  if (found == kept_.rend()) return nullptr;
  auto visit = std::move(*found);
  kept_.erase(std::next(found).base());
  return visit;
}

void Janitor::keep_or_end(std::unique_ptr<Visit> visit) {
  if (most_kept_ > 0 && visit->all_done && visit->conversation.open() && visit->uses < kMostUses) {
    const std::scoped_lock lock(mutex_);
    kept_.push_back(std::move(visit));
    if (kept_.size() <= most_kept_) return;
    visit = std::move(kept_.front());
    kept_.erase(kept_.begin());
    visit->conversation.set_patience({.answer = kGoodbye});
  }
  visit->conversation.log_out();
}

std::optional<std::string> Janitor::try_to_delete(const Bindings& bindings, parser::Profile profile, bool second_user,
                                                  bool interrupted) {
  // An interruption ends every wait; one that was there before ends none, but then there is little time.
  const auto begun = Clock::now();
  Patience patience{.answer = context_.options.answer_timeout,
                    .end = begun + (interrupted ? kForAKeptOne : context_.options.scenario_timeout),
                    .interrupted = interrupted ? nullptr : &context_.interrupted};
  if (auto visit = take(profile, second_user)) {
    visit->conversation.set_patience(patience);
    visit->sweep(bindings);
    if (visit->all_done) {
      keep_or_end(std::move(visit));
      return std::nullopt;
    }
    // Whatever went wrong may be a matter of this connection alone: what counts is said on a new one.
    visit->conversation.close();
  }
  if (interrupted) patience.end = begun + kWhenInterrupted;
  auto visit = std::make_unique<Visit>(context_, profile, second_user);
  visit->conversation.set_patience(patience);
  const StartRequest request{.start = Start::Authenticated, .second_user = second_user};
  if (const auto ready = reach_start(visit->conversation, context_, request, bindings); !ready) {
    return ready.error().reason;
  }
  visit->sweep(bindings);
  auto trouble = visit->trouble;
  keep_or_end(std::move(visit));
  return trouble;
}

std::optional<std::string> Janitor::delete_scratch(const Bindings& bindings, parser::Profile profile,
                                                   bool second_user) {
  const bool interrupted = context_.interrupted.load() != 0;
  auto trouble = try_to_delete(bindings, profile, second_user, interrupted);
  // It may have been interrupted in the middle.
  if (!interrupted && context_.interrupted.load() != 0) {
    trouble = try_to_delete(bindings, profile, second_user, true);
  }
  if (trouble) {
    const std::scoped_lock lock(mutex_);
    if (times_left_++ == 0) first_left_ = fmt::format("\"{}*\": {}", bindings.find("mailbox")->text, *trouble);
  }
  return trouble;
}

std::optional<std::string> Janitor::left() {
  const std::scoped_lock lock(mutex_);
  if (times_left_ == 0) return std::nullopt;
  return fmt::format("scratch mailboxes may be left on the server: {} times, first {}", times_left_, first_left_);
}

}  // namespace imapspec::runner
