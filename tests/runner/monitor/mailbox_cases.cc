// Sessions about the selected mailbox, its size and flags, and lists of mailboxes.
#include <algorithm>

#include "tests/runner/monitor/cases.h"

namespace imapspec::runner::test {
namespace {

constexpr parser::Profile kQresync = with(parser::kRev2, parser::Extension::Qresync);

// What is left of selecting a mailbox when the lines with `what` do not come.
Lines without(const std::string& what) {
  Lines lines = selected();
  std::erase_if(lines, [&](const std::string& line) { return line.find(what) != std::string::npos; });
  return lines;
}

Lines examined(const std::string& completion) {
  Lines lines = selected();
  for (std::string& line : lines) {
    if (line == "C: open SELECT box") line = "C: open EXAMINE box";
  }
  lines.back() = "S: open " + completion;
  return lines;
}

// Selects the same mailbox again after `then`, with `between` in front of its data.
Lines reselected(const Lines& then, const std::string& between) {
  Lines again = selected();
  again.erase(again.begin(), again.begin() + 3);
  if (!between.empty()) again.insert(again.begin() + 1, between);
  return joined(selected(then), again);
}

Lines enabled(const Lines& then) {
  Lines lines = logged_in({"C: e ENABLE QRESYNC", "S: * ENABLED QRESYNC", "S: e OK x"});
  Lines rest = selected();
  rest.erase(rest.begin(), rest.begin() + 3);
  return joined(joined(lines, rest), then);
}

}  // namespace

std::vector<Case> mailbox_cases() {
  const std::string closed = "S: * OK [CLOSED] x";
  return {
      {.check = "mailbox-data-only-when-selected",
       .trips = selected({"C: a CLOSE", "S: a OK x", "C: b NOOP", "S: * 4 EXISTS", "S: b OK x"}),
       .holds = selected({"C: a NOOP", "S: * 4 EXISTS", "S: a OK x"})},
      {.check = "mailbox-data-only-when-selected",
       .trips = logged_in({"C: a SELECT  box", "S: a BAD x", "C: b NOOP", "S: * 4 EXISTS", "S: b OK x"}),
       .holds = logged_in({"C: a SELECT box ", "S: * 3 EXISTS", "S: a OK x", "C: b FETCH 1 UID", "S: * 1 FETCH (UID 4)",
                           "S: b OK x"})},
      {.check = "mailbox-data-only-when-selected",
       .trips = selected({"C: a CLOSE ", "S: a OK x", "C: b UNSELECT", "S: b OK x", "S: * 4 EXISTS"}),
       .holds = selected({"C: a CLOSE ", "S: a OK x", "C: b NOOP", "S: * 4 EXISTS", "S: b OK x"})},
      {.check = "uid-in-untagged-fetch",
       .trips = enabled({"C: a STORE 1 FLAGS ()", "S: * 1 FETCH (MODSEQ (5) FLAGS ())", "S: a OK x"}),
       .holds = enabled({"C: a STORE 1 FLAGS ()", "S: * 1 FETCH (UID 4 MODSEQ (5) FLAGS ())", "S: a OK x",
                         "C: b FETCH 1 MODSEQ", "S: * 1 FETCH (MODSEQ (5))", "S: b OK x"}),
       .profile = kQresync,
       .read_as = kQresync},
      {.check = "select-sends-flags", .trips = without("* FLAGS"), .holds = selected()},
      {.check = "select-sends-exists", .trips = without("EXISTS"), .holds = selected()},
      {.check = "select-sends-list", .trips = without("LIST"), .holds = selected()},
      {.check = "select-sends-list",
       .trips = logged_in({"C: a SELECT {3}", "S: a OK x"}),
       .holds = logged_in({"C: a SELECT {3}", "S: * LIST () \"/\" box", "S: a OK x"})},
      {.check = "select-sends-permanentflags",
       .trips = without("PERMANENTFLAGS"),
       .holds = selected(),
       .profile = parser::kRev1,
       .read_as = parser::kRev1},
      {.check = "select-sends-uidnext",
       .trips = without("UIDNEXT"),
       .holds = selected(),
       .profile = parser::kRev1,
       .read_as = parser::kRev1},
      {.check = "select-sends-uidvalidity",
       .trips = without("UIDVALIDITY"),
       .holds = selected(),
       .profile = parser::kRev1,
       .read_as = parser::kRev1},
      {.check = "select-sends-permanentflags", .trips = without("PERMANENTFLAGS"), .holds = selected()},
      {.check = "select-sends-uidnext", .trips = without("UIDNEXT"), .holds = selected()},
      {.check = "select-sends-uidvalidity", .trips = without("UIDVALIDITY"), .holds = selected()},
      {.check = "examine-sends-the-same",
       .trips = logged_in({"C: a EXAMINE box", "S: a OK [READ-ONLY] x"}),
       .holds = examined("OK [READ-ONLY] x")},
      {.check = "select-tells-access",
       .trips = joined(without("READ-WRITE"), {"S: open OK done"}),
       .holds = joined(without("READ-WRITE"), {"S: open OK [READ-ONLY] done"})},
      {.check = "examine-is-read-only", .trips = examined("OK [READ-WRITE] x"), .holds = examined("OK [READ-ONLY] x")},
      {.check = "closed-is-sent", .trips = reselected({}, ""), .holds = reselected({}, closed)},
      {.check = "closed-is-sent",
       .trips = reselected({"C: a CLOSE ", "S: a BAD x"}, ""),
       .holds = reselected({"C: a CLOSE ", "S: a OK x"}, "")},
      {.check = "closed-comes-first",
       .trips = selected({"C: a SELECT y", "S: * 0 EXISTS", "S: * OK [UIDNEXT 1] x", closed, "S: a OK x"}),
       .holds = selected({"C: a SELECT y", "S: * 4 EXISTS", "S: * OK [UIDNEXT 11] x", closed, "S: * 0 EXISTS",
                          "S: * OK [UIDNEXT 1] x", "S: a OK x"})},
      {.check = "select-sends-uidnext",
       .trips = selected({"C: a SELECT y", "S: * OK [UIDNEXT 11] x", closed, "S: a OK x"}),
       .holds = selected({"C: a SELECT y", closed, "S: * OK [UIDNEXT 11] x", "S: a OK x"})},
      {.check = "select-sends-uidvalidity",
       .trips = without("UIDVALIDITY"),
       .holds = logged_in({"C: a SELECT y", "S: * OK [UIDVALIDITY 1]", "S: a OK x"})},
      {.check = "closed-comes-first",
       .trips = selected({"C: a SELECT y", "S: * OK [UIDNEXT 4] x", closed, "S: a OK x"}),
       .holds = selected({"C: a SELECT y", closed, "S: * OK [UIDNEXT 4] x", "S: a OK x"})},
      {.check = "closed-closes-a-mailbox",
       .trips = logged_in({"C: a SELECT y", closed, "S: a NO x"}),
       .holds = selected({"C: a SELECT y", closed, "S: a NO x"})},
      {.check = "exists-does-not-shrink",
       .trips = selected({"C: a NOOP", "S: * 2 EXISTS", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "S: * 3 EXISTS", "S: * 1 EXPUNGE", "S: * 2 EXISTS", "S: a OK x"})},
      {.check = "expunge-within-count",
       .trips = selected({"C: a NOOP", "S: * 4 EXPUNGE", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "S: * 3 EXPUNGE", "S: * 2 EXPUNGE", "S: a OK x"})},
      {.check = "no-expunge-while-fetching",
       .trips = selected({"C: a FETCH 1 FLAGS", "S: * 1 EXPUNGE", "S: a OK x"}),
       .holds = selected({"C: a UID FETCH 1 FLAGS", "S: * 1 EXPUNGE", "S: a OK x"})},
      {.check = "close-sends-no-expunge",
       .trips = selected({"C: a CLOSE", "S: * 1 EXPUNGE", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "C: b CLOSE", "S: * 1 EXPUNGE", "S: a OK x", "S: b OK x"})},
      {.check = "vanished-within-count",
       .trips = enabled({"C: a NOOP", "S: * VANISHED 1:4", "S: a OK x"}),
       .holds = enabled({"C: a NOOP", "S: * VANISHED 5:6", "S: * 2 EXISTS", "S: a OK x"}),
       .profile = kQresync,
       .read_as = kQresync},
      {.check = "no-vanished-while-fetching",
       .trips = enabled({"C: a FETCH 1 FLAGS", "S: * VANISHED 1", "S: a OK x"}),
       .holds = enabled({"C: a UID FETCH 1 FLAGS", "S: * VANISHED 1", "S: a OK x"}),
       .profile = kQresync,
       .read_as = kQresync},
      {.check = "vanished-only-after-enable",
       .trips = selected({"C: a NOOP", "S: * VANISHED 1", "S: a OK x"}),
       .holds = enabled({"C: a NOOP", "S: * VANISHED 1", "S: a OK x"}),
       .profile = kQresync,
       .read_as = kQresync},
      {.check = "vanished-instead-of-expunge",
       .trips = enabled({"C: a NOOP", "S: * 1 EXPUNGE", "S: a OK x"}),
       .holds = enabled({"C: a NOOP", "S: * VANISHED 1", "S: a OK x"}),
       .profile = kQresync,
       .read_as = kQresync},
      {.check = "earlier-only-where-asked",
       .trips = enabled({"C: a NOOP", "S: * VANISHED (EARLIER) 1:100", "S: a OK x"}),
       .holds = enabled(
           {"C: a UID FETCH 1:100 FLAGS (CHANGEDSINCE 1 VANISHED)", "S: * VANISHED (EARLIER) 1:100", "S: a OK x"}),
       .profile = kQresync,
       .read_as = kQresync},
      {.check = "flags-name-the-system-flags",
       .trips = selected({"C: a NOOP", "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen)", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "S: * FLAGS (\\ANSWERED \\Flagged \\Deleted \\Seen \\Draft)", "S: a OK x"})},
      {.check = "flags-are-announced",
       .trips = selected({"C: a FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS (other))", "S: a OK x"}),
       .holds = selected({"C: a FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS (KW \\Seen))",
                          "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft other)",
                          "S: * 1 FETCH (FLAGS (other))", "S: a OK x"})},
      {.check = "flags-name-what-messages-have",
       .trips = selected({"C: f FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS (KW))", "S: f OK x", "C: a NOOP",
                          "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft other)", "S: a OK x"}),
       .holds = selected({"C: f FETCH 1:2 FLAGS", "S: * 1 FETCH (FLAGS (KW))", "S: * 2 FETCH (FLAGS (kw))", "S: f OK x",
                          "C: a NOOP", "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
                          "S: * 1 FETCH (UID 4 FLAGS ())", "S: * 2 EXPUNGE", "S: a OK x"})},
      // Whoever takes a keyword off need not be told of it.
      {.check = "flags-name-what-messages-have",
       .trips = selected({"C: f FETCH 2 FLAGS", "S: * 2 FETCH (FLAGS (kw))", "S: f OK x",
                          "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)", "C: a NOOP", "S: a OK x"}),
       .holds =
           selected({"C: f FETCH 2 FLAGS", "S: * 2 FETCH (FLAGS (kw))", "S: f OK x", "C: g STORE 2 -FLAGS.SILENT (kw)",
                     "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)", "S: g OK x"})},
      {.check = "store-tells-what-it-stored",
       .trips = selected({"C: a STORE 1:2 +FLAGS (\\seen \\Flagged)", "S: * 1 FETCH (FLAGS (\\Seen))",
                          "S: * 2 FETCH (FLAGS (\\Flagged))", "S: a OK x"}),
       // \Flagged is not in PERMANENTFLAGS; of message 3 the command did not speak; the second answer is the result.
       .holds = selected({"C: a STORE 1:2 +FLAGS (\\seen \\Flagged)", "S: * 1 FETCH (FLAGS (\\Seen))",
                          "S: * 3 FETCH (FLAGS ())", "S: * 2 FETCH (FLAGS ())", "S: * 2 FETCH (FLAGS (\\SEEN kw))",
                          "S: a OK x"})},
      {.check = "store-tells-what-it-stored",
       .trips = selected({"C: a UID STORE 9 -FLAGS (kw)", "S: * 1 FETCH (UID 9 FLAGS (KW))", "S: a OK x"}),
       .holds = selected({"C: a UID STORE 9 -FLAGS (kw)", "S: * 1 FETCH (UID 9 FLAGS ())",
                          "S: * 2 FETCH (UID 10 FLAGS (kw))", "S: a OK x", "C: b STORE 1 -FLAGS (kw)",
                          "S: * 1 FETCH (FLAGS (kw))", "S: b NO x", "C: c STORE 1 -FLAGS.SILENT (kw)",
                          "S: * 1 FETCH (FLAGS (kw))", "S: c OK x"})},
      {.check = "store-tells-what-it-stored",
       .trips = selected({"C: a STORE 1 FLAGS (\\Deleted)", "S: * 1 FETCH (FLAGS (\\Deleted \\Seen))", "S: a OK x"}),
       .holds = selected({"C: a STORE 1 FLAGS (\\Deleted)", "S: * 1 FETCH (FLAGS (\\Deleted \\Answered kw))",
                          "S: a OK x", "C: b STORE 1 FLAGS ()", "C: c STORE 1 FLAGS (\\Seen)",
                          "S: * 1 FETCH (FLAGS ())", "S: b OK x", "S: c OK x"})},
      // Which flags are kept is told of each mailbox anew.
      {.check = "store-tells-what-it-stored",
       .trips = selected({"C: a NOOP", "S: * OK [PERMANENTFLAGS (\\Flagged)] x", "S: a OK x",
                          "C: b STORE 1 +FLAGS (\\Flagged)", "S: * 1 FETCH (FLAGS ())", "S: b OK x"}),
       .holds = selected({"C: a SELECT other", "S: * OK [CLOSED] x", "S: * 1 EXISTS", "S: a OK [READ-WRITE] x",
                          "C: b STORE 1 +FLAGS (\\Seen)", "S: * 1 FETCH (FLAGS ())", "S: b OK x"})},
      {.check = "permanent-flags-are-known",
       .trips = selected({"C: a NOOP", "S: * OK [PERMANENTFLAGS (\\Seen other)] x", "S: a OK x"}),
       .holds = selected({"C: a NOOP", "S: * OK [PERMANENTFLAGS (\\Seen other)] x",
                          "S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft other)", "S: a OK x"})},
      {.check = "no-flag-extensions",
       .trips = selected({"C: a FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS (\\Important))", "S: a OK x"}),
       .holds = selected({"C: a FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS (\\SEEN kw))", "S: a OK x"})},
      {.check = "noinferiors-has-no-children",
       .trips = logged_in({"C: a LIST \"\" *", "S: * LIST (\\Noinferiors \\HasChildren) \"/\" a", "S: a OK x"}),
       .holds = logged_in({"C: a LIST \"\" *", "S: * LIST (\\Noinferiors \\HasNoChildren) \"/\" a", "S: a OK x"})},
      {.check = "one-delimiter-per-hierarchy",
       .trips = logged_in({"C: a LIST \"\" *", "S: * LIST () \"/\" a/b", "S: * LIST () \".\" a.c", "S: a OK x"}),
       .holds = logged_in({"C: a LIST \"\" *", "S: * LIST () \"/\" a/b", "S: * LIST () \".\" b.c", "S: a OK x"})},
      {.check = "childinfo-only-where-asked",
       .trips = logged_in(
           {"C: a LIST (SUBSCRIBED) \"\" %", "S: * LIST () \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\"))", "S: a OK x"}),
       .holds = logged_in({"C: a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %",
                           "S: * LIST () \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\"))", "S: a OK x"})},
      {.check = "status-names-the-mailbox",
       .trips = logged_in({"C: a STATUS box (MESSAGES)", "S: * STATUS other (MESSAGES 3)", "S: a OK x"}),
       .holds = logged_in({"C: a STATUS inbox (MESSAGES)", "S: * STATUS INBOX (MESSAGES 3)", "S: a OK x"})},
      {.check = "status-has-the-items",
       .trips = logged_in({"C: a STATUS box (MESSAGES)", "S: * STATUS box (UNSEEN 3)", "S: a OK x"}),
       .holds = logged_in({"C: a STATUS box (MESSAGES UNSEEN)", "S: * STATUS box (UNSEEN 3 MESSAGES 3)", "S: a OK x"})},
      {.check = "status-has-the-items",
       .trips = logged_in({"C: a STATUS box (MESSAGES UNSEEN)", "S: * STATUS box (UNSEEN 3)",
                           "S: * STATUS box (UNSEEN 3)", "S: a OK x"}),
       .holds = logged_in({"C: a STATUS box (MESSAGES UNSEEN)", "S: * STATUS box (UNSEEN 3)",
                           "S: * STATUS box (MESSAGES 3)", "S: a OK x"})},
      {.check = "status-adds-up",
       .trips = logged_in({"C: a STATUS box (MESSAGES UNSEEN)", "S: * STATUS box (MESSAGES 2 UNSEEN 3)", "S: a OK x"}),
       .holds = logged_in({"C: a STATUS box (MESSAGES UNSEEN)", "S: * STATUS box (MESSAGES 3 UNSEEN 3)", "S: a OK x"})},
  };
}

}  // namespace imapspec::runner::test
