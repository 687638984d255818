#!/bin/sh
# Builds and tests all that is Java. Failures in full, then "N passed, N failed, N skipped".
set -eu
cd "$(dirname "$0")/../.."
bindings/java/build.sh
root=$PWD
release=$(cd "${GEMLIVE_BUILD_DIR:-build/release}" && pwd)
out=$root/build/java
mkdir -p "$out/work"
. bindings/java/maven.sh

# What is left from a run before must not count.
rm -rf "${out:?}/maven/surefire-reports"
code=0
maven_offline "$out/work/test.log" surefire:test ${GEMLIVE_JAVA_TEST:+-Dtest="$GEMLIVE_JAVA_TEST"} || code=$?
if [ "$code" -ne 0 ]; then
    cat "$out/work/test.log"
fi

# Each ends with a line of its own, which is counted.
rm -f "$out/work/"*_test.log
for file in tests/bindings/java/*_test.py; do
    python3 tests/python_tests.py "$file" >"$out/work/$(basename "$file" .py).log" 2>&1 || true
done

exec python3 bindings/java/count_tests.py "$code" "$out/maven/surefire-reports" "$out/work/"*_test.log
