#!/usr/bin/env python3
"""Text becomes a document tree through parse_json of base/json_text.hpp only: whatever parses by itself takes a text of
brackets too, and copying or writing what comes of that exhausts the stack.

    scripts/check_json.py [FOLDER ...]     (default: src capi)
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The guard itself, and the emulator's scenarios, whose errors name the place (it counts the levels first).
ALLOWED = {"src/base/include/base/json_text.hpp", "src/emulator/scenario/scenario.cpp"}
PARSING = re.compile(r"\b\w*[jJ]son::(?:parse|accept|sax_parse|from_\w+)\s*\(|\"_json\b|>>\s*\w*json\b")


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
                if PARSING.search(line):
                    print(f"{name}:{number}: text is parsed without the bound of levels: use parse_json")
                    found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["src", "capi"]))
