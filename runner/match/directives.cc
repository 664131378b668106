#include "runner/match/directives.h"

#include <algorithm>
#include <utility>

#include "runner/match/matcher.h"

namespace imapspec::runner {
namespace {

using Kind = Term::Kind;

constexpr std::string_view kOnlyItem = "only";

std::unexpected<std::string> wrong(std::string message) { return std::unexpected(std::move(message)); }

Term wrapped(Kind kind, Term item) {
  Term term = leaf_term(kind, {});
  term.items.push_back(std::move(item));
  return term;
}

// What a list becomes by directives that are about all of it.
std::expected<void, std::string> change_list(Term& list, std::string_view directive) {
  if (directive == kOnlyItem) {
    if (list.kind == Kind::List) return wrong("{:only} is for sets; this list is compared whole already");
    list.kind = Kind::Set;
    list.rule = kOnlyItem;
  } else if (directive == "ordered") {
    if (list.kind == Kind::List) return wrong("{:ordered} is for sets; this list is compared in order already");
    list.in_order = true;
  } else if (directive == "unordered") {
    if (list.kind != Kind::List) return wrong("{:unordered} is for lists in order; this one is a set already");
    list.kind = Kind::Set;
  }
  return {};
}

}  // namespace

std::expected<void, std::string> apply_directives(Term& tree) {
  if (tree.kind == Kind::Directive) return wrong("a directive such as {:only} stands in a list");
  if (tree.items.size() > kMostPatternItems) return wrong("a list of a pattern has at most 1000 items");
  std::vector<Term> items;
  bool rest = false;
  Kind wrapper = Kind::Nil;
  for (Term& item : tree.items) {
    if (item.kind != Kind::Directive) {
      if (rest && tree.kind == Kind::List) return wrong("{:rest} stands at the end of a list");
      if (auto applied = apply_directives(item); !applied) return applied;
      items.push_back(wrapper == Kind::Nil ? std::move(item) : wrapped(wrapper, std::move(item)));
      wrapper = Kind::Nil;
      continue;
    }
    if (wrapper != Kind::Nil) return wrong("{:ban} and {:ignore} stand in front of the item that they are about");
    if (item.text == "rest") {
      rest = true;
    } else if (item.text == "ban") {
      wrapper = Kind::Ban;
    } else if (item.text == "ignore") {
      wrapper = Kind::Ignore;
    } else if (auto applied = change_list(tree, item.text); !applied) {
      return applied;
    }
  }
  if (wrapper != Kind::Nil) return wrong("{:ban} and {:ignore} stand in front of the item that they are about");
  if (rest && tree.kind == Kind::Set && tree.rule != kOnlyItem) tree.kind = Kind::Subset;
  if (rest && tree.rule == kOnlyItem) return wrong("{:only} and {:rest} in one list");
  if (rest) items.push_back(leaf_term(Kind::Rest, {}));
  tree.items = std::move(items);
  return {};
}

void ignore_recent(Term& fetch) {
  if (fetch.items.size() != 3 || fetch.items[0].text != "FETCH") return;
  for (Term& item : fetch.items[2].items) {
    Term& attribute = item.kind == Kind::Ban || item.kind == Kind::Ignore ? item.items.front() : item;
    if (attribute.items.size() != 2 || attribute.items[0].text != "FLAGS") continue;
    Term& flags = attribute.items[1];
    if (flags.kind != Kind::Set || flags.rule == kOnlyItem) continue;
    const auto is_recent = [](const Term& flag) {
      return (flag.items.empty() ? flag : flag.items.front()).text == "\\RECENT";
    };
    if (std::ranges::none_of(flags.items, is_recent)) {
      flags.items.push_back(wrapped(Kind::Ignore, leaf_term(Kind::Keyword, "\\RECENT")));
    }
  }
}

}  // namespace imapspec::runner
