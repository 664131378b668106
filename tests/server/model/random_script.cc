// Random scripts: few names and few messages, so that sessions meet.
#include <fmt/format.h>

#include <array>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tests/server/model/script.h"

namespace imapspec::server::model {

namespace {

using namespace std::string_view_literals;

// Guess is what a session's state should be; it need not be.
struct Guess {
  bool connected = true;
  bool logged_in = false;
  bool selected = false;
  bool idles = false;
};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::string command(const Guess& guess);
  std::size_t session() { return below(kSessions); }

 private:
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(random_() % end); }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  std::string_view any_of(std::span<const std::string_view> words) { return words[below(words.size())]; }

  std::string_view name();
  std::string_view busy_name();
  std::string number(std::size_t most);
  std::string set(bool uid);
  std::string flags();
  std::string key(int depth);
  std::string search();
  std::string list();
  std::string store();
  std::string append();
  std::string on_messages();
  std::string on_names();
  std::string other();

  std::mt19937_64 random_;
};

std::string_view Maker::name() {
  static constexpr std::array kNames{"INBOX"sv, "inbox"sv,   "a"sv,       "a/b"sv, "a/b/c"sv,       "b"sv,
                                     "b/"sv,    "INBOX/x"sv, "iNbOx/x"sv, "a/c"sv, "\"c d\""sv,     "b/a"sv,
                                     "\"\""sv,  "/a"sv,      "a//b"sv,    "B"sv,   "\"\xC3\xA4\""sv};
  return any_of(kNames);
}

// Most of what happens to messages happens in these.
std::string_view Maker::busy_name() {
  static constexpr std::array kNames{"INBOX"sv, "INBOX"sv, "inbox"sv, "a"sv, "a"sv, "a/b"sv, "b"sv};
  return one_in(12) ? name() : any_of(kNames);
}

std::string Maker::number(std::size_t most) { return one_in(8) ? "*" : std::to_string(1 + below(most)); }

std::string Maker::set(bool uid) {
  if (one_in(8)) return "$";
  const std::size_t most = uid ? 14 : 5;
  std::string text;
  do {
    if (!text.empty()) text += ",";
    text += number(most);
    if (one_in(2)) text += ":" + number(most);
  } while (one_in(4));
  if (one_in(10)) return "1:*";
  return text;
}

std::string Maker::flags() {
  static constexpr std::array kFlags{"\\Seen"sv,     "\\Deleted"sv,  "\\Deleted"sv, "\\Flagged"sv,
                                     "\\Answered"sv, "\\Draft"sv,    "kw"sv,        "KW"sv,
                                     "other"sv,      "$Forwarded"sv, "\\deleted"sv};
  std::string text;
  while (!one_in(3)) {
    if (!text.empty()) text += " ";
    text += any_of(kFlags);
  }
  return "(" + text + ")";
}

std::string Maker::key(int depth) {
  static constexpr std::array kKeys{"ALL"sv,          "SEEN"sv,     "UNSEEN"sv,     "DELETED"sv,  "UNDELETED"sv,
                                    "FLAGGED"sv,      "DRAFT"sv,    "UNANSWERED"sv, "UNDRAFT"sv,  "KEYWORD kw"sv,
                                    "UNKEYWORD KW"sv, "LARGER 3"sv, "SMALLER 12"sv, "ANSWERED"sv, "UNFLAGGED"sv};
  switch (depth > 2 ? 0 : below(8)) {
    case 1:
      return set(false);
    case 2:
      return "UID " + set(true);
    case 3:
      return "NOT " + key(depth + 1);
    case 4:
      return "OR " + key(depth + 1) + " " + key(depth + 1);
    case 5:
      return "(" + key(depth + 1) + " " + key(depth + 1) + ")";
    default:
      return std::string(any_of(kKeys));
  }
}

std::string Maker::search() {
  static constexpr std::array kReturns{""sv,
                                       ""sv,
                                       "RETURN () "sv,
                                       "RETURN (SAVE) "sv,
                                       "RETURN (SAVE) "sv,
                                       "RETURN (MIN MAX) "sv,
                                       "RETURN (COUNT) "sv,
                                       "RETURN (ALL COUNT MIN) "sv,
                                       "RETURN (SAVE MIN) "sv,
                                       "RETURN (SAVE MIN MAX) "sv,
                                       "RETURN (SAVE MAX COUNT) "sv,
                                       "RETURN (SAVE ALL MIN) "sv};
  std::string text = "SEARCH " + std::string(any_of(kReturns)) + key(0);
  if (one_in(3)) text += " " + key(0);
  return text;
}

std::string Maker::list() {
  static constexpr std::array kSelections{
      ""sv, ""sv, ""sv, "(SUBSCRIBED) "sv, "(SUBSCRIBED RECURSIVEMATCH) "sv, "() "sv, "(RECURSIVEMATCH) "sv};
  static constexpr std::array kReferences{"\"\""sv, "\"\""sv, "a/"sv, "a"sv, "inbox"sv};
  static constexpr std::array kPatterns{"*"sv,  "*"sv,    "%"sv,       "%/%"sv, "a/%"sv, "INBOX"sv,         "inbox*"sv,
                                        "a*"sv, "\"\""sv, "(% a/b)"sv, "(*)"sv, "%b"sv,  "(INBOX \"\" b)"sv};
  static constexpr std::array kReturns{""sv,
                                       ""sv,
                                       ""sv,
                                       " RETURN (SUBSCRIBED)"sv,
                                       " RETURN (CHILDREN)"sv,
                                       " RETURN (STATUS (MESSAGES UIDVALIDITY))"sv,
                                       " RETURN (SUBSCRIBED STATUS (UIDNEXT UNSEEN DELETED SIZE))"sv};
  return fmt::format("LIST {}{} {}{}", any_of(kSelections), any_of(kReferences), any_of(kPatterns), any_of(kReturns));
}

std::string Maker::store() {
  static constexpr std::array kSigns{""sv, "+"sv, "+"sv, "-"sv};
  return fmt::format("{}FLAGS{} {}", any_of(kSigns), one_in(3) ? ".SILENT" : "", flags());
}

std::string Maker::append() {
  static constexpr std::array kMessages{"x"sv, "Subject: s\r\n\r\nbody\r\n"sv, "\r\n"sv, "abc"sv,
                                        "From: a@b\r\nX: y\r\n\r\nlonger than the others"sv};
  static constexpr std::array kDates{""sv, ""sv, "\" 1-Feb-2003 04:05:06 +0000\" "sv,
                                     "\"31-Dec-1999 23:59:59 -0130\" "sv};
  const std::string_view message = any_of(kMessages);
  return fmt::format("APPEND {} {}{}{{{}+}}\r\n{}", busy_name(), one_in(2) ? flags() + " " : "", any_of(kDates),
                     message.size(), message);
}

std::string Maker::on_messages() {
  static constexpr std::array kItems{"FLAGS"sv,  "UID"sv,         "(UID FLAGS)"sv, "FAST"sv,
                                     "BODY[]"sv, "BODY.PEEK[]"sv, "RFC822.SIZE"sv, "(FLAGS BODY[] INTERNALDATE)"sv};
  const bool uid = one_in(3);
  const std::string form = uid ? "UID " : "";
  switch (below(9)) {
    case 0:
    case 1:
      return fmt::format("{}FETCH {} {}", form, set(uid), any_of(kItems));
    case 2:
    case 3:
      return fmt::format("{}STORE {} {}", form, set(uid), store());
    case 4:
      return form + search();
    case 5:
      return fmt::format("{}COPY {} {}", form, set(uid), busy_name());
    case 6:
      return fmt::format("{}MOVE {} {}", form, set(uid), busy_name());
    default:
      return uid ? "UID EXPUNGE " + set(true) : "EXPUNGE";
  }
}

std::string Maker::on_names() {
  static constexpr std::array kItems{"(MESSAGES)"sv, "(UIDNEXT UIDVALIDITY)"sv, "(UNSEEN DELETED SIZE)"sv,
                                     "(MESSAGES UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE)"sv};
  switch (below(8)) {
    case 0:
      return fmt::format("CREATE {}", name());
    case 1:
      return fmt::format("{} {}", one_in(3) ? "DELETE" : "CREATE", name());
    case 2:
      return fmt::format("RENAME {} {}", name(), name());
    case 3:
      return fmt::format("SUBSCRIBE {}", name());
    case 4:
      return fmt::format("UNSUBSCRIBE {}", name());
    case 5:
      return fmt::format("STATUS {} {}", busy_name(), any_of(kItems));
    default:
      return list();
  }
}

std::string Maker::other() {
  static constexpr std::array kOthers{
      "CAPABILITY"sv,    "NAMESPACE"sv,     "ENABLE IMAP4rev2"sv,       "XYZZY"sv,   "LOGOUT"sv,
      "FETCH 0 FLAGS"sv, "SEARCH RETURN"sv, "STORE 1 FLAGS \\Recent"sv, "connect"sv, "LOGIN alice secret-alice"sv};
  return std::string(any_of(kOthers));
}

std::string Maker::command(const Guess& guess) {
  if (guess.idles) return "DONE";
  if (!guess.connected) return "connect";
  if (!guess.logged_in && !one_in(6)) return "LOGIN alice secret-alice";
  const bool open = !guess.selected && !one_in(3);
  switch (open ? 0 : below(20)) {
    case 0:
      return fmt::format("{} {}", one_in(5) ? "EXAMINE" : "SELECT", busy_name());
    case 1:
    case 2:
    case 3:
      return append();
    case 4:
    case 5:
    case 6:
    case 7:
      return on_names();
    case 8:
      return "NOOP";
    case 9:
      return one_in(2) ? "IDLE" : "NOOP";
    case 10:
      return one_in(3) ? other() : one_in(3) ? "UNSELECT" : one_in(2) ? "CLOSE" : "NOOP";
    default:
      return on_messages();
  }
}

}  // namespace

Script random_script(std::uint64_t seed, std::size_t steps) {
  Maker maker(seed);
  std::array<Guess, kSessions> guesses;
  guesses.fill({.logged_in = true});
  Script script{{0, "CREATE a/b"}, {0, "CREATE b"}};
  while (script.size() < steps) {
    const std::size_t session = maker.session();
    Guess& guess = guesses[session];
    Step step{session, maker.command(guess)};
    const std::string_view text = step.text;
    if (text == "connect") guess = {.connected = true};
    if (text == "LOGOUT") guess = {.connected = false};
    if (text.starts_with("LOGIN")) guess.logged_in = true;
    if (text.starts_with("SELECT") || text.starts_with("EXAMINE")) guess.selected = true;
    if (text == "CLOSE" || text == "UNSELECT") guess.selected = false;
    if (text == "IDLE") guess.idles = true;
    if (text == "DONE") guess.idles = false;
    script.push_back(std::move(step));
  }
  return script;
}

}  // namespace imapspec::server::model
