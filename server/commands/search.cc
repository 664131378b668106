// SEARCH and UID SEARCH (RFC 9051 sections 6.4.4, 7.3.4)
#include <algorithm>
#include <array>
#include <vector>

#include "parser/core/ascii.h"
#include "server/commands/handlers.h"
#include "server/commands/search_match.h"
#include "server/session/number_set.h"

namespace imapspec::server::commands {

namespace {

// Returns is the result options; without any it is ALL.
struct Returns {
  bool min = false;
  bool max = false;
  bool all = false;
  bool count = false;
  bool save = false;
  bool unknown = false;
};

Returns returns_of(const parser::SearchProgram& program) {
  Returns returns;
  using Kind = parser::SearchReturnOption::Kind;
  for (const auto& option : program.returns.value_or(parser::List<parser::SearchReturnOption>())) {
    returns.min |= option.kind == Kind::Min;
    returns.max |= option.kind == Kind::Max;
    returns.all |= option.kind == Kind::All;
    returns.count |= option.kind == Kind::Count;
    returns.save |= option.kind == Kind::Save;
    returns.unknown |= option.kind == Kind::Other;
  }
  if (!program.returns || program.returns->empty()) returns.all = true;
  return returns;
}

bool knows_charset(const parser::SearchProgram& program) {
  if (!program.charset) return true;
  const std::string name = program.charset->value();
  return parser::equal_ignoring_case(name, "US-ASCII") || parser::equal_ignoring_case(name, "UTF-8");
}

Completion unknown_charset(Context& context, bool save) {
  if (context.faults.has(Fault::UnknownCharsetBad)) return bad("Unknown charset");
  if (save) context.view->save({});  // section 6.4.4.1
  static constexpr std::array<parser::String, 2> kKnown{parser::String{"US-ASCII", parser::StringForm::Atom},
                                                        parser::String{"UTF-8", parser::StringForm::Atom}};
  parser::ResponseCode code = server::code("BADCHARSET");
  code.charsets = parser::List<parser::String>(kKnown.data(), kKnown.size());
  return no(code, "Unknown charset");
}

// saved_of is what "$" becomes (section 6.4.4.1, table 4). `uids` is not empty.
std::vector<std::uint32_t> saved_of(const Returns& returns, const std::vector<std::uint32_t>& uids) {
  if (returns.all || returns.count || !(returns.min || returns.max)) return uids;
  std::vector<std::uint32_t> saved;
  if (returns.min) saved.push_back(uids.front());
  if (returns.max && (saved.empty() || uids.back() != saved.front())) saved.push_back(uids.back());
  return saved;
}

// send_numbers sends the result as IMAP4rev1 has it where there is no RETURN.
void send_numbers(Context& context, const std::vector<std::uint32_t>& numbers) {
  parser::ListBuilder<parser::NzNumber> list(context.arena);
  for (const std::uint32_t number : numbers) list.push(parser::NzNumber::nearest(number));
  context.replies.send(parser::SearchData{list.list()});
}

void send_results(Context& context, const parser::SearchProgram& program, const Returns& returns, bool uid,
                  const std::vector<std::uint32_t>& numbers) {
  if (!program.returns && !context.profile.rev2) return send_numbers(context, numbers);
  if (numbers.empty() && context.faults.has(Fault::EsearchMissingWhenEmpty)) return;
  parser::Esearch result;
  if (!context.faults.has(Fault::EsearchWithoutTag)) {
    result.tag = parser::String::from(context.tag, parser::StringForm::Quoted);
  }
  result.uid = uid && !context.faults.has(Fault::UidSearchWithoutUid);
  if (returns.count) result.count = static_cast<std::uint32_t>(numbers.size());
  if (!numbers.empty()) {
    if (returns.min) result.min = parser::NzNumber::nearest(numbers.front());
    if (returns.max) result.max = parser::NzNumber::nearest(numbers.back());
    if (returns.all) result.all = sequence_set_of(numbers, context.arena);
  }
  context.replies.send(result);
}

}  // namespace

Result search(Context& context, const syntax::Search& command) {
  MailboxView& view = *context.view;
  const Returns returns = returns_of(command.program);
  if (returns.unknown) return bad("Unknown result option");  // section 6.4.4
  if (!knows_charset(command.program)) return unknown_charset(context, returns.save);
  std::vector<Matcher> keys;
  for (const parser::SearchKey& key : command.program.keys) keys.emplace_back(key, view, context.faults);
  std::vector<std::uint32_t> numbers;
  std::vector<std::uint32_t> uids;
  for (std::uint32_t at = 1; at <= view.size(); ++at) {
    const parser::SequenceNumber number = parser::sequence_number(at);
    const Message& message = view.message(number);
    const auto matches = [&](const Matcher& key) { return key.matches(number, message); };
    if (!std::all_of(keys.begin(), keys.end(), matches)) continue;
    numbers.push_back(at);
    uids.push_back(static_cast<std::uint32_t>(message.uid));
  }
  if (returns.save) view.save(uids.empty() ? uids : saved_of(returns, uids));
  const bool only_save = returns.save && !returns.min && !returns.max && !returns.all && !returns.count;
  if (!only_save) send_results(context, command.program, returns, command.uid, command.uid ? uids : numbers);
  return ok("SEARCH completed");
}

}  // namespace imapspec::server::commands
