# Sourced by start: finds Dovecot's programs. An installed Dovecot is used as it is; otherwise the
# Debian packages are downloaded and unpacked into a cache, and nothing is installed.
#
# Sets `dovecot_root`: empty for the installed one, else the folder that stands for "/".

# installed PACKAGE...: dpkg has it.
installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# needed_packages prints Dovecot's two packages and those of the shared libraries below them that
# are not installed.
needed_packages() {
  local queue=(dovecot-core dovecot-imapd) name dependency
  local -A seen=([dovecot-core]=1 [dovecot-imapd]=1)
  while ((${#queue[@]})); do
    name=${queue[0]}
    queue=("${queue[@]:1}")
    echo "$name"
    while read -r dependency; do
      # Libraries only: what packages need to configure themselves (debconf, adduser ...) is not run.
      [[ $dependency == lib* && $dependency != libpam-* && -z ${seen[$dependency]:-} ]] || continue
      seen[$dependency]=1
      installed "$dependency" || queue+=("$dependency")
    done < <(apt-cache "${apt_options[@]}" depends --important "$name" | sed -n 's/^ *|*Depends: //p')
  done
}

# fetch_packages FOLDER downloads and unpacks into it.
fetch_packages() {
  local folder=$1 packages
  mkdir -p "$folder/deb" "$folder/root"
  mapfile -t packages < <(needed_packages)
  (cd "$folder/deb" && apt-get "${apt_options[@]}" -qq download "${packages[@]}") || return 1
  local deb
  for deb in "$folder"/deb/*.deb; do
    dpkg-deb -x "$deb" "$folder/root" || return 1
  done
  rm -r "$folder/deb"

  # The folder of the TLS module is compiled in. Made relative (same length), it is looked for in
  # the working folder of Dovecot's processes, base_dir, where `start` puts a link.
  local library
  library=$(readlink -f "$folder/root/usr/lib/dovecot/libdovecot.so.0")
  LC_ALL=C sed -i 's#/usr/lib/dovecot/modules#././././././././/modules#g' "$library"
}

find_dovecot() {
  dovecot_root=
  if [[ -x /usr/sbin/dovecot && -x /usr/lib/dovecot/imap ]]; then
    return 0
  fi
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail "dovecot is not installed, and without apt-get it cannot be downloaded"

  local cache=${XDG_CACHE_HOME:-${HOME:-$state}/.cache}/imapspec/targets
  local apt_options=(-o APT::Sandbox::User=root)
  local version
  mkdir -p "$cache"
  # A folder in LD_LIBRARY_PATH can have no colon, and a version has one after its epoch.
  candidate() { apt-cache "${apt_options[@]}" policy dovecot-imapd | sed -n 's/^ *Candidate: //p' | tr ':' '_'; }

  version=$(candidate)
  [[ $version != '(none)' ]] || version=
  local ready=$cache/dovecot-$version
  if [[ -z $version ]]; then
    # Without package lists nothing is newer than what is there.
    ready=$(find "$cache" -maxdepth 1 -name 'dovecot-*' | sort -V | tail -n 1)
  fi
  if [[ -d $ready ]]; then
    dovecot_root=$ready
    return 0
  fi
  # Unpacked beside its place and then renamed, so that what is there is whole.
  local unpacked
  unpacked=$(mktemp -d "$cache/new-XXXXXX")
  if [[ -z $version ]] || ! fetch_packages "$unpacked" >>"$log" 2>&1; then
    # The system's package lists are missing or old; lists of our own need no root.
    rm -rf "$unpacked/deb" "$unpacked/root"
    mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
    apt_options+=(-o "Dir::State::Lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt")
    if ! { apt-get "${apt_options[@]}" -qq update && fetch_packages "$unpacked"; } >>"$log" 2>&1; then
      rm -rf "$unpacked"
      fail "dovecot is not installed, and downloading its packages failed"
    fi
    version=$(candidate)
    ready=$cache/dovecot-$version
  fi
  chmod 755 "$unpacked"
  if [[ -d $ready ]]; then
    rm -rf "$unpacked"  # another run was faster
  else
    mv -T "$unpacked/root" "$ready" || [[ -d $ready ]]
    rm -rf "$unpacked"
  fi
  dovecot_root=$ready
}
