#!/bin/sh
# Measures what a push and an event cost in Go; the last line is JSON. With --layers also what the generated layer would
# cost in place of the one by hand.
set -eu
. "$(dirname "$0")/environment.sh"
need_go '{"language": "go", "skipped": true}'
bindings/go/build.sh
if [ "${1:-}" = --layers ]; then
    cd "$root/bindings/go"
    go test -run '^$' -bench . -benchmem ./internal/direct
fi
exec "$out/bin/bench"
