#!/usr/bin/env bash
# Sets up, builds the solution and runs every test project. The last line says "N passed, N failed, N skipped".
# ./test.sh [--packages nuget|compat] [PROJECT...]      PROJECT: part of a test project's name, such as Imaging
set -uo pipefail
cd "$(dirname "$0")"

setup_options=(--tests) only=()
while [ $# -gt 0 ]; do
  case "$1" in
    --packages) setup_options+=(--packages "${2:-}"); shift $(( $# > 1 ? 2 : 1 )) ;;
    -h|--help) sed -n '2,3s/^# //p' "$0"; exit 0 ;;
    -*) echo "test.sh: unknown option '$1'" >&2; exit 2 ;;
    *) only+=("$1"); shift ;;
  esac
done

give_up() { echo "$1"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
./setup.sh "${setup_options[@]}" || give_up "test.sh: set-up failed"
packages=$(sed -n 's:.*<Packages>\(.*\)</Packages>.*:\1:p' setup.props)

# Explicit, and in folders of its own mode: never the binaries of the other one.
echo "test.sh: building the solution (Packages=$packages)"
dotnet build MlNetImageTranslation.sln -c Release -p:Packages="$packages" --nologo -v quiet -clp:"ErrorsOnly;NoSummary" ||
  give_up "test.sh: the build failed"

logs=artifacts/test-logs
rm -rf "$logs"; mkdir -p "$logs"
passed=0 failed=0 skipped=0

count() { grep -oE "$1: [0-9]+" <<<"$summary" | grep -oE '[0-9]+' || echo 0; }

wanted() {
  local part
  [ ${#only[@]} -gt 0 ] || return 0
  for part in "${only[@]}"; do [[ $1 == *"$part"* ]] && return 0; done
  return 1
}

run_project() {
  local name=$1 program=$2 log=$logs/$1.log status=0 summary total p f s began=$SECONDS
  if [ ! -f "$program" ]; then
    failed=$((failed + 1)); echo "FAILED  $name: $program was not built"; return
  fi
  timeout --kill-after=10 900 dotnet "$program" -noLogo -noColor >"$log" 2>&1 || status=$?
  summary=$(grep -E '^ *(=== TEST EXECUTION SUMMARY|.*Total: [0-9]+, Errors: )' "$log" | tail -n 1)
  total=$(count Total); f=$(count Failed); s=$(count Skipped)
  local errors; errors=$(count Errors)
  f=$((f + errors)); p=$((total - $(count Failed) - s))
  # A crash, a time-out or a failure outside of the tests is a failure even where no test says so.
  if [ "$f" = 0 ] && { [ $status != 0 ] || [ -z "$summary" ] || [ "$total" = 0 ]; }; then
    f=1; echo "$name: no orderly end (exit code $status; $log)"
  fi
  passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
  printf '%s  %-28s %4d passed, %d failed, %d skipped (%d s)\n' "$([ "$f" = 0 ] && echo '    ok' || echo 'FAILED')" "$name" "$p" "$f" "$s" $((SECONDS - began))
  if [ "$f" != 0 ]; then tail -n 60 "$log"; fi
}

folders=(tests)
[ "$packages" = nuget ] || folders+=(compat/tests)
while read -r project; do
  name=$(basename "$project" .csproj)
  wanted "$name" && run_project "$name" "artifacts/$packages/bin/$name/release/$name.dll"
done < <(find "${folders[@]}" -name '*.Tests.csproj' | sort)

if [ "$passed" = 0 ] && [ "$failed" = 0 ]; then give_up "test.sh: no test ran"; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
