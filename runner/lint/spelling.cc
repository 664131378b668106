#include "runner/lint/spelling.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "parser/core/ascii.h"
#include "parser/grammar/char_class.h"
#include "runner/scenario/nearest.h"
#include "runner/scenario/reference.h"
#include "runner/scenario/step_texts.h"

namespace imapspec::runner {
namespace {

using std::string_view_literals::operator""sv;

// What stands behind a backslash: first the system flags, then the attributes of mailboxes. RFC 9051
// sections 2.3.2, 6.3.4 and 7.3.1, and the registry of mailbox attributes.
constexpr std::array kBackslashed = {"Answered"sv, "Flagged"sv,     "Deleted"sv,  "Seen"sv,        "Draft"sv,
                                     "Recent"sv,   "Noinferiors"sv, "Noselect"sv, "HasChildren"sv, "HasNoChildren"sv,
                                     "Marked"sv,   "Unmarked"sv,    "Remote"sv,   "NonExistent"sv, "Subscribed"sv,
                                     "All"sv,      "Archive"sv,     "Drafts"sv,   "Junk"sv,        "Sent"sv,
                                     "Trash"sv,    "Important"sv};
constexpr std::size_t kSystemFlagsOfThem = 6;
// The registry of response codes, but for those of extensions that nobody has.
constexpr std::array kResponseCodes = {"ALERT"sv,
                                       "ALREADYEXISTS"sv,
                                       "APPENDUID"sv,
                                       "AUTHENTICATIONFAILED"sv,
                                       "AUTHORIZATIONFAILED"sv,
                                       "BADCHARSET"sv,
                                       "CANNOT"sv,
                                       "CAPABILITY"sv,
                                       "CLIENTBUG"sv,
                                       "CLOSED"sv,
                                       "CONTACTADMIN"sv,
                                       "COPYUID"sv,
                                       "CORRUPTION"sv,
                                       "EXPIRED"sv,
                                       "EXPUNGEISSUED"sv,
                                       "HASCHILDREN"sv,
                                       "HIGHESTMODSEQ"sv,
                                       "INUSE"sv,
                                       "LIMIT"sv,
                                       "MAILBOXID"sv,
                                       "MODIFIED"sv,
                                       "NOMODSEQ"sv,
                                       "NONEXISTENT"sv,
                                       "NOPERM"sv,
                                       "NOTSAVED"sv,
                                       "OVERQUOTA"sv,
                                       "PARSE"sv,
                                       "PERMANENTFLAGS"sv,
                                       "PRIVACYREQUIRED"sv,
                                       "READ-ONLY"sv,
                                       "READ-WRITE"sv,
                                       "SERVERBUG"sv,
                                       "TOOBIG"sv,
                                       "TRYCREATE"sv,
                                       "UIDNEXT"sv,
                                       "UIDNOTSTICKY"sv,
                                       "UIDVALIDITY"sv,
                                       "UNAVAILABLE"sv,
                                       "UNKNOWN-CTE"sv,
                                       "UNSEEN"sv};

bool is_letter_or_dash(char c) { return c == '-' || parser::is_alpha(static_cast<unsigned char>(c)); }

std::string_view leading_word(std::string_view text) {
  return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_letter_or_dash) - text.begin()));
}

// nearly is the known word that a word is nearly; empty where it is one, or is nothing like one.
std::string_view nearly(std::string_view word, std::span<const std::string_view> known) {
  const std::string_view near = nearest(word, known);
  return parser::equal_ignoring_case(near, word) ? std::string_view() : near;
}

class SpellingLint {
 public:
  explicit SpellingLint(std::vector<LintFinding>& findings) : findings_(findings) {}

  void run(const Scenario& scenario) {
    const auto of = [this](const std::vector<Fixture>& messages) {
      for (const Fixture& message : messages) flags_of(message);
    };
    of(scenario.messages);
    for (const MailboxLayout& mailbox : scenario.mailboxes) of(mailbox.messages);
    each_sent_text(scenario.steps, [this](const WireText& text) { backslashes(text.text, text.where); });
    each_expected_text(scenario.steps, [this](const WireText& text, bool) {
      backslashes(text.text, text.where);
      code(text);
    });
  }

 private:
  void tell(const Where& where, const std::string& word, const std::string& near) {
    findings_.push_back({"misspelt", where, word + " is nearly " + near, "did you mean " + near + "?"});
  }

  void flags_of(const Fixture& message) {
    backslashes(message.flags, message.where);
    for (std::string_view rest = message.flags; !rest.empty();) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      const auto flags = std::span(kBackslashed).first(kSystemFlagsOfThem);
      const auto flag =
          std::ranges::find_if(flags, [&](std::string_view one) { return parser::equal_ignoring_case(one, word); });
      if (flag != flags.end()) {
        tell(message.where, "the keyword " + std::string(word), '\\' + std::string(*flag));
      }
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
  }

  // backslashes looks at the words behind one.
  void backslashes(std::string_view text, const Where& where) {
    const auto pieces = split_references(text);
    if (!pieces) return;
    for (const Piece& piece : *pieces) {
      for (std::size_t at = piece.text.find('\\'); at != std::string::npos; at = piece.text.find('\\', at)) {
        const std::string_view word = leading_word(std::string_view(piece.text).substr(++at));
        // In a quoted string a backslash stands before another one.
        if (at < piece.text.size() && piece.text[at] == '\\') ++at;
        const std::string_view near = nearly(word, kBackslashed);
        if (!near.empty()) tell(where, '\\' + std::string(word), '\\' + std::string(near));
      }
    }
  }

  void code(const WireText& pattern) {
    const std::string_view text = pattern.text;
    const std::size_t open = text.find(" [");
    // The code stands behind a status, which is the first word or the second.
    if (open == std::string_view::npos || std::ranges::count(text.substr(0, open), ' ') > 1) return;
    if (text.starts_with("* ") && !parser::is_alpha(static_cast<unsigned char>(text[2]))) return;
    const std::string_view word = leading_word(text.substr(open + 2));
    const std::string_view near = nearly(word, kResponseCodes);
    if (!near.empty()) tell(pattern.where, "the code " + std::string(word), std::string(near));
  }

  std::vector<LintFinding>& findings_;
};

}  // namespace

void lint_spelling(const Scenario& scenario, std::vector<LintFinding>& findings) {
  SpellingLint(findings).run(scenario);
}

}  // namespace imapspec::runner
