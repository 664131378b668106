// Conversations that are listened to, and what is written of them.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "runner/match/pattern.h"
#include "runner/record/recording.h"
#include "runner/record/scenario_writer.h"
#include "runner/scenario/loader.h"

namespace imapspec::runner::test {

// Said in turn: 'C' or 'S', and the octets.
using Talk = std::vector<std::pair<char, std::string>>;

inline RecordingBudget& plenty() {
  static RecordingBudget budget;
  return budget;
}

inline void play(Recording& recording, const Talk& talk) {
  for (const auto& [who, octets] : talk) {
    if (who == 'C') {
      recording.on_client(octets);
    } else {
      EXPECT_FALSE(recording.on_server(octets)) << octets;
    }
  }
}

inline void play_octet_by_octet(Recording& recording, const Talk& talk) {
  for (const auto& [who, octets] : talk) {
    for (std::size_t i = 0; i < octets.size(); ++i) play(recording, {{who, octets.substr(i, 1)}});
  }
}

// written is the scenario of one client, which has to load.
inline std::string written(const std::vector<const Recording*>& recordings) {
  std::string yaml = write_scenario(recordings, "Recorded");
  const auto loaded = parse_scenario(yaml, "recorded", "recorded.yaml", "nowhere", Pattern::check);
  EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error().front())) << '\n' << yaml;
  return yaml;
}

inline std::string written(const Recording& recording) { return written(std::vector{&recording}); }

inline const Talk kHello = {{'S', "* OK [CAPABILITY IMAP4rev1 LITERAL+ IDLE] hello\r\n"}};
inline const Talk kEntered = {{'C', "1 LOGIN alice \"sec\\\"ret\"\r\n"}, {'S', "1 OK welcome\r\n"}};

inline Talk operator+(Talk a, const Talk& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// found is the requirements of what was found.
inline std::vector<std::string> found(Recording& recording) {
  std::vector<std::string> requirements;
  for (const Finding& finding : recording.findings()) requirements.push_back(finding.requirement);
  return requirements;
}

}  // namespace imapspec::runner::test
