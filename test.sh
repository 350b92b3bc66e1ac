#!/usr/bin/env bash
# Installs what the tests compare with, builds the solution and runs every test project.
# ./test.sh [--long] [PROJECT...]   PROJECT: part of a test project's name, such as Imaging
# --long: kills and damages a hundred times as much (docs/reliability.md); IMT_LONG_TESTS=N: N times
# The last line says "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"

only=() limit=900
for argument in "$@"; do
  case "$argument" in
    -h|--help) sed -n '2,5s/^# //p' "$0"; exit 0 ;;
    --long) export IMT_LONG_TESTS=${IMT_LONG_TESTS:-100}; limit=14400 ;;
    -*) echo "test.sh: unknown option '$argument'" >&2; exit 2 ;;
    *) only+=("$argument") ;;
  esac
done

give_up() { echo "test.sh: $1"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# Programs that nobody here wrote, to compare with (PyTorch, Pillow, the ONNX checker, scikit-image), a browser for
# the pages, a compiler for the loader's tests. Tests that miss theirs are skipped, with a message.
oracles=(python3-torch python3-numpy python3-pil python3-onnx python3-skimage python3-scipy chromium g++ libopenblas0-openmp)

install_oracles() {
  local missing=() package log root=()
  command -v dpkg-query >/dev/null || { echo "test.sh: not Debian or Ubuntu; tests without their oracle are skipped"; return; }
  for package in "${oracles[@]}"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || root=(sudo)
  echo "test.sh: installing ${missing[*]}"
  log=$(mktemp)
  { "${root[@]}" apt-get update &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 ||
    { tail -n 5 "$log"; echo "test.sh: not everything could be installed; tests without their oracle are skipped"; }
  rm -f "$log"
}

command -v dotnet >/dev/null || give_up ".NET SDK 10 is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
install_oracles

# ONNX Runtime reports its use to Microsoft otherwise.
export ORT_DISABLE_TELEMETRY=1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
build() { dotnet build "$1" -c Release --nologo -v quiet -clp:"ErrorsOnly;NoSummary" || give_up "the build failed"; }
echo "test.sh: checking the layout of code"
dotnet tool restore >/dev/null || give_up "the tools of dotnet-tools.json could not be restored"
dotnet csharpier check . >/dev/null || give_up "some files are not formatted: dotnet csharpier format ."
echo "test.sh: building the solution"
# TorchSharp's CUDA packages are put together in the package cache by the first build that uses them: one project alone.
[ ! -e /proc/driver/nvidia/version ] || build src/Cli
build MlNetImageTranslation.sln

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
  local name=$1 program=artifacts/bin/$1/release/$1.dll log=$logs/$1.log status=0 summary total errors p f s began=$SECONDS
  timeout --kill-after=10 "$limit" dotnet "$program" -noLogo -noColor >"$log" 2>&1 || status=$?
  summary=$(grep -E '^ *(=== TEST EXECUTION SUMMARY|.*Total: [0-9]+, Errors: )' "$log" | tail -n 1)
  total=$(count Total); f=$(count Failed); s=$(count Skipped); errors=$(count Errors)
  p=$((total - f - s)); f=$((f + errors))
  # A crash, a time-out or a failure outside of the tests is a failure even where no test says so.
  if [ "$f" = 0 ] && { [ $status != 0 ] || [ -z "$summary" ] || [ "$total" = 0 ]; }; then
    f=1; echo "$name: no orderly end (exit code $status; $log)"
  fi
  passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
  printf '%s  %-28s %4d passed, %d failed, %d skipped (%d s)\n' \
    "$([ "$f" = 0 ] && echo '    ok' || echo 'FAILED')" "$name" "$p" "$f" "$s" $((SECONDS - began))
  if [ "$f" != 0 ]; then tail -n 60 "$log"; fi
}

while read -r project; do
  name=$(basename "$project" .csproj)
  if wanted "$name"; then run_project "$name"; fi
done < <(find tests -name '*.Tests.csproj' | sort)

[ $((passed + failed)) -gt 0 ] || give_up "no test ran"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
