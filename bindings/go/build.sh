#!/bin/sh
# Builds the Go binding, its examples, tests and bench into build/go. Says nothing when all is well.
set -eu
. "$(dirname "$0")/environment.sh"
need_go

# The whole log when something fails, nothing otherwise.
quietly()
{
    if ! "$@" >"$out/build.log" 2>&1; then
        cat "$out/build.log" >&2
        exit 1
    fi
    # What warns is not well either.
    if [ -s "$out/build.log" ]; then
        cat "$out/build.log" >&2
        exit 1
    fi
}

mkdir -p "$out/bin" "$out/test"
for module in $modules; do
    cd "$root/$module"
    # The generated layer turns pointers into numbers and back, which vet cannot follow: it is inspected by its tests.
    packages=$(go list ./... | grep -v /internal/gemlivec)
    # shellcheck disable=SC2086 # one word a package
    quietly go vet $packages
    unformatted=$(gofmt -l . | grep -v '^internal/gemlivec/' || true)
    if [ -n "$unformatted" ]; then
        echo "gofmt would change: $unformatted" >&2
        exit 1
    fi
done
cd "$root/examples/go"
quietly go build -o "$out/bin/" ./...
cd "$root/tests/bindings/go"
quietly go build -o "$out/bin/" ./scenario-runner ./bench
for tests in conversation abuse threads coverage packaging; do
    quietly go test -c -o "$out/test/$tests" "./$tests"
done
rm "$out/build.log"
