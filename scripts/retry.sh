#!/bin/sh
# scripts/retry.sh COMMAND [ARGUMENT]...
#
# Runs a command that fetches something, up to three times: a network that fails once is no reason to start all over. Each try has
# RETRY_DEADLINE_S (180) seconds; RETRY_PAUSE_S (5) are between the first two, three times as many before the last.
set -u
pause=${RETRY_PAUSE_S:-5}
for try in 1 2 3; do
    code=0
    timeout --foreground --kill-after=10 "${RETRY_DEADLINE_S:-180}" "$@" || code=$?
    # 126 and 127: there is no such program, and there will be none.
    case $code in
    0 | 126 | 127) exit "$code" ;;
    esac
    [ "$try" -lt 3 ] || break
    echo "retry: try $try of 3 ended with code $code: $*" >&2
    sleep "$pause"
    pause=$((pause * 3))
done
exit "$code"
