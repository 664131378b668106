#include "runner/scenario/fixture_reader.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "parser/core/cursor.h"
#include "parser/grammar/date_time.h"
#include "parser/grammar/flag.h"
#include "runner/scenario/fixture_file.h"
#include "runner/scenario/generated_message.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kMessageKeys = {"message"sv, "text"sv, "octets"sv, "generate"sv, "flags"sv, "date"sv};
constexpr std::array kContentKeys = {"message"sv, "text"sv, "octets"sv, "generate"sv};
constexpr std::array kGenerateKeys = {"size"sv, "lines"sv, "parts"sv};
constexpr std::array kMailboxKeys = {"messages"sv, "subscribed"sv, "special-use"sv, "user"sv};
constexpr std::array kFileKeys = {"file"sv};
constexpr std::array kUsers = {"1"sv, "2"sv};
constexpr std::size_t kMostMessages = 10'000;
constexpr std::size_t kMostOctets = 32U << 20;
constexpr std::size_t kMostMailboxes = 100;
constexpr std::size_t kMostRows = 1000;

// parses_whole says whether all of `octets` is one `rule` of the grammar.
bool parses_whole(const std::string& octets, bool (*rule)(parser::Cursor&)) {
  parser::Arena arena;
  parser::Cursor cursor(octets, arena, parser::Limits());
  return rule(cursor) && cursor.at_end();
}

}  // namespace

std::span<const std::string_view> message_keys() { return kMessageKeys; }
std::span<const std::string_view> generate_keys() { return kGenerateKeys; }
std::span<const std::string_view> mailbox_keys() { return kMailboxKeys; }
std::span<const std::string_view> value_keys() { return kFileKeys; }

std::vector<Fixture> FixtureReader::messages(const YamlNode& list, std::string_view what) {
  std::vector<Fixture> all;
  if (!reader_->expect_list(list, what, true)) return all;
  if (list.items.size() > kMostMessages) {
    reader_->error(list.where, std::string(what) + ": more than 10000 messages");
    return all;
  }
  for (const YamlNode& item : list.items) {
    auto fixture = message(item);
    if (!fixture) continue;
    octets_ += fixture->octets.size();
    if (octets_ > kMostOctets) {
      reader_->error(item.where, "the messages of a scenario are larger than 32 MiB together");
      return all;
    }
    all.push_back(std::move(*fixture));
  }
  return all;
}

std::optional<Fixture> FixtureReader::message(const YamlNode& node) {
  Fixture fixture;
  fixture.where = node.where;
  if (node.kind == YamlNode::Kind::Scalar) {
    auto file = reader_->text(node, "a message");
    if (!file) return std::nullopt;
    auto octets = read_message(*messages_, *file);
    if (!octets) {
      reader_->error(node.where, octets.error());
      return std::nullopt;
    }
    fixture.file = std::move(*file);
    fixture.octets = std::move(*octets);
    return fixture;
  }
  if (!reader_->expect_map(node, kMessageKeys, "a message")) return std::nullopt;
  attributes(node, fixture);
  auto octets = message_octets(node, fixture);
  if (!octets) return std::nullopt;
  fixture.octets = std::move(*octets);
  return fixture;
}

std::optional<std::string> FixtureReader::message_octets(const YamlNode& node, Fixture& fixture) {
  const YamlNode* content = nullptr;
  std::string_view form;
  for (const std::string_view key : kContentKeys) {
    const YamlNode* const found = YamlReader::find(node, key);
    if (found == nullptr) continue;
    if (content != nullptr) {
      reader_->error(found->where, "a message has one of " + comma_list(kContentKeys));
      return std::nullopt;
    }
    content = found;
    form = key;
  }
  if (content == nullptr) {
    reader_->error(node.where, "a message: expected one of the keys " + comma_list(kContentKeys));
    return std::nullopt;
  }
  if (form == "generate") return generated(*content);
  if (form == "octets") return wire_->octets(*content, "\"octets\"");
  if (form == "text") {
    if (content->kind == YamlNode::Kind::Scalar && content->style == YamlNode::Style::Block) {
      return wire_->octets(*content, "\"text\"");
    }
    reader_->error(content->where, "\"text\": expected a block with \"|\", whose lines are those of the message");
    return std::nullopt;
  }
  auto file = reader_->text(*content, "a message");
  if (!file) return std::nullopt;
  auto octets = read_message(*messages_, *file);
  if (!octets) {
    reader_->error(content->where, octets.error());
    return std::nullopt;
  }
  fixture.file = std::move(*file);
  return std::move(*octets);
}

std::optional<std::string> FixtureReader::generated(const YamlNode& node) {
  if (!reader_->expect_map(node, kGenerateKeys, "\"generate\"")) return std::nullopt;
  MessagePlan plan;
  const auto read = [&](std::string_view key, std::size_t most, std::size_t& to) {
    const YamlNode* const number = YamlReader::find(node, key);
    if (number == nullptr) return true;
    const auto value = reader_->number(*number, 1, most, in_quotes(key));
    if (value) to = static_cast<std::size_t>(*value);
    return value.has_value();
  };
  if (!read("size", kMostGeneratedOctets, plan.size) || !read("lines", kMostGeneratedLines, plan.lines) ||
      !read("parts", kMostGeneratedParts, plan.parts)) {
    return std::nullopt;
  }
  if ((plan.size == 0) == (plan.lines == 0)) {
    reader_->error(node.where, "\"generate\": expected either \"size\" or \"lines\"");
    return std::nullopt;
  }
  auto message = generate_message(plan);
  if (message) return std::move(*message);
  reader_->error(node.where, "\"generate\": " + message.error());
  return std::nullopt;
}

void FixtureReader::attributes(const YamlNode& node, Fixture& fixture) {
  fixture.flags = reader_->optional_text(node, "flags");
  fixture.date = reader_->optional_text(node, "date");
  if (!parses_whole("(" + fixture.flags + ")", [](parser::Cursor& in) { return parser::flag_list(in).has_value(); })) {
    reader_->error(YamlReader::find(node, "flags")->where,
                   "\"flags\": expected flags that APPEND can set, separated by one space, such as '\\Seen $Label'");
  }
  if (!fixture.date.empty() &&
      !parses_whole("\"" + fixture.date + "\"", [](parser::Cursor& in) { return parser::date_time(in).has_value(); })) {
    reader_->error(YamlReader::find(node, "date")->where,
                   "\"date\": expected an IMAP date-time such as '17-Jul-1996 02:44:25 -0700'");
  }
}

std::vector<MailboxLayout> FixtureReader::mailboxes(const YamlNode& map) {
  std::vector<MailboxLayout> all;
  if (map.kind != YamlNode::Kind::Map) {
    reader_->error(map.where, "\"mailboxes\": expected a map of names, found " + std::string(found_name(map)));
    return all;
  }
  if (map.keys.size() > kMostMailboxes) reader_->error(map.where, "\"mailboxes\": more than 100");
  for (std::size_t i = 0; i < map.keys.size(); ++i) mailbox(map.keys[i], map.items[i], all);
  return all;
}

void FixtureReader::mailbox(const YamlNode& key, const YamlNode& node, std::vector<MailboxLayout>& all) {
  if (!new_name(key)) return;
  MailboxLayout layout;
  layout.name = key.text;
  layout.where = key.where;
  if (!reader_->expect_map(node, kMailboxKeys, "a mailbox")) return;
  if (const YamlNode* const list = YamlReader::find(node, "messages"))
    layout.messages = messages(*list, "\"messages\"");
  if (const YamlNode* const subscribed = YamlReader::find(node, "subscribed")) {
    layout.subscribed = reader_->boolean(*subscribed, "\"subscribed\"").value_or(false);
  }
  if (const YamlNode* const user = YamlReader::find(node, "user")) {
    layout.second_user = reader_->choice(*user, kUsers, "\"user\"") == 1;
  }
  layout.special_use = reader_->optional_text(node, "special-use");
  const bool one_flag = layout.special_use.starts_with('\\') && layout.special_use.find(' ') == std::string::npos &&
                        parses_whole("(" + layout.special_use + ")",
                                     [](parser::Cursor& in) { return parser::flag_list(in).has_value(); });
  if (!layout.special_use.empty() && !one_flag) {
    reader_->error(YamlReader::find(node, "special-use")->where,
                   "\"special-use\": expected one attribute such as '\\Sent'");
  }
  all.push_back(std::move(layout));
}

bool FixtureReader::new_name(const YamlNode& key) {
  const std::string& name = key.text;
  if (!is_name(name)) {
    reader_->error(key.where, "\"" + name +
                                  "\" is no name: expected small letters, digits and \"-\", a letter "
                                  "first, and no \"-\" with digits at the end");
  } else if (std::ranges::find(built_in_names(), name) != built_in_names().end()) {
    reader_->error(key.where, "the name \"" + name + "\" is known from the start");
  } else if (wire_->knows(name)) {
    reader_->error(key.where, "the name \"" + name + "\" is there already");
    return false;
  }
  // Known even when something is wrong with it, so that its uses are not reported as well.
  wire_->bind({name});
  named_.emplace(name, key.where);
  return true;
}

std::map<std::string, std::string> FixtureReader::values(const YamlNode& map, std::string_view what) {
  std::map<std::string, std::string> all;
  if (map.kind != YamlNode::Kind::Map) {
    reader_->error(map.where, std::string(what) + ": expected a map, found " + std::string(found_name(map)));
    return all;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (!new_name(map.keys[i])) continue;
    if (auto octets = value(map.items[i], what)) all.insert_or_assign(map.keys[i].text, std::move(*octets));
  }
  return all;
}

std::optional<std::string> FixtureReader::value(const YamlNode& node, std::string_view what) {
  const std::string of = "a value of " + std::string(what);
  if (node.kind != YamlNode::Kind::Map) return wire_->octets(node, of);
  reader_->expect_map(node, kFileKeys, of);
  const auto file = reader_->required_text(node, "file");
  if (!file) return std::nullopt;
  auto octets = read_fixture(*messages_, *file);
  if (octets) return std::move(*octets);
  reader_->error(YamlReader::find(node, "file")->where, octets.error());
  return std::nullopt;
}

std::vector<Row> FixtureReader::rows(const YamlNode& map) {
  std::vector<Row> all;
  if (map.kind != YamlNode::Kind::Map || map.keys.empty()) {
    reader_->error(map.where, "\"each\": expected a map of rows, found " + std::string(found_name(map)));
    return all;
  }
  if (map.keys.size() > kMostRows) {
    reader_->error(map.where, "\"each\": more than 1000 rows");
    return all;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const YamlNode& key = map.keys[i];
    const YamlNode& node = map.items[i];
    if (!is_name(key.text)) {
      reader_->error(key.where, "\"" + key.text + "\" is no name of a row: expected small letters, digits and \"-\"");
    }
    Row row;
    row.name = key.text;
    if (i == 0) {
      row.values = values(node, "\"each\"");
    } else if (node.kind == YamlNode::Kind::Map) {
      for (std::size_t k = 0; k < node.keys.size(); ++k) {
        if (!all.front().values.contains(node.keys[k].text)) {
          reader_->error(node.keys[k].where, "\"" + node.keys[k].text + "\" is no name of the first row");
        } else if (auto octets = value(node.items[k], "\"each\"")) {
          row.values.insert_or_assign(node.keys[k].text, std::move(*octets));
        }
      }
    }
    for (const auto& [name, unused] : all.empty() ? row.values : all.front().values) {
      if (node.kind == YamlNode::Kind::Map && YamlReader::find(node, name) != nullptr) continue;
      reader_->error(key.where, "the row \"" + key.text + "\" has no value for \"" + name + "\"");
    }
    all.push_back(std::move(row));
  }
  return all;
}

}  // namespace imapspec::runner
