#!/usr/bin/env bash
# Finds out where this machine gets its packages from, installs what is missing, and records the answer in setup.props.
# demo.sh, test.sh and imt call it; it is quick when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
Usage: ./setup.sh [--packages nuget|compat|ask] [--accelerator cpu|cuda] [--tests] [--quiet]

  --packages     nuget: the real packages; compat: the same names built from compat/ over system libraries.
                 Default: what setup.props says, else the feed is asked by a restore. ask: ask it again.
  --accelerator  Default: cuda where an NVIDIA driver is found, else cpu.
  --tests        Also install the programs that the tests compare with (Debian's python3-torch, Pillow, onnx, ...).
  --quiet        Say only what was changed or went wrong.
TEXT
}

# --- The lists ---------------------------------------------------------------------------------------------------

onnxruntime_npm=com.github.asus4.onnxruntime@0.4.9
onnxruntime_gpu_npm=com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9
# compat/: C++ build, picture codecs. libtorch and its BLAS are added unless a libtorch is there already.
compat_packages=(cmake g++ libturbojpeg0-dev libpng-dev libwebp-dev)
libtorch_packages=(libtorch-dev libopenblas0-openmp)
# --tests: oracles that nobody here wrote, and a browser for the web sample.
test_packages=(python3-torch python3-numpy python3-pil python3-onnx python3-skimage python3-scipy chromium)

# --- Small tools -------------------------------------------------------------------------------------------------

say() { [ "$quiet" = true ] || printf 'setup: %s\n' "$*"; }
did() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "this needs root and there is no sudo: $*"
  fi
}

recorded() { [ -f setup.props ] && sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" setup.props || true; }

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

# apt_install PACKAGES...: installs what is missing, refreshing the lists only where that is needed.
apt_install() {
  local missing log
  command -v dpkg-query >/dev/null || fail "this is not Debian or Ubuntu. Install the equivalents of: $*"
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  did "installing $missing"
  log=$(mktemp)
  # shellcheck disable=SC2086
  if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >"$log" 2>&1 ||
     { as_root apt-get update >"$log" 2>&1 && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>"$log" 2>&1; }; then
    rm -f "$log"
  else
    tail -n 15 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

# --- Questions ---------------------------------------------------------------------------------------------------

check_sdk() {
  command -v dotnet >/dev/null ||
    fail ".NET SDK 10 is needed and there is no 'dotnet' in PATH: see https://dotnet.microsoft.com/download/dotnet/10.0"
  sdk=$(dotnet --version 2>&1) || fail "the .NET SDK that global.json asks for is missing (dotnet --version):
$sdk
See https://dotnet.microsoft.com/download/dotnet/10.0"
}

find_accelerator() {
  if [ -e /proc/driver/nvidia/version ] || { command -v nvidia-smi >/dev/null && nvidia-smi -L 2>/dev/null | grep -q GPU; }; then echo cuda; else echo cpu; fi
}

version_of() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" Directory.Packages.props; }

# Why the probe in that folder did not run: the first library that does not load, or what .NET said.
native_problem() {
  local library reason
  while read -r library; do
    reason=$(ldd "$library" 2>&1 | grep -m 1 -E 'not found' | sed "s:^[^ ]*$(basename "$library")\: ::; s:^[[:space:]]*::")
    if [ -n "$reason" ]; then echo "$(basename "$library"): $reason"; return; fi
  done < <(find "$1/bin" -path '*linux-x64*' -name '*.so' \( -name '*TorchSharp*' -o -name '*onnxruntime*' -o -name '*Skia*' \) 2>/dev/null)
  grep -m 1 -E 'error|Exception' "$1/probe.log" || echo "see 'dotnet run' of a program that uses them"
}

# Asks by a real restore, in a project of its own outside the repository: a build here must not see half an answer.
ask_feed() {
  local folder log native=TorchSharp-cpu runtime=Microsoft.ML.OnnxRuntime
  [ "$accelerator" = cpu ] || { native=TorchSharp-cuda-linux; runtime=Microsoft.ML.OnnxRuntime.Gpu; }
  folder=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$folder'" EXIT
  log=$folder/restore.log
  echo '<Project />' | tee "$folder/Directory.Build.props" >"$folder/Directory.Build.targets"
  echo '<Project />' >"$folder/Directory.Packages.props"
  cat >"$folder/feed.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.ML" Version="$(version_of MicrosoftMLVersion)" />
    <PackageReference Include="Microsoft.ML.ImageAnalytics" Version="$(version_of MicrosoftMLVersion)" />
    <PackageReference Include="Microsoft.ML.OnnxTransformer" Version="$(version_of MicrosoftMLVersion)" />
    <PackageReference Include="$runtime" Version="$(version_of OnnxRuntimeVersion)" />
    <PackageReference Include="TorchSharp" Version="$(version_of TorchSharpVersion)" />
    <PackageReference Include="$native" Version="$(version_of TorchSharpVersion)" />
  </ItemGroup>
</Project>
XML
  # Having the packages is not enough: their native libraries may be built for a newer system than this one.
  cat >"$folder/Probe.cs" <<'CS'
using var image = Microsoft.ML.Data.MLImage.CreateFromPixels(1, 1, Microsoft.ML.Data.MLPixelFormat.Rgba32, new byte[4]);
using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
using var tensor = TorchSharp.torch.ones(2);
System.Console.WriteLine($"the packages work: {image.Width} {options.LogId} {tensor.sum().item<float>()}");
CS
  say "asking the package feed for Microsoft.ML, TorchSharp and ONNX Runtime (by a restore; with the public gallery this downloads them)"
  if dotnet restore "$folder/feed.csproj" --nologo >"$log" 2>&1; then
    if dotnet run --project "$folder/feed.csproj" --no-restore >"$folder/probe.log" 2>&1 && grep -q 'the packages work' "$folder/probe.log"; then
      packages=nuget
      did "the feed has the real packages and they work here: Packages=nuget"
    else
      packages=compat
      did "the feed has the real packages, but they do not work on this system ($(native_problem "$folder")): Packages=compat"
    fi
  elif grep -qE 'NU110[123]' "$log" && ! grep -q NU1301 "$log" || { grep -qE 'NU1301.*40[34]' "$log" && ! grep -q 'service index' "$log"; }; then
    packages=compat
    did "the feed answers, but does not carry $(grep -oE "NU1101: Unable to find package [A-Za-z0-9.-]+[A-Za-z0-9]" "$log" | sed 's/.*package //' | sort -u | paste -sd, - | sed 's/,/, /g;s/^$/all of the packages/'): Packages=compat"
  else
    grep -E 'error' "$log" | sort -u | head -n 5 >&2 || tail -n 5 "$log" >&2
    fail "the package feed could not be asked (no network, or a broken NuGet configuration; see 'dotnet nuget list source').
       Once it answers, run ./setup.sh again; or choose yourself: ./setup.sh --packages nuget|compat"
  fi
  rm -rf "$folder"
  trap - EXIT
}

# A libtorch that is there already: LIBTORCH, or the one inside a Python torch that brings its headers.
find_libtorch() {
  local folder
  if [ -n "${LIBTORCH:-}" ]; then
    [ -e "$LIBTORCH/lib/libtorch_cpu.so" ] || fail "LIBTORCH is '$LIBTORCH', but there is no lib/libtorch_cpu.so in it"
    echo "$LIBTORCH"
    return
  fi
  folder=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2>/dev/null || true)
  if [ -n "$folder" ] && [ -e "$folder/include/ATen/ATen.h" ] && [ -e "$folder/lib/libtorch_cpu.so" ] && [ ! -L "$folder/lib/libtorch_cpu.so" ]; then echo "$folder"; fi
}

# --- What compat needs -------------------------------------------------------------------------------------------

# Debian chooses the pthread flavour of OpenBLAS by priority; beside libtorch's OpenMP it costs 1.6-2 times.
choose_blas() {
  local library link architecture openmp chosen
  architecture=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)
  for library in libopenblas.so.0 libblas.so.3 liblapack.so.3; do
    link=$library-$architecture
    openmp=/usr/lib/$architecture/openblas-openmp/$library
    [ -e "$openmp" ] || continue
    chosen=$(update-alternatives --query "$link" 2>/dev/null | sed -n 's/^Value: //p')
    if [ -n "$chosen" ] && [ "$chosen" != "$openmp" ]; then
      as_root update-alternatives --set "$link" "$openmp" >/dev/null
      did "$library is now the OpenMP flavour of OpenBLAS (was $chosen; 'update-alternatives --auto $link' undoes it)"
    fi
  done
  blas=$(ldd "/usr/lib/$architecture/libtorch_cpu.so" 2>/dev/null | sed -n 's/.*libopenblas.so.0 => \([^ ]*\).*/\1/p')
  blas=$(readlink -f "${blas:-/nothing}" || true)
  case "$blas" in
    *openblas-openmp*) say "libtorch computes with OpenBLAS, OpenMP flavour ($blas)" ;;
    *) did "warning: libtorch computes with '${blas:-no OpenBLAS}', not with the OpenMP flavour of OpenBLAS; training will be slow" ;;
  esac
}

npm_install() {
  local id=${1%@*} version=${1##*@} log
  local manifest=artifacts/npm/node_modules/$id/package.json
  if [ -f "$manifest" ] && grep -q "\"version\": *\"$version\"" "$manifest"; then return 0; fi
  command -v npm >/dev/null || apt_install npm || fail "npm is needed to restore $1"
  did "restoring the npm package $1 into artifacts/npm (ONNX Runtime and Microsoft's C# binding, MIT)"
  log=$(mktemp)
  mkdir -p artifacts/npm
  [ -f artifacts/npm/package.json ] || echo '{ "private": true }' >artifacts/npm/package.json
  if ! npm install --prefix artifacts/npm --ignore-scripts --no-audit --no-fund --save-exact "$1" >"$log" 2>&1; then
    tail -n 10 "$log" >&2
    rm -f "$log"
    fail "npm could not restore $1 (is the npm registry reachable?)"
  fi
  rm -f "$log"
}

prepare_compat() {
  local libtorch
  apt_install "${compat_packages[@]}" || fail "apt could not install what compat/ needs (see above)"
  libtorch=$(find_libtorch)
  if [ -n "$libtorch" ]; then
    say "libtorch: $libtorch"
  else
    apt_install "${libtorch_packages[@]}" || fail "apt could not install libtorch (see above); set LIBTORCH to the folder of another one"
    choose_blas
  fi
  npm_install "$onnxruntime_npm"
  [ "$accelerator" = cpu ] || npm_install "$onnxruntime_gpu_npm"
}

record() {
  local content
  content="<!-- Written by setup.sh: what this machine has. Its help says how to choose otherwise. -->
<Project>
  <PropertyGroup>
    <Packages>$packages</Packages>
    <Accelerator>$accelerator</Accelerator>
  </PropertyGroup>
</Project>"
  if [ ! -f setup.props ] || [ "$(cat setup.props)" != "$content" ]; then printf '%s\n' "$content" >setup.props; fi
}

# --- The job -----------------------------------------------------------------------------------------------------

packages= accelerator= tests=false quiet=false
while [ $# -gt 0 ]; do
  case "$1" in
    --packages|--accelerator) [ $# -gt 1 ] || fail "$1 needs a value"; [ "$1" = --packages ] && packages=$2 || accelerator=$2; shift 2 ;;
    --tests) tests=true; shift ;;
    --quiet) quiet=true; shift ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option '$1'" ;;
  esac
done
case "$packages" in ''|nuget|compat|ask) ;; *) fail "--packages is '$packages'; expected nuget, compat or ask" ;; esac
case "$accelerator" in ''|cpu|cuda) ;; *) fail "--accelerator is '$accelerator'; expected cpu or cuda" ;; esac

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
check_sdk
[ -n "$accelerator" ] || accelerator=$(recorded Accelerator)
[ -n "$accelerator" ] || accelerator=$(find_accelerator)
[ -n "$packages" ] || packages=$(recorded Packages)
case "$packages" in nuget|compat) ;; *) ask_feed ;; esac

[ "$packages" = nuget ] || prepare_compat
if [ "$tests" = true ]; then
  apt_install "${test_packages[@]}" || did "warning: the tests that compare with Debian's Python packages will be skipped"
  [ "$packages" = nuget ] || [ -n "$(find_libtorch)" ] || quiet=true choose_blas
fi
record
say ".NET SDK $sdk, Packages=$packages, Accelerator=$accelerator (setup.props)"
