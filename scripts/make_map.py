#!/usr/bin/env python3
"""Writes capi/gemlive.map, the linker's list of exported functions, from the headers.

--check            fails when the committed map differs from the headers
--library FILE.so  fails when the library exports anything but the map's functions
"""

import argparse
import subprocess
import sys

from public_headers import ROOT, functions

MAP = ROOT / "capi" / "gemlive.map"


def map_text(names):
    lines = "".join(f"        {name};\n" for name in names)
    return f"/* Written by scripts/make_map.py from include/gemlive: one name, one promise. */\n{{\n    global:\n{lines}" \
           "    local:\n        *;\n};\n"


def exported(library):
    output = subprocess.run(["nm", "--dynamic", "--defined-only", "--format=posix", library], check=True,
                            capture_output=True, text=True).stdout
    return {line.split()[0].split("@")[0] for line in output.splitlines()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--library")
    arguments = parser.parse_args()

    names = sorted(function.name for function in functions())
    problems = []
    if arguments.check:
        if not MAP.exists() or MAP.read_text() != map_text(names):
            problems.append("capi/gemlive.map is not what the headers declare: run scripts/make_map.py")
    elif not arguments.library:
        MAP.write_text(map_text(names))
    if arguments.library:
        found = exported(arguments.library)
        problems += [f"{name} is declared but not exported by {arguments.library}" for name in sorted(set(names) - found)]
        problems += [f"{name} is exported by {arguments.library} but not declared" for name in sorted(found - set(names))]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
