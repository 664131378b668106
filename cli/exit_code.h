// What the exit codes of the command mean, the same for every subcommand.
#pragma once

namespace imapspec::cli {

inline constexpr int kExitGood = 0;
inline constexpr int kExitFound = 1;        // what was asked about is not right
inline constexpr int kExitUsage = 2;        // the arguments make no sense
inline constexpr int kExitNotLoaded = 3;    // a file does not load
inline constexpr int kExitUnreachable = 4;  // a port cannot be reached, or opened

}  // namespace imapspec::cli
