#include "bench/input.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace imapspec::bench {

Input cut(std::string_view stream, parser::Direction direction) {
  Input input;
  parser::Framer framer(direction);
  while (!stream.empty()) {
    if (framer.consume(stream) != parser::FramingEvent::Unit) continue;
    input.units.push_back(framer.take_unit());
    input.octets += input.units.back().size();
  }
  return input;
}

Input read_input(std::string_view name, parser::Direction direction) {
  const std::string path = IMAPSPEC_SOURCE_DIR "/bench/inputs/" + std::string(name);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return cut(std::string(std::istreambuf_iterator<char>(file), {}), direction);
}

std::string literal_response(std::size_t octets) {
  constexpr std::string_view kLine = "It was the best of times, it was the worst of times, it was the age.\r\n";
  return "* 12 FETCH (UID 4827 BODY[] {" + std::to_string(octets) + "}\r\n" +
         repeated("", kLine, "", octets).substr(0, octets) + ")\r\n";
}

std::string repeated(std::string_view head, std::string_view item, std::string_view tail, std::size_t octets) {
  std::string made(head);
  while (made.size() + tail.size() < octets) made += item;
  return made += tail;
}

}  // namespace imapspec::bench
