# Sourced by ./run and ./check: configuring and building the presets. Output goes to standard error.

# configured PRESET: build/PRESET can be built as it is. A tree that was copied or moved cannot.
configured() {
  local build=$root/build/$1
  [[ -f $build/build.ninja ]] && grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt" 2>/dev/null
}

# configure PRESET [cmake arguments] starts afresh unless the build folder is usable.
configure() {
  local preset=$1
  shift
  local fresh=()
  configured "$preset" || fresh=(--fresh)
  (cd "$root" && cmake "${fresh[@]}" --preset "$preset" "$@") >&2
}

# quietly COMMAND... keeps what it prints, and shows it only when the command fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  ((status == 0)) || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

# lock_build takes the lock that keeps two of these commands out of one build folder. It is held
# until file descriptor 9 is closed.
lock_build() {
  mkdir -p "$root/build"
  exec 9>"$root/build/.lock"
  command -v flock >/dev/null || return 0
  if ! flock -n 9; then
    echo "Waiting for another build in this folder" >&2
    flock 9
  fi
}

unlock_build() {
  exec 9>&-
}
