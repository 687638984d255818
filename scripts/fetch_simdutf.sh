#!/usr/bin/env bash
# scripts/fetch_simdutf.sh
#
# Puts the source of simdutf (SIMD base64 and UTF-8) into .cache/simdutf. It is in no package of Debian 12; a Python package of its own
# authors carries it. The hash says that it is what was looked at. Without it OpenSSL's base64 does the same work, slower: that is
# said once a day, and no failure.
set -euo pipefail
cd "$(dirname "$0")/.."

package=fastpybase64
version=0.1.1
hash=834859ef8e573eadbf94954f4d74bdc74a4ebd81f19d0bb564c3bcd3ea182795
target=.cache/simdutf
told=.cache/no-simdutf

say() { printf 'setup: %s\n' "$*" >&2; }

mkdir -p .cache
exec 9>.cache/simdutf.lock
flock -w 600 9  # another set-up may be at it
if [[ $(cat $target/from 2>/dev/null) == "$package $version" || -n $(find .cache -path $told -mmin -1440) ]]; then exit 0; fi

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# pip looks at a package's description before it hands it out, for which it fetches the package's build tool too.
fetch() {
    python3 -m venv "$temporary/venv" &&
        printf '%s==%s --hash=sha256:%s\n' "$package" "$version" "$hash" >"$temporary/requirements.txt" &&
        scripts/retry.sh "$temporary/venv/bin/python" -m pip download -q --disable-pip-version-check --no-input --no-deps \
            --no-binary "$package" --require-hashes -r "$temporary/requirements.txt" -d "$temporary" &&
        tar -xzf "$temporary/$package-$version.tar.gz" -C "$temporary" --strip-components=1 --no-same-owner
}

if ! fetch >"$temporary/log" 2>&1; then
    say "simdutf could not be fetched, so OpenSSL's base64 is used ($(tail -n 1 "$temporary/log"))"
    touch $told
    exit 0
fi
# Only UTF-8 and base64 are used; the rest would triple the compile time. These are plain defines: -D cannot change them.
sed -Ei 's/^( *#define SIMDUTF_FEATURE_(DETECT_ENCODING|ASCII|LATIN1|UTF16|UTF32)) 1/\1 0/' "$temporary/vendor/simdutf.h"
mkdir -p $target
mv "$temporary"/vendor/simdutf.{h,cpp} $target
echo "$package $version" >$target/from
rm -f $told
