#!/usr/bin/env python3
"""Runs what README.md promises: its shell blocks, its C program against the emulator, its CMake lines in a project.

A block that begins with ```sh is run as it stands, in the project's folder. tests/run.sh is left out, because it is what
runs this, and what is installed goes to a folder that is removed afterwards. A block that is only to be read begins with
```text. The ```c block is compiled with the command of the block after it and run against the emulator.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import harness  # noqa: E402

DEADLINE_S = 300
PREFIX = "/usr/local"


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)


def commands(text):
    """The command lines of all shell blocks, comments left out; each once."""
    lines = []
    for block in blocks(text, "sh"):
        for line in block.splitlines():
            line = re.sub(r"\s+#.*", "", line).strip()
            if line and not line.startswith("#") and line not in lines and not line.startswith("tests/run.sh"):
                lines.append(line)
    return lines


def c_problem(text):
    """The C program of the page is that of examples/c/hello.c, and it compiles, runs and prints an answer."""
    programs = blocks(text, "c")
    if len(programs) != 1:
        return "README.md does not have exactly one C program"
    example = (ROOT / "examples" / "c" / "hello.c").read_text()
    if programs[0] not in example:
        return "the C program of README.md is not that of examples/c/hello.c"
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder) / "hello.c", Path(folder) / "hello"
        source.write_text(programs[0])
        done = subprocess.run(["cc", "-std=c99", "-Wall", "-Wextra", "-Werror", source, "-I", ROOT / "include", "-L",
                               harness.LIBRARY.parent, "-lgemlive", f"-Wl,-rpath,{harness.LIBRARY.parent}", "-o",
                               program], capture_output=True, text=True)
        if done.returncode != 0:
            return f"the C program of README.md does not compile:\n{done.stderr}"
        with harness.emulator() as env:
            code, out, err = harness.run([program], env)
        if code != 0 or not out.strip():
            return f"the C program of README.md ended with code {code} and printed \"{out}\"\n{err}"
    return None


def cmake_problems(text):
    """tests/install builds the project that has these lines."""
    project = (ROOT / "tests" / "install" / "find_package" / "CMakeLists.txt").read_text()
    return [f"these lines of README.md are not in a project that is tested:\n{block}"
            for block in blocks(text, "cmake") if block not in project]


def link_problems(text):
    return [f"README.md leads to {target}, which does not exist"
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) if not (ROOT / target).exists()]


def main():
    text = (ROOT / "README.md").read_text()
    problems = link_problems(text) + cmake_problems(text)
    problem = c_problem(text)
    if problem:
        problems.append(problem)
    with tempfile.TemporaryDirectory() as prefix:
        for command in commands(text):
            done = subprocess.run(["timeout", str(DEADLINE_S), "bash", "-c", command.replace(PREFIX, prefix)], cwd=ROOT,
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL)
            if done.returncode != 0:
                problems.append(f"{command}: ended with code {done.returncode}\n"
                                f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        if not (Path(prefix) / "lib" / "pkgconfig" / "gemlive.pc").exists():
            problems.append(f"README.md does not install to {PREFIX}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
