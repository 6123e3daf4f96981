#!/usr/bin/env bash
# Runs the core of the numeric tests on Arm's vectors (NEON), with a processor that is emulated where the machine has another:
# the test projects, built as for "dotnet test", are started as programs by Host, which brings the runtime for linux-arm64, and
# run their tests in process. Ends with "N passed, N failed". Needs Debian or a descendant of it, where qemu and the C library for
# arm64 are installed if they are missing; anywhere else it says so and leaves the tests out.
#
# Options: --all runs every numeric test instead of the core, after "dotnet test" has left the networks it compiled.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
sysroot=/usr/aarch64-linux-gnu
packages=(qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
runs=0

leave_out() {
    echo "  skipped $1"
    echo "0 passed, 0 failed"
    exit 0
}

installed() { command -v qemu-aarch64-static > /dev/null && [ -e "$sysroot/lib/ld-linux-aarch64.so.1" ] && [ -e "$sysroot/lib/libstdc++.so.6" ]; }

install() {
    command -v apt-get > /dev/null || leave_out "no apt-get to install ${packages[*]} with"
    [ "$(id -u)" = 0 ] || leave_out "only root can install ${packages[*]}"
    { apt-get update && apt-get install -y --no-install-recommends "${packages[@]}"; } > "$work/apt.txt" 2>&1
    installed || { tail -5 "$work/apt.txt"; leave_out "${packages[*]} could not be installed"; }
}

# run_or_explain what command...: keeps what the command prints for the case that it fails.
run_or_explain() {
    local what=$1
    shift
    "$@" > "$work/output.txt" 2>&1 && return
    echo "$what"
    grep -E 'error|warning' "$work/output.txt" | sort -u | head -12
    failed=$((failed + 1))
    return 1
}

# assemble project: puts a test project, as it is built for the machine itself, beside the runtime for arm64. Assemblies are compiled for any
# processor, and so is what tests compile in memory, which is there if they have run.
assemble() {
    local project=$1
    run_or_explain "$project could not be built" dotnet build "$root/tests/$project" -c Release || return 1
    mkdir "$work/$project"
    cp -r "$root/tests/$project/bin/Release/net10.0/." "$work/$project"
    cp -r "$work/Host/." "$work/$project"
}

# start project prefixes...: runs those of its numeric tests whose names begin with a prefix, beside those that were started before.
start() {
    local project=$1
    shift
    runs=$((runs + 1))
    echo "$project, AdvSimd${1:+: $*}" > "$work/$runs.txt"

    # The runtime writes code through a second mapping of its memory, which QEMU before 8.1 does not notice: it would go on
    # executing what stood there before.
    NETGEN_TESTED_ON=AdvSimd DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0 \
        qemu-aarch64-static -L "$sysroot" "$work/$project/Host" "$project.dll" "$@" >> "$work/$runs.txt" 2>&1 &
}

# finish: waits for all that was started, and shows and counts what it printed.
finish() {
    local run ok bad
    wait
    for ((run = 1; run <= runs; run++)); do
        grep -vE '^[0-9]+ passed, [0-9]+ failed$' "$work/$run.txt"
        read -r ok bad <<< "$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$work/$run.txt" | tail -1)"
        echo "  ${ok:-0} passed, ${bad:-1} failed"
        passed=$((passed + ${ok:-0}))
        failed=$((failed + ${bad:-1}))
    done
}

case $(uname -m) in aarch64 | arm64) leave_out "this machine has AdvSimd: dotnet test has run everything on it" ;; esac
installed || install

run_or_explain "the runtime for arm64 could not be published" dotnet publish "$here/Host" -c Release -o "$work/Host" ||
    { echo "$passed passed, $failed failed"; exit 1; }

# The core: PyTorch's numbers for every layer and loss, the formulas of losses, the promises, and vector maths.
numerics=NetGen.Numerics.Tests
if assemble $numerics; then
    if [ "${1:-}" = --all ]; then
        start $numerics
    else
        start $numerics NetGen.Tests.InstructionSets $numerics.Conformance
        start $numerics NetGen.Tests.InstructionSets $numerics.Losses $numerics.Promises
    fi
fi

if assemble NetGen.Tests; then
    if [ "${1:-}" = --all ]; then
        start NetGen.Tests
    else
        start NetGen.Tests NetGen.Tests.InstructionSets NetGen.Tests.Maths NetGen.Tests.Losses
    fi
fi

finish
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
