// RFC 9051 section 6.3, but LIST
#include "tests/server/examples/example.h"

namespace imapspec::server::examples {

namespace {

void inbox_of_select(Store& store) { Mails(store, "INBOX").validity(3857529045).add(172).uid(4392); }

}  // namespace

std::vector<Case> mailbox_cases() {
  return {
      {.first = 1833, .last = 1840, .prepare = inbox_of_select},
      {.first = 1844,
       .last = 1861,
       .prepare =
           [](Store& store) {
             inbox_of_select(store);
             Mails(store, "Drafts").validity(987741038).add(5).uid(102);
           },
       .instead = {{"9877410381", "987741038"}},  // no UIDVALIDITY is that large
       .extra = {"LIST ("}},                      // the first SELECT shows none
      {.first = 1891,
       .last = 1898,
       .prepare = [](Store& store) { Mails(store, "blurdybloop").validity(3857529045).add(17).uid(4392); }},
      {.first = 1953, .last = 1956},
      {.first = 2027,
       .last = 2042,
       .commands = {"CREATE blurdybloop", "CREATE foo/bar", "DELETE foo"},
       .extra = {"LIST (\\HasNoChildren) \"/\" INBOX"}},
      // "." is this server's "/". It keeps the name of a mailbox that has inferiors, which the one of the example
      // keeps where LIST has "%" only.
      {.first = 2046,
       .last = 2060,
       .commands = {"CREATE blurdybloop", "CREATE foo/bar"},
       .instead = {{"\".\"", "\"/\""}, {"foo.bar", "foo/bar"}},
       .extra = {"LIST (\\HasNoChildren) \"/\" INBOX", "LIST (\\Noselect \\HasChildren) \"/\" foo"}},
      {.first = 2134,
       .last = 2147,
       .commands = {"CREATE blurdybloop", "CREATE foo/bar", "DELETE foo"},
       .extra = {"LIST (\\HasNoChildren) \"/\" INBOX"}},
      {.first = 2149,
       .last = 2159,
       .commands = {"CREATE INBOX/bar"},
       .instead = {{"\".\"", "\"/\""}, {"INBOX.bar", "INBOX/bar"}}},
      {.first = 2200, .last = 2201},
      {.first = 2221, .last = 2222},
      {.first = 3123, .last = 3125},
      {.first = 3174, .last = 3175, .instead = {{"INBOX.", "INBOX/"}}},
      {.first = 3402, .last = 3404, .prepare = [](Store& store) { Mails(store, "blurdybloop").add(231).uid(44292); }},
      {.first = 3484, .last = 3496, .commands = {"CREATE saved-messages"}},
      {.first = 3500,
       .last = 3517,
       .prepare =
           [](Store& store) {
             Mails(store, "saved-messages").validity(38505).uid(3955);
             Mails(store, "meeting").validity(38505).uid(3956);
             Mails(store, "funny");
             Mails(store, "INBOX").add().uid(304).add().uid(319).add(2);
           },
       .commands = {"SELECT INBOX"}},
      {.first = 3591,
       .last = 3623,
       .prepare = [](Store& store) { Mails(store, "INBOX").validity(1).add(3); },
       .instead = {{"UIDNEXT 1]", "UIDNEXT 4]"}},  // three messages have UIDs already
       .extra = {"+"},                             // the last IDLE shows none
       .optional = {3611, 3615},                   // counts that EXPUNGE told already
       .meanwhile =
           {
               {3602, [](Store& store) { Mails(store, "INBOX").add(); }},
               {3610, [](Store& store) { Mails(store, "INBOX").expunge(2); }},
               {3614, [](Store& store) { Mails(store, "INBOX").expunge(3); }},
               {3617, [](Store& store) { Mails(store, "INBOX").add(); }},
           }},
  };
}

}  // namespace imapspec::server::examples
