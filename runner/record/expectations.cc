#include "runner/record/expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"
#include "parser/grammar/serialize.h"
#include "runner/record/command_pieces.h"

namespace imapspec::runner {
namespace {

// The YAML of a scenario has at most a megabyte, and octets can be four times as long there.
constexpr std::size_t kMostOctets = 150'000;

// The response is what the command asked for, and no news that may come with any command.
bool asked_for(const parser::Response& response, const Turn& turn) {
  const std::string& name = turn.said->name;
  if (std::holds_alternative<parser::Fetch>(response)) {
    const bool silent = turn.said->octets.find(".SILENT") != std::string::npos;
    return name.ends_with("FETCH") || (name.ends_with("STORE") && !silent);
  }
  if (std::holds_alternative<parser::Exists>(response)) return is_select(name);
  if (std::holds_alternative<parser::Expunge>(response)) return name.ends_with("EXPUNGE") || name.ends_with("MOVE");
  if (std::holds_alternative<parser::SearchData>(response) || std::holds_alternative<parser::Esearch>(response)) {
    return name.ends_with("SEARCH");
  }
  if (std::holds_alternative<parser::StatusData>(response)) return name == "STATUS";
  if (std::holds_alternative<parser::ListData>(response)) return name == "LIST" || name == "LSUB";
  if (std::holds_alternative<parser::CapabilityData>(response)) return name == "CAPABILITY";
  if (std::holds_alternative<parser::EnableData>(response)) return name == "ENABLE";
  return is_select(name) || name == "LOGOUT";
}

// A FETCH response with one item, in its canonical spelling, without what stands around the item.
std::string written_item(const parser::Fetch& fetch, const parser::MsgAtt& item) {
  const std::array<parser::MsgAtt, 1> items{item};
  std::string octets;
  parser::serialize(parser::Response(parser::Fetch{fetch.number, parser::List<parser::MsgAtt>(items)}), octets);
  const std::size_t begin = octets.find('(') + 1;
  return octets.substr(begin, octets.size() - begin - std::string_view(")\r\n").size());
}

std::string with_stem(std::string_view stem, std::size_t number) { return fmt::format("{}{}", stem, number); }

}  // namespace

const std::string& Names::mailbox(const std::string& name) {
  std::string& reference = mailboxes_[name];
  if (!reference.empty()) return reference;
  const std::size_t number = mailboxes_.size();
  if (number == 1) {
    reference = "{mailbox}";
  } else if (number == 2) {
    reference = "{other-mailbox}";
  } else {
    reference = fmt::format("\"{{mailbox:raw}}-{}\"", number);
  }
  return reference;
}

std::optional<std::string> Names::known_octets(const std::string& octets) const {
  const auto known = octet_names_.find(octets);
  if (known == octet_names_.end()) return std::nullopt;
  return known->second;
}

std::optional<std::string> Names::octets(const std::string& octets, std::string_view stem) {
  if (auto known = known_octets(octets)) return known;
  if (octets_ + octets.size() > kMostOctets) return std::nullopt;
  octets_ += octets.size();
  std::string name = with_stem(stem, ++count_[std::string(stem)]);
  octet_names_.emplace(octets, name);
  let_.emplace(name, octets);
  return name;
}

Capture& Expectations::uid(const std::string& mailbox, std::uint32_t uid) {
  return captures_.at(fmt::format("uid {} {}", uid, mailbox), "uid", "nz-number");
}

void Expectations::hole(WireLine& line, Capture& capture) {
  line.add_hole(capture);
  capture.bound = capture.bound || must_;
}

std::optional<ExpectedLine> Expectations::of(const parser::Response& response, const Turn& turn) {
  must_ = asked_for(response, turn);
  const auto line = [&](std::string text) { return std::optional(ExpectedLine{WireLine(std::move(text)), must_}); };
  const auto made = [&](std::optional<WireLine> pattern) -> std::optional<ExpectedLine> {
    if (!pattern) return std::nullopt;
    return ExpectedLine{*std::move(pattern), must_};
  };
  if (const auto* data = std::get_if<parser::StatusResponse>(&response)) return made(status(*data, turn));
  if (const auto* data = std::get_if<parser::Fetch>(&response)) return made(fetch(*data, turn));
  if (const auto* data = std::get_if<parser::SearchData>(&response)) return made(found(*data, turn));
  if (const auto* data = std::get_if<parser::Esearch>(&response)) return made(found(*data, turn));
  if (const auto* data = std::get_if<parser::StatusData>(&response)) return made(counts(*data));
  if (const auto* data = std::get_if<parser::Exists>(&response)) return line(fmt::format("* {} EXISTS", data->count));
  if (const auto* data = std::get_if<parser::Expunge>(&response)) {
    return line(fmt::format("* {} EXPUNGE", static_cast<std::uint32_t>(data->number)));
  }
  if (const auto* data = std::get_if<parser::ListData>(&response)) {
    const std::string name = data->list.mailbox.value();
    // Other people's mailboxes are not in another run.
    if (!must_ || !names_.knows_mailbox(name)) return std::nullopt;
    const auto arguments = command_arguments(turn.said->octets, turn.said->name);
    const bool all = !arguments.empty() && arguments.back().value == "*";
    if (!all) return std::nullopt;
    const auto& delimiter = data->list.delimiter;
    return line(fmt::format("* {} () {} {}", data->lsub ? "LSUB" : "LIST",
                            delimiter ? '"' + escape_wire(delimiter->octets()) + '"' : "NIL", names_.mailbox(name)));
  }
  if (const auto* data = std::get_if<parser::CapabilityData>(&response); data != nullptr && must_) {
    const bool rev1 = std::ranges::find(data->capabilities, "IMAP4rev1") != data->capabilities.end();
    return line(rev1 ? "* CAPABILITY IMAP4rev1" : "* CAPABILITY IMAP4rev2");
  }
  if (const auto* data = std::get_if<parser::EnableData>(&response); data != nullptr && must_) {
    std::string text = "* ENABLED";
    for (const std::string_view name : data->capabilities) text += ' ' + escape_wire(name);
    return line(std::move(text));
  }
  return std::nullopt;
}

std::optional<WireLine> Expectations::status(const parser::StatusResponse& status, const Turn& turn) {
  if (status.status == parser::Status::Bye) return WireLine("* BYE");
  if (!status.text.code || !is_select(turn.said->name)) return std::nullopt;
  const parser::ResponseCode& code = *status.text.code;
  const std::string& mailbox = model_.selected(turn);
  WireLine line(fmt::format("* OK [{} ", std::string_view(code.name)));
  if (code.is("UIDVALIDITY") && code.number) {
    hole(line, captures_.at("validity " + mailbox, "validity", "nz-number"));
  } else if (code.is("UIDNEXT") && code.number) {
    hole(line, captures_.at(fmt::format("next {} {}", std::uint32_t{*code.number}, mailbox), "next", "nz-number"));
  } else if (code.is("HIGHESTMODSEQ") && code.mod_sequence) {
    hole(line, captures_.at(fmt::format("modseq {}", std::uint64_t{*code.mod_sequence}), "modseq", "number64"));
  } else {
    return std::nullopt;
  }
  line.add("]");
  return line;
}

WireLine Expectations::completion(const Turn& turn) {
  must_ = true;
  const parser::StatusResponse& status = *turn.completion;
  WireLine line{std::string(parser::status_name(status.status))};
  const auto arguments = command_arguments(turn.said->octets, turn.said->name);
  if (turn.ok() && status.text.code && status.text.code->is("APPENDUID") && !arguments.empty()) {
    const std::string mailbox = mailbox_name(arguments.front().value);
    const auto ranges = status.text.code->uids.ranges();
    if (ranges.size() == 1 && ranges.front().first == ranges.front().last && ranges.front().first.number) {
      line.add(" [APPENDUID ");
      hole(line, captures_.at("validity " + mailbox, "validity", "nz-number"));
      line.add(" ");
      hole(line, uid(mailbox, std::uint32_t{*ranges.front().first.number}));
      line.add("]");
    }
  }
  return line;
}

std::optional<WireLine> Expectations::fetch(const parser::Fetch& fetch, const Turn& turn) {
  WireLine line(fmt::format("* {} FETCH (", static_cast<std::uint32_t>(fetch.number)));
  bool first = true;
  for (const parser::MsgAtt& one : fetch.items) {
    const auto written = item(fetch, one, turn);
    if (!written) continue;
    if (!std::exchange(first, false)) line.add(" ");
    line.add(*written);
  }
  if (first) return std::nullopt;
  line.add(")");
  return line;
}

std::optional<WireLine> Expectations::item(const parser::Fetch& fetch, const parser::MsgAtt& item, const Turn& turn) {
  const KnownMessage* const known = model_.fetched(fetch);
  const bool content = known != nullptr && known->octets && names_.known_octets(*known->octets);
  using Kind = parser::MsgAtt::Kind;
  WireLine line;
  switch (item.kind) {
    case Kind::Uid:
      line.add("UID ");
      hole(line, uid(model_.selected(turn), static_cast<std::uint32_t>(item.uid)));
      return line;
    case Kind::Flags: {
      if (!must_ || known == nullptr || known->copied) return std::nullopt;
      std::string flags;
      for (const std::string_view flag : item.flags) {
        if (parser::equal_ignoring_case(flag, "\\Recent")) continue;
        flags += (flags.empty() ? "" : " ") + escape_wire(flag);
      }
      line.add("FLAGS (" + flags + ")");
      return line;
    }
    case Kind::ModSequence:
      line.add("MODSEQ (");
      hole(line, captures_.at(fmt::format("modseq {}", std::uint64_t{item.number}), "modseq", "number64"));
      line.add(")");
      return line;
    case Kind::InternalDate:
      line.add("INTERNALDATE {:date-time}");
      return line;
    case Kind::Rfc822Size:
      line.add(content ? fmt::format("RFC822.SIZE {}", std::uint64_t{item.number}) : "RFC822.SIZE {:number64}");
      return line;
    case Kind::Envelope:
    case Kind::Body:
    case Kind::BodyStructure:
    case Kind::BinarySize:
      if (!content) return std::nullopt;
      line.add_octets(written_item(fetch, item));
      return line;
    case Kind::BodySection:
    case Kind::Binary:
    case Kind::Rfc822:
    case Kind::Rfc822Header:
    case Kind::Rfc822Text:
      return text_item(fetch, item);
  }
  return std::nullopt;
}

// Texts of a message that another run will have are compared, others have to be there.
std::optional<WireLine> Expectations::text_item(const parser::Fetch& fetch, const parser::MsgAtt& item) {
  const KnownMessage* const known = model_.fetched(fetch);
  const bool content = known != nullptr && known->octets && names_.known_octets(*known->octets);
  parser::MsgAtt without = item;
  without.data.reset();
  std::string name = written_item(fetch, without);
  name.resize(name.size() - std::string_view(" NIL").size());
  WireLine line(escape_wire(name) + ' ');
  if (!item.data) {
    line.add("NIL");
  } else if (const auto let = content ? names_.octets(item.data->value(), "text") : std::nullopt) {
    line.add(fmt::format("{{{}:literal}}", *let));
  } else {
    line.add("{:nstring}");
  }
  return line;
}

std::optional<WireLine> Expectations::found(const parser::SearchData& data, const Turn& turn) {
  WireLine line("* SEARCH");
  for (const std::uint32_t number : data.numbers) {
    line.add(" ");
    if (turn.said->name != "UID SEARCH") {
      line.add(fmt::format("{}", number));
      continue;
    }
    Capture* const known = captures_.find(fmt::format("uid {} {}", number, model_.selected(turn)));
    if (known == nullptr || !known->bound) return std::nullopt;
    line.add_value(*known);
  }
  return line;
}

std::optional<WireLine> Expectations::found(const parser::Esearch& data, const Turn& turn) {
  WireLine line("* ESEARCH (TAG \"{tag:raw}\")");
  if (data.uid) line.add(" UID");
  if (data.count) line.add(fmt::format(" COUNT {}", *data.count));
  if (data.all) {
    line.add(" ALL ");
    if (!data.uid) {
      std::string text;
      for (const parser::SeqRange& range : data.all->ranges()) {
        const std::uint32_t first = range.first.or_largest(0);
        const std::uint32_t last = range.last.or_largest(0);
        text +=
            (text.empty() ? "" : ",") + (first == last ? fmt::format("{}", first) : fmt::format("{}:{}", first, last));
      }
      line.add(text);
    } else if (!add_uids(line, *data.all, model_.selected(turn))) {
      line.add("{:sequence-set}");
    }
  }
  return line;
}

bool Expectations::add_uids(WireLine& line, const parser::SequenceSet& set, const std::string& mailbox) {
  std::vector<Capture*> ends;
  for (const parser::SeqRange& range : set.ranges()) {
    for (const parser::SeqNumber& end : {range.first, range.last}) {
      if (!end.number) return false;
      Capture* const known = captures_.find(fmt::format("uid {} {}", std::uint32_t{*end.number}, mailbox));
      if (known == nullptr || !known->bound) return false;
      ends.push_back(known);
    }
  }
  for (std::size_t i = 0; i < ends.size(); i += 2) {
    if (i > 0) line.add(",");
    line.add_value(*ends[i]);
    if (ends[i] == ends[i + 1]) continue;
    line.add(":");
    line.add_value(*ends[i + 1]);
  }
  return true;
}

std::optional<WireLine> Expectations::counts(const parser::StatusData& data) {
  const std::string mailbox = data.mailbox.value();
  if (!names_.knows_mailbox(mailbox)) return std::nullopt;
  WireLine line(fmt::format("* STATUS {} (", names_.mailbox(mailbox)));
  bool first = true;
  for (const parser::StatusAttVal& value : data.values) {
    using Att = parser::StatusAtt;
    const std::uint64_t number{value.value};
    const bool kept = value.att == Att::Messages || value.att == Att::Unseen || value.att == Att::Deleted ||
                      value.att == Att::UidNext || value.att == Att::UidValidity;
    if (!kept) continue;
    if (!std::exchange(first, false)) line.add(" ");
    line.add(std::string(parser::status_att_name(value.att)) + ' ');
    if (value.att == Att::UidValidity) {
      hole(line, captures_.at("validity " + mailbox, "validity", "nz-number"));
    } else if (value.att == Att::UidNext) {
      hole(line, captures_.at(fmt::format("next {} {}", number, mailbox), "next", "nz-number"));
    } else if (value.att == Att::Messages) {
      line.add(fmt::format("{}", number));
    } else {
      line.add("{:number}");  // of flags that may never have been seen
    }
  }
  if (first) return std::nullopt;
  line.add(")");
  return line;
}

}  // namespace imapspec::runner
