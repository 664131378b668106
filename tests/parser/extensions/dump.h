// Values of extensions on one line, for tests to compare and show.
#pragma once

#include <string>

#include "parser/grammar/command.h"
#include "parser/grammar/extensions/modifiers.h"
#include "parser/grammar/response.h"

namespace imapspec::parser::test {

// dump_arguments shows what follows a command's name, each argument with a space in front.
std::string dump_arguments(const commands::Id& command);
std::string dump_arguments(const commands::GetQuota& command);
std::string dump_arguments(const commands::GetQuotaRoot& command);
std::string dump_arguments(const commands::SetQuota& command);
std::string dump_arguments(const commands::GetAcl& command);
std::string dump_arguments(const commands::SetAcl& command);
std::string dump_arguments(const commands::DeleteAcl& command);
std::string dump_arguments(const commands::ListRights& command);
std::string dump_arguments(const commands::MyRights& command);
std::string dump_arguments(const commands::Unauthenticate& command);

// dump shows modifiers with a space in front, and nothing of none.
std::string dump(const List<SelectParameter>& parameters);
std::string dump(const List<FetchModifier>& modifiers);
std::string dump(const List<StoreModifier>& modifiers);

// dump shows what MODSEQ has behind it, with a space in front.
std::string dump(const SearchModSequence& key);

// dump shows a response that an extension adds or adds to; of the others nothing.
std::string dump(const Response& response);

}  // namespace imapspec::parser::test
