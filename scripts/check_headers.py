#!/usr/bin/env python3
"""Checks the public headers: every function documented in full, every header compiling alone in every dialect."""

import argparse
import concurrent.futures
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from public_headers import HEADERS, INCLUDE, ROOT, functions

TAG_VALUES = {
    "thread": r"(any|one)\b.*",
    "callback": r"(allowed|forbidden)\b.*",
    "rt": r"(yes|no)",
    "blocks": r"(never|up to timeout_ms|until .+|as long as .+)",
    "since": r"\d+\.\d+",
}

# Who reads of one wants to know of the other: the comment of each name on the left refers (@see) to those on the right.
PAIRS = {
    **{f"gemlive_{handle}_create": {f"gemlive_{handle}_destroy"} for handle in ("options", "model", "session")},
    **{f"gemlive_{handle}_poll_event": {f"gemlive_{handle}_{word}" for word in ("wake", "dispatch", "wait_handle")}
       for handle in ("model", "session")},
    **{f"gemlive_{handle}_wait_handle": {f"gemlive_{handle}_poll_event"} for handle in ("model", "session")},
    "gemlive_session_close": {"gemlive_session_destroy"},
    "gemlive_session_push_audio_s16": {"gemlive_session_write_audio_s16", "gemlive_session_set_input_format"},
    "gemlive_session_write_audio_s16": {"gemlive_session_push_audio_s16"},
    "gemlive_session_set_output_format": {"gemlive_session_read_audio_s16"},
    "gemlive_session_read_audio_s16": {"gemlive_session_set_output_format"},
    "gemlive_session_start_user_activity": {"gemlive_session_end_user_activity"},
    "gemlive_event_retain": {"gemlive_event_release"},
}

C_DIALECTS = ["c89", "c99", "c11", "c17"]
CPP_DIALECTS = ["c++98", "c++11", "c++17", "c++20"]
CPP_HEADER_DIALECTS = ["c++17", "c++20"]  # of the header-only C++ layer
COMPILERS = {"c": ["gcc", "clang"], "c++": ["g++", "clang++"]}
WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror"]

# The branches of GEMLIVE_API: what defines select it, and what a declaration must then begin with.
API_BRANCHES = [
    (["-D_WIN32", "-DGEMLIVE_STATIC"], ""),
    (["-D_WIN32", "-DGEMLIVE_BUILDING"], "__declspec(dllexport)"),
    (["-D_WIN32"], "__declspec(dllimport)"),
    (["-DGEMLIVE_STATIC"], ""),
    ([], '__attribute__((visibility("default")))'),
]


def document_problems(function, names):
    """What is missing in one function's comment."""
    if not function.comment:
        return ["has no doc comment"]
    tags = function.tags()
    problems = []
    brief = tags.get("brief", [""])[0]
    if not brief:
        problems.append("has no @brief")
    for tag, values in TAG_VALUES.items():
        found = tags.get(tag, [])
        if len(found) != 1:
            problems.append(f"needs exactly one @{tag}")
        elif not re.fullmatch(values, found[0]):
            problems.append(f"has @{tag} \"{found[0]}\", which is not one of the allowed forms: {values}")
    documented = {text.split()[0] for text in tags.get("param", []) if text}
    known = {parameter.name for parameter in function.parameters}
    problems += [f"documents a parameter {name} that it does not have" for name in sorted(documented - known)]

    seen = set(re.findall(r"\w+", " ".join(tags.get("see", []))))
    problems += [f"has a @see of {name}, which does not exist" for name in sorted(seen)
                 if name not in names and not name.startswith("GEMLIVE_EVENT_")]
    problems += [f"needs a @see of {name}" for name in sorted(PAIRS.get(function.name, set()) - seen)]

    # "As gemlive_x, for ..." and "Buffer as for gemlive_x" take over what stands there.
    twins = [name.rstrip(".,:;") for name in re.findall(r"\b[Aa]s (?:for )?(gemlive_\w+)", function.comment)]
    problems += [f"refers to {name}, which does not exist" for name in twins if name not in names]
    if function.name.endswith("_json") and re.match(r"\w+ with \{", brief):  # "send_text with {...}": the longer form
        twins.append(function.name.removesuffix("_json"))
    if not twins:
        problems += pointer_problems(function, tags, documented)
    if function.returns not in ("gemlive_status", "void") and "@return" not in function.comment:
        handles = [p for p in function.parameters if p.is_handle and "gemlive_event" not in p.type]
        if handles:
            problems.append("does not say what it returns for a dead handle (@return)")
    return problems


def pointer_problems(function, tags, documented):
    """Every pointer is explained: by @owner or @param, or by the rules at the top of gemlive.h (handles, text)."""
    problems = []
    owner = " ".join(tags.get("owner", []))
    for parameter in function.parameters:
        if not parameter.is_pointer or parameter.is_handle or parameter.type == "const char *":
            continue
        if re.fullmatch(r"gemlive_\w+ \*\*", parameter.type):
            if f"*{parameter.name}" not in owner:
                problems.append(f"does not say who owns *{parameter.name} (@owner)")
        elif parameter.type == "size_t *" and function.name.startswith("gemlive_event_"):
            continue
        elif parameter.name == "user_data" and any(p.name == "callback" for p in function.parameters):
            continue  # it goes to the callback, whose type says so
        elif parameter.name not in documented and not re.search(rf"\b{parameter.name}\b", owner):
            if not re.search(rf"[*@`]{parameter.name}\b|\b{parameter.name}\b", function.comment):
                problems.append(f"says nothing of its pointer {parameter.name}")
    if function.returns.endswith("*") and not owner:
        if function.returns not in ("const char *", "gemlive_session *") and "@return" not in function.comment:
            problems.append("does not say who owns what it returns (@owner)")
    return problems


def documentation(paths):
    found = functions(paths)
    names = {function.name for function in functions()} | {function.name for function in found}
    return [f"{function.place if function.path.is_relative_to(ROOT) else function.path}: {function.name} {problem}"
            for function in found for problem in document_problems(function, names)]


def compile_job(job):
    compiler, dialect, header, folder = job
    c = dialect.startswith("c") and "+" not in dialect
    source = Path(folder) / f"{header.stem}-{header.suffix[1:]}.{'c' if c else 'cpp'}"
    command = [compiler, f"-std={dialect}", *WARNINGS, *(["-Wstrict-prototypes"] if c else []), "-I", str(INCLUDE),
               "-fsyntax-only", str(source)]
    done = subprocess.run(command, capture_output=True, text=True)
    return None if done.returncode == 0 else f"{header.name} with {compiler} -std={dialect}:\n{done.stderr[:3000]}"


def compile_matrix():
    cpp_headers = sorted((INCLUDE / "gemlive").glob("*.hpp"))
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for header in HEADERS + cpp_headers:
            for suffix in ("c", "cpp"):
                # Included twice: the guard works. The name at the end keeps the unit from being empty.
                text = f"#include <gemlive/{header.name}>\n" * 2 + "extern int gemlive_header_test;\n"
                (Path(folder) / f"{header.stem}-{header.suffix[1:]}.{suffix}").write_text(text)
        jobs += [(compiler, dialect, header, folder) for header in HEADERS for compiler in COMPILERS["c"]
                 for dialect in C_DIALECTS]
        jobs += [(compiler, dialect, header, folder) for header in HEADERS for compiler in COMPILERS["c++"]
                 for dialect in CPP_DIALECTS]
        jobs += [(compiler, dialect, header, folder) for header in cpp_headers for compiler in COMPILERS["c++"]
                 for dialect in CPP_HEADER_DIALECTS]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return [problem for problem in pool.map(compile_job, jobs) if problem]


def api_branches():
    problems = []
    for defines, expected in API_BRANCHES:
        command = ["gcc", "-E", "-P", "-I", str(INCLUDE), *defines, "-x", "c", str(INCLUDE / "gemlive" / "gemlive.h")]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        call = "__cdecl " if "-D_WIN32" in defines else ""
        declaration = f"{expected} int32_t {call}gemlive_version_number(void);".strip()
        flat = re.sub(r"\s+", " ", text)
        if f"; {declaration}" not in flat:
            problems.append(f"GEMLIVE_API with {' '.join(defines) or 'no defines'}: \"{declaration}\" is not what comes out")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documentation", nargs="*", type=Path, metavar="HEADER",
                        help="check only the comments, of these headers or all")
    arguments = parser.parse_args()
    if arguments.documentation is not None:
        problems = documentation([path.resolve() for path in arguments.documentation] or None)
    else:
        problems = documentation(None) + api_branches() + compile_matrix()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
