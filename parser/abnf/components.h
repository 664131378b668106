// What in a graph reaches itself, and an order for the rest.
#pragma once

#include <cstdint>
#include <vector>

namespace imapspec::abnf {

// Components is the result of components.
struct Components {
  std::vector<std::uint32_t> order;      // all vertices: what one points at stands before it, unless both are cyclic
  std::vector<std::uint32_t> component;  // by vertex: those that reach each other have the same number
  std::vector<bool> cyclic;              // by vertex: it reaches itself
};

// components finds the strongly connected components of a graph, given as the vertices that each vertex points at.
Components components(const std::vector<std::vector<std::uint32_t>>& edges);

}  // namespace imapspec::abnf
