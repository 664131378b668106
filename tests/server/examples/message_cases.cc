// RFC 9051 section 6.4, but SEARCH
#include "tests/server/examples/example.h"

namespace imapspec::server::examples {

namespace {

void three_to_copy(Store& store, std::string_view to) {
  Mails(store, to).validity(38505).uid(3956);
  Mails(store, "INBOX").add().uid(304).add().uid(319).add(2);
}

const std::vector<std::string> kSelected{"SELECT INBOX"};

}  // namespace

std::vector<Case> message_cases() {
  return {
      {.first = 3664, .last = 3665, .commands = kSelected},
      {.first = 3684, .last = 3685, .commands = kSelected},
      {.first = 3705,
       .last = 3710,
       .prepare =
           [](Store& store) {
             const FlagNames deleted{"\\Deleted"};
             Mails(store, "INBOX").add(2).add(2, deleted).add(2).add(1, deleted).add(3).add(1, deleted).add(4);
           },
       .commands = kSelected},
      {.first = 4465,
       .last = 4469,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(4); },
       .commands = kSelected},
      {.first = 4596,
       .last = 4600,
       .prepare =
           [](Store& store) { Mails(store, "INBOX").add().add(1, {"\\Seen"}).add().add(1, {"\\Flagged", "\\Seen"}); },
       .commands = kSelected},
      {.first = 4647,
       .last = 4648,
       .prepare = [](Store& store) { three_to_copy(store, "MEETING"); },
       .commands = kSelected},
      // The EXPUNGE responses after the first are left to the reader.
      {.first = 4722,
       .last = 4726,
       .prepare =
           [](Store& store) {
             Mails(store, "foo").validity(432432).uid(1202);
             Mails(store, "INBOX").add(21).uid(42).add(28);
           },
       .commands = kSelected,
       .extra = {"22 EXPUNGE"}},
      {.first = 4792,
       .last = 4796,
       .prepare =
           [](Store& store) { Mails(store, "INBOX").add(2).uid(3000).add(3, {"\\Deleted"}).add(1, {"\\Deleted"}); },
       .commands = kSelected},
      // Smaller numbers mean the same, and need no million messages before them.
      {.first = 4838,
       .last = 4842,
       .prepare =
           [](Store& store) {
             Mails(store, "INBOX")
                 .add(22)
                 .uid(7313)
                 .add(1, {"\\Seen"})
                 .uid(7943)
                 .add(1, {"\\Seen"})
                 .uid(8442)
                 .add(1, {"\\Seen"});
           },
       .commands = kSelected,
       .instead = {{"4827", "7"}, {"4828", "8"}}},
  };
}

}  // namespace imapspec::server::examples
