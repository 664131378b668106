# Compares the rules of an RFC with those of its files.
#
# Input: lines of abnf_normal.awk, whose source is "text" for what the RFC has, "base" for the grammar that its files
# change, "file" for what they have; and lines "without", TAB, name for rules that a file leaves out. With
# -v whole=1 the files have to be the RFC's grammar, no rule more and none less, else a part of it that extends
# another grammar. Prints the counts and every difference. Exits with 1 when there is one.

BEGIN { FS = "\t" }

function differs(line) {
  print "  " line
  ++differences
}

# Counts the alternatives of each choice, at any depth, and the prose-vals.
function count(elements,    tokens, size, at, depth, slashes) {
  size = split(elements, tokens, " ")
  # Strings with spaces fall apart here; what begins or ends one is no token that counts.
  depth = 0
  slashes[0] = 0
  for (at = 1; at <= size; ++at) {
    if (tokens[at] == "(" || tokens[at] == "[") slashes[++depth] = 0
    else if (tokens[at] == ")" || tokens[at] == "]") close_choice(slashes[depth--])
    else if (tokens[at] == "/") ++slashes[depth]
    else if (tokens[at] ~ /^</) ++proses
  }
  close_choice(slashes[0])
}

function close_choice(slashes) {
  if (slashes > 0) alternatives += slashes + 1
}

# Splits into the alternatives of the outermost choice, as keys of `set`.
function outer_alternatives(elements, set,    tokens, size, at, depth, one, token) {
  size = split(elements, tokens, " ")
  depth = 0
  one = ""
  for (at = 1; at <= size; ++at) {
    token = tokens[at]
    if (token == "(" || token == "[") ++depth
    if (token == ")" || token == "]") --depth
    if (token == "/" && depth == 0) {
      set[one] = 1
      one = ""
    } else {
      one = one (one == "" ? "" : " ") token
    }
  }
  set[one] = 1
}

# Whether each outer alternative of `part` is one of `of`.
function is_part(part, of,    some, all, one) {
  split("", some)
  split("", all)
  outer_alternatives(part, some)
  outer_alternatives(of, all)
  for (one in some) if (!(one in all)) return 0
  return 1
}

function apply(name, operator, elements) {
  if (operator == "=" && name in grammar) differs(name ": the file defines it again")
  if (operator != "=" && !(name in grammar)) differs(name ": the file changes what is not there")
  if (operator == "=-") delete grammar[name]
  else if (operator == "=/") grammar[name] = grammar[name] " / " elements
  else grammar[name] = elements
}

$1 == "text" {
  ++texts
  text_name[texts] = $2
  text_operator[texts] = $3
  text_elements[texts] = $4
  if ($3 == "=/") ++incremental
  else ++rules
  if ($2 in text) text[$2] = text[$2] " / " $4
  else text[$2] = $4
}
$1 == "base" { apply($2, $3, $4) }
$1 == "file" {
  ++files
  file_name[files] = $2
  file_operator[files] = $3
  file_elements[files] = $4
  if (whole) apply($2, $3, $4)
}
$1 == "without" { without[$2] = 1 }

function compare_whole(    name) {
  for (name in text) {
    if (!(name in grammar)) differs(name ": not in the file")
    else if (grammar[name] != text[name]) {
      differs(name ": the text has    " text[name])
      print "  " name ": the file makes  " grammar[name]
    }
  }
  for (name in grammar) if (!(name in text)) differs(name ": not in the text")
}

# A file may define (=), redefine (=!) or extend (=/) with what the text defines, as its base needs it; what the
# text extends, it has to extend.
function fits(t, f) {
  if (text_name[t] != file_name[f]) return 0
  if (text_operator[t] == "=/") return file_operator[f] == "=/" && is_part(file_elements[f], text_elements[t])
  if (file_operator[f] == "=/") return is_part(file_elements[f], text_elements[t])
  return text_elements[t] == file_elements[f]
}

# Whether the files together have every alternative of the text's rule, or the whole rule.
function is_taken(t,    f, missing, one, part) {
  split("", missing)
  outer_alternatives(text_elements[t], missing)
  for (f = 1; f <= files; ++f) {
    if (!fits(t, f)) continue
    used[f] = 1
    if (file_operator[f] != "=/") return 1
    split("", part)
    outer_alternatives(file_elements[f], part)
    for (one in part) delete missing[one]
  }
  # Some texts restate what they extend: the base has that.
  if (text_operator[t] == "=" && text_name[t] in grammar) {
    split("", part)
    outer_alternatives(grammar[text_name[t]], part)
    for (one in part) delete missing[one]
  }
  for (one in missing) return 0
  return 1
}

function compare_parts(    t, f, taken, left_out, name) {
  for (t = 1; t <= texts; ++t) {
    taken = is_taken(t)
    if (taken || text_elements[t] ~ /^<[^>]*>$/) continue
    if (text_name[t] in without) {
      without[text_name[t]] = 2
      ++left_out
      continue
    }
    differs(text_name[t] ": the text has    " text_operator[t] " " text_elements[t])
  }
  for (f = 1; f <= files; ++f) {
    if (!used[f]) differs(file_name[f] ": only the file has " file_operator[f] " " file_elements[f])
  }
  for (name in without) if (without[name] == 1) differs(name ": said to be left out, and is not")
  if (left_out) printf "  %d left out, as the files say\n", left_out
}

END {
  for (name in text) count(text[name])
  printf "  %d rules, %d incremental, %d alternatives, %d prose-vals\n", rules, incremental, alternatives, proses
  if (whole) compare_whole()
  else compare_parts()
  if (!texts) differs("the text has no rules")
  print (differences ? "  " differences " differences" : "  equal")
  exit differences > 0
}
