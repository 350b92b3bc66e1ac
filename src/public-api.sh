#!/bin/sh
# Writes the public surface of every library to its PublicAPI.Unshipped.txt. What is new or gone then shows in git diff.
set -eu
cd "$(dirname "$0")"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for list in */PublicAPI.Unshipped.txt; do
    echo '#nullable enable' >"$list"
done
dotnet build Trainer -c Release --no-incremental --nologo -v quiet -p:WarningsNotAsErrors=RS0016 >"$log" || {
    cat "$log"
    exit 1
}
for list in */PublicAPI.Unshipped.txt; do
    library=${list%%/*}
    sed -n "s|.*RS0016: Symbol '\(.*\)' is not part of the declared public API.*/$library.csproj\]\$|\1|p" "$log" |
        LC_ALL=C sort -u >>"$list"
done
echo 'Public types:'
grep -cE '^[A-Za-z0-9_.]+(<[A-Za-z, ]+>)?$' */PublicAPI.Unshipped.txt
