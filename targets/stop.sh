# Sourced by each target's stop. stop STATE: ends the server that `start STATE` started, and waits until none of its
# processes is left. It is no error when there is none.
[[ $# == 1 ]] || { echo "usage: stop STATE" >&2; exit 2; }
file=$1/pid
[[ -s $file ]] || exit 0
leader=$(<"$file")
[[ $leader =~ ^[1-9][0-9]*$ ]] || { echo "stop: $file holds no process id" >&2; exit 1; }

# session prints the processes of the session that `start` made: its leader is the server.
session() {
  local stat fields
  for stat in /proc/[0-9]*/stat; do
    # "pid (name) state ppid pgrp session ...": the name may hold anything, so count from its end.
    { fields=$(<"$stat"); } 2>/dev/null || continue
    read -r -a fields <<<"${fields##*) }"
    [[ ${fields[3]} != "$leader" || ${fields[0]} == Z ]] || { stat=${stat#/proc/}; echo "${stat%/stat}"; }
  done
}

# wait_for_end TRIES: until the session is empty.
wait_for_end() {
  local tries
  for ((tries = 0; tries < $1; tries++)); do
    [[ -n $(session) ]] || return 0
    sleep 0.05
  done
  return 1
}

if [[ -z $(session) ]]; then
  rm -f "$file"
  exit 0
fi
kill -TERM "$leader" 2>/dev/null || true
if ! wait_for_end 100; then
  mapfile -t left < <(session)
  kill -KILL "${left[@]}" 2>/dev/null || true
  wait_for_end 40 || { echo "stop: processes are left: $(session | tr '\n' ' ')" >&2; exit 1; }
fi
rm -f "$file"
