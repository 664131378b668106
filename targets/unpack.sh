# Sourced by each target's start: Debian packages, downloaded and unpacked into a cache. Nothing is installed.

# installed PACKAGE: dpkg has it.
installed() {
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# needed_packages PACKAGE... prints them and those of the shared libraries below them that are not installed.
needed_packages() {
  local queue=("$@") name dependency
  local -A seen
  for name in "$@"; do seen[$name]=1; done
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

# fetch_packages FOLDER PACKAGE... downloads them, and what they need, and unpacks them into FOLDER/root.
fetch_packages() {
  local folder=$1 packages deb
  shift
  mkdir -p "$folder/deb" "$folder/root/usr"/{bin,sbin,lib,lib64} "$folder/root/etc"
  # Packages have files in /lib and in /usr/lib, which are one folder.
  for deb in bin sbin lib lib64; do ln -s "usr/$deb" "$folder/root/$deb"; done
  mapfile -t packages < <(needed_packages "$@")
  (cd "$folder/deb" && apt-get "${apt_options[@]}" -qq download "${packages[@]}") || return 1
  for deb in "$folder"/deb/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --no-same-owner -C "$folder/root" || return 1
  done
  rm -r "$folder/deb"
  chmod -R u+rwX "$folder/root"
  if declare -F after_unpacking >/dev/null; then after_unpacking "$folder/root"; fi
}

# unpack PACKAGE... sets `root` to the folder in the cache that stands for "/", named after the target and the
# version of the first package.
unpack() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail "it is not installed, and without apt-get it cannot be downloaded"

  local main=$1 cache=${XDG_CACHE_HOME:-${HOME:-$state}/.cache}/imapspec/targets
  local apt_options=(-o APT::Sandbox::User=root)
  local version
  mkdir -p "$cache"
  # A folder in LD_LIBRARY_PATH can have no colon, and a version has one after its epoch.
  candidate() { apt-cache "${apt_options[@]}" policy "$main" | sed -n 's/^ *Candidate: //p' | tr ':' '_'; }

  version=$(candidate)
  [[ $version != '(none)' ]] || version=
  local ready=$cache/$name-$version
  if [[ -z $version ]]; then
    # Without package lists nothing is newer than what is there.
    ready=$(find "$cache" -maxdepth 1 -name "$name-*" | sort -V | tail -n 1)
  fi
  if [[ -d $ready ]]; then
    root=$ready
    return 0
  fi
  # Unpacked beside its place and then renamed, so that what is there is whole.
  local unpacked
  unpacked=$(mktemp -d "$cache/new-XXXXXX")
  if [[ -z $version ]] || ! fetch_packages "$unpacked" "$@" >>"$log" 2>&1; then
    # The system's package lists are missing or old; lists of our own need no root.
    rm -rf "$unpacked/deb" "$unpacked/root"
    mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
    apt_options+=(-o "Dir::State::Lists=$cache/apt/lists" -o "Dir::Cache=$cache/apt")
    if ! { apt-get "${apt_options[@]}" -qq update && fetch_packages "$unpacked" "$@"; } >>"$log" 2>&1; then
      rm -rf "$unpacked"
      fail "downloading its packages failed"
    fi
    version=$(candidate)
    ready=$cache/$name-$version
  fi
  chmod 755 "$unpacked"
  if [[ -d $ready ]]; then
    rm -rf "$unpacked"  # another run was faster
  else
    mv -T "$unpacked/root" "$ready" || [[ -d $ready ]]
    rm -rf "$unpacked"
  fi
  root=$ready
}
