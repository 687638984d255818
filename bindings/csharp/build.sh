#!/usr/bin/env bash
# bindings/csharp/build.sh
#
# Builds all of C# into build/csharp: the library, the examples, the scenario runner, the tests and the bench. The C
# library and programs come from GEMLIVE_BUILD_DIR (build/release). Says nothing when all is well.
set -euo pipefail
cd "$(dirname "$0")/../.."

native=${GEMLIVE_BUILD_DIR:-build/release}
out=build/csharp
code=bindings/csharp
tests=tests/bindings/csharp
# Portable C# 7.2; missing documentation of a public member is an error, as is every warning.
compile=(mcs -langversion:7.2 -optimize+ -warnaserror -nologo)
mkdir -p "$out/bin"

quietly()
{
    if ! "$@" >"$out/build.log" 2>&1; then
        cat "$out/build.log" >&2
        echo "build.sh: failed: $*" >&2
        exit 1
    fi
}

# Is the first file missing, or older than one of the others?
stale()
{
    local made=$1 source
    shift
    for source in "$@"; do
        if [[ ! -e $made || $source -nt $made ]]; then return 0; fi
    done
    return 1
}

# assembly SOURCE...: a program that uses the library.
program()
{
    local made=$out/$1
    shift
    if stale "$made" "$out/Gemlive.dll" "$code/build.sh" "$@"; then
        quietly "${compile[@]}" -unsafe -r:"$out/Gemlive.dll" -out:"$made" "$@"
    fi
}

# launcher NAME: runs NAME.exe from anywhere, with the libraries beside it.
launcher()
{
    cat >"$out/bin/$1.new" <<END
#!/bin/sh
exec mono "\$(dirname "\$0")/../$1.exe" "\$@"
END
    chmod +x "$out/bin/$1.new"
    mv "$out/bin/$1.new" "$out/bin/$1"
}

if [[ ! -e $native/lib/libgemlive.so.0 ]]; then
    echo "build.sh: the C library is not in $native/lib; build it first" >&2
    exit 1
fi
ln -sfn "$(realpath --relative-to="$out" "$native/lib/libgemlive.so.0")" "$out/libgemlive.so.0"

wrapper=$code/generated/native/gemlive_csharp.c
if stale "$out/libgemlive_csharp.so" "$wrapper" bindings/swig/samples.h bindings/swig/waker.h include/gemlive/*.h "$code/build.sh"; then
    quietly cc -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden \
        -DSWIG_CSHARP_NO_EXCEPTION_HELPER -DSWIG_CSHARP_NO_STRING_HELPER \
        -Iinclude -Ibindings/swig "$wrapper" "$out/libgemlive.so.0" \
        -Wl,-rpath,'$ORIGIN' -Wl,--no-undefined -pthread -o "$out/libgemlive_csharp.so"
fi

mapfile -t library < <(find "$code" -name '*.cs' -not -path '*/bench/*' | sort)
if stale "$out/Gemlive.dll" "$code/build.sh" "${library[@]}"; then
    quietly "${compile[@]}" -unsafe -target:library -doc:"$out/Gemlive.xml" -out:"$out/Gemlive.dll" "${library[@]}"
fi

program hello.exe examples/csharp/Hello.cs
program blacksmith.exe examples/csharp/Blacksmith.cs examples/csharp/demo/Wav.cs
program demo.exe examples/csharp/Demo.cs examples/csharp/demo/*.cs
program game-loop.exe examples/csharp/GameLoop.cs
program scenario-runner.exe "$tests"/runner/*.cs "$tests"/json/*.cs "$tests"/generated/*.cs
program tests.exe "$tests"/unit/*.cs "$tests"/json/*.cs "$tests"/generated/EventLines.cs "$tests"/runner/LineWriter.cs
program bench.exe "$code"/bench/*.cs
for name in hello blacksmith demo game-loop scenario-runner; do
    launcher "$name"
done
