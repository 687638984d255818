#!/usr/bin/env bash
# scripts/setup.sh [build] [test] [java] [csharp] [go]
#
# Installs what is missing to build and to test gemlive, and to use it from a language, on Debian 12 or Ubuntu 24.04, as root or with sudo. Says nothing
# and changes nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

# a|b: either will do; the first that this system offers is installed.
build_packages=(g++ cmake ninja-build pkg-config ccache python3 git ca-certificates
    "libboost1.81-dev|libboost1.83-dev|libboost1.88-dev|libboost-dev"
    libssl-dev nlohmann-json3-dev libsimdjson-dev libsamplerate0-dev libturbojpeg0-dev
    flite1-dev libwebrtc-audio-processing-dev libsndfile1-dev
    libgtest-dev libgmock-dev)  # the presets configure the tests too
test_packages=(clang swig)
csharp_packages=(mono-devel)

say() { printf 'setup: %s\n' "$*" >&2; }

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null) == *installed* ]]; }

missing_of() {
    local entry name
    for entry in "$@"; do
        for name in ${entry//|/ }; do
            if installed "$name"; then continue 2; fi
        done
        printf '%s\n' "$entry"
    done
}

run_as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "this needs root or sudo: $*"
        return 1
    fi
}

# Prints apt's output only when it fails: there are hundreds of lines of it.
apt_quietly() {
    local log
    log=$(mktemp)
    if ! run_as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "apt-get $1 failed"
        return 1
    fi
    rm -f "$log"
}

apt_updated=
install_packages() {
    local entry name names=()
    [[ $# -gt 0 ]] || return 0
    if ! command -v apt-get >/dev/null; then
        say "no apt-get here. Install the equivalents of: $*"
        return 1
    fi
    if [[ -z $apt_updated ]]; then
        apt_quietly update
        apt_updated=yes
    fi
    for entry in "$@"; do
        for name in ${entry//|/ }; do
            if apt-cache show "$name" >/dev/null 2>&1; then
                names+=("$name")
                continue 2
            fi
        done
        say "this system offers no package $entry"
        return 1
    done
    say "installing ${names[*]}"
    apt_quietly install -y --no-install-recommends "${names[@]}"
}

# Not by their packages' names where the programs exist: apt would replace a JDK that works by its own.
missing_java() {
    command -v javac >/dev/null || printf '%s\n' default-jdk-headless
    command -v mvn >/dev/null || printf '%s\n' maven
}

# Debian 12 has 1.19, which is too old: there Go comes from elsewhere.
missing_go() {
    if ! command -v go >/dev/null && apt-cache show golang-go 2>/dev/null | grep -Eq '^Version: 2:1\.(2[4-9]|[3-9][0-9])'; then
        printf '%s\n' golang-go
    fi
}

# Clang's sanitizers are in a package of its version, which differs from system to system.
clang_runtime_package() {
    local version
    version=$(clang -dumpversion) || return 0
    printf 'libclang-rt-%s-dev\n' "${version%%.*}"
}

# simdutf (SIMD base64) is in no package of Debian 12, but a crate carries its C++ source. What arrives is compared with
# the hashes below. Without it OpenSSL's base64 does the same work, slower.
fetch_simdutf() {
    local target=.cache/simdutf told=.cache/no-simdutf temporary
    if [[ -f $target/simdutf.cpp && -f $target/simdutf.h ]]; then return 0; fi
    if ! command -v cargo >/dev/null; then
        if [[ ! -f $told ]]; then
            say "no cargo, so OpenSSL's base64 is used instead of simdutf"
            mkdir -p .cache
            touch "$told"
        fi
        return 0
    fi
    temporary=$(mktemp -d)
    mkdir "$temporary/src"
    touch "$temporary/src/lib.rs"
    printf '%s\n' '[package]' 'name = "fetch"' 'version = "0.0.0"' 'edition = "2021"' '[dependencies]' \
        'simdutf = "=0.7.0"' >"$temporary/Cargo.toml"
    if ! (cd "$temporary" && timeout 120 cargo vendor -q vendor >cargo.log 2>&1 && cd vendor/simdutf/cpp &&
        sha256sum --quiet --check - >../../../cargo.log 2>&1) <<'SUMS'
b1b1e428e7cad504c6a5a7a6360f958235edcdfc7ad862c8e34f8bb109fa9bd5  simdutf.cpp
1f4c287f5b15a0b9d18bd6f61006d1e961a7e4f0506c9bc9e09d42a07cbd2189  simdutf.h
SUMS
    then
        say "simdutf could not be fetched ($(tail -n 1 "$temporary/cargo.log")), so OpenSSL's base64 is used"
        rm -rf "$temporary"
        return 0
    fi
    # Only UTF-8 and base64 are used; the rest would triple the compile time. These are plain defines: -D cannot change them.
    sed -Ei 's/^(#define SIMDUTF_FEATURE_(DETECT_ENCODING|ASCII|LATIN1|UTF16|UTF32)) 1/\1 0/' \
        "$temporary/vendor/simdutf/cpp/simdutf.h"
    mkdir -p "$target"
    # The .cpp comes last: its presence says that both are there, also to another set-up at the same time.
    mv "$temporary/vendor/simdutf/cpp/simdutf.h" "$target/simdutf.h"
    mv "$temporary/vendor/simdutf/cpp/simdutf.cpp" "$target/simdutf.cpp"
    rm -rf "$temporary"
}

sets=("$@")
[[ ${#sets[@]} -gt 0 ]] || sets=(build)
for set in "${sets[@]}"; do
    case $set in
    build)
        mapfile -t missing < <(missing_of "${build_packages[@]}")
        install_packages "${missing[@]}"
        fetch_simdutf
        ;;
    test)
        mapfile -t missing < <(missing_of "${test_packages[@]}")
        install_packages "${missing[@]}"
        mapfile -t missing < <(missing_of "$(clang_runtime_package)")
        install_packages "${missing[@]}"
        ;;
    java)
        mapfile -t missing < <(missing_java)
        install_packages "${missing[@]}"
        ;;
    csharp)
        mapfile -t missing < <(missing_of "${csharp_packages[@]}")
        install_packages "${missing[@]}"
        ;;
    go)
        mapfile -t missing < <(missing_go)
        install_packages "${missing[@]}"
        command -v go >/dev/null || say "no Go 1.24 or newer here: get one from go.dev"
        ;;
    *)
        say "usage: scripts/setup.sh [build] [test] [java] [csharp] [go]"
        exit 2
        ;;
    esac
done
