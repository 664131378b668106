// However a stream is split, the framer yields the same units, literals and limits at the same octets, and
// it holds no more than its limits allow. The first octet of an input chooses the direction, who
// abandons which unit, and the pieces; the rest is the stream.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/target.h"
#include "parser/framing/framer.h"

namespace {

using namespace imapspec;
using parser::FramingEvent;

// Small, so that short inputs meet them.
constexpr parser::FramingLimits kLimits{.line = 256, .literal = 512, .unit = 1'024, .literals = 4};

// Seen is one event, and how much of the stream was consumed then.
struct Seen {
  FramingEvent event = FramingEvent::NeedMore;
  std::size_t consumed = 0;
  std::string unit;
  std::uint64_t literal = 0;
  friend bool operator==(const Seen&, const Seen&) = default;
};

// What the framer says when the stream comes in pieces of `piece` octets.
std::vector<Seen> frame(std::string_view stream, unsigned choices, std::size_t piece) {
  parser::Framer framer((choices & 1) != 0 ? parser::Direction::FromServer : parser::Direction::FromClient, kLimits);
  std::vector<Seen> seen;
  for (std::size_t consumed = 0; consumed < stream.size();) {
    std::string_view now = stream.substr(consumed, piece);
    const std::size_t given = now.size();
    const FramingEvent event = framer.consume(now);
    consumed += given - now.size();
    fuzz::require(framer.unit().size() <= kLimits.unit, "the unit is larger than its limit", stream);
    if (event == FramingEvent::NeedMore) continue;
    seen.push_back({event, consumed, std::string(framer.unit()), framer.literal().octets});
    const bool is_limit = event != FramingEvent::Unit && event != FramingEvent::LiteralAnnounced;
    if (is_limit || (event == FramingEvent::LiteralAnnounced && (choices >> seen.size() % 7 & 2) != 0)) {
      framer.abandon_unit();
    }
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::vector<Seen> whole = frame(stream, data[0], stream.size());
  fuzz::require(frame(stream, data[0], 1) == whole, "octet by octet it is another stream", stream);
  fuzz::require(frame(stream, data[0], 2 + data[0] % 13) == whole, "in pieces it is another stream", stream);
  return 0;
}
