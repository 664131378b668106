#include "tests/server/faults/cases.h"

namespace imapspec::server {

std::vector<FaultCase> search_cases() {
  return {
      {Fault::SearchOrIntersects, Start::LoggedIn, with_message("x", {"C: a SEARCH OR SEEN UNSEEN"})},
      {Fault::EsearchWithoutTag, Start::LoggedIn, with_message("x", {"C: a SEARCH ALL"})},
      {Fault::EsearchMissingWhenEmpty, Start::LoggedIn, with_message("x", {"C: a SEARCH SEEN"})},
      {Fault::UidSearchWithoutUid, Start::LoggedIn, with_message("x", {"C: a UID SEARCH ALL"})},
      {Fault::UnknownCharsetBad, Start::LoggedIn, with_message("x", {"C: a SEARCH CHARSET X-NONE ALL"})},
  };
}

}  // namespace imapspec::server
