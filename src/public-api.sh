#!/bin/sh
# Writes the public surface of every library to its PublicAPI.Unshipped.txt. What is new or gone then shows in git diff.
# Where the build fails, the lists stay as they were.
set -eu
cd "$(dirname "$0")"
before=$(mktemp -d)
restore() {
    for list in */PublicAPI.Unshipped.txt; do
        if [ -f "$before/${list%%/*}" ]; then
            cat "$before/${list%%/*}" >"$list"
        fi
    done
}
trap '[ -n "${written-}" ] || restore; rm -rf "$before"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
log=$before/build.log
for list in */PublicAPI.Unshipped.txt; do
    cp "$list" "$before/${list%%/*}"
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
written=yes
echo 'Public types:'
grep -cE '^[A-Za-z0-9_.]+(<[A-Za-z, ]+>)?$' */PublicAPI.Unshipped.txt
