#!/usr/bin/env bash
# Uses NetGen as strangers would: packs it and references the packages from projects outside the repository that have no other
# setting. One predicts with NetGen.Core alone; one trains with NetGen, under the JIT, trimmed and as a NativeAOT executable, which must all
# print the same numbers; one is made by "dotnet new netgen". Ends with "N passed, N failed"; needs the .NET SDK, and gcc or clang for
# NativeAOT.
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
framework=net10.0
passed=0
failed=0

cleanup() {
    rm -rf "${packages%/}/netgen/$version" "${packages%/}/netgen.core/$version"
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

# The repository's own bin and obj stay untouched.
pack() {
    local project
    for project in NetGen.Core NetGen NetGen.Templates; do
        dotnet pack "$root/src/$project" -c Release --artifacts-path "$work/artifacts" -o "$work/feed" -p:Version="$version" -warnaserror || return 1
    done
}

# project source name: a fresh copy of one of the projects here, outside the repository.
project() {
    rm -rf "${work:?}/$2"
    cp -r "$here/$1" "$work/$2"
}

# dotnet_outside verb name arguments...
dotnet_outside() {
    local verb=$1 name=$2
    shift 2
    dotnet "$verb" "$work/$name" -p:Configuration=Release -warnaserror -p:NetGenVersion="$version" \
        -p:RestoreAdditionalProjectSources="$work/feed" "$@"
}

# numbers file command...: runs the program and keeps what it prints.
numbers() {
    local file=$1
    shift
    "$@" > "$file" && [ -s "$file" ]
}

same() { diff "$1" "$2"; }

# has package file...: a package as NuGet unpacked it.
has() {
    local folder=${packages%/}/$1/$version file missing=0
    shift
    for file in "$@"; do
        [ -f "$folder/$file" ] || { echo "The package lacks $file."; missing=1; }
    done
    return $missing
}

core_is_complete() {
    local analyzers project
    for project in "$root"/generators/*/*.csproj; do
        analyzers="${analyzers:-} analyzers/dotnet/cs/$(basename "$project" .csproj).dll"
    done
    has netgen.core README.md LICENSE icon.png "lib/$framework/NetGen.Core.dll" "lib/$framework/NetGen.Core.xml" $analyzers &&
        [ -f "$work/feed/NetGen.Core.$version.snupkg" ]
}

training_is_complete() {
    has netgen README.md LICENSE icon.png buildTransitive/NetGen.targets "lib/$framework/NetGen.dll" "lib/$framework/NetGen.xml" &&
        [ -f "$work/feed/NetGen.$version.snupkg" ]
}

# Nothing but the program and NetGen.Core: that is what NetGen.Core is there for.
ships_nothing_else() {
    local found
    found=$(cd "$work/predictor/bin/Release/$framework" && ls -- *.dll | sort | xargs)
    [ "$found" = "NetGen.Core.dll Predictor.dll" ] || { echo "The program's libraries are $found."; return 1; }
}

# Analyzers run in every build, so a project that uses NetGen must get NetGen's and no other package's.
brings_its_own_analyzers_only() {
    dotnet_outside msbuild "$1" -t:ResolveLockFileAnalyzers -getItem:Analyzer > "$work/analyzers.txt" || return 1
    grep -q 'NetGen\.Generators\.dll' "$work/analyzers.txt" || { echo "The generator is missing."; return 1; }
    ! grep '"Identity"' "$work/analyzers.txt" | grep -v '/netgen.core/' | grep -F "${packages%/}/" | grep -v -i 'microsoft\.netcore\|microsoft\.net\.'
}

echo "The packages"
check "pack without a warning" pack || { echo "$passed passed, $failed failed"; exit 1; }

echo "A program that predicts, with NetGen.Core alone"
project Predictor predictor
check "builds without a warning" dotnet_outside build predictor
check "found a complete package" core_is_complete
check "gets no analyzers but NetGen's" brings_its_own_analyzers_only predictor
check "ships no other library" ships_nothing_else
check "runs" numbers "$work/predictor.txt" dotnet "$work/predictor/bin/Release/$framework/Predictor.dll"

echo "A program that trains, with NetGen"
project Consumer jit
check "builds without a warning" dotnet_outside build jit
check "found a complete package" training_is_complete
check "gets no analyzers but NetGen's" brings_its_own_analyzers_only jit
jit=$work/jit/bin/Release/$framework/Consumer.dll
check "runs" numbers "$work/jit.txt" dotnet "$jit"
check "runs without AVX" env DOTNET_EnableAVX=0 bash -c "dotnet '$jit' > '$work/jit-128.txt'"
check "prints the same numbers again" bash -c "dotnet '$jit' | diff - '$work/jit.txt'"

echo "A program made by dotnet new netgen"
# A home of its own: templates that are installed here stay as they are.
new() { dotnet new "$@" --debug:custom-hive "$work/hive"; }
check "installs" new install "$work/feed/NetGen.Templates.$version.nupkg"
check "makes a project" new netgen -o "$work/Flowers.Of.Mine" --no-restore
check "builds without a warning" dotnet_outside build Flowers.Of.Mine
reads_a_flower() { (cd "$work/Flowers.Of.Mine" && dotnet "bin/Release/$framework/Flowers.Of.Mine.dll" | tee /dev/stderr | grep -q 'virginica\.$'); }
check "trains and reads a flower" reads_a_flower

echo "Trimmed, self-contained ($rid)"
project Consumer trimmed
check "publishes without a warning" dotnet_outside publish trimmed -r "$rid" --self-contained \
    -p:PublishTrimmed=true -p:TrimmerSingleWarn=false -o "$work/trimmed/out"
check "runs" numbers "$work/trimmed.txt" "$work/trimmed/out/Consumer"
check "prints the same numbers" same "$work/jit.txt" "$work/trimmed.txt"

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

# native source name arguments...: publishes, runs, and leaves the numbers in name.txt.
native() {
    local source=$1 name=$2
    shift 2
    project "$source" "$name"
    check "publishes without a warning" dotnet_outside publish "$name" -r "$rid" -p:PublishAot=true \
        -p:TrimmerSingleWarn=false $linker -o "$work/$name/out" "$@" &&
        check "runs" numbers "$work/$name.txt" "$work/$name/out/$source"
}

echo "NativeAOT ($rid)"
if ! linker=$(linker); then
    skip "neither clang nor gcc is there to link with, and they cannot be installed"
else
    # Unless it is told otherwise, the NativeAOT compiler contains no AVX: the JIT without AVX takes the same paths.
    case $rid in *-x64) alike=$work/jit-128.txt ;; *) alike=$work/jit.txt ;; esac
    native Consumer native && check "prints the same numbers as the JIT on the same vectors" same "$alike" "$work/native.txt"

    echo "NativeAOT for this processor (IlcInstructionSet=native)"
    native Consumer tuned -p:IlcInstructionSet=native && check "prints the same numbers as the JIT" same "$work/jit.txt" "$work/tuned.txt"

    echo "NativeAOT for this processor, with NetGen.Core alone"
    native Predictor embedded -p:IlcInstructionSet=native && check "prints the same numbers as the JIT" same "$work/predictor.txt" "$work/embedded.txt"
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
