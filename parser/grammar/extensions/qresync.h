// QRESYNC: what changed in a mailbox while the client was away, and which messages are gone.
//
// RFC 7162 sections 3.2, 7
#pragma once

#include <cstdint>
#include <expected>
#include <optional>

#include "parser/core/cursor.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/sequence_set.h"
#include "parser/grammar/writer.h"

namespace imapspec::parser {

// SeqMatchData is seq-match-data: message numbers and the UIDs that belong to them.
struct SeqMatchData {
  SequenceSet sequences;
  SequenceSet uids;
  friend bool operator==(const SeqMatchData&, const SeqMatchData&) = default;
};

// QresyncParameter is the select-param QRESYNC.
struct QresyncParameter {
  NzNumber uid_validity;
  NzNumber64 mod_sequence;
  std::optional<SequenceSet> known_uids;
  std::optional<SeqMatchData> match;
  friend bool operator==(const QresyncParameter&, const QresyncParameter&) = default;
};

// VanishedModifier is the fetch-modifier VANISHED.
struct VanishedModifier {
  friend bool operator==(const VanishedModifier&, const VanishedModifier&) = default;
};

// Vanished is expunged-resp.
struct Vanished {
  bool earlier = false;
  SequenceSet uids;
  friend bool operator==(const Vanished&, const Vanished&) = default;
};

// Each of these reads from the octet after its keyword.

// select-param = "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
std::expected<QresyncParameter, Error> qresync_param(Cursor& in, const Profile& profile);

// rexpunges-fetch-mod = "VANISHED"
std::expected<VanishedModifier, Error> rexpunges_fetch_mod(Cursor& in, const Profile& profile);

// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids
std::expected<Vanished, Error> expunged_resp(Cursor& in, const Profile& profile);

// Each write appends its value with its keyword, and of the response all but its CRLF.
void write(const QresyncParameter& parameter, Writer& out);
void write(const VanishedModifier& modifier, Writer& out);
void write(const Vanished& response, Writer& out);

}  // namespace imapspec::parser
