#!/usr/bin/env bash
# tests/run.sh [--quick] [--data-only]
#
# Installs what is missing, builds, and runs every test. The last line is "N passed, N failed, N skipped".
#   --quick      the release build only, without the sanitizer build
#   --data-only  only the tests that read the material beside the project (GEMLIVE_TEST_DATA, default ../shared)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh build test java csharp go
exec python3 tests/runner.py "$@"
