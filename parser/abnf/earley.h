// Earley's algorithm over a Program.
//
// Jay Earley, "An efficient context-free parsing algorithm", 1970, over automata in place of dotted rules, with one
// octet of look-ahead before anything is predicted or completed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "parser/abnf/program.h"

namespace imapspec::abnf {

// Match says that a nonterminal matches octets, with what may come after them ahead. One of no octets is not told.
struct Match {
  NonterminalId nonterminal = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Earley keeps its memory from one run to the next, and holds so many states at most, about. The program must outlive
// it.
class Earley {
 public:
  Earley(const Program& program, std::size_t most_states)
      : program_(program), most_states_(most_states), seen_(program.nonterminals.size()) {}

  // What to find out beyond acceptance.
  struct Wanted {
    std::vector<Match>* matches = nullptr;         // all of them
    std::vector<std::uint32_t>* labels = nullptr;  // of what could come after the octets, with repetitions
  };

  // run says whether a nonterminal matches octets, of which there are less than 2^32 - 1. It does not if it gave up.
  bool run(NonterminalId start, std::string_view octets, const Wanted& wanted);

  // furthest is how many octets a derivation of the last run consumed.
  [[nodiscard]] std::size_t furthest() const { return furthest_; }

  // gave_up says that the last run came upon more states than it may hold: nothing is known of its octets.
  [[nodiscard]] bool gave_up() const { return gave_up_; }

 private:
  // A nonterminal that is looked for from a position on.
  struct Entry {
    NonterminalId nonterminal = 0;
    std::uint32_t begin = 0;
    std::uint32_t waiters = 0;    // the last of them + 1
    std::uint32_t completed = 0;  // the last position where it ended or could not
    std::uint32_t valued = 0;     // the position up to which `value` counts, if it has a range
    std::uint64_t value = 0;
  };
  // What goes on where an Entry is completed.
  struct Waiter {
    StateId target = 0;
    std::uint32_t entry = 0;
    std::uint64_t count = 0;
    std::uint32_t before = 0;  // another waiter of the same Entry, + 1
    bool captures = false;
  };
  struct Item {
    StateId state = 0;
    std::uint32_t entry = 0;
    std::uint64_t count = 0;  // 1 + the number captured for a CountedEdge
    bool operator==(const Item&) const = default;
  };
  struct Later {
    std::uint32_t position = 0;
    Item item;
  };

  // Set is the items of one position, in the order in which they came.
  class Set {
   public:
    void clear() { items_.clear(); }
    void add(const Item& item);
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] const Item& operator[](std::size_t index) const { return items_[index]; }

   private:
    [[nodiscard]] std::size_t slot(const Item& item) const;
    void index_items();

    std::vector<Item> items_;
    std::vector<std::uint32_t> slots_;  // 1 + an index into items_, by hash; only where there are many
  };

  [[nodiscard]] std::size_t states() const {
    return entries_.size() + waiters_.size() + now_.size() + then_.size() + later_.size();
  }
  void begin_run(NonterminalId start, std::string_view octets, const Wanted& wanted);
  void go_to(std::uint32_t position);
  void skip_ahead();
  void process(const Item& item);
  void complete(std::uint32_t entry);
  void predict(const Item& item, const Program::State& state);
  void count(const Item& item, const Program::CountedEdge& edge);
  void scan(const Item& item);
  void advance(StateId target, const Item& item);
  void move_on();
  void add_now(const Item& item);
  bool is_excluded(const Entry& entry, NonterminalId excluded);
  [[nodiscard]] std::size_t ahead(std::size_t position) const;

  const Program& program_;
  std::size_t most_states_;
  std::string_view octets_;
  std::size_t end_mark_ = LookAhead::kEnd;
  std::vector<Match>* matches_ = nullptr;
  std::uint32_t position_ = 0;
  std::size_t next_ = 0;  // what is at position_, as look-ahead
  std::size_t furthest_ = 0;
  bool accepted_ = false;
  bool gave_up_ = false;
  Set now_;
  Set then_;
  std::vector<Later> later_;  // a heap, the next position first
  std::vector<Entry> entries_;
  std::vector<Waiter> waiters_;
  // By nonterminal: 1 + the entry that was made for it last.
  std::vector<std::uint32_t> seen_;
  std::vector<std::uint32_t> counted_labels_;  // what the counts want that the octets end in
  std::unique_ptr<Earley> inner_;              // for exclusions
};

}  // namespace imapspec::abnf
