#!/usr/bin/env python3
"""Writes the generated part of the bindings: SWIG's input from the headers, SWIG's output, and each language's events,
options and constants.

--check             fails when a committed file differs from what would be written, or should not be there
--language NAME     only swig, java, csharp or go; may be repeated
"""

import argparse
import difflib
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bindings"))

# SWIG's input comes first: the languages run SWIG on it.
LANGUAGES = ("swig", "java", "csharp", "go")


def differences(files):
    for name, text in files.items():
        path = ROOT / name
        committed = path.read_text() if path.exists() else ""
        if committed != text:
            yield "\n".join(list(difflib.unified_diff(committed.splitlines(), text.splitlines(), name, "what is written",
                                                      lineterm="", n=1))[:40])


def strangers(folders, files):
    """Files in the folders of generated files that nothing writes any more."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.is_file() and name not in files:
                yield name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    arguments = parser.parse_args()
    problems = []
    for language in arguments.language or LANGUAGES:
        writer = importlib.import_module(f"generator.{language}")
        files = writer.files()
        stale = list(strangers(getattr(writer, "FOLDERS", ()), files))
        if arguments.check:
            problems += list(differences(files)) + [f"{name} is not written by scripts/make_bindings.py" for name in stale]
            continue
        for name, text in files.items():
            path = ROOT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
        for name in stale:
            (ROOT / name).unlink()
    if problems:
        print("\n".join(problems), "\nRun scripts/make_bindings.py.", sep="\n", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
