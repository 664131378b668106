#include "runner/scenario/fragment.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include "runner/scenario/fixture_file.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/reference.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;
namespace fs = std::filesystem;

constexpr std::array kFragmentKeys = {"title"sv, "parameters"sv, "steps"sv};
constexpr std::array kUseKeys = {"use"sv, "with"sv};
constexpr std::size_t kMostParameters = 20;
constexpr std::size_t kNodeCost = 32;
constexpr std::size_t kLongestText = 64U << 10;

using Arguments = std::map<std::string, std::string, std::less<>>;

// with_arguments puts the arguments into one text.
std::string with_arguments(std::string_view text, const Arguments& arguments) {
  std::string made;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    made += text.substr(0, open);
    const auto argument = arguments.find(text.substr(open + 1, close - open - 1));
    made += argument == arguments.end() ? std::string(text.substr(open, close + 1 - open)) : argument->second;
    text.remove_prefix(close + 1);
    if (made.size() > kLongestText) break;
  }
  return made += text;
}

// What a quoted text over several lines is cannot be seen any more when its file is gone.
void check_quotes(const YamlFile& file, const YamlNode& node, YamlReader& reader) {
  if (node.kind == YamlNode::Kind::Scalar && node.style == YamlNode::Style::SingleQuoted && spans_lines(file, node)) {
    reader.error(node.where,
                 "quoted text over several lines, which loses its line breaks: write it as a block with \"|\"");
  }
  for (const YamlNode& item : node.items) check_quotes(file, item, reader);
}

class Expansion {
 public:
  Expansion(Fragments& fragments, YamlReader& reader, std::vector<LoadError>& errors)
      : fragments_(fragments), reader_(reader), errors_(errors) {}

  // expand yields the list of steps without uses. What is no list is left to whoever reads it.
  YamlNode expand(const YamlNode& steps) {
    if (steps.kind != YamlNode::Kind::Sequence) return steps;
    YamlNode expanded = empty(steps);
    add(steps, expanded.items);
    expanded.emptied = !steps.items.empty();
    return expanded;
  }

 private:
  // empty is a list or a map without what is in it.
  static YamlNode empty(const YamlNode& node) {
    YamlNode made;
    made.kind = node.kind;
    made.where = node.where;
    made.offset = node.offset;
    made.moved = node.moved;
    return made;
  }

  void add(const YamlNode& steps, std::vector<YamlNode>& all) {
    for (const YamlNode& step : steps.items) {
      if (full_) return;
      if (step.kind == YamlNode::Kind::Map && YamlReader::find(step, "use") != nullptr) {
        use(step, all);
      } else if (steps_++ == kMostSteps) {
        full_ = true;
        reader_.error(step.where, "a scenario has at most 1000 steps, with those of its fragments");
      } else {
        all.push_back(with_inner_steps(step));
      }
    }
  }

  // with_inner_steps expands the lists inside of a step: those of a pipeline, and of what happens at once.
  YamlNode with_inner_steps(const YamlNode& step) {
    if (step.kind != YamlNode::Kind::Map) return step;
    YamlNode made = empty(step);
    made.keys = step.keys;
    for (std::size_t i = 0; i < step.keys.size(); ++i) {
      const YamlNode& value = step.items[i];
      if (step.keys[i].text == "pipeline") {
        made.items.push_back(expand(value));
      } else if (step.keys[i].text == "at-once" && value.kind == YamlNode::Kind::Map) {
        YamlNode& branches = made.items.emplace_back(empty(value));
        branches.keys = value.keys;
        for (const YamlNode& branch : value.items) branches.items.push_back(expand(branch));
      } else {
        made.items.push_back(value);
      }
    }
    return made;
  }

  void use(const YamlNode& step, std::vector<YamlNode>& all) {
    if (++uses_ > kMostSteps) full_ = true;
    if (!reader_.expect_map(step, kUseKeys, "a step that uses a fragment")) return;
    const YamlNode& name_node = *YamlReader::find(step, "use");
    const auto name = reader_.text(name_node, "\"use\"");
    if (!name) return;
    if (std::ranges::find(open_, *name) != open_.end()) {
      std::string circle;
      for (const std::string& one : open_) circle += one + " uses ";
      return reader_.error(name_node.where, "fragments in a circle: " + circle + *name);
    }
    if (open_.size() == kDeepestFragment) {
      return reader_.error(name_node.where, "fragments are nested deeper than 5 levels");
    }
    const std::size_t before = errors_.size();
    const Fragment* const fragment = fragments_.find(*name, errors_);
    if (fragment == nullptr) {
      if (errors_.size() == before) unknown(name_node, *name);
      return;
    }
    const auto arguments = read_arguments(step, *fragment);
    if (!arguments) return;
    YamlNode steps = fragment->steps;
    if (!put_arguments(steps, *arguments)) {
      full_ = true;
      return reader_.error(step.where, "fragments put in more than 16 MB, all together");
    }
    open_.push_back(*name);
    add(steps, all);
    open_.pop_back();
  }

  // put_arguments is false when that would be too long. Each node counts besides its text: there may be many empty
  // ones.
  bool put_arguments(YamlNode& node, const Arguments& arguments) {
    node.moved = true;
    if (node.kind == YamlNode::Kind::Scalar) node.text = with_arguments(node.text, arguments);
    octets_ += node.text.size() + kNodeCost;
    if (octets_ > kMostOctetsOfSteps) return false;
    return std::ranges::all_of(node.items, [&](YamlNode& item) { return put_arguments(item, arguments); });
  }

  void unknown(const YamlNode& node, const std::string& name) {
    const std::vector<std::string> names = fragments_.names();
    const std::vector<std::string_view> known(names.begin(), names.end());
    reader_.error(node.where, "there is no usable fragment " + in_quotes(name) +
                                  (known.empty() ? "; fragments are files in the folder fragments/ of the suite"
                                                 : did_you_mean(name, known)));
  }

  std::optional<Arguments> read_arguments(const YamlNode& step, const Fragment& fragment) {
    Arguments arguments;
    bool fine = true;
    const YamlNode* const with = YamlReader::find(step, "with");
    if (with != nullptr && with->kind != YamlNode::Kind::Map) {
      reader_.error(with->where, "\"with\": expected a map, found " + std::string(found_name(*with)));
      return std::nullopt;
    }
    for (std::size_t i = 0; with != nullptr && i < with->keys.size(); ++i) {
      const YamlNode& key = with->keys[i];
      if (std::ranges::find(fragment.parameters, key.text) == fragment.parameters.end()) {
        const std::vector<std::string_view> known(fragment.parameters.begin(), fragment.parameters.end());
        reader_.error(key.where,
                      in_quotes(key.text) + " is no parameter of the fragment" + did_you_mean(key.text, known));
        fine = false;
      } else if (auto text = reader_.text(with->items[i], "an argument", true)) {
        arguments.insert_or_assign(key.text, std::move(*text));
      } else {
        fine = false;
      }
    }
    for (const std::string& parameter : fragment.parameters) {
      if (arguments.contains(parameter) || !fine) continue;
      reader_.error(step.where, "the fragment needs an argument for " + in_quotes(parameter) + ": with: {" + parameter +
                                    ": '...'}");
      fine = false;
    }
    return fine ? std::optional(std::move(arguments)) : std::nullopt;
  }

  Fragments& fragments_;
  YamlReader& reader_;
  std::vector<LoadError>& errors_;
  std::vector<std::string> open_;  // the fragments that are being put in
  std::size_t steps_ = 0;          // that are no uses
  std::size_t uses_ = 0;           // each adds a step, unless it has a mistake
  std::size_t octets_ = 0;         // of what was put in
  bool full_ = false;
};

}  // namespace

std::span<const std::string_view> fragment_keys() { return kFragmentKeys; }
std::span<const std::string_view> use_keys() { return kUseKeys; }

const Fragment* Fragments::find(const std::string& name, std::vector<LoadError>& errors) {
  used_.insert(name);
  auto known = loaded_.find(name);
  if (known == loaded_.end()) known = loaded_.emplace(name, load(name, errors)).first;
  return known->second ? &*known->second : nullptr;
}

std::vector<std::string> Fragments::names() const {
  std::vector<std::string> all;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path& path = entry->path();
    if (path.extension() == ".yaml") all.push_back(path.stem().string());
  }
  std::ranges::sort(all);
  return all;
}

std::optional<Fragment> Fragments::load(const std::string& name, std::vector<LoadError>& errors) const {
  std::error_code error;
  // A name, not a path; what does not exist is told by the one who asked, with its place.
  if (!is_name(name) || !fs::exists(file(name), error)) return std::nullopt;
  const std::string shown = file(name).string();
  const std::size_t before = errors.size();
  if (!is_inside(folder_, file(name))) {
    errors.push_back({{shown, 0, 0}, "a link out of the folder"});
    return std::nullopt;
  }
  const auto octets = read_bounded(file(name), kMaxFileOctets);
  if (!octets) {
    errors.push_back({{shown, 0, 0}, octets.error()});
    return std::nullopt;
  }
  auto tree = read_yaml(*octets, shown);
  if (!tree) {
    errors.insert(errors.end(), tree.error().begin(), tree.error().end());
    return std::nullopt;
  }
  YamlReader reader(*tree, errors);
  Fragment fragment;
  fragment.where = tree->root.where;
  if (!reader.expect_map(tree->root, kFragmentKeys, "a fragment")) return std::nullopt;
  reader.required_text(tree->root, "title");
  if (const YamlNode* const list = YamlReader::find(tree->root, "parameters")) {
    if (reader.expect_list(*list, "\"parameters\"") && list->items.size() > kMostParameters) {
      reader.error(list->where, "\"parameters\": more than 20");
    }
    for (const YamlNode& item : list->items) {
      auto parameter = reader.text(item, "a parameter");
      if (parameter && !is_name(*parameter)) reader.error(item.where, in_quotes(*parameter) + " is no name");
      if (parameter) fragment.parameters.push_back(std::move(*parameter));
    }
  }
  const YamlNode* const steps = reader.require(tree->root, "steps");
  if (steps != nullptr && reader.expect_list(*steps, "\"steps\"")) {
    check_quotes(*tree, *steps, reader);
    fragment.steps = *steps;
  }
  if (errors.size() != before) return std::nullopt;
  return fragment;
}

YamlNode expand_fragments(const YamlNode& steps, Fragments& fragments, YamlReader& reader,
                          std::vector<LoadError>& errors) {
  return Expansion(fragments, reader, errors).expand(steps);
}

}  // namespace imapspec::runner
