// RFC 9051 section 6.4.4
#include <string>

#include "tests/server/examples/example.h"

namespace imapspec::server::examples {

namespace {

const std::vector<std::string> kSelected{"SELECT INBOX"};
const FlagNames kFlagged{"\\Flagged"};
const FlagNames kJunk{"$Junk"};

constexpr std::string_view kEric = "From: Eric <e@example>\r\n\r\nx\r\n";
constexpr std::string_view kSmith = "From: Smith <s@example>\r\n\r\nx\r\n";
constexpr std::string_view kRussian =
    "Content-Type: text/plain; charset=utf-8\r\n\r\n\xD0\xBE\xD1\x82\xD0\xBF\xD1\x83\xD1\x81\xD0\xBA\r\n";
constexpr std::string_view kMother =
    "Content-Type: text/plain; charset=utf-8\r\n\r\n\xD0\xBC\xD0\xB0\xD1\x82\xD1\x8C\r\n";

void flagged_2_10_11(Store& store) { Mails(store, "INBOX").add().add(1, kFlagged).add(7).add(2, kFlagged).add(2); }

// Messages 2, 84 and 882, with the UIDs of the example.
void flagged_2_84_882(Store& store) {
  Mails(store, "INBOX")
      .add()
      .uid(14)
      .add(1, kFlagged)
      .add(81)
      .uid(100)
      .add(1, kFlagged)
      .add(797)
      .uid(1115)
      .add(1, kFlagged);
}

// All but messages 2, 10 to 15 and 21 are Smith's.
void not_from_smith(Store& store) {
  Mails(store, "INBOX").add(1, {}, kSmith).add().add(7, {}, kSmith).add(6).add(5, {}, kSmith).add().add(3, {}, kSmith);
}

std::string of_size(std::size_t octets) { return "\r\n" + std::string(octets, 'x'); }

}  // namespace

std::vector<Case> search_cases() {
  return {
      {.first = 3988, .last = 3991, .prepare = flagged_2_10_11, .commands = kSelected},
      {.first = 3995, .last = 3998, .prepare = flagged_2_10_11, .commands = kSelected},
      {.first = 4002,
       .last = 4009,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(42).add(1, {}, kRussian).add(2); },
       .commands = kSelected},
      {.first = 4017,
       .last = 4019,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(3, {"\\Seen"}).add(2); },
       .commands = kSelected},
      // 1:5000 are message numbers, of which a mailbox with UIDs up to 3800 cannot have so many.
      {.first = 4027,
       .last = 4029,
       .prepare = [](Store& store) { Mails(store, "INBOX").uid(7).add(5).uid(3800).add(); },
       .commands = kSelected,
       .instead = {{") 1:5000", ") 1:6"}}},
      {.first = 4036,
       .last = 4038,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(3).add(15, {"\\Deleted"}); },
       .commands = kSelected},
      {.first = 4162, .last = 4169, .prepare = flagged_2_84_882, .commands = kSelected},
      {.first = 4175, .last = 4182, .prepare = flagged_2_84_882, .commands = kSelected},
      {.first = 4189,
       .last = 4194,
       .prepare =
           [](Store& store) {
             const std::string large = of_size(5'000);
             Mails(store, "INBOX").add(1, {}, kSmith).uid(16).add(1, {}, large).add().uid(899).add(1, {}, large).add(2);
           },
       .commands = kSelected},
      {.first = 4207,
       .last = 4213,
       .prepare =
           [](Store& store) {
             Mails(store, "INBOX")
                 .add(881)
                 .add(1, {}, kMother)
                 .add(219)
                 .add(1, {}, kMother)
                 .add(1900, {}, kSmith)
                 .add(1, {}, kMother)
                 .add()
                 .add(2, {}, kMother)
                 .add(15);
           },
       .commands = kSelected},
      // This server knows KOI8-R.
      {.first = 4221,
       .last = 4227,
       .commands = kSelected,
       .instead = {{"CHARSET KOI8-R", "CHARSET KOI8-X"}},
       .extra = {"+"}},
      {.first = 4249,
       .last = 4254,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(3, {}, kEric); },
       .commands = {"CREATE \"Other Messages\"", "SELECT INBOX"}},
      {.first = 4258,
       .last = 4263,
       .prepare = [](Store& store) { Mails(store, "INBOX").add().add(2, kJunk); },
       .commands = {"CREATE Junk", "SELECT INBOX"}},
      {.first = 4267,
       .last = 4275,
       .prepare =
           [](Store& store) {
             Mails(store, "INBOX")
                 .add(2, kJunk)
                 .add(13, {}, kEric)
                 .add(11)
                 .add(1, {}, kEric)
                 .add()
                 .add(75, {}, kEric)
                 .add();
           },
       .commands = kSelected},
      {.first = 4282, .last = 4286, .commands = kSelected},
      // The RFC has another tag in the response than in the command.
      {.first = 4294, .last = 4298, .prepare = not_from_smith, .commands = kSelected, .instead = {{"C283", "C282"}}},
      {.first = 4300, .last = 4328, .prepare = not_from_smith, .commands = kSelected},
  };
}

}  // namespace imapspec::server::examples
