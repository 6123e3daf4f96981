#!/usr/bin/env bash
# Uses NetGen as a stranger would: packs it, references the package from a project outside the repository that has no other
# setting, builds without a warning, and runs the same program under the JIT, trimmed and as a NativeAOT executable, which
# must all print the same numbers. Ends with "N passed, N failed"; needs the .NET SDK, and gcc or clang for NativeAOT.
#
# Options: --keep leaves the temporary folder for a look.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
# A version of its own, so that no package of an earlier run is taken from NuGet's cache.
version=0.1.0-packaging.$(date +%s)
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -1)
framework=$(sed -n "s/.*<NetGenFramework[^>]*>\(.*\)<.*/\1/p" "$root/Directory.Build.props" | head -1)
fallback=net9.0
passed=0
failed=0

cleanup() {
    rm -rf "${packages%/}/netgen/$version" "${packages%/}/netgen/$version.$fallback"
    [ "${keep:-}" ] && echo "Left in $work" || rm -rf "$work"
}
[ "${1:-}" = --keep ] && keep=1
trap cleanup EXIT

# check "what must hold" command...: counts it, and shows the command's output only when it failed.
check() {
    local what=$1
    shift
    if "$@" > "$work/output" 2>&1; then
        passed=$((passed + 1))
        echo "  passed  $what"
    else
        failed=$((failed + 1))
        echo "  FAILED  $what"
        tail -12 "$work/output" | cut -c1-400 | sed 's/^/          /'
        return 1
    fi
}

skip() { echo "  skipped $1"; }

# pack framework version: the repository's own bin and obj stay untouched.
pack() {
    local project
    for project in NetGen.Core NetGen; do
        dotnet pack "$root/src/$project" -c Release --artifacts-path "$work/artifacts-$1" -o "$work/feed" \
            -p:NetGenFramework="$1" -p:Version="$2" -warnaserror || return 1
    done
}

# consumer name: a fresh copy of the project outside the repository.
consumer() {
    rm -rf "${work:?}/$1"
    cp -r "$here/Consumer" "$work/$1"
}

# dotnet_consumer verb name framework version arguments...
dotnet_consumer() {
    local verb=$1 name=$2 target=$3 package=$4
    shift 4
    dotnet "$verb" "$work/$name" -p:Configuration=Release -warnaserror -p:ConsumerFramework="$target" -p:NetGenVersion="$package" \
        -p:RestoreAdditionalProjectSources="$work/feed" "$@"
}

# numbers file command...: runs the program and keeps what it prints.
numbers() {
    local file=$1
    shift
    "$@" > "$file" && [ -s "$file" ]
}

same() { diff "$1" "$2"; }

package_is_complete() {
    local folder=${packages%/}/netgen/$version file missing=0 project
    for file in README.md LICENSE buildTransitive/NetGen.targets "lib/$framework/NetGen.dll" "lib/$framework/NetGen.xml"; do
        [ -f "$folder/$file" ] || { echo "The package lacks $file."; missing=1; }
    done
    for project in "$root"/generators/*/*.csproj; do
        file=analyzers/dotnet/cs/$(basename "$project" .csproj).dll
        [ -f "$folder/$file" ] || { echo "The package lacks $file."; missing=1; }
    done
    [ -f "$work/feed/NetGen.$version.snupkg" ] || { echo "There is no symbol package."; missing=1; }
    return $missing
}

# Analyzers run in every build, so a project that uses NetGen must get NetGen's and no other package's.
brings_its_own_analyzers_only() {
    dotnet_consumer msbuild jit "$framework" "$version" -t:ResolveLockFileAnalyzers -getItem:Analyzer > "$work/analyzers.txt" || return 1
    grep -q 'NetGen\.Generators\.dll' "$work/analyzers.txt" || { echo "The generator is missing."; return 1; }
    ! grep '"Identity"' "$work/analyzers.txt" | grep -v '/netgen/' | grep -F "${packages%/}/" | grep -v -i 'microsoft\.netcore\|microsoft\.net\.'
}

echo "The package"
check "packs for $framework" pack "$framework" "$version" || { echo "$passed passed, $failed failed"; exit 1; }

echo "A project outside the repository"
consumer jit
check "builds without a warning" dotnet_consumer build jit "$framework" "$version"
check "found a complete package" package_is_complete
check "gets no analyzers but NetGen's" brings_its_own_analyzers_only
jit=$work/jit/bin/Release/$framework/Consumer.dll
check "runs" numbers "$work/jit.txt" dotnet "$jit"
check "runs without AVX" env DOTNET_EnableAVX=0 bash -c "dotnet '$jit' > '$work/jit-128.txt'"
check "prints the same numbers again" bash -c "dotnet '$jit' | diff - '$work/jit.txt'"

echo "Trimmed, self-contained ($rid)"
consumer trimmed
check "publishes without a warning" dotnet_consumer publish trimmed "$framework" "$version" -r "$rid" --self-contained \
    -p:PublishTrimmed=true -p:TrimmerSingleWarn=false -o "$work/trimmed/out"
check "runs" numbers "$work/trimmed.txt" "$work/trimmed/out/Consumer"
check "prints the same numbers" same "$work/jit.txt" "$work/trimmed.txt"

# The newest framework whose NativeAOT compiler can be had here: its packages are not published everywhere.
native_framework() {
    local target
    for target in "$framework" "$fallback"; do
        consumer probe
        sed -i.bak '/PackageReference/d' "$work/probe/Consumer.csproj"
        if dotnet_consumer restore probe "$target" "$version" -r "$rid" -p:PublishAot=true > "$work/probe.txt" 2>&1; then
            echo "$target"
            return
        fi
    done
}

linker() {
    if command -v clang > /dev/null; then
        return
    fi
    if ! command -v gcc > /dev/null && command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
        { apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev zlib1g-dev; } > "$work/apt.txt" 2>&1
    fi
    if command -v gcc > /dev/null; then
        echo "-p:CppCompilerAndLinker=gcc"
    else
        return 1
    fi
}

# native name arguments...: publishes, runs, and leaves the numbers in name.txt.
native() {
    local name=$1
    shift
    consumer "$name"
    check "publishes without a warning" dotnet_consumer publish "$name" "$target" "$package" -r "$rid" -p:PublishAot=true \
        -p:TrimmerSingleWarn=false $linker -o "$work/$name/out" "$@" &&
        check "runs" numbers "$work/$name.txt" "$work/$name/out/Consumer"
}

echo "NativeAOT ($rid)"
target=$(native_framework)
if [ -z "$target" ]; then
    skip "no NativeAOT compiler for $framework or $fallback can be restored here"
elif ! linker=$(linker); then
    skip "neither clang nor gcc is there to link with, and they cannot be installed"
else
    package=$version
    if [ "$target" != "$framework" ]; then
        package=$version.$target
        check "packs for $target, the newest with a NativeAOT compiler here" pack "$target" "$package"
    fi

    # Unless it is told otherwise, the NativeAOT compiler contains no AVX: the JIT without AVX takes the same paths.
    case $rid in *-x64) alike=$work/jit-128.txt ;; *) alike=$work/jit.txt ;; esac
    native native && check "prints the same numbers as the JIT on the same vectors" same "$alike" "$work/native.txt"

    echo "NativeAOT for this processor (IlcInstructionSet=native)"
    native tuned -p:IlcInstructionSet=native && check "prints the same numbers as the JIT" same "$work/jit.txt" "$work/tuned.txt"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
