#!/usr/bin/env bash
# From nothing to translated pictures: sets up, makes a data set (or takes DIR), trains pix2pix inside an ML.NET
# pipeline, scores held-out pictures, and writes demo-output/grid.png and demo-output/index.html.
# ./demo.sh [DIR] [--direction AtoB|BtoA] [--output DIR] ...      ./demo.sh --help
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

"$root/setup.sh"
packages=$(sed -n 's:.*<Packages>\(.*\)</Packages>.*:\1:p' "$root/setup.props")
echo "demo: building (Packages=$packages)"
dotnet build "$root/samples/ImageTranslation_Demo" -c Release -p:Packages="$packages" --nologo -v quiet -clp:"ErrorsOnly;NoSummary"
exec dotnet "$root/artifacts/$packages/bin/ImageTranslation_Demo/release/ImageTranslation_Demo.dll" "$@"
