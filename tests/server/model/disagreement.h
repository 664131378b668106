// What a model throws where the server does something else.
#pragma once

#include <string>
#include <utility>

namespace imapspec::server::model {

// Disagreement says in words what the model expected and what came.
struct Disagreement {
  std::string message;
};

// require throws the message where `holds` is false.
inline void require(bool holds, std::string message) {
  if (!holds) throw Disagreement{std::move(message)};
}

}  // namespace imapspec::server::model
