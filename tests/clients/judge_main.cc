// imapspec_transcript_judge FILE: exits with 1 where the server said something in it that it may not say.
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/clients/transcript_judge.h"

int main(int argc, char** argv) {
  using namespace imapspec;
  if (argc != 2) {
    fmt::print(stderr, "usage: imapspec_transcript_judge FILE\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) {
    fmt::print(stderr, "cannot read {}\n", argv[1]);
    return 2;
  }
  const std::string transcript{std::istreambuf_iterator<char>(file), {}};
  server::Offer offer;  // as `imapspec serve --profile rev1+rev2` has it
  offer.rev1 = true;
  fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  clients::Judgement judgement;
  if (const auto error = clients::judge(transcript, offer, judges, judgement)) ++judgement.complaints[*error];
  if (judges.looked_at() == 0) ++judgement.complaints["nothing was said"];

  fmt::print("{} connections, {} responses\n", judgement.connections, judges.seen());
  fmt::print("commands:");
  for (const auto& [name, count] : judgement.commands) fmt::print(" {} ({})", name, count);
  fmt::print("\n");
  for (const std::string& command : judgement.odd_commands) fmt::print("not a command: {}\n", command);
  for (const auto& [complaint, count] : judgement.complaints) fmt::print("{} times: {}\n", count, complaint);
  return judgement.complaints.empty() ? 0 : 1;
}
