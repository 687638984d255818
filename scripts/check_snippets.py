#!/usr/bin/env python3
"""The code on the pages about installing and the languages is code that runs: each block is a piece of a program that a test runs.

A fenced block of docs/install.md, docs/java.md, docs/csharp.md and docs/go.md has a line before it

    <!-- snippet: PATH NAME -->

and equals what stands in the file PATH between a line with "snippet: NAME" and one with "end snippet", less the indent
that all its lines share. Blocks of shell commands and plain text (sh, text, xml) may stand without.

--write   puts what is in the programs on the pages
"""

import argparse
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("docs/install.md", "docs/java.md", "docs/csharp.md", "docs/go.md")
FREE = ("sh", "text", "xml")
MARK = re.compile(r"^<!-- snippet: (\S+) (\S+) -->$")
FENCE = re.compile(r"^```(\w*)$")


def snippet(root, path, name):
    """The lines of a snippet, or a sentence that says why there is none."""
    try:
        lines = (root / path).read_text().splitlines()
    except OSError:
        return None, f"{path} cannot be read"
    begins = [at for at, line in enumerate(lines) if re.search(rf"\bsnippet: {re.escape(name)}\s*(\*/|-->)?$", line)]
    if len(begins) != 1:
        return None, f"{path} has {len(begins)} snippets {name}"
    ends = [at for at, line in enumerate(lines) if at > begins[0] and re.search(r"\b(end )?snippet\b", line)]
    if not ends or "end snippet" not in lines[ends[0]]:
        return None, f"{path}: the snippet {name} has no end"
    return textwrap.dedent("\n".join(lines[begins[0] + 1:ends[0]])).strip("\n").splitlines(), None


def blocks(lines):
    """(line number of the fence, language, the mark before it or None, first line, last line) of each fenced block."""
    at = 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if not fence:
            at += 1
            continue
        before = [line for line in lines[:at] if line.strip()]
        mark = MARK.match(before[-1]) if before else None
        end = next((number for number in range(at + 1, len(lines)) if lines[number] == "```"), len(lines))
        yield at + 1, fence[1], mark, at + 1, end
        at = end + 1


def check(page, root, write=False):
    """The problems of a page; with write, what can be repaired is."""
    lines = page.read_text().splitlines()
    name = page.relative_to(root)
    problems, repaired = [], list(lines)
    for number, language, mark, first, last in reversed(list(blocks(lines))):
        if mark is None:
            if language not in FREE:
                problems.append(f"{name}:{number}: a block of {language or 'no language'} is no snippet of a program")
            continue
        wanted, problem = snippet(root, mark[1], mark[2])
        if problem:
            problems.append(f"{name}:{number}: {problem}")
        elif lines[first:last] != wanted:
            if write:
                repaired[first:last] = wanted
            else:
                problems.append(f"{name}:{number}: differs from the snippet {mark[2]} of {mark[1]}")
    marks = sum(MARK.match(line) is not None for line in lines)
    held = sum(mark is not None for _, _, mark, _, _ in blocks(lines))
    if marks != held:
        problems.append(f"{name}: {marks - held} marks have no block after them")
    if repaired != lines:
        page.write_text("\n".join(repaired) + "\n")
    return problems[::-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    pages = [root / page for page in PAGES if (root / page).exists()]
    problems = [problem for page in pages for problem in check(page, root, arguments.write)]
    if not pages:
        problems.append(f"none of {', '.join(PAGES)} is there")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
