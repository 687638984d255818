#!/usr/bin/env bash
# scripts/setup.sh [build] [test] [java] [csharp] [go]
#
# Installs what is missing to build and to test gemlive, and to use it from a language, on Debian 12, as root or with sudo. Says nothing
# and changes nothing when all is there. What it cannot bring about it says in a sentence, and ends with code 1; with code 3 when all
# is there but Go, which Debian 12 does not have in the version that is needed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/versions.sh

# a|b: either will do; the first that this system offers is installed.
build_packages=(g++ cmake ninja-build pkg-config ccache python3 python3-venv git ca-certificates
    "libboost1.81-dev|libboost1.83-dev|libboost1.88-dev"
    libssl-dev nlohmann-json3-dev libsimdjson-dev libsamplerate0-dev libturbojpeg0-dev libyuv-dev libpng-dev
    flite1-dev libwebrtc-audio-processing-dev libsndfile1-dev
    libgtest-dev libgmock-dev)  # the presets configure the tests too
test_packages=(clang swig)
csharp_packages=(mono-devel)
no_go=3

say() { printf 'setup: %s\n' "$*" >&2; }

stop() {
    say "$1"
    exit "${2:-1}"
}

# By what programs can do, not by packages' names: a JDK or a Go that came from elsewhere serves.
missing_java() {
    at_least 11 "$(javac_version)" || printf '%s\n' default-jdk-headless
    at_least 3.6.3 "$(maven_version)" || printf '%s\n' maven
}

missing_go() {
    local offered
    at_least 1.24 "$(go_version)" && return
    offered=$(candidate golang-go)  # 2:1.19~1
    offered=${offered#*:}
    if at_least 1.24 "${offered%%[~+-]*}"; then printf '%s\n' golang-go; fi
}

# Clang's sanitizers are in a package of its version, which differs from system to system.
clang_runtime_package() {
    local version
    version=$(clang -dumpversion) || return 0
    printf 'libclang-rt-%s-dev\n' "${version%%.*}"
}

install_missing() {
    local missing
    mapfile -t missing
    install_packages "${missing[@]}"
}

# What was there before stays, and comes first in PATH: it may be too old.
check_build() {
    local found
    if compiler_too_old; then
        stop "the compiler is $(compiler): GCC 12 or Clang 14 is needed, or newer; name one in CXX, or install g++ of Debian 12"
    fi
    found=$(cmake_version)
    at_least 3.25 "$found" || stop "cmake in PATH is ${found:-broken}: 3.25 or newer is needed; Debian 12 has it"
    found=$(python_version)
    at_least 3.10 "$found" || stop "python3 in PATH is ${found:-broken}: 3.10 or newer is needed; Debian 12 has it"
}

check_java() {
    local found
    found=$(javac_version)
    at_least 11 "$found" || stop "javac in PATH is ${found:-broken}: 11 or newer is needed; put /usr/bin before it"
    found=$(maven_version)
    at_least 3.6.3 "$found" || stop "mvn in PATH is ${found:-broken}: 3.6.3 or newer is needed; put /usr/bin before it"
}

check_go() {
    at_least 1.24 "$(go_version)" || stop "no Go 1.24 or newer here, nor in this system's packages: get one from go.dev" $no_go
}

sets=("$@")
[[ ${#sets[@]} -gt 0 ]] || sets=(build)
for set in "${sets[@]}"; do
    case $set in
    build | test | java | csharp | go) ;;
    *) stop "usage: scripts/setup.sh [build] [test] [java] [csharp] [go]" 2 ;;
    esac
done

has() { [[ " ${sets[*]} " == *" $1 "* ]]; }

# Before hundreds of megabytes are fetched for a system that is too old.
if compiler_too_old; then check_build; fi
{
    if has build; then missing_of "${build_packages[@]}"; fi
    if has test; then missing_of "${test_packages[@]}"; fi
    if has java; then missing_java; fi
    if has csharp; then missing_of "${csharp_packages[@]}"; fi
    if has go; then missing_go; fi
} | install_missing
if has test; then missing_of "$(clang_runtime_package)" | install_missing; fi
if has build; then check_build; fi
if has java; then check_java; fi
if has build; then scripts/fetch_sources.sh; fi
if has go; then check_go; fi
