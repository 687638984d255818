#!/usr/bin/env python3
"""Prints what a push of 10 ms and an event cost in each language, beside plain C. binding_cost.c says how it is measured.

A language is measured by bindings/LANGUAGE/bench.sh, whose last line is the JSON that binding_cost prints, too. Every
program runs alone, and C runs before and after the others: the lower of its two values counts, so that a machine that
got slower does not flatter the bindings.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("GEMLIVE_BUILD_DIR") or ROOT / "build" / "release")
LANGUAGES = ("java", "csharp", "go")
NUMBERS = ("push_10ms_ns", "push_10ms_bytes_allocated", "event_ns", "event_bytes_allocated")
DEADLINE_S = 300


def measure(command):
    """The numbers a bench prints, or None with a word on stderr."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE_S,
                              stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
        return None
    try:
        numbers = json.loads(done.stdout.strip().splitlines()[-1])
        return {name: float(numbers[name]) for name in NUMBERS}
    except (IndexError, ValueError, KeyError, TypeError):
        print(f"{command[0]} ended with code {done.returncode}\n{done.stdout}{done.stderr}", file=sys.stderr)
        return None


def table(results):
    """results: {language: numbers}, "c" among them."""
    plain = results["c"]
    lines = [f"{'':8}{'push ns':>10}{'bytes':>8}{'above C':>10}{'event ns':>12}{'bytes':>8}{'above C':>10}"]
    for language, numbers in results.items():
        push, push_bytes, event, event_bytes = (numbers[name] for name in NUMBERS)
        lines.append(f"{language:8}{push:10.0f}{push_bytes:8.0f}{push - plain['push_10ms_ns']:+10.0f}"
                     f"{event:12.0f}{event_bytes:8.0f}{event - plain['event_ns']:+10.0f}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", action="append", choices=LANGUAGES, help="default: all that have a bench.sh")
    arguments = parser.parse_args()
    results = {"c": measure([BUILD / "bench" / "binding_cost"])}
    wanted = arguments.language or [name for name in LANGUAGES if (ROOT / "bindings" / name / "bench.sh").exists()]
    for language in wanted:
        results[language] = measure([ROOT / "bindings" / language / "bench.sh"])
    again = measure([BUILD / "bench" / "binding_cost"])
    if None in results.values() or again is None:
        return 1
    results["c"] = {name: min(results["c"][name], again[name]) for name in NUMBERS}
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
