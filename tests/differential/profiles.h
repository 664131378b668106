// The grammars of parser/spec, put together as profiles.txt says.
//
// parser/spec/README.md
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "parser/abnf/grammar.h"
#include "parser/framing/framer.h"
#include "parser/grammar/profile.h"

namespace imapspec::differential {

// Manifest is profiles.txt.
struct Manifest {
  struct Entry {
    std::vector<std::string> capabilities;      // of an extension line: all have to be in force
    std::vector<std::string> names;             // of profiles, or of a written RFC
    std::vector<parser::Direction> directions;  // none for a written RFC
    std::vector<std::string> files;
  };
  std::string folder;
  std::vector<Entry> written;
  std::vector<Entry> profiles;
  std::vector<Entry> extensions;
  std::vector<std::string> client_roots;
  std::vector<std::string> server_roots;

  [[nodiscard]] const std::vector<std::string>& roots(parser::Direction direction) const {
    return direction == parser::Direction::FromClient ? client_roots : server_roots;
  }
};

// read_manifest reads profiles.txt in that folder; errors here and below are text for a person.
std::expected<Manifest, std::string> read_manifest(const std::string& folder);

// ProfileName is a revision and the capabilities on top of it, written "rev1+rev2" or "rev1 QUOTA ACL".
struct ProfileName {
  std::string revision;
  std::vector<std::string> capabilities;
};
std::string to_string(const ProfileName& name);

// profile_names are what there is to compare: each revision, each with one of its extensions, and each with all.
std::vector<ProfileName> profile_names(const Manifest& manifest);

// parser_profile is what the hand-written parser is told; an unknown name is an error.
std::expected<parser::Profile, std::string> parser_profile(const ProfileName& name);

// profile_files are the files of a profile for one direction, in order.
std::vector<std::string> profile_files(const Manifest& manifest, const ProfileName& name, parser::Direction direction);

// profile_grammar reads the files of a profile for one direction, and `more` after them.
std::expected<abnf::Grammar, std::string> profile_grammar(const Manifest& manifest, const ProfileName& name,
                                                          parser::Direction direction,
                                                          const std::vector<std::string>& more = {});

// unresolved_grammar reads only those files of a profile that have rules of RFCs, and besides what is in the folder
// `widened`: units.abnf and the file of the revision after those of the revision, and the files of capabilities
// at the end, where there are some. A rule that is missing matches nothing.
std::expected<abnf::Grammar, std::string> unresolved_grammar(const Manifest& manifest, const ProfileName& name,
                                                             parser::Direction direction, const std::string& widened);

// written_grammar reads an RFC's grammar before anything is resolved, and `more` after it. Any rule may be used from
// outside.
std::expected<abnf::Grammar, std::string> written_grammar(const Manifest& manifest, std::string_view name,
                                                          const std::vector<std::string>& more = {});

}  // namespace imapspec::differential
