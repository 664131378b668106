#include "runner/scenario/action_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "parser/grammar/char_class.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kStarts = {"connected"sv, "not-authenticated"sv, "authenticated"sv, "selected"sv};
constexpr std::array kActions = {"C"sv, "setup"sv, "continue"sv, "send"sv, "tls"sv, "connect"sv, "close"sv, "other"sv};
constexpr std::array kTlsExpected = {"succeeds"sv, "refused"sv, "either"sv};
constexpr std::array kTlsVersions = {"1.0"sv, "1.1"sv, "1.2"sv, "1.3"sv};

constexpr std::array kBesideSend = {"send"sv};
constexpr std::array kBesideTls = {"tls"sv};
constexpr std::array<Companion, 2> kCompanions = {{{"await", kBesideSend}, {"maximum", kBesideTls}}};

bool is_tag(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return parser::is_tag_char(static_cast<unsigned char>(c)); });
}

}  // namespace

std::span<const std::string_view> start_names() { return kStarts; }

std::span<const std::string_view> action_keys() { return kActions; }

std::span<const Companion> action_companions() { return kCompanions; }

std::optional<Action> ActionReader::read(std::string_view key, const YamlNode& node, const YamlNode& value) {
  if (key == "send") return send(node, value);
  if (key == "tls") return tls(node, value);
  if (key == "connect") return connect(value);
  if (key != "close") return command(value, key);
  if (value.kind != YamlNode::Kind::Map || !value.keys.empty()) {
    reader_->error(value.where, "\"close\": expected {}");
  }
  return CloseStep{};
}

std::optional<Action> ActionReader::command(const YamlNode& value, std::string_view key) {
  auto text = wire_->command(value, in_quotes(key), WireTextReader::LastBreak::Dropped);
  if (!text) return std::nullopt;
  // An empty line is an answer in an exchange, but no command.
  if (text->text.empty() && key != "continue") {
    reader_->error(value.where, in_quotes(key) + ": the command is empty");
  }
  if (key == "continue") return ContinueStep{*std::move(text)};
  if (key == "other") return OtherStep{*std::move(text)};
  return CommandStep{*std::move(text), key == "setup"};
}

std::optional<Action> ActionReader::send(const YamlNode& node, const YamlNode& value) {
  auto text = wire_->command(value, "\"send\"", WireTextReader::LastBreak::Kept);
  if (text && text->text.empty()) reader_->error(value.where, "\"send\": there are no octets");
  SendStep step{text.value_or(WireText{{}, value.where}), {}};
  if (const YamlNode* const await = YamlReader::find(node, "await")) {
    const auto tag = [&](const YamlNode& tag_node) {
      auto word = reader_->text(tag_node, "\"await\"");
      if (!word) return;
      if (!is_tag(*word)) {
        reader_->error(tag_node.where, "\"await\": " + in_quotes(*word) + " is no tag");
      } else if (std::ranges::find(step.tags, *word) != step.tags.end()) {
        reader_->error(tag_node.where, "\"await\": the tag " + in_quotes(*word) + " is there already");
      } else {
        step.tags.push_back(std::move(*word));
      }
    };
    if (await->kind == YamlNode::Kind::Scalar) {
      tag(*await);
    } else if (reader_->expect_list(*await, "\"await\"")) {
      for (const YamlNode& item : await->items) tag(item);
    }
  }
  if (!text) return std::nullopt;
  return step;
}

Action ActionReader::tls(const YamlNode& node, const YamlNode& value) {
  TlsStep step;
  if (const auto expected = reader_->choice(value, kTlsExpected, "\"tls\"")) {
    step.expected = static_cast<TlsStep::Expected>(*expected);
  }
  if (const YamlNode* const maximum = YamlReader::find(node, "maximum")) {
    if (const auto version = reader_->choice(*maximum, kTlsVersions, "\"maximum\"")) {
      step.maximum = kTlsVersions.at(*version);
    }
  }
  return step;
}

Action ActionReader::connect(const YamlNode& value) {
  ConnectStep step;
  if (const auto start = reader_->choice(value, kStarts, "\"connect\"")) {
    step.start = static_cast<Start>(*start);
    if (step.start == Start::Selected && !scratch_) {
      reader_->error(value.where, "\"connect\": selected needs the key \"mailbox\" in the scenario");
    }
  }
  return step;
}

}  // namespace imapspec::runner
