// SEARCH and UID SEARCH (RFC 9051 sections 6.4.4, 7.3.4, RFC 7162 sections 3.1.5, 3.1.10)
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/commands/handlers.h"
#include "server/commands/search_match.h"
#include "server/mime/charset.h"
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

// charset_of is the one that the strings are in (section 6.4.4).
std::string charset_of(const parser::SearchProgram& program) {
  return program.charset ? program.charset->value() : "UTF-8";
}

Completion unknown_charset(Context& context, bool save) {
  if (context.faults.has(Fault::UnknownCharsetBad)) return bad("Unknown charset");
  if (save && !context.faults.has(Fault::FailedSearchKeepsSaved)) context.view->save({});  // section 6.4.4.1
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

// has_key says whether there is a key of that kind, however deep.
bool has_key(parser::List<parser::SearchKey> keys, parser::SearchKey::Kind kind) {
  return std::any_of(keys.begin(), keys.end(),
                     [kind](const parser::SearchKey& key) { return key.kind == kind || has_key(key.keys, kind); });
}

// uses_result says whether "$" stands somewhere.
bool uses_result(parser::List<parser::SearchKey> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [](const parser::SearchKey& key) { return key.set.is_last_result() || uses_result(key.keys); });
}

// Found is the messages that were found, in their order; all lists are of the same length.
struct Found {
  std::vector<std::uint32_t> numbers;
  std::vector<std::uint32_t> uids;
  std::vector<std::uint64_t> mod_sequences;
};

// mod_sequence_of is what goes with a result that is not empty (RFC 4731 section 3.2).
parser::NzNumber64 mod_sequence_of(const Returns& returns, const std::vector<std::uint64_t>& found) {
  std::uint64_t highest = 0;
  if (returns.all || returns.count || !(returns.min || returns.max)) {
    highest = *std::max_element(found.begin(), found.end());
  } else {
    if (returns.min) highest = found.front();
    if (returns.max) highest = std::max(highest, found.back());
  }
  return parser::NzNumber64::nearest(highest);
}

// send_numbers sends the result as IMAP4rev1 has it where there is no RETURN.
void send_numbers(Context& context, const std::vector<std::uint32_t>& numbers,
                  std::optional<parser::NzNumber64> mod_sequence) {
  parser::ListBuilder<parser::NzNumber> list(context.arena);
  for (const std::uint32_t number : numbers) list.push(parser::NzNumber::nearest(number));
  context.replies.send(parser::SearchData{list.list(), mod_sequence});
}

// all_of is the numbers found; a range may only hold what was found.
parser::SequenceSet all_of(Context& context, const std::vector<std::uint32_t>& numbers, bool uid) {
  if (!uid || !context.faults.has(Fault::UidSearchFillsGaps)) return sequence_set_of(numbers, context.arena);
  std::vector<std::uint32_t> filled;
  for (std::uint32_t at = numbers.front(); at <= numbers.back(); ++at) filled.push_back(at);
  return sequence_set_of(filled, context.arena);
}

void send_results(Context& context, const syntax::Search& command, const Returns& returns, const Found& found) {
  const bool as_uids =
      command.uid ? !context.faults.has(Fault::UidSearchReturnsNumbers) : context.faults.has(Fault::SearchReturnsUids);
  const std::vector<std::uint32_t>& numbers = as_uids ? found.uids : found.numbers;
  std::optional<parser::NzNumber64> mod_sequence;
  if (!numbers.empty() && has_key(command.program.keys, parser::SearchKey::Kind::ModSequence) &&
      !context.faults.has(Fault::SearchWithoutModseq)) {
    mod_sequence = mod_sequence_of(returns, found.mod_sequences);
  }
  const bool as_rev1 = !context.profile.rev2 || context.faults.has(Fault::SearchAnsweredAsRev1);
  if (!command.program.returns && as_rev1) return send_numbers(context, numbers, mod_sequence);
  if (numbers.empty() && context.faults.has(Fault::EsearchMissingWhenEmpty)) return;
  parser::Esearch result;
  if (!context.faults.has(Fault::EsearchWithoutTag)) {
    result.tag = parser::String::from(context.tag, parser::StringForm::Quoted);
  }
  result.uid = command.uid && !context.faults.has(Fault::UidSearchWithoutUid);
  if (returns.count) result.count = static_cast<std::uint32_t>(numbers.size());
  if (returns.count && context.faults.has(Fault::SearchCountsMailbox)) result.count = context.view->size();
  if (!numbers.empty()) {
    const bool min_is_max = context.faults.has(Fault::SearchMinIsMax);
    if (returns.min) result.min = parser::NzNumber::nearest(min_is_max ? numbers.back() : numbers.front());
    if (returns.max) result.max = parser::NzNumber::nearest(numbers.back());
    if (returns.all) result.all = all_of(context, numbers, command.uid);
  } else if (returns.min && context.faults.has(Fault::SearchMinOfNothing)) {
    result.min = parser::NzNumber::nearest(1);
  }
  result.mod_sequence = mod_sequence;
  context.replies.send(result);
}

}  // namespace

Result search(Context& context, const syntax::Search& command) {
  MailboxView& view = *context.view;
  const Returns returns = returns_of(command.program);
  if (returns.unknown && !context.faults.has(Fault::UnknownResultOptionOk)) {
    return bad("Unknown result option");  // section 6.4.4
  }
  if (command.program.returns && !context.offers(parser::Extension::Esearch)) return bad("ESEARCH is switched off");
  if ((returns.save || uses_result(command.program.keys)) && !context.offers(parser::Extension::Searchres)) {
    return bad("SEARCHRES is switched off");
  }
  const std::string charset = charset_of(command.program);
  if (!mime::knows_charset(charset)) return unknown_charset(context, returns.save);
  std::vector<Matcher> keys;
  for (const parser::SearchKey& key : command.program.keys) keys.emplace_back(key, charset, view, context.faults);
  if (has_key(command.program.keys, parser::SearchKey::Kind::ModSequence)) context.enable_condstore();
  // RFC 7162 section 3.2.10.2
  context.holds_expunges =
      context.qresync_enabled && has_key(command.program.keys, parser::SearchKey::Kind::SequenceSet);
  Found found;
  for (std::uint32_t at = 1; at <= view.size(); ++at) {
    const parser::SequenceNumber number = parser::sequence_number(at);
    const Message& message = view.message(number);
    const auto matches = [&](const Matcher& key) { return key.matches(number, message); };
    if (!std::all_of(keys.begin(), keys.end(), matches)) continue;
    found.numbers.push_back(at);
    found.uids.push_back(static_cast<std::uint32_t>(message.uid));
    found.mod_sequences.push_back(message.mod_sequence);
  }
  if (returns.save && context.faults.has(Fault::SavedNumbersShift)) context.saved_numbers = found.numbers;
  if (returns.save) view.save(found.uids.empty() ? found.uids : saved_of(returns, found.uids));
  const bool only_save = returns.save && !returns.min && !returns.max && !returns.all && !returns.count;
  if (!only_save) send_results(context, command, returns, found);
  return ok("SEARCH completed");
}

}  // namespace imapspec::server::commands
