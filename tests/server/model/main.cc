// The model against the server, from the command line: random scripts, or one from a file.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "tests/server/model/play.h"

namespace {

using namespace imapspec;
using namespace imapspec::server::model;

int report(const Script& script, const Failure& failure) {
  std::printf("step %zu: %s\n%s", failure.step + 1, failure.message.c_str(), to_text(script).c_str());
  return 1;
}

int replay(const std::string& file, const server::FaultSet& faults, fuzz::GrammarJudges& judges) {
  std::ifstream stream(file, std::ios::binary);
  const auto script = parse_script(std::string((std::istreambuf_iterator<char>(stream)), {}));
  if (!stream || !script) {
    std::fprintf(stderr, "%s is no script%s\n", file.c_str(), script ? "" : (": " + script.error()).c_str());
    return 2;
  }
  const Played played = play(*script, faults, &judges);
  std::printf("%zu commands\n", played.commands);
  return played.failure ? report(*script, *played.failure) : 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Random commands on three sessions, to the reference server and to a naive model of it");
  std::uint64_t seed = 1;
  std::size_t commands = 100'000;
  std::size_t length = 200;
  std::string fault;
  std::string file;
  app.add_option("--seed", seed, "of the first script; the others count up from it");
  app.add_option("--commands", commands, "how many at least");
  app.add_option("--length", length, "of one script");
  app.add_option("--fault", fault, "of the server");
  app.add_option("--script", file, "play this script in place of random ones");
  CLI11_PARSE(app, argc, argv);
  server::FaultSet faults;
  if (!fault.empty()) {
    const auto named = server::fault_named(fault);
    if (!named) {
      std::fprintf(stderr, "no fault is called %s\n", fault.c_str());
      return 2;
    }
    faults = server::FaultSet(*named);
  }
  fuzz::GrammarJudges judges(IMAPSPEC_SOURCE_DIR);
  if (!file.empty()) return replay(file, faults, judges);
  const auto started = std::chrono::steady_clock::now();
  std::size_t played = 0;
  std::size_t accepted = 0;
  for (; played < commands; ++seed) {
    const Script script = random_script(seed, length);
    const Played one = play(script, faults, &judges);
    played += one.commands;
    accepted += one.accepted;
    if (!one.failure) continue;
    std::printf("seed %llu, ", static_cast<unsigned long long>(seed));
    const Script shrunk = shrink(script, faults, &judges);
    return report(shrunk, *play(shrunk, faults, &judges).failure);
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
  std::printf(
      "%zu commands, %zu of them OK, no difference; %.0f a second; the recogniser looked at %zu of %zu responses\n",
      played, accepted, static_cast<double>(played) / taken.count(), judges.looked_at(), judges.seen());
  return 0;
}
