#!/usr/bin/env bash
# From nothing to translated images: makes a dataset (or takes DIR), trains pix2pix in an ML.NET pipeline,
# scores held-out images, and writes demo-output/index.html. Needs the .NET SDK only.
# ./demo.sh [DIR] [--direction AtoB|BtoA] [--steps N] [--output DIR] ...      ./demo.sh --help
set -euo pipefail
root=$(cd "$(dirname "$0")" && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

command -v dotnet >/dev/null || { echo "demo: .NET SDK 10 is needed: https://dotnet.microsoft.com/download/dotnet/10.0" >&2; exit 1; }
echo "demo: building (the first time this downloads about 0.3 GB of packages)"
dotnet build "$root/samples/ImageTranslation_Demo" -c Release --nologo -v quiet -clp:"ErrorsOnly;NoSummary"
exec dotnet "$root/artifacts/bin/ImageTranslation_Demo/release/ImageTranslation_Demo.dll" "$@"
