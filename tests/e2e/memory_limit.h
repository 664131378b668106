// How much memory a run may take, whatever its peer does.
#pragma once

#include <cstddef>

namespace imapspec::e2e {

// kMostMemory is in octets. Sanitizers need memory of their own.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::size_t kMostMemory = 2U << 30;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr std::size_t kMostMemory = 2U << 30;
#else
inline constexpr std::size_t kMostMemory = 200U << 20;
#endif
#else
inline constexpr std::size_t kMostMemory = 200U << 20;
#endif

}  // namespace imapspec::e2e
