#include "parser/abnf/mutator.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "parser/abnf/ascii.h"

namespace imapspec::abnf {

namespace {

constexpr std::size_t kAttempts = 20;

bool is_digit(char octet) { return octet >= '0' && octet <= '9'; }
bool is_bracket(char octet) { return std::string_view("()[]<>{}\"").find(octet) != std::string_view::npos; }

struct Run {
  std::size_t offset;
  std::size_t size;
};

// runs are the longest stretches of octets that `belongs` holds for.
std::vector<Run> runs(std::string_view octets, bool (*belongs)(char), std::size_t least) {
  std::vector<Run> found;
  for (std::size_t i = 0; i < octets.size();) {
    std::size_t size = 0;
    while (i + size < octets.size() && belongs(octets[i + size])) ++size;
    if (size >= least) found.push_back({i, size});
    i += std::max<std::size_t>(size, 1);
  }
  return found;
}

// plus_one adds one to a decimal number of any size.
std::string plus_one(std::string_view digits) {
  std::string sum(digits);
  for (auto digit = sum.rbegin(); digit != sum.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return sum;
    }
    *digit = '0';
  }
  return "1" + sum;
}

std::string minus_one(std::string_view digits) {
  std::string difference(digits);
  if (digits.find_first_not_of('0') == std::string_view::npos) return difference;
  for (auto digit = difference.rbegin(); digit != difference.rend(); ++digit) {
    if (*digit != '0') {
      --*digit;
      break;
    }
    *digit = '9';
  }
  return difference;
}

}  // namespace

std::string_view mutation_name(Mutation mutation) {
  static constexpr std::array<std::string_view, kMutations> kNames{
      "delete span",  "duplicate span", "swap spans",   "replace span",  "boundary octet", "insert octet",
      "remove octet", "cut word",       "extend word",  "change number", "change count",   "splice",
      "flip case",    "escape quoted",  "swap bracket", "truncate",      "append"};
  return kNames[static_cast<std::size_t>(mutation)];
}

Mutator::Mutator(const Grammar& grammar, std::uint64_t seed) : random_(seed) {
  std::set<unsigned> octets;
  std::set<std::uint64_t> numbers{0, 1};
  for (const Node& node : grammar.nodes()) {
    if (node.kind != Node::Kind::Octet) continue;
    for (const unsigned octet : {node.first - 1U, node.first + 0U, node.last + 0U, node.last + 1U}) {
      if (octet < 256) octets.insert(octet);
    }
  }
  for (const Rule& rule : grammar.rules()) {
    if (rule.range) numbers.insert({rule.range->least, rule.range->most});
  }
  for (const unsigned octet : octets) boundary_octets_.push_back(static_cast<std::uint8_t>(octet));
  boundary_numbers_.assign(numbers.begin(), numbers.end());
}

Mutant Mutator::mutate(const Sentence& base, const Sentence& other) {
  for (std::size_t i = 0; i < kAttempts; ++i) {
    const auto mutation = static_cast<Mutation>(random_.below(kMutations));
    Mutant mutant{base.octets, mutation};
    if (apply(mutation, base, other, mutant.octets)) return mutant;
  }
  Mutant mutant{base.octets, Mutation::InsertOctet};
  insert_octet(mutant.octets);
  return mutant;
}

bool Mutator::apply(Mutation mutation, const Sentence& base, const Sentence& other, std::string& octets) {
  switch (mutation) {
    case Mutation::DeleteSpan:
      return delete_span(base, octets);
    case Mutation::DuplicateSpan:
      return duplicate_span(base, octets);
    case Mutation::SwapSpans:
      return swap_spans(base, octets);
    case Mutation::ReplaceSpan:
      return replace_span(base, other, octets);
    case Mutation::BoundaryOctet:
      return boundary_octet(octets);
    case Mutation::InsertOctet:
      return insert_octet(octets);
    case Mutation::RemoveOctet:
      return remove_octet(octets);
    case Mutation::CutWord:
      return cut_word(octets);
    case Mutation::ExtendWord:
      return extend_word(octets);
    case Mutation::ChangeNumber:
      return change_number(octets);
    case Mutation::ChangeCount:
      return change_count(octets);
    case Mutation::Splice:
      return splice(other, octets);
    case Mutation::FlipCase:
      return flip_case(octets);
    case Mutation::EscapeQuoted:
      return escape_quoted(octets);
    case Mutation::SwapBracket:
      return swap_bracket(octets);
    case Mutation::Truncate:
      return truncate(octets);
    case Mutation::Append:
      return append(other, octets);
  }
  return false;
}

const Span* Mutator::pick(const Sentence& sentence) {
  if (sentence.spans.empty()) return nullptr;
  const Span& span = random_.element(sentence.spans);
  return span.size > 0 ? &span : nullptr;
}

bool Mutator::delete_span(const Sentence& base, std::string& octets) {
  const Span* span = pick(base);
  if (span == nullptr) return false;
  octets.erase(span->offset, span->size);
  return true;
}

bool Mutator::duplicate_span(const Sentence& base, std::string& octets) {
  const Span* span = pick(base);
  if (span == nullptr) return false;
  std::string copy = base.octets.substr(span->offset, span->size);
  if (random_.one_in(2)) copy.insert(0, " ");
  octets.insert(span->offset + span->size, copy);
  return true;
}

bool Mutator::swap_spans(const Sentence& base, std::string& octets) {
  const Span* first = pick(base);
  const Span* second = pick(base);
  if (first == nullptr || second == nullptr) return false;
  if (first->offset > second->offset) std::swap(first, second);
  const std::size_t first_end = first->offset + first->size;
  if (first_end > second->offset) return false;
  const std::string_view all = base.octets;
  octets = all.substr(0, first->offset);
  octets += all.substr(second->offset, second->size);
  octets += all.substr(first_end, second->offset - first_end);
  octets += all.substr(first->offset, first->size);
  octets += all.substr(second->offset + second->size);
  return octets != base.octets;
}

bool Mutator::replace_span(const Sentence& base, const Sentence& other, std::string& octets) {
  const Span* span = pick(base);
  const Span* by = pick(other);
  if (span == nullptr || by == nullptr) return false;
  octets.replace(span->offset, span->size, other.octets, by->offset, by->size);
  return octets != base.octets;
}

bool Mutator::boundary_octet(std::string& octets) {
  if (octets.empty() || boundary_octets_.empty()) return false;
  const auto octet = static_cast<char>(random_.element(boundary_octets_));
  return std::exchange(octets[random_.below(octets.size())], octet) != octet;
}

bool Mutator::insert_octet(std::string& octets) {
  static constexpr std::string_view kOctets("  \r\n\0\t\x7f\x80\xff\\\"", 11);
  octets.insert(random_.below(octets.size() + 1), 1, random_.element(kOctets));
  return true;
}

bool Mutator::remove_octet(std::string& octets) {
  if (octets.empty()) return false;
  octets.erase(random_.below(octets.size()), 1);
  return true;
}

bool Mutator::cut_word(std::string& octets) {
  const auto words = runs(octets, is_letter, 2);
  if (words.empty()) return false;
  const Run& word = random_.element(words);
  const std::size_t cut = 1 + random_.below(random_.one_in(2) ? 1 : word.size - 1);
  octets.erase(word.offset + word.size - cut, cut);
  return true;
}

bool Mutator::extend_word(std::string& octets) {
  const auto words = runs(octets, is_letter, 1);
  if (words.empty()) return false;
  const Run& word = random_.element(words);
  octets.insert(word.offset + (random_.one_in(4) ? 0 : word.size), 1, static_cast<char>('A' + random_.below(26)));
  return true;
}

std::string Mutator::changed_number(std::string_view digits) {
  switch (random_.below(6)) {
    case 0:
      return plus_one(digits);
    case 1:
      return minus_one(digits);
    case 2:
      return "0" + std::string(digits);
    case 3:
      return std::string(digits) + static_cast<char>('0' + random_.below(10));
    case 4:
      return plus_one(std::to_string(random_.element(boundary_numbers_)));
    default:
      return std::to_string(random_.element(boundary_numbers_));
  }
}

bool Mutator::change_number(std::string& octets) {
  const auto numbers = runs(octets, is_digit, 1);
  if (numbers.empty()) return false;
  const Run& number = random_.element(numbers);
  const std::string changed = changed_number(std::string_view(octets).substr(number.offset, number.size));
  if (octets.compare(number.offset, number.size, changed) == 0) return false;
  octets.replace(number.offset, number.size, changed);
  return true;
}

bool Mutator::change_count(std::string& octets) {
  auto counts = runs(octets, is_digit, 1);
  std::erase_if(counts, [&](const Run& run) { return run.offset == 0 || octets[run.offset - 1] != '{'; });
  if (counts.empty()) return false;
  const Run& count = random_.element(counts);
  const std::string digits = octets.substr(count.offset, count.size);
  const std::string changed = random_.one_in(2) ? plus_one(digits) : changed_number(digits);
  octets.replace(count.offset, count.size, changed);
  return changed != digits;
}

bool Mutator::splice(const Sentence& other, std::string& octets) {
  const std::size_t front = random_.below(octets.size() + 1);
  const std::size_t back = random_.below(other.octets.size() + 1);
  octets.resize(front);
  octets += std::string_view(other.octets).substr(back);
  return true;
}

bool Mutator::flip_case(std::string& octets) {
  const auto words = runs(octets, is_letter, 1);
  if (words.empty()) return false;
  const Run& word = random_.element(words);
  const std::size_t size = random_.one_in(2) ? 1 : word.size;
  const std::size_t start = word.offset + random_.below(word.size - size + 1);
  for (std::size_t i = start; i < start + size; ++i) octets[i] = static_cast<char>(octets[i] ^ 0x20);
  return true;
}

bool Mutator::escape_quoted(std::string& octets) {
  const std::size_t open = octets.find('"', random_.below(octets.size() + 1));
  if (open == std::string::npos) return false;
  const std::size_t close = std::min(octets.find('"', open + 1), octets.size());
  octets.insert(open + 1 + random_.below(close - open), 1, '\\');
  return true;
}

bool Mutator::swap_bracket(std::string& octets) {
  auto brackets = runs(octets, is_bracket, 1);
  if (brackets.empty()) return false;
  const Run& run = random_.element(brackets);
  static constexpr std::string_view kBrackets = "()[]<>{}\"";
  const char by = random_.element(kBrackets);
  return std::exchange(octets[run.offset + random_.below(run.size)], by) != by;
}

bool Mutator::truncate(std::string& octets) {
  if (octets.empty()) return false;
  octets.resize(random_.below(octets.size()));
  return true;
}

bool Mutator::append(const Sentence& other, std::string& octets) {
  const std::size_t size = random_.one_in(2) ? other.octets.size() : random_.below(other.octets.size() + 1);
  if (size == 0) return false;
  octets += std::string_view(other.octets).substr(other.octets.size() - size);
  return true;
}

}  // namespace imapspec::abnf
