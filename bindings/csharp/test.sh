#!/usr/bin/env bash
# bindings/csharp/test.sh
#
# Builds C# and runs its tests, then runs them once more compiled ahead of time, without a JIT. Failures come first; the
# last line counts.
set -euo pipefail
cd "$(dirname "$0")/../.."
export GEMLIVE_BUILD_DIR=${GEMLIVE_BUILD_DIR:-build/release}

out=build/csharp
bindings/csharp/build.sh
passed=0
failed=0
skipped=0

# Runs tests that end with "N passed, N failed, N skipped" and adds them up; shows what they say when they fail.
count()
{
    local what=$1 log=$out/test.log
    shift
    "$@" >"$log" 2>&1 || true
    if [[ $(tail -n 1 "$log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
        skipped=$((skipped + BASH_REMATCH[3]))
        if [[ ${BASH_REMATCH[2]} == 0 ]]; then return; fi
    else
        failed=$((failed + 1))
    fi
    echo "== $what"
    cat "$log"
}

# The framework is compiled once for each version of Mono; then only our own assemblies are.
ahead_of_time()
{
    local aot=$out/aot framework=/usr/lib/mono/4.5 name assembly
    mkdir -p "$aot"
    if [[ $(cat "$aot/version" 2>/dev/null) != "$(mono --version | head -n 1)" ]]; then
        cp "$framework"/{mscorlib,System,System.Core,Mono.Security}.dll "$aot"
        for name in System.Xml System.Configuration System.Numerics System.Security; do
            cp "$(find /usr/lib/mono/gac/$name -name $name.dll | head -n 1)" "$aot"
        done
        for assembly in "$aot"/{mscorlib,System,System.Core,Mono.Security,System.Xml,System.Configuration,System.Numerics,System.Security}.dll; do
            MONO_PATH=$aot mono --aot=full "$assembly" || return 1
        done
        mono --version | head -n 1 >"$aot/version"
    fi
    for name in Gemlive.dll tests.exe; do
        if ! cmp -s "$out/$name" "$aot/$name"; then
            cp "$out/$name" "$aot/$name"
            MONO_PATH=$aot mono --aot=full "$aot/$name" || return 1
        fi
    done
    ln -sf ../libgemlive_csharp.so ../libgemlive.so.0 "$aot"
}

count "tests" mono "$out/tests.exe"
count "examples" tests/bindings/csharp/examples_test.py
count "coverage and generated code" tests/bindings/csharp/coverage_test.py
if ahead_of_time >"$out/aot.log" 2>&1; then
    MONO_PATH=$out/aot count "tests, compiled ahead of time" \
        mono --full-aot "$out/aot/tests.exe" --program "$out/aot/tests.exe" --runtime-arguments --full-aot
else
    echo "== compiling ahead of time"
    cat "$out/aot.log"
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
