#include "tests/parser/spec/grammars.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "parser/abnf/reader.h"
#include "parser/abnf/recogniser.h"
#include "tests/differential/profiles.h"

namespace imapspec::abnf::test {

namespace {

using differential::Manifest;
using differential::ProfileName;
using parser::Direction;

const Manifest& manifest() {
  static const Manifest kManifest = [] {
    auto read = differential::read_manifest(IMAPSPEC_SOURCE_DIR "/parser/spec");
    if (!read) throw std::runtime_error(read.error());
    return *std::move(read);
  }();
  return kManifest;
}

ProfileName profile_name(std::string_view text) {
  std::istringstream words{std::string(text)};
  ProfileName name;
  words >> name.revision;
  name.capabilities = {std::istream_iterator<std::string>(words), {}};
  return name;
}

std::string read_text(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> grammar_files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(manifest().folder)) {
    if (entry.path().extension() == ".abnf") files.push_back(entry.path().filename().string());
  }
  std::ranges::sort(files);
  return files;
}

// take yields what stands in front of the first `end`, and leaves what stands behind it.
std::string take(std::string& text, std::string_view end) {
  const std::size_t size = std::min(text.find(end), text.size());
  std::string taken = text.substr(0, size);
  text.erase(0, size + end.size());
  return taken;
}

// collect_rules adds and removes the rules that a file defines and removes, in lower case.
void collect_rules(const std::string& text, std::set<std::string>& rules) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t end = line.find_first_of(" =");
    const std::size_t equals = line.find('=');
    if (line.empty() || line[0] == ';' || line[0] == ' ' || equals == std::string::npos) continue;
    std::string name = line.substr(0, end);
    std::ranges::transform(name, name.begin(),
                           [](unsigned char octet) { return static_cast<char>(std::tolower(octet)); });
    if (line.substr(equals).starts_with("=-")) {
      rules.erase(name);
    } else {
      rules.insert(std::move(name));
    }
  }
}

Grammar read_written(const ProfileName& name, Direction direction, bool with_prose) {
  std::vector<Source> layers;
  std::set<std::string> rules;
  for (const std::string& file : differential::profile_files(manifest(), name, direction)) {
    if (!file.starts_with("rfc") && !(with_prose && file.starts_with("prose"))) continue;
    layers.push_back({file, read_text(manifest().folder + "/" + file)});
    collect_rules(layers.back().text, rules);
  }
  auto read = read_grammar(layers, std::vector<std::string_view>(rules.begin(), rules.end()));
  if (read) return *std::move(read);
  std::string errors;
  for (const ReadError& error : read.error()) errors += describe(error) + '\n';
  throw std::runtime_error(errors);
}

}  // namespace

Grammar read(std::string_view profile, Direction direction) {
  auto grammar = differential::profile_grammar(manifest(), profile_name(profile), direction);
  if (!grammar) throw std::runtime_error(grammar.error());
  return *std::move(grammar);
}

const Grammar& grammar(std::string_view profile, Direction direction) {
  static std::map<std::pair<std::string, Direction>, Grammar> grammars;
  const auto key = std::pair(std::string(profile), direction);
  if (const auto found = grammars.find(key); found != grammars.end()) return found->second;
  return grammars.emplace(key, read(profile, direction)).first->second;
}

const Grammar& written_grammar(std::string_view profile, Direction direction, bool with_prose) {
  static std::map<std::tuple<std::string, Direction, bool>, Grammar> grammars;
  const auto key = std::tuple(std::string(profile), direction, with_prose);
  if (const auto found = grammars.find(key); found != grammars.end()) return found->second;
  return grammars.emplace(key, read_written(profile_name(profile), direction, with_prose)).first->second;
}

std::vector<std::string> profiles() {
  std::vector<std::string> names;
  for (const ProfileName& name : differential::profile_names(manifest()))
    names.push_back(differential::to_string(name));
  return names;
}

std::vector<std::string> pairs_of_extensions() {
  std::map<std::string, std::set<std::string>> capabilities;  // of a revision
  for (const Manifest::Entry& extension : manifest().extensions) {
    for (const std::string& name : extension.names) {
      if (name != "rev1+rev2") capabilities[name].insert(extension.capabilities.begin(), extension.capabilities.end());
    }
  }
  std::vector<std::string> pairs;
  for (const auto& [revision, all] : capabilities) {
    for (auto first = all.begin(); first != all.end(); ++first) {
      for (auto second = std::next(first); second != all.end(); ++second) {
        pairs.push_back(revision + ' ' + *first + ' ' + *second);
      }
    }
  }
  return pairs;
}

std::vector<Mention> mentions() {
  std::vector<Mention> all;
  for (const std::string& file : grammar_files()) {
    std::istringstream lines(read_text(manifest().folder + "/" + file));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("; @") && !line.starts_with("; #")) continue;
      Mention mention;
      mention.file = file;
      mention.is_rule = line[2] == '@';
      line.erase(0, 3);
      mention.id = take(line, " ");
      mention.severity = take(line, mention.is_rule ? ", " : ": ");
      mention.rest = line;
      all.push_back(std::move(mention));
    }
  }
  return all;
}

std::vector<std::string> files_of_no_profile() {
  std::set<std::string> named;
  for (const auto* entries : {&manifest().profiles, &manifest().extensions}) {
    for (const Manifest::Entry& entry : *entries) named.insert(entry.files.begin(), entry.files.end());
  }
  std::vector<std::string> others = grammar_files();
  std::erase_if(others, [&](const std::string& file) { return named.contains(file); });
  return others;
}

bool matches(const Grammar& grammar, std::string_view rule, std::string_view octets) {
  static std::map<const Grammar*, Recogniser> recognisers;
  const auto id = grammar.find(rule);
  return id && recognisers.try_emplace(&grammar, grammar).first->second.recognise(*id, octets).accepted;
}

}  // namespace imapspec::abnf::test
