#!/bin/sh
# Prints, as one line of JSON, what a block of audio and an event cost in Java.
set -eu
cd "$(dirname "$0")/../.."
bindings/java/build.sh
exec build/java/bin/bench
