#!/usr/bin/env bash
# tests/run.sh [--quick] [--data-only]
#
# Installs what is missing, builds, and runs every test, and prints what each step took. The last line is "N passed, N failed,
# N skipped".
#   --quick      the release build only, without the sanitizer builds
#   --data-only  only the tests that read the material beside the project (GEMLIVE_TEST_DATA, default ../shared)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build test java csharp go || {
    code=$?
    [[ $code == 3 ]] || exit "$code"  # 3: only Go is missing; what needs it is skipped, but not in CI
}
printf 'set-up ... %d s\n' "$SECONDS"
export GEMLIVE_TESTS_STARTED=$((EPOCHSECONDS - SECONDS))
exec python3 tests/runner.py "$@"
