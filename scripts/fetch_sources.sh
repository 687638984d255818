#!/usr/bin/env bash
# scripts/fetch_sources.sh
#
# Puts the sources into .cache/NAME that no package of Debian 12 has, from Python packages that carry them. The hash says that it is
# what was looked at. The build does without one that cannot be had, and with less: that is said once a day, and no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }

mkdir -p .cache
exec 9>.cache/sources.lock
flock -w 600 9  # another set-up may be at it

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# pip looks at a package's description before it hands it out, for which it fetches the package's build tool too.
unpack() {  # PACKAGE VERSION HASH FOLDER
    mkdir "$4" &&
        python3 -m venv "$temporary/venv" &&
        printf '%s==%s --hash=sha256:%s\n' "$1" "$2" "$3" >"$4/requirements.txt" &&
        scripts/retry.sh "$temporary/venv/bin/python" -m pip download -q --disable-pip-version-check --no-input --no-deps \
            --no-binary "$1" --require-hashes -r "$4/requirements.txt" -d "$4" &&
        tar -xzf "$4/$1-$2.tar.gz" -C "$4" --strip-components=1 --no-same-owner
}

# To be raised when a take_… function takes something else than before.
taken=2

# Calls take_NAME FROM TO to take out what is used.
source_of() {  # NAME PACKAGE VERSION HASH WITHOUT
    local target=.cache/$1 told=.cache/no-$1 unpacked=$temporary/$1
    if [[ $(cat "$target/from" 2>/dev/null) == "$2 $3 $taken" || -n $(find .cache -path "$told" -mmin -1440) ]]; then return; fi
    if ! unpack "$2" "$3" "$4" "$unpacked" >"$temporary/log" 2>&1; then
        say "$1 could not be fetched, so $5 ($(tail -n 1 "$temporary/log"))"
        touch "$told"
        return
    fi
    mkdir -p "$target"
    "take_$1" "$unpacked" "$target"
    echo "$2 $3 $taken" >"$target/from"
    rm -f "$told"
}

# SIMD base64 and UTF-8. Only these two are used of it; the rest would triple the compile time. These are plain defines: -D cannot
# change them.
take_simdutf() {
    sed -Ei 's/^( *#define SIMDUTF_FEATURE_(DETECT_ENCODING|ASCII|LATIN1|UTF16|UTF32)) 1/\1 0/' "$1/vendor/simdutf.h"
    mv "$1"/vendor/simdutf.{h,cpp} "$2"
    mv "$1/vendor/simdutf-LICENSE-MIT" "$2/LICENSE"
}

# WebRTC's voice detector, without what makes a Python module of it.
take_vad() {
    rm -rf "$2/webrtc"
    mv "$1/cbits/webrtc" "$1/LICENSE" "$2"
}

source_of simdutf fastpybase64 0.1.1 834859ef8e573eadbf94954f4d74bdc74a4ebd81f19d0bb564c3bcd3ea182795 \
    "OpenSSL's base64 is used, which is slower"
source_of vad webrtcvad 2.0.10 f1bed2fb25b63fb7b1a55d64090c993c9c9167b28485ae0bcdd81cf6ede96aea \
    "voice is not detected in the microphone"
