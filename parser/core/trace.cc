#include "parser/core/trace.h"

namespace imapspec::parser {

void Trace::enter(Name rule, std::size_t begin) {
  ++steps_;
  open_.push_back(nodes_.size());
  nodes_.push_back({rule, begin, begin, open_.size() - 1});
}

void Trace::enclose(Name rule, std::size_t begin) {
  const std::size_t inside = open_.empty() ? 0 : open_.back() + 1;
  std::size_t index = nodes_.size();
  for (; index > inside && nodes_[index - 1].begin >= begin; --index) ++nodes_[index - 1].depth;
  steps_ += nodes_.size() - index + 1;
  nodes_.insert(nodes_.begin() + static_cast<std::ptrdiff_t>(index), {rule, begin, begin, open_.size()});
  open_.push_back(index);
}

void Trace::leave(bool matched, std::size_t end) {
  const std::size_t index = open_.back();
  open_.pop_back();
  if (matched) {
    nodes_[index].end = end;
  } else {
    nodes_.resize(index);
  }
}

void Trace::fail() {
  failure_path_.clear();
  for (const std::size_t index : open_) failure_path_.push_back(nodes_[index].rule);
}

void Trace::forget(std::size_t begin) {
  const std::size_t inside = open_.empty() ? 0 : open_.back() + 1;
  std::size_t index = nodes_.size();
  while (index > inside && nodes_[index - 1].begin >= begin) --index;
  nodes_.resize(index);
}

void Trace::flatten() { nodes_.resize(open_.back() + 1); }

}  // namespace imapspec::parser
