# Sourced by ./check: runs stages one after the other, times them, and counts what passed and failed.

passed=0
failed=0
stage_passed=0
stage_failed=0
summary=()
# The last line is printed on every way out, so that a check that broke off counts as failed.
finished=no

# count PASSED FAILED adds to the current stage.
count() {
  stage_passed=$((stage_passed + $1))
  stage_failed=$((stage_failed + $2))
}

# judge COMMAND... counts a command as one check.
judge() {
  if "$@"; then count 1 0; else count 0 1; fi
}

# stage NAME TITLE FUNCTION runs FUNCTION, unless IMAPSPEC_CHECK_ONLY names other stages.
stage() {
  local name=$1 title=$2 function=$3 begin
  if [[ -n ${IMAPSPEC_CHECK_ONLY:-} && ",$IMAPSPEC_CHECK_ONLY," != *",$name,"* ]]; then
    return 0
  fi
  printf '\n== %s\n' "$title"
  begin=$EPOCHREALTIME
  stage_passed=0
  stage_failed=0
  # The lock of the build folder is not for what a stage starts.
  "$function" 9>&- || count 0 1
  if ((stage_passed + stage_failed == 0)); then
    echo "The stage counted nothing."
    stage_failed=1
  fi
  passed=$((passed + stage_passed))
  failed=$((failed + stage_failed))
  local line
  line=$(printf '%-10s %6s passed %5s failed %8s s' "$name" "$stage_passed" "$stage_failed" "$(seconds_since "$begin")")
  echo "-- $line"
  summary+=("$line")
}

# seconds_since EPOCHREALTIME with one decimal.
seconds_since() {
  awk -v begin="${1/,/.}" -v end="${EPOCHREALTIME/,/.}" 'BEGIN { printf "%.1f", end - begin }'
}

# finish prints the table and the last line; it is the trap of EXIT.
finish() {
  trap - EXIT
  [[ $finished == yes ]] || failed=$((failed + 1))
  printf '\n== Summary\n'
  ((${#summary[@]} == 0)) || printf '%s\n' "${summary[@]}"
  printf 'in all %s s\n' "$(seconds_since "$started")"
  [[ $finished == yes ]] || echo "The check broke off before its end."
  echo "$passed passed, $failed failed"
  ((failed == 0)) || exit 1
  exit 0
}
