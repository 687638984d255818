#!/usr/bin/env bash
# scripts/remove_root.sh DIR
#
# Deletes a root of check_fresh.sh, but never with something mounted in it: that would be deleted too, and is somebody else's.
set -euo pipefail
root=$(realpath "$1")
if grep -qF " $root/" /proc/self/mountinfo || grep -qF " $root " /proc/self/mountinfo; then
    echo "remove_root: something is mounted in $root, so it stays" >&2
    exit 1
fi
rm -rf --one-file-system "$root"
