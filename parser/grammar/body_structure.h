// The MIME structure of a message.
//
// RFC 9051 sections 7.5.2, 9: body
#pragma once

#include <cstdint>
#include <expected>
#include <optional>

#include "parser/core/cursor.h"
#include "parser/core/list.h"
#include "parser/grammar/envelope.h"
#include "parser/grammar/number.h"
#include "parser/grammar/profile.h"
#include "parser/grammar/string.h"

namespace imapspec::parser {

struct BodyParameter {
  String name;
  String value;
  friend bool operator==(const BodyParameter&, const BodyParameter&) = default;
};

struct BodyDisposition {
  String type;
  List<BodyParameter> parameters;
  friend bool operator==(const BodyDisposition&, const BodyDisposition&) = default;
};

// BodyExtensionItem is one body-extension, of which nothing is known but its form.
struct BodyExtensionItem {
  enum class Kind : std::uint8_t { Text, Number, Group };
  Kind kind = Kind::Text;
  NString text;
  Number64 number;
  List<BodyExtensionItem> items;
  friend bool operator==(const BodyExtensionItem& a, const BodyExtensionItem& b);
};

// BodyExtension is body-ext-1part or body-ext-mpart as far as it was sent: `fields` counts the
// fields present, 1 for only MD5 (or the parameters of a multipart), 4 with `items` or without.
struct BodyExtension {
  std::uint8_t fields = 0;
  NString md5;  // of a single part
  std::optional<BodyDisposition> disposition;
  List<String> languages;  // empty for NIL
  NString location;
  List<BodyExtensionItem> items;
  friend bool operator==(const BodyExtension&, const BodyExtension&) = default;
};

// Body is one body part. A multipart has `parts` and no fields of a single part.
struct Body {
  bool multipart = false;
  List<Body> parts;  // of a multipart; of message/rfc822 and /global, the one inside
  String type;       // of a single part
  String subtype;
  List<BodyParameter> parameters;
  NString id;
  NString description;
  String encoding;
  std::uint32_t octets = 0;
  const Envelope* envelope = nullptr;  // of message/rfc822 and message/global
  std::optional<Number64> lines;       // of text and of message/rfc822 and /global
  BodyExtension extension;
  friend bool operator==(const Body& a, const Body& b);
};

// body = "(" (body-type-1part / body-type-mpart) ")"
//
// With `extensible` false (FETCH BODY) extension data is refused: it MUST NOT be returned there.
std::expected<Body, Error> body(Cursor& in, const Profile& profile, bool extensible);

}  // namespace imapspec::parser
