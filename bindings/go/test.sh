#!/bin/sh
# Runs all tests of the Go binding: as they are, with the race detector and a collector that never rests, and with cgo's
# strictest check of pointers. The last line counts; what failed comes before it.
set -eu
. "$(dirname "$0")/environment.sh"
need_go "0 passed, 0 failed, 1 skipped"
GEMLIVE_BUILD_DIR=$library
export GEMLIVE_BUILD_DIR

bindings/go/build.sh
log=$out/test.log
: >"$log"

# One package at a time: each has an emulator beside it.
run()
{
    where=$1
    shift
    cd "$root/$where"
    go test -v -p 1 -count 1 -timeout 240s "$@" >"$out/run.log" 2>&1 || true
    cat "$out/run.log" >>"$log"
    # A package that fails without a test that fails has not run to its end.
    awk -v run="$where $*" '
        /^ *=== RUN/ { next }
        /^--- PASS/ { passed++ } /^--- FAIL/ { failed++; here++ } /^--- SKIP/ { skipped++ }
        /^(FAIL|ok)\t/ { if ($1 == "FAIL" && !here) { failed++; print "FAILED " run ": " $0 } here = 0 }
        END { print "counts", passed + 0, failed + 0, skipped + 0 }' "$out/run.log" >"$out/counts"
    counts=$(grep '^counts' "$out/counts")
    # shellcheck disable=SC2086 # its four words
    set -- $counts
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
    if [ "$3" -gt 0 ]; then
        grep '^FAILED' "$out/counts" || true
        tail -n 400 "$out/run.log"
    fi
}

passed=0 failed=0 skipped=0
run bindings/go ./...
run tests/bindings/go ./...
GOGC=1 run tests/bindings/go -race ./...
GOEXPERIMENT=cgocheck2 run tests/bindings/go ./conversation ./abuse

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
