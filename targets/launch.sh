# Sourced by each target's start: what they have in common. The caller sets `name` and `here` before, and calls
# prepare_state "$@" first.

# fail MESSAGE says what happened, with the last lines of the logs.
logs=()
fail() {
  echo "$name: $1" >&2
  local file
  for file in "${log:-}" "${logs[@]}"; do
    [[ ! -s $file ]] || tail -n 15 "$file" | sed 's/^/  /' >&2
  done
  [[ -z ${state:-} ]] || "$here/stop" "$state" || true
  exit 1
}

# prepare_state STATE makes the folder that holds everything the server writes, and sets `state` and `log`.
prepare_state() {
  [[ $# == 1 ]] || { echo "usage: start STATE" >&2; exit 2; }
  mkdir -p "$1"
  state=$(cd -- "$1" && pwd)
  log=$state/start.log
  : >"$log"
  [[ $state =~ ^[A-Za-z0-9_./+-]+$ ]] || fail "the state folder's name has characters that a configuration cannot hold: $state"
  # A Unix socket's path has at most 107 octets; the longest here is 30 beyond the state folder.
  ((${#state} <= 75)) || fail "the state folder's name is too long for sockets in it: $state"
  command -v openssl >/dev/null || fail "openssl is needed to make certificates"
}

# make_certificates puts ca.pem, cert.pem, key.pem and both.pem (the certificate and its key) into $state/tls.
make_certificates() {
  local tls=$state/tls
  mkdir -p "$tls"
  {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=imapspec test CA" \
      -addext keyUsage=critical,keyCertSign -keyout "$tls/ca-key.pem" -out "$tls/ca.pem" &&
      openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
        -keyout "$tls/key.pem" -out "$tls/request.pem" &&
      printf '%s\n' 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:127.0.0.2' 'basicConstraints=CA:FALSE' \
        >"$tls/extensions" &&
      openssl x509 -req -days 30 -in "$tls/request.pem" -CA "$tls/ca.pem" -CAkey "$tls/ca-key.pem" -CAcreateserial \
        -extfile "$tls/extensions" -out "$tls/cert.pem" &&
      cat "$tls/cert.pem" "$tls/key.pem" >"$tls/both.pem" && chmod 600 "$tls/both.pem" "$tls"/*key.pem
  } >>"$log" 2>&1 || fail "openssl made no certificates"
}

# answers PORT: it greets.
answers() {
  local line
  { exec 3<>"/dev/tcp/$host/$1"; } 2>/dev/null || return 1
  printf 'x LOGOUT\r\n' >&3
  read -r -t 2 line <&3 || line=
  exec 3>&-
  [[ $line == '* OK'* ]]
}

# converse PORT COMMAND... sends commands over TLS and prints what comes back, until the server closes the connection,
# which the last command has to ask for.
converse() {
  local port=$1
  shift
  printf '%s\r\n' "$@" |
    timeout 20 openssl s_client -quiet -verify_quiet -verify_return_error -CAfile "$state/tls/ca.pem" \
      -connect "$host:$port" 2>>"$log" || true
}

# logs_in PORT USER also proves that the parts are there which a greeting does not need: TLS, passwords, mail.
logs_in() {
  local said
  said=$(converse "$1" "x LOGIN $2 secret-alice" 'y LOGOUT')
  [[ $said == *$'\nx OK'* ]] || { echo "$said" >>"$log"; return 1; }
}

in_use() {
  (exec 3<>"/dev/tcp/$host/$1") 2>/dev/null
}

# free_port: below the range of ports that clients get.
free_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    in_use "$port" || { echo "$port"; return; }
  done
}

# run_until_ready LAUNCH USER calls LAUNCH with two free ports: it starts the server in a session of its own, by which
# `stop` finds every process of it, and sets `pid`. Then it waits until USER can log in, and says READY.
run_until_ready() {
  local attempt imap imaps tries
  for attempt in 1 2 3 4 5; do
    imap=$(free_port) imaps=$(free_port)
    "$1" "$imap" "$imaps"
    echo "$pid" >"$state/pid"
    for ((tries = 0; tries < 300; tries++)); do
      if ! kill -0 "$pid" 2>/dev/null; then
        grep -qs 'Address already in use' "$log" "${logs[@]}" && { rm -f "${logs[@]}"; continue 2; }
        fail "ended at once"
      fi
      if answers "$imap"; then
        logs_in "$imaps" "$2" || fail "greets on port $imap, but $2 cannot log in over TLS on port $imaps"
        echo "$imap $imaps" >"$state/ports"
        echo "READY imap=$host:$imap imaps=$host:$imaps ca=$state/tls/ca.pem"
        exit 0
      fi
      sleep 0.05
    done
    fail "no greeting on $host:$imap after 15 seconds"
  done
  fail "found no free ports in $attempt attempts"
}
