// What list.h has, to octets.

#include "parser/grammar/write.h"

namespace imapspec::parser {

namespace {

void write_option(const ListOption& option, Writer& out) {
  out.word(option.name);
  if (!option.status.empty()) {
    out.sp();
    write_parenthesized(option.status, out);
  } else if (!option.value.empty()) {
    out.sp();
    out.octets(option.value);
  }
}

void write_pattern(const String& pattern, Writer& out) { out.string(pattern, StringRule::ListMailbox); }

// A delimiter is DQUOTE QUOTED-CHAR DQUOTE or nil.
void write_delimiter(const NString& delimiter, Writer& out) { out.nstring(delimiter, StringRule::Quoted); }

void write_item(const ListItem& item, Writer& out) {
  out.string(item.tag, StringRule::Astring, Letters::AnyCase);
  out.sp();
  if (!item.child_info.empty()) {
    write_parenthesized(item.child_info, out, [](const String& option, Writer& to) {
      to.string(option, StringRule::Quoted, Letters::AnyCase);
    });
  } else if (item.old_name) {
    out.octet('(');
    write(*item.old_name, out);
    out.octet(')');
  } else {
    out.octets(item.value);
  }
}

void write_namespace(const List<NamespaceDescr>& descrs, Writer& out) {
  write_nil_or(descrs.empty(), out, [&] {
    for (const NamespaceDescr& descr : descrs) {
      out.octet('(');
      write_string(descr.prefix, out);
      out.sp();
      write_delimiter(descr.delimiter, out);
      for (const NamespaceExtension& extension : descr.extensions) {
        out.sp();
        write_string(extension.name, out);
        out.sp();
        write_parenthesized(extension.values, out, write_string);
      }
      out.octet(')');
    }
  });
}

}  // namespace

void write(const ListArguments& arguments, Writer& out) {
  if (arguments.selection) {
    write_parenthesized(*arguments.selection, out, write_option);
    out.sp();
  }
  write(arguments.reference, out);
  out.sp();
  if (arguments.extended_patterns) {
    write_parenthesized(arguments.patterns, out, write_pattern);
  } else {
    write_joined(arguments.patterns, out, write_pattern);
  }
  if (arguments.returns) {
    out.sp();
    out.word("RETURN");
    out.sp();
    write_parenthesized(*arguments.returns, out, write_option);
  }
}

void write(const MailboxList& list, Writer& out) {
  write_parenthesized(list.attributes, out);
  out.sp();
  write_delimiter(list.delimiter, out);
  out.sp();
  write(list.mailbox, out);
  // Note: "()" is in the grammar too, and means the same.
  if (list.extended.empty() && !out.other(" ()", Extension::ListExtended)) return;
  out.sp();
  write_parenthesized(list.extended, out, write_item);
}

void write(const NamespaceResponse& response, Writer& out) {
  write_namespace(response.personal, out);
  out.sp();
  write_namespace(response.other_users, out);
  out.sp();
  write_namespace(response.shared, out);
}

}  // namespace imapspec::parser
