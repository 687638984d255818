#!/usr/bin/env python3
"""Writes tests/abi/api.txt: every prototype and every enum value, as a change of them is to be seen in review.

--check  fails when the committed list differs from the headers
"""

import argparse
import difflib
import sys

from public_headers import ROOT, enums, functions

LIST = ROOT / "tests" / "abi" / "api.txt"


def declaration(type_, name):
    return f"{type_}{'' if type_.endswith('*') else ' '}{name}"


def api_text():
    lines = []
    for function in functions():
        parameters = ", ".join(declaration(parameter.type, parameter.name) for parameter in function.parameters)
        lines.append(f"{declaration(function.returns, function.name)}({parameters or 'void'})")
    for enum in enums():
        lines += [f"{name} = {value}" for name, value in enum.members]
    return "\n".join(sorted(lines)) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        LIST.write_text(api_text())
        return 0
    committed = LIST.read_text() if LIST.exists() else ""
    if committed == api_text():
        return 0
    difference = difflib.unified_diff(committed.splitlines(), api_text().splitlines(), "tests/abi/api.txt", "the headers",
                                      lineterm="", n=0)
    print("\n".join(difference), "\nA change of the ABI: run scripts/make_api_list.py and say it in CHANGELOG.md.", sep="\n",
          file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
