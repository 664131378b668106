# Puts rules into a form in which equal rules are equal lines.
#
# Input: rules that begin in the first column, as in parser/spec or from abnf_rules.awk. Output: one line a rule,
# the fields separated by TAB: what -v source says, the name, the operator ("=", "=/", "=!", "=-"), the elements.
# Names are in lower case and one space separates the tokens. What RFCs older than RFC 2234 write otherwise is
# written as RFC 5234 has it: "::=" and "/=", "_" in names, SPACE, <">, and #(x) for none or more of x.

function flush() {
  if (name == "") return
  gsub(/<">/, " DQUOTE ", elements)
  while (match(elements, /#\([^()]*\)/)) {
    inner = substr(elements, RSTART + 2, RLENGTH - 3)
    elements = substr(elements, 1, RSTART - 1) "[" inner " *(SP " inner ")]" substr(elements, RSTART + RLENGTH)
  }
  printf "%s\t%s\t%s\t%s\n", source, name, operator, tokens_of(elements)
  name = ""
}

function rule_name(word) {
  word = tolower(word)
  gsub(/_/, "-", word)
  return word == "space" ? "sp" : word
}

function tokens_of(text,    line, token) {
  line = ""
  while (text != "") {
    if (match(text, /^[ \t]+/)) {
      text = substr(text, RLENGTH + 1)
      continue
    }
    if (!match(text, /^("[^"]*"|<[^>]*>|%[bdx][0-9A-Fa-f.-]+|[A-Za-z][A-Za-z0-9_-]*|[0-9]+)/)) RLENGTH = 1
    token = substr(text, 1, RLENGTH)
    text = substr(text, RLENGTH + 1)
    if (token ~ /^[A-Za-z]/) token = rule_name(token)
    line = line (line == "" ? "" : " ") token
  }
  return line
}

/^;/ || /^ *$/ { next }
/^[A-Za-z]/ {
  flush()
  match($0, /^[A-Za-z][A-Za-z0-9_-]*/)
  name = rule_name(substr($0, 1, RLENGTH))
  rest = substr($0, RLENGTH + 1)
  match(rest, /^ *(::=|\/=|=\/|=!|=-|=)/)
  operator = substr(rest, 1, RLENGTH)
  elements = substr(rest, RLENGTH + 1)
  gsub(/ /, "", operator)
  if (operator == "::=") operator = "="
  if (operator == "/=") operator = "=/"
  next
}
{ elements = elements " " $0 }
END { flush() }
