# Reads the ABNF rules out of the text of an RFC.
#
# Input: the RFC. Output: its rules in the order of the text, without comments, page breaks and the
# indentation that they share. They are looked for in the section called Formal Syntax, and in the
# whole text with -v whole=1.

function indent_of(line) {
  match(line, /^ */)
  return RLENGTH
}

# The line without its comment: from a ";" outside of quotes and of prose.
function without_comment(line,    at, octet, closes) {
  closes = ""
  for (at = 1; at <= length(line); ++at) {
    octet = substr(line, at, 1)
    if (closes != "") {
      if (octet == closes) closes = ""
    } else if (octet == "\"") {
      closes = "\""
    } else if (octet == "<") {
      closes = ">"
    } else if (octet == ";") {
      line = substr(line, 1, at - 1)
      break
    }
  }
  sub(/ +$/, "", line)
  return line
}

# A line of the table of contents looks like a heading, but for its dots.
function is_heading(line) { return line ~ /^[0-9][0-9.]* +[A-Z]/ && line !~ /\. ?\. ?\./ }

BEGIN { inside = whole }

{ sub(/\r$/, "") }
# What stands at the end and at the beginning of a page.
/\f/ { gsub(/\f/, "") }
/^[A-Z][A-Za-z]+.* \[Page [0-9ivx]+\]$/ { next }
/^RFC [0-9]+ .* [12][0-9][0-9][0-9]$/ { next }

!whole && is_heading($0) {
  inside = $0 ~ /Formal +(Protocol +)?Syntax/
  open = 0
}
!inside { next }

{
  line = without_comment($0)
  if (line ~ /^ *$/) next
  indent = indent_of(line)
  if (line ~ /^ *[A-Za-z][A-Za-z0-9_-]* *(::=|\/=|=\/?)( |$)/) {
    open = 1
    margin = indent
  } else if (open && indent <= margin) {
    open = 0
  }
  if (open) print substr(line, margin + 1)
}
