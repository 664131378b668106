#include "runner/monitor/flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/parse.h"

namespace imapspec::runner {
namespace {

constexpr std::array<std::string_view, 5> kSystemFlags{"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"};
constexpr std::string_view kRecent = "\\Recent";

bool is_one_of(const auto& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view one) { return parser::equal_ignoring_case(one, name); });
}

std::vector<std::string> sorted(parser::List<parser::Flag> flags) {
  std::vector<std::string> names;
  names.reserve(flags.size());
  for (const parser::Flag& flag : flags) names.push_back(parser::to_upper(flag));
  std::ranges::sort(names);
  return names;
}

}  // namespace

void Flags::check_names(parser::List<parser::Flag> flags, std::string_view where) {
  for (const std::string_view flag : flags) {
    if (!flag.starts_with('\\') || flag == "\\*" || is_one_of(kSystemFlags, flag)) continue;
    if (parser::equal_ignoring_case(flag, kRecent)) {
      session_.reports.add(CheckId::RecentFlag, fmt::format("\\Recent in {}", where),
                           fmt::format("\\Recent, which is deprecated, is in {}", where));
      continue;
    }
    session_.reports.add(CheckId::NoFlagExtensions, fmt::format("a flag extension in {}", where),
                         fmt::format("{} has {}, which no specification defines", where, parser::escape_octets(flag)));
  }
}

void Flags::on_flags(const parser::FlagsData& data) {
  session_.commands.tell(Told::Flags);
  check_names(data.flags, "FLAGS");
  announced_ = sorted(data.flags);
  told_ = true;
  for (const std::string_view flag : kSystemFlags) {
    if (announced(flag)) continue;
    session_.reports.add(CheckId::FlagsNameTheSystemFlags, fmt::format("FLAGS without {}", flag),
                         fmt::format("FLAGS does not name {}", flag));
  }
}

bool Flags::announced(std::string_view flag) const {
  return std::ranges::binary_search(announced_, parser::to_upper(flag));
}

void Flags::on_permanent_flags(parser::List<parser::Flag> flags) {
  check_names(flags, "PERMANENTFLAGS");
  permanent_ = sorted(flags);
}

void Flags::on_fetch(const parser::Fetch& fetch) {
  for (const parser::MsgAtt& item : fetch.items) {
    if (item.kind != parser::MsgAtt::Kind::Flags) continue;
    check_names(item.flags, "FETCH");
    // While a mailbox is selected its FLAGS may be still to come.
    if (!told_ || session_.commands.selecting()) continue;
    for (const std::string_view flag : item.flags) {
      if (flag.starts_with('\\') || announced(flag)) continue;
      session_.reports.add(CheckId::FlagsAreAnnounced, "a flag that FLAGS did not name",
                           fmt::format("a message has {}, which FLAGS did not name", flag));
    }
  }
}

void Flags::on_completed(const SentCommand& command) {
  if (permanent_.empty() || !session_.commands.pending().empty()) return;
  const std::vector<std::string> permanent = std::exchange(permanent_, {});
  if (!told_ || !command.alone) return;
  for (const std::string& flag : permanent) {
    if (flag == "\\*" || std::ranges::binary_search(announced_, flag)) continue;
    session_.reports.add(CheckId::PermanentFlagsAreKnown, "PERMANENTFLAGS with a flag that FLAGS does not name",
                         fmt::format("PERMANENTFLAGS has {}, which FLAGS does not name", flag));
  }
}

void Flags::on_closed() {
  told_ = false;
  announced_.clear();
  permanent_.clear();
}

}  // namespace imapspec::runner
