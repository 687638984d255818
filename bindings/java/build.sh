#!/bin/sh
# Builds all that is Java into build/java: the native library, the jar, examples, scenario runner, tests and bench.
# The C library and the programs come from GEMLIVE_BUILD_DIR (build/release). Quiet when all is well.
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
release=$(cd "${GEMLIVE_BUILD_DIR:-build/release}" && pwd)
out=$root/build/java
native=$out/native/linux-$(uname -m)
mkdir -p "$native" "$out/bin" "$out/work"
. bindings/java/maven.sh
# Tests that run at the same time build one after the other.
exec 9>"$out/work/lock"
flock 9

fail()
{
    echo "bindings/java/build.sh: $1" >&2
    exit 1
}

# The whole log, but only of what failed.
quietly()
{
    if ! "$@" >"$out/work/log" 2>&1; then
        cat "$out/work/log" >&2
        fail "$1 failed"
    fi
}

# Is the file older than anything that is named after it? Folders stand for all that is in them.
stale()
{
    made=$1
    shift
    [ ! -e "$made" ] || [ -n "$(find "$@" -newer "$made" -type f -print -quit)" ]
}

library=$release/lib/libgemlive.so.0
[ -e "$library" ] || fail "there is no $library; build the C library first: cmake --build --preset release"
c_sources="bindings/java/generated/c bindings/java/src/main/c bindings/swig/samples.h bindings/swig/waker.h include"
javac=$(readlink -f "$(command -v javac)") || fail "there is no javac; scripts/setup.sh installs a JDK"
java_home=${javac%/bin/javac}

# shellcheck disable=SC2086 # a list of paths
if stale "$native/libraries.txt" $c_sources "$(readlink -f "$library")" bindings/java/build.sh; then
    rm -f "$native"/*
    quietly "${CC:-cc}" -std=gnu11 -O2 -fPIC -shared -fvisibility=hidden -fno-strict-aliasing -Wall -Wextra -Werror \
        -Iinclude -Ibindings -Ibindings/swig -I"$java_home/include" -I"$java_home/include/linux" \
        bindings/java/generated/c/gemlive_wrap.c bindings/java/src/main/c/glue.c -o "$native/libgemlive_jni.so" \
        "$library" -Wl,-z,max-page-size=16384 -Wl,-rpath,\$ORIGIN -Wl,--no-undefined -pthread
    cp -L "$library" "$native/libgemlive.so.0"
    # Everything else that is not on every system comes along; the compiler's own libraries only as a spare.
    ldd "$library" | sed -n 's/^\s*\(\S*\) => \(\/\S*\) .*/\1 \2/p' >"$out/work/needed"
    # Each behind those that it needs itself: they are loaded one after the other, from a folder where the system does not look.
    while read -r name path; do
        echo "$name $name"
        readelf -dW "$path" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r its; do
            if grep -q "^$its " "$out/work/needed"; then echo "$its $name"; fi
        done
    done <"$out/work/needed" | tsort >"$out/work/order"
    : >"$out/work/libraries.txt"
    while read -r name; do
        path=$(sed -n "s/^$name //p" "$out/work/needed")
        case $name in
        libstdc++.so.* | libgcc_s.so.*) echo "spare $name" >>"$out/work/spares" ;;
        libssl.so.* | libcrypto.so.* | libc.so.* | libm.so.* | libpthread.so.* | libdl.so.* | librt.so.*) continue ;;
        *) echo "$name" >>"$out/work/libraries.txt" ;;
        esac
        cp -L "$path" "$native/$name"
    done <"$out/work/order"
    strip --strip-unneeded "$native/libgemlive.so.0" "$native/libgemlive_jni.so"
    { cat "$out/work/libraries.txt"; echo libgemlive.so.0; echo libgemlive_jni.so; sort "$out/work/spares"; } \
        >"$native/libraries.txt"
    rm "$out/work/spares"
fi

jar=$out/maven/gemlive-0.1.0.jar
if stale "$jar" "$native/libraries.txt" bindings/java/src bindings/java/generated/java bindings/java/pom.xml; then
    if ! maven_offline "$out/work/log" -DskipTests package dependency:copy-dependencies -DincludeScope=runtime \
        -DoutputDirectory="$out/libs"; then
        cat "$out/work/log" >&2
        fail "Maven failed"
    fi
    touch "$jar"
fi
gson=$(find "$out/libs" -name 'gson-*.jar' | head -n 1)

# Programs are plain javac: FOLDER SOURCES...
compile()
{
    target=$1
    shift
    if stale "$target/.built" "$jar" "$@"; then
        rm -rf "${target:?}"
        mkdir -p "$target"
        # shellcheck disable=SC2046 # no source has a blank in its name
        quietly javac -encoding UTF-8 --release 8 -Xlint:all -Xlint:-options -Werror -cp "$jar:$gson" -d "$target" \
            $(find "$@" -name '*.java')
        touch "$target/.built"
    fi
}

# One jar with everything in it: JAR MAIN FOLDER.
bundle()
{
    if stale "$1" "$3/.built" "$jar"; then
        whole=$out/work/whole
        rm -rf "$whole"
        mkdir -p "$whole"
        (cd "$whole" && jar xf "$gson" && jar xf "$jar" && rm -rf META-INF/MANIFEST.MF META-INF/versions/9/module-info.class)
        cp -r "$3/." "$whole"
        rm "$whole/.built"
        printf 'Main-Class: %s\nMulti-Release: true\n' "$2" >"$out/work/manifest"
        jar cfm "$1" "$out/work/manifest" -C "$whole" .
        rm -rf "$whole"
    fi
}

launcher()
{
    printf '#!/bin/sh\nexec java -cp "%s" %s "$@"\n' "$2" "$3" >"$out/work/launcher"
    if ! cmp -s "$out/work/launcher" "$out/bin/$1"; then
        cp "$out/work/launcher" "$out/bin/$1"
        chmod +x "$out/bin/$1"
    fi
}

compile "$out/examples" examples/java
compile "$out/runner" tests/bindings/java/runner tests/bindings/java/generated
compile "$out/bench" bindings/java/bench
bundle "$out/demo.jar" Demo "$out/examples"
launcher hello "$jar:$gson:$out/examples" Hello
launcher guide "$jar:$gson:$out/examples" Guide
launcher headset "$jar:$gson:$out/examples" Headset
launcher tools "$jar:$gson:$out/examples" Tools
launcher ending "$jar:$gson:$out/examples" Ending
launcher demo "$out/demo.jar" Demo
launcher bench "$jar:$gson:$out/bench" Bench
launcher scenario-runner "$jar:$gson:$out/runner" dev.gemlive.runner.Main
