#!/usr/bin/env bash
# bindings/csharp/bench.sh
#
# Prints, as one line of JSON, what a block of audio and an event cost in C#.
set -euo pipefail
cd "$(dirname "$0")/../.."
bindings/csharp/build.sh
exec mono build/csharp/bench.exe
