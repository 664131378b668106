# Sourced by ./run and ./check: installs the Debian packages of tools/packages.txt that are missing.
# Everything it has to say goes to standard error.

# packages_of SET prints the names of one set.
packages_of() {
  awk -v set="$1" '$1 == set { print $2 }' "$root/tools/packages.txt"
}

# missing_packages NAME... prints those that dpkg does not have installed.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
    awk '$2 == "installed" { print $1 }' || true)
  local name
  for name in "$@"; do
    grep -qxF -- "$name" <<<"$installed" || echo "$name"
  done
}

# install_packages SET... makes sure that all packages of these sets are there.
install_packages() {
  local wanted=() missing=() set
  for set in "$@"; do
    mapfile -t -O "${#wanted[@]}" wanted < <(packages_of "$set")
  done
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    # Not a Debian: whoever is here has installed the equivalents, or CMake says what it misses.
    return 0
  fi
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  ((${#missing[@]})) || return 0

  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    if ! command -v sudo >/dev/null; then
      cat >&2 <<MESSAGE
imapspec needs these Debian packages, and this user can install none (neither root nor sudo is there):
  ${missing[*]}
As root: apt-get install --no-install-recommends ${missing[*]}
MESSAGE
      exit 1
    fi
    as_root=(sudo)
  fi
  echo "Installing with apt-get: ${missing[*]}" >&2
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  local log
  log=$(mktemp)
  # An update that fails need not matter (an extra repository is down): the installation decides.
  "${apt[@]}" update >"$log" 2>&1 </dev/null || true
  if ! "${apt[@]}" install -y --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >>"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "The packages could not be installed; Debian 12 has all of them." >&2
    exit 1
  fi
  rm -f "$log"
}
