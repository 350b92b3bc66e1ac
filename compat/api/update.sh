#!/usr/bin/env bash
# Takes the lines that the compat assemblies claim from complete listings of the real packages' surfaces:
#   compat/api/update.sh FOLDER    (FOLDER holds TorchSharp.txt, Microsoft.ML.txt, ...)
# What a compat assembly shows and no listing has makes the test fail.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export CONFORMANCE_LISTINGS=${1:?folder of complete listings} CONFORMANCE_CLAIMS=$here
dotnet run --project "$here/../tests/Conformance.Tests" "-p:Packages=compat"
