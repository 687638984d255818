#!/usr/bin/env python3
"""Checks docs/dialogue.md: each rule has a place in the code that names its id in a comment, and tests that exist; no
comment names a rule that is not there."""

import re
import sys

from public_headers import ROOT

DOCUMENT = ROOT / "docs" / "dialogue.md"
CODE = ["src/dialogue", "src/session"]
ID = r"[TRCUBJLDWX]\d+"


def rules(text):
    """{id: names of its tests}, and what is wrong with the table"""
    found = {}
    problems = []
    for line in text.splitlines():
        row = re.match(rf"\| ({ID}) \|(.*)\|([^|]*)\|$", line)
        if row:
            if row[1] in found:
                problems.append(f"{row[1]} is there twice")
            found[row[1]] = re.findall(r"`([\w.]+)`", row[3])
    return found, problems


def ids_in_comments():
    """{id: a place where a comment names it}: ids stand at a comment's beginning, before a colon or alone."""
    places = {}
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.[ch]pp")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                comment = re.search(rf"//\s*((?:{ID})(?:, {ID})*)(?::|\s*$)", line)
                if comment:
                    for name in comment[1].split(", "):
                        places.setdefault(name, f"{path.relative_to(ROOT)}:{number}")
    return places


def tests():
    names = set()
    for path in (ROOT / "tests").rglob("*.cpp"):
        names |= {f"{suite}.{name}" for suite, name in re.findall(r"\bTEST(?:_F|_P)?\((\w+),\s*(\w+)\)", path.read_text())}
    return names


def main():
    listed, problems = rules(DOCUMENT.read_text())
    if not listed:
        problems.append("has no rule")
    places = ids_in_comments()
    existing = tests()
    for name, its_tests in listed.items():
        if name not in places:
            problems.append(f"{name} is named by no comment of the code")
        if not its_tests:
            problems.append(f"{name} has no test")
        problems += [f"{name}: there is no test {test}" for test in its_tests if test not in existing]
    problems += [f"does not have {name} of {place}" for name, place in sorted(places.items()) if name not in listed]
    for problem in problems:
        print(f"{DOCUMENT.name}: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
