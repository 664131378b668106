// load_suite: a folder of scenarios and its ledger.
#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include "runner/scenario/fixture_file.h"
#include "runner/scenario/fragment.h"
#include "runner/scenario/ledger.h"
#include "runner/scenario/loader.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/scenario_reader.h"
#include "runner/scenario/yaml_reader.h"

namespace imapspec::runner {
namespace {

namespace fs = std::filesystem;

class SuiteLoader {
 public:
  SuiteLoader(const fs::path& folder, std::vector<Requirement> built_in, const PatternCheck& check)
      : built_in_(std::move(built_in)), check_(check), fragments_(folder / "fragments") {
    suite_.folder = folder;
  }

  std::expected<Suite, std::vector<LoadError>> load() {
    std::error_code error;
    if (!fs::is_directory(suite_.folder, error)) {
      add_error(suite_.folder, fs::exists(suite_.folder, error) ? "it is no folder: name the one of the suite"
                                                                : "there is no such folder");
      return std::unexpected(std::move(errors_));
    }
    load_requirements();
    // In order of id, which is not quite the order of the paths: "a.yaml" and "a-b.yaml".
    std::map<std::string, fs::path> files;
    for (const fs::path& file : yaml_files(suite_.folder, true)) files.emplace(id_of(file), file);
    if (files.empty() && errors_.empty()) add_error(suite_.folder, "there are no scenarios in the folder");
    for (const auto& [id, file] : files) load_scenario(id, file);
    for (const std::string& name : fragments_.names()) check_fragment(name);
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return std::move(suite_);
  }

 private:
  void add_error(const fs::path& place, std::string message) {
    errors_.push_back({{place.string(), 0, 0}, std::move(message)});
  }

  [[nodiscard]] std::string id_of(const fs::path& file) const {
    return file.lexically_relative(suite_.folder).replace_extension().generic_string();
  }

  // yaml_files walks a folder. What looks like a scenario and is not read is an error: it would be
  // missed by nobody.
  std::vector<fs::path> yaml_files(const fs::path& folder, bool without_fixtures) {
    std::vector<fs::path> files;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
      const fs::path& path = entry->path();
      const std::string name = path.filename().string();
      std::error_code ignored;
      if (entry->is_directory(ignored)) {
        const bool fixtures =
            without_fixtures && entry.depth() == 0 && (name == "messages" || name == "ledger" || name == "fragments");
        if (name.starts_with('.') || fixtures) {
          entry.disable_recursion_pending();
        } else if (entry->is_symlink(ignored)) {
          add_error(path, "a link to a folder; scenarios behind it are not read");
        }
        continue;
      }
      // Editors leave files that begin with a dot.
      if (name.starts_with('.')) continue;
      if (path.extension() == ".yml") {
        add_error(path, "expected the extension .yaml");
      } else if (path.extension() == ".yaml") {
        if (is_inside(suite_.folder, path)) {
          files.push_back(path);
        } else {
          add_error(path, "a link out of the folder");
        }
      }
    }
    if (error) add_error(folder, "the folder cannot be read: " + error.message());
    std::ranges::sort(files);
    return files;
  }

  std::optional<std::string> read(const fs::path& file) {
    auto octets = read_bounded(file, kMaxFileOctets);
    if (octets) return std::move(*octets);
    add_error(file, octets.error());
    return std::nullopt;
  }

  void load_requirements() {
    std::error_code ignored;
    const fs::path ledger = suite_.folder / "ledger";
    if (fs::is_directory(ledger, ignored)) {
      for (const fs::path& file : yaml_files(ledger, false)) load_ledger(file);
    }
    for (Requirement& requirement : built_in_) {
      add_requirement({std::move(requirement), {suite_.folder.string(), 0, 0}}, "a row of the program itself");
    }
  }

  void load_ledger(const fs::path& file) {
    const auto yaml = read(file);
    if (!yaml) return;
    auto rows = read_ledger(*yaml, file.string());
    if (!rows) {
      ledger_complete_ = false;
      errors_.insert(errors_.end(), rows.error().begin(), rows.error().end());
      return;
    }
    for (LedgerRow& row : *rows) {
      const std::string place = row.where.file + ":" + std::to_string(row.where.line);
      add_requirement(std::move(row), place);
    }
  }

  // `place` is where the row is, for an error at another row with its id.
  void add_requirement(LedgerRow row, const std::string& place) {
    const auto [first, added] = requirements_.try_emplace(row.requirement.id, Known{suite_.requirements.size(), place});
    if (!added) {
      errors_.push_back(
          {row.where, "duplicate id \"" + row.requirement.id + "\"; the first is " + first->second.place});
      return;
    }
    suite_.requirements.push_back(std::move(row.requirement));
  }

  void load_scenario(const std::string& id, const fs::path& file) {
    if (!is_id(id)) {
      return add_error(file, "a path of a scenario is made of letters, digits and . _ + -");
    }
    const auto yaml = read(file);
    if (!yaml) return;
    auto read_file = read_scenario(*yaml, id, file.string(),
                                   {.messages = suite_.folder / "messages", .fragments = fragments_, .check = check_});
    if (!read_file) {
      errors_.insert(errors_.end(), read_file.error().begin(), read_file.error().end());
      return;
    }
    for (Scenario& scenario : read_file->scenarios) {
      for (const RequirementUse& use : read_file->uses) add_test(use, scenario.id);
      suite_.scenarios.push_back(std::move(scenario));
    }
  }

  // check_fragment reads a fragment that nobody uses, too: a mistake in it waits for the first who does.
  void check_fragment(const std::string& name) {
    if (fragments_.used().contains(name)) return;
    const std::size_t before = errors_.size();
    const Fragment* const fragment = fragments_.find(name, errors_);
    if (fragment != nullptr) {
      suite_.unused_fragments.push_back(fragment->where);
    } else if (errors_.size() == before) {
      add_error(fragments_.file(name), "a fragment is called by small letters, digits and \"-\"");
    }
  }

  void add_test(const RequirementUse& use, const std::string& scenario) {
    const auto known = requirements_.find(use.id);
    if (known == requirements_.end()) {
      // A ledger file that could not be read may have had it.
      if (ledger_complete_) errors_.push_back({use.where, unknown_requirement(use.id)});
      return;
    }
    std::vector<std::string>& tests = suite_.requirements[known->second.index].tests;
    if (std::ranges::find(tests, scenario) == tests.end()) tests.push_back(scenario);
  }

  std::string unknown_requirement(const std::string& id) {
    std::vector<std::string_view> ids;
    ids.reserve(requirements_.size());
    for (const auto& [known, unused] : requirements_) ids.push_back(known);
    return "the requirement \"" + id + "\" is not in the ledger" + did_you_mean(id, ids);
  }

  struct Known {
    std::size_t index;  // in Suite::requirements
    std::string place;
  };

  std::vector<Requirement> built_in_;
  const PatternCheck& check_;
  Fragments fragments_;
  std::map<std::string, Known> requirements_;
  bool ledger_complete_ = true;
  Suite suite_;
  std::vector<LoadError> errors_;
};

}  // namespace

std::expected<Suite, std::vector<LoadError>> load_suite(const fs::path& folder, std::vector<Requirement> built_in,
                                                        const PatternCheck& check) {
  return SuiteLoader(folder, std::move(built_in), check).load();
}

}  // namespace imapspec::runner
