// What stands for a hole while the strict parser reads a pattern.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runner/match/term.h"

namespace imapspec::runner {

// StandIn is right for the grammar at its place, and can be found again in the tree: the smallest term that has all
// of `markers` below it, or the one that is `climb` levels above.
struct StandIn {
  std::string wire;
  std::vector<std::string> markers;
  std::size_t climb = 0;
  bool juxtaposed = false;  // no space between this and the next of its list: an address, a body part
};

// leaf_stand_in is for a hole {name:rule}. No two indexes yield the same markers.
StandIn leaf_stand_in(std::string_view rule, std::size_t index);

// value_stand_ins are what may stand where {:any} does. Only one of them is right for the grammar there, or the first
// that is right is the one to take.
std::vector<StandIn> value_stand_ins(std::size_t index);

// item_stand_ins are whole items of lists, for directives.
std::vector<StandIn> item_stand_ins(std::size_t index);

// put_in_place replaces what the stand-in became. False where it is not in the tree.
bool put_in_place(Term& tree, const StandIn& stand_in, Term replacement);

}  // namespace imapspec::runner
