#include "parser/abnf/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace imapspec::abnf {
namespace {

// How tightly a node holds together. What is looser than its surroundings stands in parentheses.
enum class Binding { Alternation, Concatenation, Repetition, Element };

Binding binding(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Alternation:
      return Binding::Alternation;
    case Node::Kind::Concatenation:
    case Node::Kind::Exclusion:
      return Binding::Concatenation;
    case Node::Kind::Repetition:
      return node.least == 0 && node.most == 1 ? Binding::Element : Binding::Repetition;
    case Node::Kind::Reference:
    case Node::Kind::Text:
    case Node::Kind::Octet:
    case Node::Kind::Counted:
    case Node::Kind::Prose:
      return Binding::Element;
  }
  return Binding::Element;
}

class Writer {
 public:
  explicit Writer(const Grammar& grammar) : grammar_(grammar) {}

  void rule(const Rule& rule) {
    for (const Resolution& resolution : rule.resolutions) {
      put("; @{} {}, {}: {}\n", resolution.id, resolution.severity, resolution.clause, resolution.reason);
    }
    put("{} = ", rule.name);
    node(rule.definition, Binding::Alternation);
    if (rule.range) put(" @range({}, {})", rule.range->least, rule.range->most);
    put("\n");
  }

  void node(NodeId id, Binding around) {
    const Node& written = grammar_.node(id);
    const bool grouped = binding(written) < around;
    if (grouped) put("(");
    bare_node(written);
    if (grouped) put(")");
  }

  std::string take() { return std::move(out_); }

 private:
  template <class... Values>
  void put(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Values>(values)...);
  }

  void list(const Node& written, std::string_view separator, Binding around) {
    for (std::size_t index = 0; index < written.children.size(); ++index) {
      if (index > 0) put("{}", separator);
      node(written.children[index], around);
    }
  }

  void bare_node(const Node& written) {
    switch (written.kind) {
      case Node::Kind::Alternation:
        return list(written, " / ", Binding::Concatenation);
      case Node::Kind::Concatenation:
        return list(written, " ", Binding::Repetition);
      case Node::Kind::Exclusion:
        return exclusion(written);
      case Node::Kind::Repetition:
        return repetition(written);
      case Node::Kind::Reference:
        return put("{}", grammar_.rule(written.rule).name);
      case Node::Kind::Text:
        return text(written);
      case Node::Kind::Octet:
        put("%x{:02X}", written.first);
        if (written.last != written.first) put("-{:02X}", written.last);
        return;
      case Node::Kind::Counted:
        put("@octets({}, ", grammar_.rule(written.rule).name);
        node(written.children.front(), Binding::Element);
        return put(")");
      case Node::Kind::Prose:
        return put("<{}>", written.text);
    }
  }

  // A chain of exclusions needs no parentheses on its left side.
  void exclusion(const Node& written) {
    const bool chain = grammar_.node(written.children[0]).kind == Node::Kind::Exclusion;
    node(written.children[0], chain ? Binding::Alternation : Binding::Repetition);
    put(" - ");
    node(written.children[1], Binding::Repetition);
  }

  void repetition(const Node& written) {
    if (written.least == 0 && written.most == 1) {
      put("[");
      node(written.children.front(), Binding::Alternation);
      return put("]");
    }
    if (written.least != 0 || written.most == 0) put("{}", written.least);
    if (written.least != written.most) put("*");
    if (written.most != kUnbounded && written.least != written.most) put("{}", written.most);
    node(written.children.front(), Binding::Element);
  }

  void text(const Node& written) {
    const bool printable =
        std::ranges::all_of(written.text, [](char octet) { return octet >= ' ' && octet <= '~' && octet != '"'; });
    if (printable) return put("{}\"{}\"", written.case_sensitive ? "%s" : "", written.text);
    for (std::size_t index = 0; index < written.text.size(); ++index) {
      put("{}{:02X}", index == 0 ? "%x" : ".", static_cast<unsigned char>(written.text[index]));
    }
  }

  const Grammar& grammar_;
  std::string out_;
};

}  // namespace

std::string write(const Grammar& grammar) {
  Writer writer(grammar);
  for (const Rule& rule : grammar.rules()) writer.rule(rule);
  return writer.take();
}

std::string write_node(const Grammar& grammar, NodeId node) {
  Writer writer(grammar);
  writer.node(node, Binding::Alternation);
  return writer.take();
}

}  // namespace imapspec::abnf
