#include "runner/match/term.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "parser/core/ascii.h"

namespace imapspec::runner {
namespace {

using Kind = Term::Kind;

Term keyword(std::string_view text) {
  Term word = leaf_term(Kind::Keyword, parser::to_upper(text));
  word.spelling = text;
  return word;
}
Term number(std::uint64_t value) { return leaf_term(Kind::Number, std::to_string(value)); }
Term nil() { return leaf_term(Kind::Nil, {}); }
Term octets(const parser::String& string) { return leaf_term(Kind::Octets, string.value()); }
Term octets(const parser::NString& string) { return string ? octets(*string) : nil(); }
Term mailbox(const parser::Mailbox& mailbox) { return leaf_term(Kind::Octets, mailbox.value()); }

template <class Range, class Convert>
Term each(Kind kind, const Range& range, Convert convert) {
  Term all = list_term(kind, {});
  for (const auto& item : range) all.items.push_back(convert(item));
  return all;
}

Term flags(Kind kind, parser::List<parser::Flag> list) {
  return each(kind, list, [](const parser::Flag& flag) { return keyword(flag); });
}

Term capabilities(parser::List<parser::AtomName> list) { return each(Kind::Subset, list, keyword); }

// A set in normal form: ascending, merged ranges. "*" comes last, as no number can be larger.
Term numbers(parser::List<parser::SeqRange> set) {
  constexpr std::uint64_t kStar = std::uint64_t{1} << 32;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const parser::SeqRange& range : set) {
    const std::uint64_t a = range.first.number ? std::uint64_t{*range.first.number} : kStar;
    const std::uint64_t b = range.last.number ? std::uint64_t{*range.last.number} : kStar;
    ranges.emplace_back(std::min(a, b), std::max(a, b));
  }
  std::sort(ranges.begin(), ranges.end());
  std::vector<std::pair<std::uint64_t, std::uint64_t>> merged;
  for (const auto& [first, last] : ranges) {
    if (!merged.empty() && first <= merged.back().second + 1 && last != kStar) {
      merged.back().second = std::max(merged.back().second, last);
    } else {
      merged.emplace_back(first, last);
    }
  }
  std::string text;
  const auto show = [&](std::uint64_t value) { return value == kStar ? std::string("*") : std::to_string(value); };
  for (const auto& [first, last] : merged) {
    if (!text.empty()) text += ',';
    text += show(first);
    if (last != first) text += ':' + show(last);
  }
  return leaf_term(Kind::Numbers, text);
}

Term numbers(const parser::SequenceSet& set) {
  return set.is_last_result() ? leaf_term(Kind::Numbers, "$") : numbers(set.ranges());
}

Term numbers(parser::List<parser::NzNumber> list) {
  std::vector<parser::SeqRange> ranges;
  ranges.reserve(list.size());
  for (const parser::NzNumber value : list) ranges.push_back({{value}, {value}});
  return numbers(parser::List<parser::SeqRange>(ranges));
}

Term date_time(const parser::DateTime& when) {
  using namespace std::chrono;
  const sys_days day = year_month_day{year{when.date.year}, month{when.date.month}, std::chrono::day{when.date.day}};
  const int zone = when.zone;
  const auto local = day + hours{when.hour} + minutes{when.minute} + seconds{when.second};
  const auto instant = local - hours{zone / 100} - minutes{zone % 100};
  Term term = leaf_term(Kind::DateTime, std::to_string(instant.time_since_epoch().count()));
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const unsigned month_index = static_cast<unsigned>(when.date.month) - 1;
  term.spelling = fmt::format(
      "{:02}-{}-{:04} {:02}:{:02}:{:02} {}{:04}", static_cast<unsigned>(when.date.day), kMonths.at(month_index),
      static_cast<unsigned>(when.date.year), static_cast<unsigned>(when.hour), static_cast<unsigned>(when.minute),
      static_cast<unsigned>(when.second), zone < 0 || when.minus_zero ? '-' : '+', std::abs(zone));
  return term;
}

Term address(const parser::Address& address) {
  return list_term(Kind::List,
                   {octets(address.name), octets(address.adl), octets(address.mailbox), octets(address.host)});
}

Term envelope(const parser::Envelope& envelope) {
  Term all = list_term(Kind::List, {octets(envelope.date), octets(envelope.subject)});
  for (const auto* list :
       {&envelope.from, &envelope.sender, &envelope.reply_to, &envelope.to, &envelope.cc, &envelope.bcc}) {
    all.items.push_back(list->empty() ? nil() : each(Kind::List, *list, address));
  }
  all.items.push_back(octets(envelope.in_reply_to));
  all.items.push_back(octets(envelope.message_id));
  return all;
}

// Media types, parameter names, encodings and languages ignore case (RFC 2045 sections 5.1, 6.1).
Term word(const parser::String& string) { return leaf_term(Kind::Octets, parser::to_upper(string.value())); }

Term parameters(parser::List<parser::BodyParameter> list) {
  if (list.empty()) return nil();
  return each(Kind::Set, list, [](const parser::BodyParameter& parameter) {
    return list_term(Kind::List, {word(parameter.name), octets(parameter.value)});
  });
}

void add_extension(const parser::BodyExtension& extension, std::vector<Term>& items) {
  if (extension.fields >= 2) {
    items.push_back(extension.disposition ? list_term(Kind::List, {word(extension.disposition->type),
                                                                   parameters(extension.disposition->parameters)})
                                          : nil());
  }
  if (extension.fields >= 3) {
    items.push_back(extension.languages.empty() ? nil() : each(Kind::List, extension.languages, word));
  }
  if (extension.fields >= 4) items.push_back(octets(extension.location));
}

Term body(const parser::Body& part) {
  Term all = list_term(Kind::List, {});
  if (part.multipart) {
    all.items.push_back(each(Kind::List, part.parts, body));
    all.items.push_back(word(part.subtype));
    if (part.extension.fields >= 1) all.items.push_back(parameters(part.parameters));
    add_extension(part.extension, all.items);
    return all;
  }
  all.items = {word(part.type),          word(part.subtype),  parameters(part.parameters), octets(part.id),
               octets(part.description), word(part.encoding), number(part.octets)};
  if (part.envelope != nullptr) all.items.push_back(envelope(*part.envelope));
  for (const parser::Body& inner : part.parts) all.items.push_back(body(inner));
  if (part.lines) all.items.push_back(number(*part.lines));
  if (part.extension.fields >= 1) all.items.push_back(octets(part.extension.md5));
  add_extension(part.extension, all.items);
  return all;
}

std::string section_name(const parser::Section& section) {
  std::string name;
  for (const std::uint32_t part : section.part) name += fmt::format("{}{}", name.empty() ? "" : ".", part);
  const auto add = [&](std::string_view text) { name += (name.empty() ? "" : ".") + std::string(text); };
  switch (section.text) {
    case parser::SectionText::Whole:
      break;
    case parser::SectionText::Header:
      add("HEADER");
      break;
    case parser::SectionText::HeaderFields:
      add("HEADER.FIELDS");
      break;
    case parser::SectionText::HeaderFieldsNot:
      add("HEADER.FIELDS.NOT");
      break;
    case parser::SectionText::Text:
      add("TEXT");
      break;
    case parser::SectionText::Mime:
      add("MIME");
      break;
  }
  for (const parser::String& field : section.fields) name += ' ' + parser::to_upper(field.value());
  return '[' + name + ']';
}

Term msg_att(const parser::MsgAtt& item) {
  using Att = parser::MsgAtt::Kind;
  const auto pair = [](std::string_view name, Term value) {
    return list_term(Kind::List, {keyword(name), std::move(value)});
  };
  switch (item.kind) {
    case Att::Flags:
      return pair("FLAGS", flags(Kind::Set, item.flags));
    case Att::Envelope:
      return pair("ENVELOPE", envelope(*item.envelope));
    case Att::InternalDate:
      return pair("INTERNALDATE", date_time(item.internal_date));
    case Att::Rfc822Size:
      return pair("RFC822.SIZE", number(item.number));
    case Att::Body:
      return pair("BODY", body(*item.body));
    case Att::BodyStructure:
      return pair("BODYSTRUCTURE", body(*item.body));
    case Att::BodySection: {
      Term all = pair("BODY" + section_name(item.section), item.origin ? number(*item.origin) : nil());
      all.items.push_back(octets(item.data));
      return all;
    }
    case Att::Binary:
      return pair("BINARY" + section_name(item.section), octets(item.data));
    case Att::BinarySize:
      return pair("BINARY.SIZE" + section_name(item.section), number(item.number));
    case Att::Uid:
      return pair("UID", number(static_cast<std::uint32_t>(item.uid)));
    case Att::Rfc822:
      return pair("RFC822", octets(item.data));
    case Att::Rfc822Header:
      return pair("RFC822.HEADER", octets(item.data));
    case Att::Rfc822Text:
      return pair("RFC822.TEXT", octets(item.data));
    case Att::ModSequence:
      return pair("MODSEQ", number(item.number));
  }
  return nil();
}

Term list_item(const parser::ListItem& item) {
  Term value = !item.child_info.empty() ? each(Kind::Subset, item.child_info, word)
               : item.old_name          ? mailbox(*item.old_name)
                                        : keyword(item.value);
  return list_term(Kind::List, {word(item.tag), std::move(value)});
}

Term namespaces(parser::List<parser::NamespaceDescr> list) {
  if (list.empty()) return nil();
  return each(Kind::Subset, list, [](const parser::NamespaceDescr& descr) {
    return list_term(Kind::List, {octets(descr.prefix), octets(descr.delimiter)});
  });
}

Term esearch(const parser::Esearch& result) {
  Term data = list_term(Kind::Subset, {});
  const auto add = [&](std::string_view name, Term value) {
    data.items.push_back(list_term(Kind::List, {keyword(name), std::move(value)}));
  };
  if (result.tag) add("TAG", octets(*result.tag));
  if (result.min) add("MIN", number(*result.min));
  if (result.max) add("MAX", number(*result.max));
  if (result.count) add("COUNT", number(*result.count));
  if (result.all) add("ALL", numbers(*result.all));
  if (result.mod_sequence) add("MODSEQ", number(*result.mod_sequence));
  for (const auto& extra : result.extra) add(extra.label, keyword(extra.value));
  return list_term(Kind::List, {keyword("ESEARCH"), result.uid ? keyword("UID") : nil(), std::move(data)});
}

Term id_parameters(const parser::IdParameters& parameters) {
  if (!parameters) return nil();
  return each(Kind::Subset, *parameters, [](const parser::IdField& field) {
    return list_term(Kind::List, {word(field.field), octets(field.value)});
  });
}

// Rights are a set of letters.
Term rights(const parser::String& string) {
  std::string letters = string.value();
  std::sort(letters.begin(), letters.end());
  return leaf_term(Kind::Octets, letters);
}

// Convert is one overload per kind of response.
struct Convert {
  Term operator()(const parser::StatusResponse& r) const { return keyword(parser::status_name(r.status)); }
  Term operator()(const parser::ContinueReq&) const { return keyword("+"); }
  Term operator()(const parser::CapabilityData& r) const {
    return list_term(Kind::List, {keyword("CAPABILITY"), capabilities(r.capabilities)});
  }
  Term operator()(const parser::EnableData& r) const {
    return list_term(Kind::List, {keyword("ENABLED"), capabilities(r.capabilities)});
  }
  Term operator()(const parser::FlagsData& r) const {
    return list_term(Kind::List, {keyword("FLAGS"), flags(Kind::Subset, r.flags)});
  }
  Term operator()(const parser::ListData& r) const {
    Term extended = each(Kind::Subset, r.list.extended, list_item);
    return list_term(Kind::List, {keyword(r.lsub ? "LSUB" : "LIST"), flags(Kind::Subset, r.list.attributes),
                                  octets(r.list.delimiter), mailbox(r.list.mailbox), std::move(extended)});
  }
  Term operator()(const parser::NamespaceResponse& r) const {
    return list_term(Kind::List,
                     {keyword("NAMESPACE"), namespaces(r.personal), namespaces(r.other_users), namespaces(r.shared)});
  }
  Term operator()(const parser::StatusData& r) const {
    Term values = each(Kind::Subset, r.values, [](const parser::StatusAttVal& value) {
      return list_term(Kind::List,
                       {keyword(parser::status_att_name(value.att)), value.nil ? nil() : number(value.value)});
    });
    return list_term(Kind::List, {keyword("STATUS"), mailbox(r.mailbox), std::move(values)});
  }
  Term operator()(const parser::Esearch& r) const { return esearch(r); }
  Term operator()(const parser::SearchData& r) const {
    Term all = list_term(Kind::List, {keyword("SEARCH"), numbers(r.numbers)});
    if (r.mod_sequence) all.items.push_back(number(*r.mod_sequence));
    return all;
  }
  Term operator()(const parser::Exists& r) const { return list_term(Kind::List, {keyword("EXISTS"), number(r.count)}); }
  Term operator()(const parser::Recent& r) const { return list_term(Kind::List, {keyword("RECENT"), number(r.count)}); }
  Term operator()(const parser::Expunge& r) const {
    return list_term(Kind::List, {keyword("EXPUNGE"), number(static_cast<std::uint32_t>(r.number))});
  }
  Term operator()(const parser::Fetch& r) const {
    return list_term(Kind::List, {keyword("FETCH"), number(static_cast<std::uint32_t>(r.number)),
                                  each(Kind::Subset, r.items, msg_att)});
  }
  Term operator()(const parser::IdResponse& r) const {
    return list_term(Kind::List, {keyword("ID"), id_parameters(r.parameters)});
  }
  Term operator()(const parser::QuotaResponse& r) const {
    Term resources = each(Kind::Subset, r.resources, [](const parser::QuotaUsage& resource) {
      return list_term(Kind::List, {keyword(resource.name), number(resource.usage), number(resource.limit)});
    });
    return list_term(Kind::List, {keyword("QUOTA"), octets(r.root), std::move(resources)});
  }
  Term operator()(const parser::QuotaRootResponse& r) const {
    const auto root = [](const parser::String& name) { return octets(name); };
    return list_term(Kind::List, {keyword("QUOTAROOT"), mailbox(r.mailbox), each(Kind::Subset, r.roots, root)});
  }
  Term operator()(const parser::AclData& r) const {
    Term entries = each(Kind::Subset, r.entries, [](const parser::AclData::Entry& entry) {
      return list_term(Kind::List, {octets(entry.identifier), rights(entry.rights)});
    });
    return list_term(Kind::List, {keyword("ACL"), mailbox(r.mailbox), std::move(entries)});
  }
  Term operator()(const parser::ListRightsData& r) const {
    return list_term(Kind::List, {keyword("LISTRIGHTS"), mailbox(r.mailbox), octets(r.identifier), rights(r.required),
                                  each(Kind::Subset, r.optional, rights)});
  }
  Term operator()(const parser::MyRightsData& r) const {
    return list_term(Kind::List, {keyword("MYRIGHTS"), mailbox(r.mailbox), rights(r.rights)});
  }
  Term operator()(const parser::Vanished& r) const {
    return list_term(Kind::List, {keyword("VANISHED"), r.earlier ? keyword("EARLIER") : nil(), numbers(r.uids)});
  }
};

}  // namespace

Term leaf_term(Term::Kind kind, std::string text) {
  Term term;
  term.kind = kind;
  term.text = std::move(text);
  return term;
}

Term list_term(Term::Kind kind, std::vector<Term> items) {
  Term term;
  term.kind = kind;
  term.items = std::move(items);
  return term;
}

Term to_term(const parser::Response& response) { return std::visit(Convert{}, response); }

Term code_term(const parser::ResponseCode& code) {
  Term all = list_term(Kind::List, {keyword(code.name)});
  if (code.is("CAPABILITY")) {
    all.items.push_back(capabilities(code.capabilities));
  } else if (code.is("PERMANENTFLAGS")) {
    all.items.push_back(flags(Kind::Subset, code.flags));
  } else if (code.is("BADCHARSET")) {
    all.items.push_back(each(Kind::Subset, code.charsets, word));
  } else if (code.number && (code.is("UIDNEXT") || code.is("UIDVALIDITY") || code.is("UNSEEN"))) {
    all.items.push_back(number(*code.number));
  } else if (code.number && code.is("APPENDUID")) {
    all.items.push_back(number(*code.number));
    all.items.push_back(numbers(code.uids));
  } else if (code.number && code.is("COPYUID")) {
    all.items.push_back(number(*code.number));
    all.items.push_back(numbers(code.source));
    all.items.push_back(numbers(code.uids));
  } else if (code.is("HIGHESTMODSEQ") && code.mod_sequence) {
    all.items.push_back(number(*code.mod_sequence));
  } else if (code.is("MODIFIED") && code.modified) {
    all.items.push_back(numbers(*code.modified));
  } else if (!code.arguments.empty()) {
    all.items.push_back(keyword(code.arguments));
  }
  return all;
}

}  // namespace imapspec::runner
