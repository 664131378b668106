#include "server/mime/address.h"

#include <utility>

#include "server/mime/limits.h"

namespace imapspec::server::mime {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Address> list() {
    std::vector<Address> addresses;
    bool in_group = false;
    for (skip(); !end() && addresses.size() < kLimits.addresses; skip()) {
      if (take(',')) continue;
      if (take(';')) {
        if (std::exchange(in_group, false)) addresses.emplace_back();
        continue;
      }
      const std::size_t start = at_;
      comment_.clear();
      const Words words = phrase();
      if (!in_group && take(':')) {
        in_group = true;
        Address group;
        group.mailbox = words.text;
        addresses.push_back(std::move(group));
      } else if (take('<')) {
        addresses.push_back(angle(words.text));
      } else if (!words.written.empty()) {
        addresses.push_back(bare(words.written));
      } else if (at_ == start) {
        ++at_;  // an octet that has no place here
      }
    }
    if (in_group) addresses.emplace_back();
    return addresses;
  }

 private:
  // Words is a phrase with quotes undone and single spaces, and a local-part as it was written.
  struct Words {
    std::string text;
    std::string written;
  };

  [[nodiscard]] bool end() const { return at_ >= text_.size(); }

  bool take(char c) {
    skip();
    if (end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  // skip leaves out white space and comments, and remembers the last comment.
  void skip() {
    while (!end()) {
      const char c = text_[at_];
      if (c == '(') {
        comment();
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else {
        return;
      }
    }
  }

  void comment() {
    comment_.clear();
    std::size_t depth = 0;
    for (; !end(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size()) {
        comment_.push_back(text_[++at_]);
        continue;
      }
      if (c == '(' && depth++ == 0) continue;
      if (c == ')' && --depth == 0) {
        ++at_;
        return;
      }
      comment_.push_back(c);
    }
  }

  // quoted reads a quoted-string from its quote on.
  Words quoted() {
    Words words;
    const std::size_t start = at_++;
    while (!end() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      words.text.push_back(text_[at_++]);
    }
    if (!end()) ++at_;
    words.written = text_.substr(start, at_ - start);
    return words;
  }

  std::string atom(std::string_view stops) {
    const std::size_t start = at_;
    while (!end() && stops.find(text_[at_]) == std::string_view::npos) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  // phrase reads words up to a character that has a meaning in an address list.
  Words phrase() {
    Words words;
    for (skip(); !end(); skip()) {
      Words next;
      if (text_[at_] == '"') {
        next = quoted();
      } else {
        next.text = atom(" \t\r\n\"(),:;<>@");
        next.written = next.text;
      }
      if (next.written.empty()) break;
      if (!words.text.empty()) words.text.push_back(' ');
      words.text += next.text;
      words.written += next.written;
    }
    return words;
  }

  std::string domain() {
    std::string name;
    for (skip(); !end(); skip()) {
      const std::string part = text_[at_] == '[' ? literal() : atom(" \t\r\n\"(),:;<>@[");
      if (part.empty()) break;
      name += part;
    }
    return name;
  }

  std::string literal() {
    std::string text = atom("]");
    if (!end()) text.push_back(text_[at_++]);
    return text;
  }

  Address angle(const std::string& name) {
    Address address;
    if (!name.empty()) address.name = name;
    std::string route;
    while (take('@')) {
      route += (route.empty() ? "@" : ",@") + domain();
      while (take(',')) {
      }
    }
    if (!route.empty()) {
      address.route = route;
      take(':');
    }
    address.mailbox = phrase().written;
    address.host = take('@') ? domain() : std::string();
    // Whatever else stands before the end of the address is left out.
    while (!end() && text_[at_] != '>' && text_[at_] != ',' && text_[at_] != ';') ++at_;
    take('>');
    return address;
  }

  Address bare(std::string mailbox) {
    Address address;
    address.mailbox = std::move(mailbox);
    // Note: without "@" the host is empty; NIL would make it a group.
    address.host = take('@') ? domain() : std::string();
    skip();
    if (!comment_.empty()) address.name = comment_;
    return address;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string comment_;
};

}  // namespace

std::vector<Address> parse_addresses(std::string_view field_value) { return Reader(field_value).list(); }

}  // namespace imapspec::server::mime
