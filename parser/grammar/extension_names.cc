#include "parser/grammar/extension_names.h"

#include "parser/core/ascii.h"
#include "parser/grammar/capability.h"

namespace imapspec::parser {

namespace {

bool begins_with(std::string_view capability, std::string_view prefix) {
  return equal_ignoring_case(capability.substr(0, prefix.size()), prefix);
}

}  // namespace

void add_capability(Profile& profile, std::string_view capability) {
  for (const ExtensionName& name : kExtensionNames) {
    if (equal_ignoring_case(name.capability, capability)) profile.add(name.extension);
  }
  if (begins_with(capability, "APPENDLIMIT=")) profile.add(Extension::AppendLimit);
  if (begins_with(capability, "QUOTA=RES-")) profile.add(Extension::Quota);
  if (equal_ignoring_case(capability, "UTF8=ONLY")) profile.add(Extension::Utf8Accept);
}

void add_enabled(Profile& profile, std::string_view capability) {
  add_capability(profile, capability);
  if (equal_ignoring_case(capability, "IMAP4rev2")) profile.rev2 = true;
  if (equal_ignoring_case(capability, "UTF8=ACCEPT")) profile.add(Extension::Utf8Enabled);
}

Profile profile_of(List<AtomName> capabilities) {
  Profile profile;
  profile.rev2 = contains_capability(capabilities, "IMAP4rev2");
  profile.rev1 = !profile.rev2 || contains_capability(capabilities, "IMAP4rev1");
  for (const std::string_view capability : capabilities) add_capability(profile, capability);
  return profile;
}

}  // namespace imapspec::parser
