// The plan of SEARCH (RFC 9051 sections 6.4.4, 7.3.4).
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <variant>

#include "tests/server/model/disagreement.h"
#include "tests/server/model/model.h"

namespace imapspec::server::model {

namespace {

using parser::Status;
using Key = parser::SearchKey;
using Kind = Key::Kind;

std::string flag_of(Kind kind) {
  switch (kind) {
    case Kind::Answered:
    case Kind::Unanswered:
      return "\\answered";
    case Kind::Deleted:
    case Kind::Undeleted:
      return "\\deleted";
    case Kind::Flagged:
    case Kind::Unflagged:
      return "\\flagged";
    case Kind::Draft:
    case Kind::Undraft:
      return "\\draft";
    default:
      return "\\seen";
  }
}

bool holds(const View& view, std::uint32_t number, const Key& key) {
  const Mail& mail = view.mail(number);
  const auto inferior = [&](const Key& other) { return holds(view, number, other); };
  switch (key.kind) {
    case Kind::Answered:
    case Kind::Deleted:
    case Kind::Flagged:
    case Kind::Seen:
    case Kind::Draft:
      return mail.flags.contains(flag_of(key.kind));
    case Kind::Unanswered:
    case Kind::Undeleted:
    case Kind::Unflagged:
    case Kind::Unseen:
    case Kind::Undraft:
      return !mail.flags.contains(flag_of(key.kind));
    case Kind::Keyword:
    case Kind::Unkeyword: {
      const parser::Flag flag = parser::Flag::unchecked(key.keyword.octets());
      const Flags wanted = flags_of(parser::List<parser::Flag>(&flag, 1));
      return mail.flags.contains(*wanted.begin()) == (key.kind == Kind::Keyword);
    }
    case Kind::Larger:
      return mail.octets.size() > key.number;
    case Kind::Smaller:
      return mail.octets.size() < key.number;
    case Kind::Uid:
    case Kind::SequenceSet:
      return view.contains(key.set, key.kind == Kind::Uid, number);
    case Kind::Not:
      return !inferior(key.keys.front());
    case Kind::Or:
      return std::any_of(key.keys.begin(), key.keys.end(), inferior);
    case Kind::And:
      return std::all_of(key.keys.begin(), key.keys.end(), inferior);
    default:
      return true;
  }
}

// names_missing says whether a key names a sequence number that is not there: it may be refused.
bool names_missing(const View& view, const Key& key) {
  if (key.kind == Kind::SequenceSet && !view.resolve(key.set, false)) return true;
  return std::any_of(key.keys.begin(), key.keys.end(), [&](const Key& other) { return names_missing(view, other); });
}

struct Wanted {
  bool min = false;
  bool max = false;
  bool all = false;
  bool count = false;
  bool save = false;
};

Wanted wanted_of(const parser::SearchProgram& program) {
  using Option = parser::SearchReturnOption::Kind;
  Wanted wanted;
  if (!program.returns || program.returns->empty()) wanted.all = true;
  for (const auto& option : program.returns.value_or(parser::List<parser::SearchReturnOption>())) {
    if (option.kind == Option::Min) wanted.min = true;
    if (option.kind == Option::Max) wanted.max = true;
    if (option.kind == Option::All) wanted.all = true;
    if (option.kind == Option::Count) wanted.count = true;
    if (option.kind == Option::Save) wanted.save = true;
  }
  return wanted;
}

std::vector<std::uint32_t> written_out(const parser::SequenceSet& set) {
  std::vector<std::uint32_t> numbers;
  for (const parser::SeqRange& range : set.ranges()) {
    const std::uint64_t last = range.last.or_largest(0);
    for (std::uint64_t at = range.first.or_largest(0); at <= last && numbers.size() < 1'000; ++at) {
      numbers.push_back(static_cast<std::uint32_t>(at));
    }
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

void require_result(const parser::Esearch& result, const Wanted& wanted, const Numbers& found) {
  require(result.count.has_value() == wanted.count && (!wanted.count || *result.count == found.size()),
          fmt::format("ESEARCH: COUNT is {}", found.size()));
  const bool any = !found.empty();
  require(result.min.has_value() == (wanted.min && any) && (!result.min || *result.min == found.front()),
          "ESEARCH: another MIN");
  require(result.max.has_value() == (wanted.max && any) && (!result.max || *result.max == found.back()),
          "ESEARCH: another MAX");
  require(result.all.has_value() == (wanted.all && any) && (!result.all || written_out(*result.all) == found),
          "ESEARCH: ALL has other messages");
}

// save is what "$" becomes (section 6.4.4.1).
void save(View& view, const Wanted& wanted, const Numbers& found) {
  view.saved.clear();
  const bool ends = (wanted.min || wanted.max) && !wanted.all && !wanted.count;
  for (const std::uint32_t number : found) {
    const bool first = wanted.min && number == found.front();
    const bool last = wanted.max && number == found.back();
    if (!ends || first || last) view.saved.insert(view.mail(number).uid);
  }
}

}  // namespace

Plan plan_search(Client& client, std::string_view tag, const parser::commands::Search& command) {
  View& view = *client.view;
  const Wanted wanted = wanted_of(command.program);
  const auto& keys = command.program.keys;
  Numbers found;
  for (std::uint32_t number = 1; number <= view.size(); ++number) {
    if (std::all_of(keys.begin(), keys.end(), [&](const Key& key) { return holds(view, number, key); })) {
      found.push_back(number);
    }
  }
  Plan plan;
  if (std::any_of(keys.begin(), keys.end(), [&](const Key& key) { return names_missing(view, key); })) {
    plan.allowed.insert(Status::Bad);
  }
  plan.expunges = command.uid;
  plan.effect = [&view, wanted, found](Status) {
    if (wanted.save) save(view, wanted, found);
  };
  Numbers numbers = found;
  if (command.uid)
    std::transform(found.begin(), found.end(), numbers.begin(), [&](auto n) { return view.mail(n).uid; });
  const auto heard = std::make_shared<int>(0);
  plan.data = [tag = std::string(tag), &command, wanted, numbers, heard](const parser::Response& response) {
    const auto* result = std::get_if<parser::Esearch>(&response);
    if (result == nullptr) return false;
    require(result->tag && result->tag->value() == tag, "ESEARCH with another tag");
    require(result->uid == command.uid, "ESEARCH: the UID indicator");
    require_result(*result, wanted, numbers);
    ++*heard;
    return true;
  };
  const bool silent = wanted.save && !wanted.min && !wanted.max && !wanted.all && !wanted.count;
  plan.finish = [heard, silent](const parser::StatusResponse& end) {
    require(end.status != Status::Ok || *heard == (silent ? 0 : 1), "not one ESEARCH response");
  };
  return plan;
}

}  // namespace imapspec::server::model
