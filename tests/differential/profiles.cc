#include "tests/differential/profiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "parser/abnf/core_rules.h"
#include "parser/abnf/reader.h"
#include "parser/abnf/syntax.h"
#include "parser/grammar/extension_names.h"

namespace imapspec::differential {

namespace {

std::optional<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

std::optional<parser::Direction> direction_named(std::string_view name) {
  if (name == "client") return parser::Direction::FromClient;
  if (name == "server") return parser::Direction::FromServer;
  return std::nullopt;
}

std::vector<std::string> parts_of(std::string text, char separator) {
  std::ranges::replace(text, separator, ' ');
  return words_of(text);
}

// read_line puts one line into the manifest; false where it has no form of the README.
bool read_line(std::vector<std::string> head, std::vector<std::string> files, Manifest& manifest) {
  const std::string kind = head.front();
  head.erase(head.begin());
  Manifest::Entry entry;
  entry.files = std::move(files);
  if (!head.empty()) {
    if (const auto direction = direction_named(head.back())) {
      entry.directions = {*direction};
      head.pop_back();
    }
  }
  if (kind == "extension" && !head.empty()) {
    entry.capabilities = parts_of(head.front(), '&');
    head.erase(head.begin());
    if (entry.directions.empty()) entry.directions = {parser::Direction::FromClient, parser::Direction::FromServer};
  }
  entry.names = std::move(head);
  if (kind == "roots" && entry.names.empty() && entry.directions.size() == 1) {
    const bool client = entry.directions[0] == parser::Direction::FromClient;
    (client ? manifest.client_roots : manifest.server_roots) = std::move(entry.files);
    return true;
  }
  if (entry.names.empty() || entry.files.empty()) return false;
  auto* list = kind == "written"     ? &manifest.written
               : kind == "profile"   ? &manifest.profiles
               : kind == "extension" ? &manifest.extensions
                                     : nullptr;
  if (list == nullptr || entry.directions.empty() != (kind == "written")) return false;
  list->push_back(std::move(entry));
  return true;
}

template <class T>
bool contains(const std::vector<T>& list, const T& element) {
  return std::ranges::find(list, element) != list.end();
}

std::expected<std::vector<abnf::Source>, std::string> read_sources(const std::string& folder,
                                                                   const std::vector<std::string>& files) {
  std::vector<abnf::Source> sources;
  for (const std::string& file : files) {
    // A path of its own is not in the folder.
    const std::string path = file.find('/') == std::string::npos ? folder + "/" + file : file;
    auto text = read_text(path);
    if (!text) return std::unexpected("cannot read " + path);
    sources.push_back({file, *std::move(text)});
  }
  return sources;
}

// Names are the rules that sources leave defined, and those that they refer to besides. In lower case.
struct Names {
  std::set<std::string> defined;
  std::set<std::string> missing;
};

Names names_in(const std::vector<abnf::Source>& sources) {
  const auto lower = [](std::string name) {
    for (char& octet : name) octet = octet >= 'A' && octet <= 'Z' ? static_cast<char>(octet + 32) : octet;
    return name;
  };
  abnf::Draft draft;
  std::vector<abnf::ReadError> errors;
  for (std::size_t i = 0; i < sources.size(); ++i) abnf::read_syntax(sources[i], i, draft, errors);
  abnf::read_syntax({"core rules", std::string(abnf::kCoreRules)}, sources.size(), draft, errors);
  Names names;
  for (const abnf::Statement& statement : draft.statements) {
    if (statement.place.source == sources.size()) continue;
    if (statement.kind == abnf::Statement::Kind::Define) names.defined.insert(lower(statement.name));
    if (statement.kind == abnf::Statement::Kind::Remove) names.defined.erase(lower(statement.name));
  }
  for (const abnf::Node& node : draft.nodes) {
    if (node.kind == abnf::Node::Kind::Reference) names.missing.insert(lower(node.text));
  }
  for (const std::string& rule : names.defined) names.missing.erase(rule);
  for (const abnf::Statement& statement : draft.statements) {
    if (statement.place.source == sources.size()) names.missing.erase(lower(statement.name));
  }
  return names;
}

std::expected<abnf::Grammar, std::string> read_layers(const std::vector<abnf::Source>& sources,
                                                      const std::vector<std::string_view>& roots) {
  auto grammar = abnf::read_grammar(sources, roots);
  if (grammar) return *std::move(grammar);
  std::string errors;
  for (const abnf::ReadError& error : grammar.error()) errors += abnf::describe(error) + "\n";
  return std::unexpected(errors);
}

std::expected<abnf::Grammar, std::string> read_files(const std::string& folder, const std::vector<std::string>& files,
                                                     const std::vector<std::string>& roots) {
  const auto sources = read_sources(folder, files);
  if (!sources) return std::unexpected(sources.error());
  return read_layers(*sources, {roots.begin(), roots.end()});
}

std::optional<parser::Extension> extension_named(std::string_view name) {
  // What is in force from ENABLED UTF8=ACCEPT on is no capability of its own.
  if (name == "UTF8=ENABLED") return parser::Extension::Utf8Enabled;
  const auto found = std::ranges::find(parser::kExtensionNames, name, &parser::ExtensionName::capability);
  if (found == parser::kExtensionNames.end()) return std::nullopt;
  return found->extension;
}

}  // namespace

std::expected<Manifest, std::string> read_manifest(const std::string& folder) {
  const auto text = read_text(folder + "/profiles.txt");
  if (!text) return std::unexpected("cannot read " + folder + "/profiles.txt");
  Manifest manifest;
  manifest.folder = folder;
  std::istringstream lines(*text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    line.resize(std::min(line.find('#'), line.size()));
    const std::size_t colon = std::min(line.find(':'), line.size());
    const auto head = words_of(line.substr(0, colon));
    if (head.empty()) continue;
    if (colon == line.size() || !read_line(head, words_of(line.substr(colon + 1)), manifest)) {
      return std::unexpected(fmt::format("{}/profiles.txt:{}: no line of README.md", folder, number));
    }
  }
  return manifest;
}

std::string to_string(const ProfileName& name) {
  std::string text = name.revision;
  for (const std::string& capability : name.capabilities) text += " " + capability;
  return text;
}

std::vector<ProfileName> profile_names(const Manifest& manifest) {
  std::vector<ProfileName> names;
  for (const Manifest::Entry& profile : manifest.profiles) {
    if (profile.directions[0] != parser::Direction::FromClient) continue;
    const std::string& revision = profile.names[0];
    names.push_back({revision, {}});
    ProfileName all{revision, {}};
    for (const Manifest::Entry& extension : manifest.extensions) {
      if (!contains(extension.names, revision)) continue;
      if (std::ranges::none_of(names, [&](const ProfileName& name) {
            return name.revision == revision && name.capabilities == extension.capabilities;
          })) {
        names.push_back({revision, extension.capabilities});
      }
      for (const std::string& capability : extension.capabilities) {
        if (!contains(all.capabilities, capability)) all.capabilities.push_back(capability);
      }
    }
    names.push_back(std::move(all));
  }
  return names;
}

std::expected<parser::Profile, std::string> parser_profile(const ProfileName& name) {
  parser::Profile profile;
  if (name.revision == "rev1") {
    profile = parser::kRev1;
  } else if (name.revision == "rev2") {
    profile = parser::kRev2;
  } else if (name.revision == "rev1+rev2") {
    profile = parser::kRev1AndRev2;
  } else {
    return std::unexpected("no revision is called " + name.revision);
  }
  for (const std::string& capability : name.capabilities) {
    const auto extension = extension_named(capability);
    if (!extension) return std::unexpected("no extension is called " + capability);
    profile.add(*extension);
  }
  return profile;
}

std::vector<std::string> profile_files(const Manifest& manifest, const ProfileName& name, parser::Direction direction) {
  std::vector<std::string> files;
  const auto add = [&](const std::vector<std::string>& more) {
    for (const std::string& file : more) {
      if (!contains(files, file)) files.push_back(file);
    }
  };
  for (const Manifest::Entry& profile : manifest.profiles) {
    if (contains(profile.names, name.revision) && contains(profile.directions, direction)) add(profile.files);
  }
  for (const Manifest::Entry& extension : manifest.extensions) {
    const bool wanted = std::ranges::all_of(extension.capabilities, [&](const std::string& capability) {  //
      return contains(name.capabilities, capability);
    });
    if (wanted && contains(extension.names, name.revision) && contains(extension.directions, direction)) {
      add(extension.files);
    }
  }
  return files;
}

std::expected<abnf::Grammar, std::string> profile_grammar(const Manifest& manifest, const ProfileName& name,
                                                          parser::Direction direction,
                                                          const std::vector<std::string>& more) {
  std::vector<std::string> files = profile_files(manifest, name, direction);
  if (files.empty()) return std::unexpected("profiles.txt has no profile " + name.revision);
  files.insert(files.end(), more.begin(), more.end());
  std::vector<std::string> roots = manifest.client_roots;
  roots.insert(roots.end(), manifest.server_roots.begin(), manifest.server_roots.end());
  return read_files(manifest.folder, files, roots);
}

std::expected<abnf::Grammar, std::string> unresolved_grammar(const Manifest& manifest, const ProfileName& name,
                                                             parser::Direction direction, const std::string& widened) {
  std::vector<std::string> files = profile_files(manifest, name, direction);
  const std::size_t base = profile_files(manifest, {name.revision, {}}, direction).size();
  const std::vector<std::string> units{widened + "/units.abnf", widened + "/" + name.revision + ".abnf"};
  files.insert(files.begin() + static_cast<std::ptrdiff_t>(base), units.begin(), units.end());
  std::erase_if(files, [&](const std::string& file) {
    return !file.starts_with("rfc") && !file.starts_with("prose") && !file.starts_with(widened);
  });
  for (const std::string& capability : name.capabilities) {
    const std::string file = widened + "/" + capability + ".abnf";
    if (std::filesystem::exists(file)) files.push_back(file);
  }
  auto sources = read_sources(manifest.folder, files);
  if (!sources) return std::unexpected(sources.error());
  const Names names = names_in(*sources);
  std::string missing;
  for (const std::string& rule : names.missing) missing += rule + " = <of an RFC that is not in force>\n";
  sources->push_back({"missing", missing});
  std::vector<std::string_view> roots(names.defined.begin(), names.defined.end());
  roots.insert(roots.end(), names.missing.begin(), names.missing.end());
  return read_layers(*sources, roots);
}

std::expected<abnf::Grammar, std::string> written_grammar(const Manifest& manifest, std::string_view name,
                                                          const std::vector<std::string>& more) {
  const auto found = std::ranges::find(manifest.written, name, [](const Manifest::Entry& entry) {  //
    return std::string_view(entry.names[0]);
  });
  if (found == manifest.written.end()) return std::unexpected("profiles.txt has no line for " + std::string(name));
  std::vector<std::string> files = found->files;
  files.insert(files.end(), more.begin(), more.end());
  const auto sources = read_sources(manifest.folder, files);
  if (!sources) return std::unexpected(sources.error());
  const Names names = names_in(*sources);
  return read_layers(*sources, {names.defined.begin(), names.defined.end()});
}

}  // namespace imapspec::differential
