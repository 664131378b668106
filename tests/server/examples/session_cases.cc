// RFC 9051 sections 6.1, 6.2, 7.1
#include "tests/server/examples/example.h"

namespace imapspec::server::examples {

std::vector<Case> session_cases() {
  return {
      {.first = 1250, .last = 1259, .start = Start::Clear},
      {.first = 1281, .last = 1282},
      {.first = 1284,
       .last = 1288,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(13).uid(1305).add(10); },
       .commands = {"SELECT INBOX"},
       .before =
           [](Store& store) {
             Mails inbox(store, "INBOX");
             inbox.expunge(22).add();
             inbox.box().set_flags(*inbox.box().messages()[13], {"\\Seen", "\\Deleted"});
           }},
      {.first = 1305, .last = 1307},
      {.first = 1391, .last = 1401, .start = Start::Clear},
      {.first = 1554, .last = 1563, .start = Start::Clear},
      {.first = 1571, .last = 1577, .start = Start::Tls},
      {.first = 1623, .last = 1624, .start = Start::Tls},
      {.first = 4953,
       .last = 4954,
       .prepare =
           [](Store& store) {
             Mails(store, "this");
             Mails(store, "that");
           }},
      {.first = 4992, .last = 4993, .start = Start::Tls},
      {.first = 5020, .last = 5021},
      {.first = 5116,
       .last = 5118,
       .commands = {"CREATE Notes/x", "DELETE Notes"},
       .instead = {{"o356", "m356"}}},  // the RFC has two tags for one command
      {.first = 5137,
       .last = 5138,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(42); },
       .commands = {"SELECT INBOX"},
       .options = [](SessionOptions& options) { options.limits.keywords = 6; }},
      {.first = 5144, .last = 5145},
      {.first = 5200, .last = 5201, .start = Start::Clear},
  };
}

}  // namespace imapspec::server::examples
