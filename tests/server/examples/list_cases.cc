// RFC 9051 section 6.3.9: INBOX of the examples is \Marked and \NoInferiors, this server's is neither.
#include "tests/server/examples/example.h"

namespace imapspec::server::examples {

namespace {

const std::vector<std::string> kFruit{"CREATE Fruit/Apple",          "CREATE Fruit/Banana",   "CREATE Tofu",
                                      "CREATE Vegetable/Broccoli",   "CREATE Vegetable/Corn", "SUBSCRIBE inbox",
                                      "SUBSCRIBE Fruit/Banana",      "SUBSCRIBE Fruit/Peach", "SUBSCRIBE Vegetable",
                                      "SUBSCRIBE Vegetable/Broccoli"};

const std::vector<std::string> kFoo{"CREATE Foo/Bar", "CREATE Foo/Baz", "CREATE Moo", "SUBSCRIBE Foo/Baz"};

const std::vector<std::string> kFoo2{"CREATE foo2/bar1",    "CREATE foo2/bar2",     "CREATE baz2/bar2",
                                     "CREATE baz2/bar22",   "CREATE baz2/bar222",   "CREATE eps2/mamba",
                                     "CREATE qux2/bar2",    "SUBSCRIBE foo2/bar1",  "SUBSCRIBE foo2/bar2",
                                     "SUBSCRIBE baz2/bar2", "SUBSCRIBE baz2/bar22", "SUBSCRIBE baz2/bar222",
                                     "SUBSCRIBE eps2",      "SUBSCRIBE eps2/mamba", "SUBSCRIBE qux2/bar2"};

std::vector<std::string> with(std::vector<std::string> commands, const std::vector<std::string>& more) {
  commands.insert(commands.end(), more.begin(), more.end());
  return commands;
}

}  // namespace

std::vector<Case> list_cases() {
  return {
      {.first = 2757, .last = 2759},
      {.first = 2766, .last = 2769, .commands = {"CREATE ~/Mail/foo/x", "DELETE ~/Mail/foo", "CREATE ~/Mail/meetings"}},
      {.first = 2776, .last = 2785, .commands = kFruit},
      {.first = 2797, .last = 2803, .commands = kFruit},
      {.first = 2813, .last = 2818, .commands = kFruit},
      {.first = 2875, .last = 2905, .commands = kFoo},
      {.first = 2913, .last = 2916, .commands = with(kFoo, {"SUBSCRIBE Foo"})},
      {.first = 2920, .last = 2923, .commands = with(kFoo, {"SUBSCRIBE Foo"})},
      {.first = 2929, .last = 2932, .commands = {"SUBSCRIBE Foo/Baz"}},
      {.first = 2942, .last = 2946, .commands = {"CREATE Foo/Bar", "CREATE Moo", "SUBSCRIBE Foo", "SUBSCRIBE Moo"}},
      // This server makes what is above a new mailbox: qux2 is there too.
      {.first = 2957, .last = 2982, .commands = kFoo2, .extra = {"LIST (\\HasChildren) \"/\" qux2\r\n"}},
      {.first = 2986, .last = 2994, .commands = kFoo2},
      // Section 6.3.9.6 has servers leave out what is redundant, and the example shows it all the same.
      {.first = 3013, .last = 3024, .commands = kFoo2, .optional = {3014, 3017}},
      {.first = 3036, .last = 3046, .commands = {"CREATE foo", "SUBSCRIBE foo/bar"}},
      {.first = 3077,
       .last = 3083,
       .prepare =
           [](Store& store) {
             Mails(store, "INBOX").add(1, {"\\Seen"}).add(16);
             Mails(store, "foo").add(1, {"\\Seen"}).add(29);
           },
       .commands = {"CREATE bar/x", "DELETE bar"},
       .instead = {{"\".\"", "\"/\""}, {"  ", " "}}},
      {.first = 3087,
       .last = 3092,
       .prepare = [](Store& store) { Mails(store, "INBOX").add(17); },
       .commands = {"CREATE foo/x", "SUBSCRIBE INBOX", "SUBSCRIBE foo/x"},
       .instead = {{"\".\"", "\"/\""}, {"  ", " "}}},
  };
}

}  // namespace imapspec::server::examples
