#include <array>

#include "parser/diagnose/quirk.h"
#include "parser/diagnose/repairs.h"

namespace imapspec::parser {

namespace {

constexpr bool kSame = true;         // the repair keeps the meaning
constexpr bool kGuess = false;       // the repair makes up or drops something
constexpr std::string_view kNobody;  // not met yet by who wrote this table

// Note: what stands here as seen comes from bug reports and catalogues of their makers and users; it says
// that it happened, not that it still does.
constexpr auto kQuirks = std::to_array<Quirk>({
    // Line ends come first: they are wrong whatever else is.
    {"bare-line-feed", "a line ends in LF without CR", kNobody, "RFC 9051 section 2.2", kSame, repairs::bare_lf},
    {"doubled-carriage-return", "a line ends in CR CR LF", kNobody, "RFC 9051 section 2.2", kSame, repairs::doubled_cr},
    {"bare-carriage-return", "a CR without LF stands in a line", kNobody, "RFC 9051 section 2.2", kGuess,
     repairs::bare_cr},
    // The profile comes next: what is right in another is no mistake of spelling.
    {"rev1-syntax", "the unit belongs to IMAP4rev1", "every server of RFC 3501 only", "RFC 9051 Appendix E", kSame,
     repairs::rev1_syntax},
    {"extension-syntax", "the unit belongs to an extension that is not in force", kNobody,
     "RFC 9051 sections 2.2.2, 6.1.1", kSame, repairs::extension_syntax},

    {"trailing-space-in-status", "a space stands behind the last STATUS item", "Exchange", "RFC 9051 section 9, note 2",
     kSame, repairs::trailing_space_in_status},
    {"trailing-space-in-fetch", "a space stands behind the last FETCH item", "reported to Jakarta Mail",
     "RFC 9051 section 9, note 2", kSame, repairs::trailing_space_in_fetch},
    {"space-before-parenthesis", "a space stands before a closing parenthesis", kNobody, "RFC 9051 section 9, note 2",
     kSame, repairs::space_before_parenthesis},
    {"space-after-parenthesis", "a space stands behind an opening parenthesis", kNobody, "RFC 9051 section 9, note 2",
     kSame, repairs::space_after_parenthesis},
    {"trailing-space", "a space stands at the end of a line", "clients; Dovecot, Cyrus and Stalwart let them",
     "RFC 9051 section 9, note 2", kSame, repairs::trailing_space},
    {"space-between-addresses", "a space stands between two addresses of an ENVELOPE", kNobody,
     "RFC 9051 section 9: env-from", kSame, repairs::space_between_addresses},
    {"space-between-parts", "a space stands between two parts of a body structure", kNobody,
     "RFC 9051 section 9: body-type-mpart", kSame, repairs::space_between_parts},
    {"space-between-namespaces", "a space stands between two namespaces of one kind", kNobody,
     "RFC 9051 section 9: namespace", kSame, repairs::space_between_namespaces},
    {"double-space", "two spaces stand where one does", "DavMail; examples of RFC 9051 itself",
     "RFC 9051 section 9, note 2", kSame, repairs::double_space},
    {"tab", "a TAB stands where a space does", kNobody, "RFC 9051 section 9, note 2", kSame, repairs::tab_for_space},

    {"code-without-space", "no space follows the code of a status response", "Gmail; an example of RFC 7162",
     "RFC 9051 section 9: resp-text", kSame, repairs::code_without_space},
    {"status-without-text", "a status response has no text", "the modern-email catalogue of defects",
     "RFC 9051 section 9: resp-cond-state", kSame, repairs::status_without_text},
    {"continuation-without-space", "a continuation request is a \"+\" without its space", "WildDuck",
     "RFC 9051 section 9: continue-req", kSame, repairs::continuation_without_space},
    {"code-without-ok", "a response code stands where a status does", "reported to net-imap",
     "RFC 9051 section 9: resp-cond-state", kGuess, repairs::code_without_ok},
    {"badcharset-without-parentheses", "the charsets of BADCHARSET are not in parentheses",
     "an example of RFC 9051 before its erratum 7323", "RFC 9051 section 9: resp-text-code", kSame,
     repairs::badcharset_without_parentheses},
    {"permanentflags-without-list", "PERMANENTFLAGS has no list", "reported to libetpan",
     "RFC 9051 section 9: resp-text-code", kSame, repairs::permanentflags_without_list},
    {"capability-without-imap4rev2", "the capabilities do not have IMAP4rev2", "every server of RFC 3501 only",
     "RFC 9051 section 9: capability-data", kGuess, repairs::capability_without_imap4rev2},

    {"expunged", "EXPUNGED stands for EXPUNGE", "GNU Mailutils", "RFC 9051 section 9: message-data", kSame,
     repairs::expunged},

    {"nil-encoding", "the encoding of a part is NIL", "maddy", "RFC 9051 section 9: body-fld-enc", kGuess,
     repairs::nil_encoding},
    {"nil-parameter-value", "the value of a body parameter is NIL", "mail.ru", "RFC 9051 section 9: body-fld-param",
     kGuess, repairs::nil_parameter_value},
    {"nil-for-string", "NIL stands where a string must", kNobody, "RFC 9051 section 4.5", kGuess,
     repairs::nil_for_string},
    {"empty-delimiter", "the hierarchy delimiter is an empty string", kNobody, "RFC 9051 section 9: mailbox-list",
     kSame, repairs::empty_delimiter},
    {"empty-multipart", "a multipart has no parts", "Gmail", "RFC 9051 section 9: body-type-mpart", kGuess,
     repairs::empty_multipart},
    {"empty-address-list", "a list of addresses is () and not NIL", kNobody, "RFC 9051 section 9: env-from", kSame,
     repairs::empty_address_list},
    {"empty-parameter-list", "a list of body parameters is () and not NIL", kNobody,
     "RFC 9051 section 9: body-fld-param", kSame, repairs::empty_parameter_list},
    {"empty-language-list", "a list in a body structure is () and not NIL", "sent to Dovecot's own client library",
     "RFC 9051 section 9: body-fld-lang", kSame, repairs::empty_language_list},
    {"text-without-lines", "a TEXT part does not tell its lines", kNobody, "RFC 9051 section 9: body-type-text", kGuess,
     repairs::text_without_lines},
    {"message-without-contents", "a MESSAGE/RFC822 part has no envelope and body", kNobody,
     "RFC 9051 section 9: body-type-msg", kGuess, repairs::message_without_contents},
    {"extension-data-in-body", "BODY has what only BODYSTRUCTURE may", kNobody, "RFC 9051 section 9: body-ext-1part",
     kGuess, repairs::extension_data_in_body},
    {"envelope-cut-short", "an ENVELOPE has fewer than ten fields", kNobody, "RFC 9051 section 9: envelope", kGuess,
     repairs::envelope_cut_short},
    {"binary-origin", "BINARY[...] in a response has an origin", "the text of RFC 3516; net-imap reads it",
     "RFC 9051 section 9: msg-att-static", kGuess, repairs::binary_origin},
    {"single-digit-day", "the day of a date-time is one digit", kNobody, "RFC 9051 section 9: date-day-fixed", kSame,
     repairs::single_digit_day},
    {"date-without-zone", "a date-time has no zone", kNobody, "RFC 9051 section 9: date-time", kGuess,
     repairs::date_without_zone},

    {"negative-number", "a number is negative", "Dovecot, in the lines of a part", "RFC 9051 section 9: number", kGuess,
     repairs::negative_number},
    {"number-too-big", "a number is beyond the largest that may stand there", kNobody, "RFC 9051 section 9: number",
     kGuess, repairs::number_too_big},
    {"zero", "a number that is never zero is", kNobody, "RFC 9051 section 9: nz-number", kGuess,
     repairs::zero_for_nz_number},
    {"leading-zero", "a number that begins with a digit other than 0 begins with 0", kNobody,
     "RFC 9051 section 9: nz-number", kSame, repairs::leading_zero},
    {"loose-comma", "a set has a comma without a number", kNobody, "RFC 9051 section 9: sequence-set", kSame,
     repairs::loose_comma},

    {"star-in-flags", "\\* stands in a list of flags that is not PERMANENTFLAGS", "reported to net-imap",
     "RFC 9051 section 7.3.5", kSame, repairs::star_in_flags},
    {"recent-in-flags", "\\Recent stands in FLAGS, PERMANENTFLAGS or a command", kNobody, "RFC 9051 section 9: flag",
     kSame, repairs::recent_in_flags},
    {"bracket-in-flag", "a keyword has a \"]\"", "reported to net-imap", "RFC 9051 section 9: flag-keyword", kGuess,
     repairs::bracket_in_flag},
    {"several-selectabilities", "a mailbox has two of \\NonExistent, \\Noselect, \\Marked and \\Unmarked", kNobody,
     "RFC 9051 section 9: mbx-list-sflag", kGuess, repairs::several_selectabilities},
    {"repeated-attribute", "a mailbox has the same attribute twice", kNobody, "RFC 9051 section 9: mbx-list-oflag",
     kSame, repairs::repeated_attribute},
    {"unknown-status-item", "a STATUS item is in no RFC of this profile", kNobody, "RFC 9051 section 9: status-att-val",
     kGuess, repairs::unknown_status_item},
    {"string-as-extension-value", "the value of a LIST item is a string outside of a list",
     "an example of RFC 9051 itself", "RFC 9051 section 9: tagged-ext-val", kSame, repairs::string_as_extension_value},

    {"literal8", "a literal8 stands where only a literal may", kNobody, "RFC 9051 section 9: literal8", kSame,
     repairs::literal8_for_literal},
    {"non-synchronizing-literal-from-server", "a server sends a non-synchronizing literal", "Cyrus before 2.4.7",
     "RFC 9051 section 4.3", kSame, repairs::non_synchronizing_literal_from_server},
    {"utf-8-in-rev1", "a string has UTF-8 that IMAP4rev1 does not", kNobody, "RFC 3501 section 9: TEXT-CHAR", kGuess,
     repairs::utf8_in_rev1},
    {"not-utf-8", "octets above 127 are no UTF-8", kNobody, "RFC 9051 section 4.3.1", kGuess, repairs::not_utf8},
    {"eight-bit-in-atom", "an octet above 127 stands in an atom", kNobody, "RFC 9051 section 9: ATOM-CHAR", kGuess,
     repairs::eight_bit_in_atom},
    {"literal-media-type", "TEXT or MESSAGE is sent as a literal", kNobody, "RFC 9051 section 9: media-text", kSame,
     repairs::literal_media_type},
    {"unescaped-quote", "a DQUOTE in a string is not escaped", kNobody, "RFC 9051 section 9: QUOTED-CHAR", kSame,
     repairs::unescaped_quote},
    {"unescaped-backslash", "a backslash in a string is not escaped", kNobody, "RFC 9051 section 9: QUOTED-CHAR", kSame,
     repairs::unescaped_backslash},

    {"macro-in-parentheses", "ALL, FAST or FULL stands in parentheses", kNobody, "RFC 9051 section 6.4.5", kSame,
     repairs::macro_in_parentheses},
    {"charset-without-key", "SEARCH has a CHARSET and no key", kNobody, "RFC 9051 section 9: search-program", kGuess,
     repairs::charset_without_key},
    {"plus-in-tag", "a tag has a \"+\"", kNobody, "RFC 9051 section 9: tag", kGuess, repairs::plus_in_tag},
    {"command-without-tag", "a command has no tag", kNobody, "RFC 9051 section 2.2.1", kGuess,
     repairs::command_without_tag},
    {"unquoted-mailbox-with-space", "a mailbox name with a space is not quoted", kNobody, "RFC 9051 section 9: astring",
     kSame, repairs::unquoted_mailbox_with_space},
    {"unquoted-string", "a string that cannot be an atom, or must not, is not quoted", kNobody,
     "RFC 9051 section 9: string", kSame, repairs::unquoted_string},

    // These fit nearly everywhere, so they come last.
    {"missing-space", "a space is missing", kNobody, "RFC 9051 section 9, note 2", kSame, repairs::missing_space},
    {"missing-parenthesis", "a closing parenthesis is missing", kNobody, "RFC 9051 section 9", kGuess,
     repairs::missing_parenthesis},
    {"extra-parenthesis", "more parentheses are closed than opened", kNobody, "RFC 9051 section 9", kGuess,
     repairs::extra_parenthesis},
});

}  // namespace

std::span<const Quirk> quirks() { return kQuirks; }

}  // namespace imapspec::parser
