// Known words: whether a word is one, and which it may have been meant for.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace imapspec::runner {

// nearest yields the word of `known` with the smallest edit distance to `word`, or an empty view
// when none is close enough to be a typing mistake: more than a third of the word is different.
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

// is_one_of says whether `word` is among `words`.
bool is_one_of(std::string_view word, std::span<const std::string_view> words);

// did_you_mean yields `; did you mean "x"?`, or nothing where no word is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

}  // namespace imapspec::runner
