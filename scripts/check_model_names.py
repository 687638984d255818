#!/usr/bin/env python3
"""Model names live in the capability table and in the default model only: code asks for a capability, not for a name."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {"src/protocol/include/protocol/default_model.hpp"}
NAME = re.compile(r"gemini-(?:live-)?[0-9]|\"[23]\.[0-9]\"")


def without_comments(text):
    keep_lines = lambda match: "\n" * match[0].count("\n")
    return re.sub(r"//[^\n]*|/\*.*?\*/", keep_lines, text, flags=re.S)


def main(folders):
    found = 0
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.[ch]pp")):
            name = path.relative_to(ROOT).as_posix()
            if name in ALLOWED:
                continue
            for number, line in enumerate(without_comments(path.read_text()).splitlines(), 1):
                if NAME.search(line):
                    print(f"{name}:{number}: a model's name in code; make it a row or a capability of model_table.json")
                    found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["src/session", "src/settings", "src/delivery", "src/engine", "src/protocol", "src/net", "src/media", "src/auth", "capi"]))
