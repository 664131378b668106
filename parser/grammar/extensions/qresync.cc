#include "parser/grammar/extensions/qresync.h"

#include "parser/grammar/extensions/arguments.h"
#include "parser/grammar/extensions/condstore.h"

namespace imapspec::parser {

namespace {

// known-uids = sequence-set
//              ;; Sequence of UIDs; "*" is not allowed.
// known-sequence-set = sequence-set
//                      ;; Set of message numbers corresponding to
//                      ;; the UIDs in known-uid-set, in ascending order.
//                      ;; * is not allowed.
// known-uid-set = sequence-set
//                 ;; Set of UIDs corresponding to the messages in
//                 ;; known-sequence-set, in ascending order.
//                 ;; * is not allowed.
//
// Note: T63. Without "*", and without "$", which is no known number either, this is the uid-set of
// RFC 9051. The order is not looked at: the RFC gives a server no reason to.
std::expected<SequenceSet, Error> known_set(Cursor& in, Name rule) {
  Attempt attempt(in, rule);
  const auto set = uid_set(in);
  if (set) return attempt.accept(*set);
  const std::string_view left = in.octets().substr(set.error().offset);
  if (left.starts_with('*') || left.starts_with('$')) return in.fail_at(set.error().offset, rule, "nz-number", "T63");
  return std::unexpected(set.error());
}

// seq-match-data = "(" known-sequence-set SP known-uid-set ")"
std::expected<SeqMatchData, Error> seq_match_data(Cursor& in) {
  Attempt attempt(in, "seq-match-data");
  SeqMatchData match;
  if (!in.take('(')) return in.fail("seq-match-data", "\"(\"");
  IMAPSPEC_TRY(match.sequences, known_set(in, "known-sequence-set"));
  if (!in.take(' ')) return in.fail("seq-match-data", "SP");
  IMAPSPEC_TRY(match.uids, known_set(in, "known-uid-set"));
  if (!in.take(')')) return in.fail("seq-match-data", "\")\"");
  return attempt.accept(match);
}

}  // namespace

// uidvalidity = nz-number
std::expected<QresyncParameter, Error> qresync_param(Cursor& in, const Profile&) {
  Attempt attempt(in, "select-param");
  QresyncParameter parameter;
  if (!in.take(' ')) return in.fail("select-param", "SP");
  if (!in.take('(')) return in.fail("select-param", "\"(\"");
  IMAPSPEC_TRY(parameter.uid_validity, nz_number(in));
  if (!in.take(' ')) return in.fail("select-param", "SP");
  IMAPSPEC_TRY(parameter.mod_sequence, mod_sequence_value(in));
  bool more = in.take(' ');
  if (more && in.peek() != '(') {
    IMAPSPEC_TRY(parameter.known_uids, known_set(in, "known-uids"));
    more = in.take(' ');
  }
  if (more) {
    IMAPSPEC_TRY(parameter.match, seq_match_data(in));
  }
  if (!in.take(')')) return in.fail("select-param", "SP or \")\"");
  return attempt.accept(parameter);
}

std::expected<VanishedModifier, Error> rexpunges_fetch_mod(Cursor&, const Profile&) { return VanishedModifier{}; }

std::expected<Vanished, Error> expunged_resp(Cursor& in, const Profile&) {
  Attempt attempt(in, "expunged-resp");
  Vanished response;
  if (!in.take(' ')) return in.fail("expunged-resp", "SP");
  if (in.peek() == '(') {
    if (!in.take_word("(EARLIER)", "expunged-resp")) return attempt.fail("(EARLIER)");
    response.earlier = true;
    if (!in.take(' ')) return in.fail("expunged-resp", "SP");
  }
  IMAPSPEC_TRY(response.uids, known_set(in, "known-uids"));
  return attempt.accept(response);
}

void write(const QresyncParameter& parameter, Writer& out) {
  out.word("QRESYNC");
  out.octets(" (");
  out.nz_number(parameter.uid_validity);
  write_argument(parameter.mod_sequence, out);
  if (parameter.known_uids) write_argument(*parameter.known_uids, out);
  if (parameter.match) {
    out.octets(" (");
    write(parameter.match->sequences, out);
    write_argument(parameter.match->uids, out);
    out.octet(')');
  }
  out.octet(')');
}

void write(const VanishedModifier&, Writer& out) { out.word("VANISHED"); }

void write(const Vanished& response, Writer& out) {
  write_keyword("VANISHED", out);
  if (response.earlier) {
    out.octets(" (");
    out.word("EARLIER");
    out.octet(')');
  }
  write_argument(response.uids, out);
}

}  // namespace imapspec::parser
