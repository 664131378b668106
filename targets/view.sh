# Sourced by starts of servers whose packages conflict with others, or whose paths are compiled in: they run in a
# private view of the file system (private_view.sh). Needs root, or user namespaces for everybody.

# prepare_view ACCOUNT... decides who the server runs as, and gives that user the names of accounts.
prepare_view() {
  command -v unshare >/dev/null && command -v setpriv >/dev/null || fail "unshare and setpriv (util-linux) are needed"
  VIEW_OF=user VIEW_UID=65533 VIEW_GID=65533
  namespace=(unshare --user --map-root-user --mount)
  if [[ $(id -u) == 0 ]]; then
    VIEW_OF=root VIEW_UID=$(id -u nobody) VIEW_GID=$(id -g nobody)
    namespace=(unshare --mount)
  fi
  export VIEW_OF VIEW_UID VIEW_GID
  "${namespace[@]}" true 2>>"$log" ||
    fail "it needs a mount namespace of its own: run it as root, or allow user namespaces"
  mkdir -p "$state/etc" "$state/run"
  local account
  { for account in "$@"; do echo "$account:x:$VIEW_UID:$VIEW_GID::$state:/bin/false"; done; cat /etc/passwd; } \
    >"$state/etc/passwd"
  { for account in "$@"; do echo "$account:x:$VIEW_GID:"; done; cat /etc/group; } >"$state/etc/group"
}

# hand_over gives the state folder to whom the server runs as.
hand_over() {
  [[ $VIEW_OF == user ]] || chown -R "$VIEW_UID:$VIEW_GID" "$state"
  # The other user sees the state folder only where all above it lets it.
  [[ $VIEW_OF == user ]] || setpriv --reuid="$VIEW_UID" --regid="$VIEW_GID" --clear-groups test -w "$state/." ||
    fail "nobody cannot reach the state folder, and the server does not run as root: $state"
}

# in_view COMMAND... runs a command in the view; start_in_view does so in the background, in a session of its own, and
# sets `pid`.
in_view() {
  env -i HOME="$state" PATH=/usr/sbin:/usr/bin VIEW_OF="$VIEW_OF" VIEW_UID="$VIEW_UID" VIEW_GID="$VIEW_GID" \
    "${namespace[@]}" bash "$here/../private_view.sh" "$root" "$state" "$@"
}
start_in_view() {
  env -i HOME="$state" PATH=/usr/sbin:/usr/bin VIEW_OF="$VIEW_OF" VIEW_UID="$VIEW_UID" VIEW_GID="$VIEW_GID" \
    setsid "${namespace[@]}" bash "$here/../private_view.sh" "$root" "$state" "$@" </dev/null >>"$log" 2>&1 &
  pid=$!
}
