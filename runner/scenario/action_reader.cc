#include "runner/scenario/action_reader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "runner/scenario/connection_reader.h"
#include "runner/scenario/fixture_file.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kActions = {"C"sv,     "setup"sv, "pipeline"sv, "continue"sv, "send"sv,
                                 "wait"sv,  "quiet"sv, "pause"sv,    "tls"sv,      "half-close"sv,
                                 "close"sv, "reset"sv, "connect"sv,  "at-once"sv};
constexpr std::array kTlsExpected = {"succeeds"sv, "refused"sv, "either"sv};
constexpr std::array kTlsVersions = {"1.0"sv, "1.1"sv, "1.2"sv, "1.3"sv};
constexpr std::array kFactKeys = {"version"sv, "cipher"sv, "alpn"sv, "resumed"sv};

constexpr std::array kOnConnection = {"C"sv,     "setup"sv,      "pipeline"sv, "continue"sv, "send"sv,
                                      "wait"sv,  "quiet"sv,      "pause"sv,    "tls"sv,      "half-close"sv,
                                      "close"sv, "reset"sv,      "connect"sv,  "S"sv,        "S-not"sv,
                                      "S-may"sv, "S-in-order"sv, "S-only"sv,   "outcome"sv};
constexpr std::array kReading = {"C"sv,    "setup"sv, "pipeline"sv, "continue"sv,
                                 "send"sv, "wait"sv,  "quiet"sv,    "half-close"sv};
constexpr std::array kAwaiting = {"send"sv, "half-close"sv};
constexpr std::array kCommands = {"C"sv, "setup"sv};
constexpr std::array kWriting = {"C"sv, "setup"sv, "continue"sv, "send"sv};
constexpr std::array kTls = {"tls"sv};
constexpr std::array kExpecting = {"wait"sv, "until"sv, "quiet"sv, "tls"sv};  // something themselves
constexpr std::array<Companion, 17> kCompanions = {{{"on", kOnConnection},
                                                    {"requirement", kExpecting},
                                                    {"within", kReading},
                                                    {"await", kAwaiting},
                                                    {"tag", kCommands},
                                                    {"until", kCommands},
                                                    {"cut", kWriting},
                                                    {"gap", kWriting},
                                                    {"minimum", kTls},
                                                    {"maximum", kTls},
                                                    {"ciphers", kTls},
                                                    {"suites", kTls},
                                                    {"server-name", kTls},
                                                    {"alpn", kTls},
                                                    {"certificate", kTls},
                                                    {"resume", kTls},
                                                    {"negotiates", kTls}}};

constexpr std::uint64_t kLargestCut = 8U << 20;
constexpr std::chrono::milliseconds kLongestGap{60'000};
constexpr std::chrono::milliseconds kLongestPause{3'600'000};
constexpr std::chrono::milliseconds kShortestWait{1};
constexpr std::chrono::milliseconds kLongestWait{600'000};
// What a server takes for telling of other sessions, where a scenario does not say.
constexpr std::chrono::milliseconds kAsked{1'000};

}  // namespace

bool is_tag(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return parser::is_tag_char(static_cast<unsigned char>(c)); });
}

std::span<const std::string_view> action_keys() { return kActions; }

std::span<const Companion> action_companions() { return kCompanions; }

std::optional<Action> ActionReader::read(std::string_view key, const YamlNode& node, const YamlNode& value) {
  if (key == "send") return send(node, value);
  if (key == "tls") return tls(node, value);
  if (key == "connect") return connect(value);
  if (key == "pause") return pause(value);
  if (key == "wait") return WaitStep{};
  if (key == "C" || key == "setup" || key == "continue") return command(node, value, key);
  expect_empty(key, value);
  if (key == "quiet") return QuietStep{};
  if (key == "half-close") return HalfCloseStep{awaited(node)};
  return CloseStep{.reset = key == "reset"};
}

void ActionReader::expect_empty(std::string_view key, const YamlNode& value) {
  if (value.kind == YamlNode::Kind::Map && value.keys.empty()) return;
  reader_->error(value.where, in_quotes(key) + ": expected {}");
}

std::optional<Action> ActionReader::command(const YamlNode& node, const YamlNode& value, std::string_view key) {
  auto text = wire_->command(value, in_quotes(key), WireTextReader::LastBreak::Dropped);
  if (!text) return std::nullopt;
  // An empty line is an answer in an exchange, but no command.
  if (text->text.empty() && key != "continue") {
    reader_->error(value.where, in_quotes(key) + ": the command is empty");
  }
  const std::size_t octets = text->text.size();
  if (key == "continue") return ContinueStep{*std::move(text), writing(node, octets)};
  CommandStep step{
      .text = *std::move(text), .setup = key == "setup", .tag = {}, .writing = writing(node, octets), .until = {}};
  if (const YamlNode* const tag = YamlReader::find(node, "tag")) {
    step.tag = wire_->command(*tag, "\"tag\"", WireTextReader::LastBreak::Dropped);
  }
  if (YamlReader::find(node, "until") != nullptr) until(node, step);
  return step;
}

std::optional<std::chrono::milliseconds> ActionReader::within(const YamlNode& node) {
  const YamlNode* const value = YamlReader::find(node, "within");
  if (value == nullptr) return std::nullopt;
  return reader_->seconds(*value, kShortestWait, kLongestWait, "\"within\"");
}

// What is expected is read later.
void ActionReader::until(const YamlNode& node, CommandStep& step) {
  step.until = within(node).value_or(kAsked);
  paused_ += *step.until;
  for (const std::string_view once : {"tag", "cut", "gap"}) {
    const YamlNode* const value = YamlReader::find(node, once);
    if (value != nullptr) reader_->error(value->where, in_quotes(once) + " beside \"until\", which sends many times");
  }
  const std::string_view text = step.text.text;
  const std::string_view name = text.substr(0, text.find(' '));
  if (parser::equal_ignoring_case(name, "LOGIN") || parser::equal_ignoring_case(name, "AUTHENTICATE")) {
    reader_->error(step.text.where, "\"until\" with " + std::string(name) + ": no password is tried again and again");
  }
}

std::optional<Action> ActionReader::send(const YamlNode& node, const YamlNode& value) {
  auto text = wire_->command(value, "\"send\"", WireTextReader::LastBreak::Kept);
  if (text && text->text.empty()) reader_->error(value.where, "\"send\": there are no octets");
  std::vector<std::string> tags = awaited(node);
  Writing cuts = writing(node, text ? text->text.size() : 0);
  if (!text) return std::nullopt;
  return SendStep{*std::move(text), std::move(tags), std::move(cuts)};
}

std::vector<std::string> ActionReader::awaited(const YamlNode& node) {
  std::vector<std::string> tags;
  const YamlNode* const await = YamlReader::find(node, "await");
  if (await == nullptr) return tags;
  const auto tag = [&](const YamlNode& tag_node) {
    auto word = reader_->text(tag_node, "\"await\"");
    if (!word) return;
    if (!is_tag(*word)) {
      reader_->error(tag_node.where, "\"await\": " + in_quotes(*word) + " is no tag");
    } else if (std::ranges::find(tags, *word) != tags.end()) {
      reader_->error(tag_node.where, "\"await\": the tag " + in_quotes(*word) + " is there already");
    } else {
      tags.push_back(std::move(*word));
    }
  };
  if (await->kind == YamlNode::Kind::Scalar) {
    tag(*await);
  } else if (reader_->expect_list(*await, "\"await\"")) {
    for (const YamlNode& item : await->items) tag(item);
  }
  return tags;
}

// `octets` is about how many there will be.
Writing ActionReader::writing(const YamlNode& node, std::size_t octets) {
  Writing writing;
  const YamlNode* const at = YamlReader::find(node, "cut");
  const YamlNode* const gap = YamlReader::find(node, "gap");
  if (at != nullptr) {
    cut(*at, writing);
  } else if (gap != nullptr) {
    reader_->error(gap->where, "\"gap\": there is one write only; \"cut\" says where others begin");
  }
  if (gap == nullptr) return writing;
  if (const auto time = reader_->seconds(*gap, std::chrono::milliseconds(1), kLongestGap, "\"gap\"")) {
    writing.gap = *time;
    paused_ += *time * static_cast<long>(writing.octet_by_octet ? octets : writing.cuts.size());
  }
  return writing;
}

void ActionReader::cut(const YamlNode& value, Writing& writing) {
  if (value.kind == YamlNode::Kind::Scalar && value.text == "octets") {
    writing.octet_by_octet = true;
    return;
  }
  const auto offset = [&](const YamlNode& node) {
    if (node.kind != YamlNode::Kind::Scalar || node.text.empty() ||
        node.text.find_first_not_of("0123456789") != std::string::npos) {
      return reader_->error(node.where, "\"cut\": expected octets, or the offsets at which another write begins");
    }
    const auto number = reader_->number(node, 1, kLargestCut, "\"cut\"");
    if (!number) return;
    if (!writing.cuts.empty() && *number <= writing.cuts.back()) {
      return reader_->error(node.where, "\"cut\": expected offsets in ascending order");
    }
    writing.cuts.push_back(static_cast<std::size_t>(*number));
  };
  if (value.kind != YamlNode::Kind::Sequence) return offset(value);
  if (!reader_->expect_list(value, "\"cut\"")) return;
  for (const YamlNode& item : value.items) offset(item);
}

Action ActionReader::pause(const YamlNode& value) {
  const auto time = reader_->seconds(value, std::chrono::milliseconds(1), kLongestPause, "\"pause\"");
  if (time) paused_ += *time;
  return PauseStep{time.value_or(std::chrono::milliseconds(1))};
}

std::optional<std::string> ActionReader::version(const YamlNode& node, std::string_view key) {
  const YamlNode* const value = YamlReader::find(node, key);
  if (value == nullptr) return std::nullopt;
  const auto index = reader_->choice(*value, kTlsVersions, in_quotes(key));
  if (!index) return std::nullopt;
  return std::string(kTlsVersions.at(*index));
}

Action ActionReader::tls(const YamlNode& node, const YamlNode& value) {
  TlsStep step;
  if (const auto expected = reader_->choice(value, kTlsExpected, "\"tls\"")) {
    step.expected = static_cast<TlsStep::Expected>(*expected);
  }
  step.minimum = version(node, "minimum");
  step.maximum = version(node, "maximum");
  if (step.minimum && step.maximum && *step.minimum > *step.maximum) {
    reader_->error(YamlReader::find(node, "minimum")->where, "\"minimum\": it is above \"maximum\"");
  }
  step.ciphers = reader_->optional_text(node, "ciphers");
  step.suites = reader_->optional_text(node, "suites");
  if (YamlReader::find(node, "server-name") != nullptr) step.server_name = reader_->optional_text(node, "server-name");
  if (const YamlNode* const alpn = YamlReader::find(node, "alpn")) step.protocols = protocols(*alpn);
  if (const YamlNode* const file = YamlReader::find(node, "certificate")) {
    // An empty name is no certificate, also where the run has one.
    if (const auto name = reader_->text(*file, "\"certificate\"", true)) {
      auto pem = name->empty() ? std::string() : read_fixture(surroundings_.messages, *name);
      if (pem) {
        step.certificate = *std::move(pem);
      } else {
        reader_->error(file->where, pem.error());
      }
    }
  }
  if (const YamlNode* const resume = YamlReader::find(node, "resume")) {
    step.resume = connection_named(*reader_, *resume, "\"resume\"", surroundings_.connections);
  }
  if (const YamlNode* const negotiates = YamlReader::find(node, "negotiates")) {
    step.facts = facts(*negotiates);
    if (step.expected != TlsStep::Expected::Succeeds) {
      reader_->error(negotiates->where, "\"negotiates\": only a handshake that succeeds agrees on anything");
    }
  }
  return step;
}

std::vector<std::string> ActionReader::protocols(const YamlNode& value) {
  std::vector<std::string> names;
  const auto add = [&](const YamlNode& node) {
    auto name = reader_->text(node, "\"alpn\"");
    if (name && name->size() > 255) {
      reader_->error(node.where, "\"alpn\": a protocol's name has at most 255 octets");
    } else if (name) {
      names.push_back(std::move(*name));
    }
  };
  if (value.kind == YamlNode::Kind::Scalar) {
    add(value);
  } else if (reader_->expect_list(value, "\"alpn\"")) {
    for (const YamlNode& item : value.items) add(item);
  }
  return names;
}

HandshakeFacts ActionReader::facts(const YamlNode& value) {
  HandshakeFacts facts;
  if (!reader_->expect_map(value, kFactKeys, "\"negotiates\"")) return facts;
  facts.version = version(value, "version");
  if (YamlReader::find(value, "cipher") != nullptr) facts.cipher = reader_->optional_text(value, "cipher");
  if (YamlReader::find(value, "alpn") != nullptr) facts.protocol = reader_->optional_text(value, "alpn");
  if (const YamlNode* const resumed = YamlReader::find(value, "resumed")) {
    facts.resumed = reader_->boolean(*resumed, "\"resumed\"");
  }
  return facts;
}

Action ActionReader::connect(const YamlNode& value) {
  ConnectStep step;
  if (const auto start = reader_->choice(value, start_names(), "\"connect\"")) {
    step.start = static_cast<Start>(*start);
    if (step.start == Start::Selected && !surroundings_.scratch) {
      reader_->error(value.where, "\"connect\": selected needs the key \"mailbox\" in the scenario");
    }
  }
  return step;
}

}  // namespace imapspec::runner
