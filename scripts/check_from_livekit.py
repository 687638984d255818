#!/usr/bin/env python3
"""Checks docs/from-livekit.md: each item of the reference is there once, in order, and each test that a row names exists.
With --ran FILE, a list of tests that tests/runner.py leaves, each of them has also run. With --count it says how many rows work, work partly, and do not yet."""

import argparse
import re
import sys
from pathlib import Path

from check_rules import tests as tests_in_cpp
from public_headers import ROOT

DOCUMENT = ROOT / "docs" / "from-livekit.md"
EXPECTED = [[str(n) for n in range(1, 147)],
            [f"W{n}" for n in range(1, 77)] + [f"N{n}" for n in range(1, 25)]]


def rows(text):
    """The cells of each row that begins with an item's number, table by table."""
    tables = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")] if line.startswith("| ") else []
        if cells and cells[0] == "#":
            tables.append([])
        elif cells and re.fullmatch(r"[WN]?\d+", cells[0]) and tables:
            tables[-1].append(cells)
    return tables


def exists(test, google):
    if "::" in test:
        file, _, name = test.partition("::")
        path = ROOT / file
        words = name.split(".")
        return path.is_file() and all(re.search(rf"\b(?:class|def) {re.escape(word)}\b", path.read_text()) for word in words)
    return test in google or (test.startswith("tests/") and (ROOT / test).is_file())


def has_run(test, ran):
    return test in ran or any(name.startswith((f"{test}.", f"{test}::")) for name in ran)


def not_run(tables, ran):
    """What is named and did not run."""
    return [f"{cells[0]}: {test} did not run" for table in tables for cells in table
            for test in re.findall(r"`([^`]+)`", cells[-1]) if not has_run(test, ran)]


def problems_of(tables):
    google = tests_in_cpp()
    if len(tables) != len(EXPECTED):
        return [f"has {len(tables)} tables, not {len(EXPECTED)}"]
    problems = []
    for table, expected in zip(tables, EXPECTED):
        listed = [cells[0] for cells in table]
        problems += [f"lacks {number}" for number in expected if number not in listed]
        problems += [f"does not know {number}" for number in listed if number not in expected]
        if not problems and listed != expected:
            problems.append(f"has {expected[0]} to {expected[-1]} not once each, or not in order")
        for cells in table:
            tests = re.findall(r"`([^`]+)`", cells[-1])
            problems += [f"{cells[0]}: there is no test {test}" for test in tests if not exists(test, google)]
            if state(cells) == "not yet" and tests:
                problems.append(f"{cells[0]}: is not there yet, and has a test")
    return problems


def state(cells):
    here = cells[2]
    return next((word for word in ("not yet", "partly") if here.startswith(word)), "works")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--ran", type=Path)
    arguments = parser.parse_args()
    tables = rows(DOCUMENT.read_text())
    if arguments.count:
        for table in tables:
            counts = {word: sum(state(cells) == word for cells in table) for word in ("works", "partly", "not yet")}
            print(", ".join(f"{count} {word}" for word, count in counts.items()))
    problems = problems_of(tables)
    if arguments.ran and not problems:
        problems = not_run(tables, set(arguments.ran.read_text().splitlines()))
    for problem in problems:
        print(f"{DOCUMENT.name}: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
