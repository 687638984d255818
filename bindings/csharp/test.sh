#!/usr/bin/env bash
# bindings/csharp/test.sh
#
# Builds C# and runs its tests, then once more compiled ahead of time, without a JIT. With GEMLIVE_DOTNET, the folder of a
# .NET Core 3.1 runtime with its program dotnet, they run there too. Failures come first; the last line counts.
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

# Mono's core library has types in other places than that of .NET: the same sources, compiled for the other.
for_dotnet()
{
    local core=$out/dotnet framework reference references=()
    framework=$(echo "$GEMLIVE_DOTNET"/shared/Microsoft.NETCore.App/3.1.*)
    for reference in System.Private.CoreLib System.Private.Uri System.Runtime System.Runtime.Extensions System.Memory \
        System.Runtime.InteropServices System.Collections System.Collections.Concurrent System.ObjectModel System.Linq \
        System.Threading System.Threading.Thread System.Threading.Tasks System.Threading.Tasks.Parallel System.Console \
        System.ComponentModel.Primitives System.Diagnostics.Process System.IO.FileSystem; do
        references+=("-r:$framework/$reference.dll")
    done
    mkdir -p "$core"
    ln -sf ../libgemlive_csharp.so ../libgemlive.so.0 "$core"
    printf '{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "%s"}, %s}}\n' \
        "$(basename "$framework")" '"configProperties": {"System.Globalization.Invariant": true}' >"$core/tests.runtimeconfig.json"
    mapfile -t sources < <(find bindings/csharp -name '*.cs' -not -path '*/bench/*' | sort)
    mcs -langversion:7.2 -optimize+ -nologo -noconfig -nostdlib -unsafe -d:NETCOREAPP "${references[@]}" \
        -target:library -out:"$core/Gemlive.dll" "${sources[@]}" || return 1
    mcs -langversion:7.2 -optimize+ -nologo -noconfig -nostdlib -unsafe -d:NETCOREAPP "${references[@]}" \
        -r:"$core/Gemlive.dll" -out:"$core/tests.exe" tests/bindings/csharp/{unit,json}/*.cs \
        tests/bindings/csharp/generated/EventLines.cs tests/bindings/csharp/runner/LineWriter.cs || return 1
    mv "$core/tests.exe" "$core/tests.dll"
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
if [[ -n ${GEMLIVE_DOTNET:-} ]]; then
    if for_dotnet >"$out/dotnet.log" 2>&1; then
        LD_LIBRARY_PATH=$out/dotnet count "tests on .NET Core" \
            "$GEMLIVE_DOTNET/dotnet" "$out/dotnet/tests.dll" --program "$out/dotnet/tests.dll" --runtime-arguments " "
    else
        echo "== compiling for .NET Core"
        cat "$out/dotnet.log"
        failed=$((failed + 1))
    fi
fi
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed == 0 ]]
