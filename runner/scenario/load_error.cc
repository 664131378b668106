#include "runner/scenario/loader.h"

namespace imapspec::runner {

std::string to_string(const LoadError& error) {
  std::string text = error.where.file;
  // What is wrong with a file as a whole has no line.
  if (error.where.line > 0) {
    text += ":" + std::to_string(error.where.line) + ":" + std::to_string(error.where.column);
  }
  return text + ": " + error.message;
}

}  // namespace imapspec::runner
