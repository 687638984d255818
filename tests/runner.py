#!/usr/bin/env python3
"""Builds the presets and runs every test; tests/run.sh is the way in.

Quiet about what goes well: one line per stage. A failed test is shown with its own output. The last line is
"N passed, N failed, N skipped".
"""

import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM_DEADLINE_S = 300
CLIENT_DEADLINE_S = 900  # installs other people's clients first, where they are missing
BINDING_DEADLINE_S = 900  # the first run of a language fetches its build tool's parts
BUILD_DEADLINE_S = 2100
FUZZ_S = 15
PARALLEL = 2
LINE_LENGTH = 1000  # of what a failure prints: a megabyte of one text hides the other failures

# The material beside the project that some tests read. They name this variable, in the test or in a header of theirs.
DATA_VARIABLE = "GEMLIVE_TEST_DATA"
DATA = Path(os.environ.get(DATA_VARIABLE) or ROOT.parent / "shared")

CHECKS = [
    ["scripts/check_includes.py"],
    ["scripts/check_coroutines.py", "src"],
    ["scripts/check_headers.py"],
    ["scripts/check_events.py"],
    ["scripts/check_rules.py"],
    ["scripts/check_from_livekit.py"],
    ["scripts/check_json.py"],
    ["scripts/check_model_names.py"],
    ["scripts/make_map.py", "--check"],
    ["scripts/make_api_list.py", "--check"],
    ["scripts/make_bindings.py", "--check"],
    ["scripts/check_snippets.py"],
]


@dataclass
class Result:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    output: list = field(default_factory=list)  # of what failed
    reasons: set = field(default_factory=set)   # of what was skipped
    tables: list = field(default_factory=list)  # lines that a test wants to be seen
    ran: set = field(default_factory=set)       # names of tests, as docs/from-livekit.md has them

    def fail(self, text):
        self.failed += 1
        self.output.append(text)

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.output += other.output
        self.reasons |= other.reasons
        self.tables += other.tables
        self.ran |= other.ran


class Stage:
    """Prints "name ... 12 s, 34 passed" when it ends."""

    total = Result()

    def __init__(self, name):
        self.name = name
        self.result = Result()

    def __enter__(self):
        self.start = time.monotonic()
        print(f"{self.name} ...", end=" ", flush=True)
        return self.result

    def __exit__(self, error_type, error, traceback):
        if error is not None:
            print()
            return False
        seconds = time.monotonic() - self.start
        counts = [f"{getattr(self.result, word)} {word}" for word in ("passed", "failed", "skipped")
                  if getattr(self.result, word)]
        print(f"{seconds:.0f} s" + (", " + ", ".join(counts) if counts else ""), flush=True)
        for line in "\n".join(text.rstrip() for text in self.result.output).splitlines():
            print(line if len(line) <= LINE_LENGTH else f"{line[:LINE_LENGTH]} … {len(line) - LINE_LENGTH} more", flush=True)
        for reason in sorted(self.result.reasons):
            print(f"  skipped: {reason}", flush=True)
        for line in self.result.tables:
            print(f"  {line}", flush=True)
        Stage.total.add(self.result)
        return False


def environment(preset=None, leaks=True):
    """Without leaks for programs that may end without gemlive_shutdown, while a thread still frees its own things."""
    env = dict(os.environ, ASAN_OPTIONS=f"detect_leaks={int(leaks)}:abort_on_error=0", UBSAN_OPTIONS="print_stacktrace=1")
    env["TSAN_OPTIONS"] = "report_thread_leaks=0"  # a thread of ours that ended is joined by the next one, or by gemlive_shutdown
    # What one clone has compiled serves another, wherever it lies.
    env.update(CCACHE_BASEDIR=str(ROOT), CCACHE_NOHASHDIR="true")
    if preset:
        env["GEMLIVE_BUILD_DIR"] = str(ROOT / "build" / preset)
        env["GEMLIVE_PRESET"] = preset
    return env


def run(command, deadline=PROGRAM_DEADLINE_S, env=None):
    """(exit code or None after the deadline, all output)"""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=env or environment(), stdout=output,
                                   stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            code = process.wait(deadline)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = None
        output.seek(0)
        return code, output.read().decode(errors="replace")


def in_parallel(function, items, workers=PARALLEL):
    total = Result()
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for result in pool.map(function, items):
            total.add(result)
    return total


def ended(code):
    return f"took more than {PROGRAM_DEADLINE_S} s and was ended" if code is None else f"ended with code {code}"


# ---- Kinds of tests ----

def data_suites():
    """The names of the GoogleTest suites that read the material beside the project."""
    sources = {path: path.read_text() for path in (ROOT / "tests").rglob("*.[ch]pp")}
    includes = {path: {name.split("/")[-1] for name in re.findall(r'#include "([^"]+)"', text)}
                for path, text in sources.items()}
    reading = {path for path, text in sources.items() if DATA_VARIABLE in text}
    while True:  # those that include one of them, and so on
        headers = {path.name for path in reading if path.suffix == ".hpp"}
        more = {path for path in sources if includes[path] & headers} - reading
        if not more:
            break
        reading |= more
    suites = set()
    for path in reading:
        suites.update(re.findall(r"^(?:TYPED_)?TEST(?:_F|_P)?\(\s*(\w+)", sources[path], re.M))
    return suites


def suite_of(full_name):
    """The name in the source: without what parameters add before and after."""
    parts = full_name.split("/")
    return {part for part in parts if not part.isdigit()}


def names_of_case(suite, case):
    """As in the source, of which one case may have become many."""
    return {f"{part}.{case.split('/')[0]}" for part in suite_of(suite)}


def run_check(command):
    result = Result()
    code, output = run([sys.executable] + command)
    if code == 0:
        result.passed = 1
    else:
        result.fail(f"FAILED {' '.join(map(str, command))} ({ended(code)})\n{output}")
    return result


def case_output(name, output):
    """The lines that GoogleTest printed while a case ran."""
    start = output.find(f"[ RUN      ] {name}\n")
    end = output.find(f"[  FAILED  ] {name}", start)
    return output[start:end] if 0 <= start < end else output[-4000:]


def run_gtest_program(preset, program, data_only):
    result = Result()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [ROOT / "build" / preset / "tests" / program, f"--gtest_output=json:{report}"]
        if data_only:
            forms = ("{}.*", "{}/*.*", "*/{}.*", "*/{}/*.*")
            command.append("--gtest_filter=" + ":".join(form.format(suite) for suite in sorted(data_suites())
                                                        for form in forms))
        code, output = run(command, env=environment(preset))
        try:
            suites = json.loads(report.read_text())["testsuites"]
        except (OSError, ValueError):
            result.fail(f"FAILED {preset} {program} {ended(code)} and left no report\n{output[-8000:]}")
            return result
    for suite in suites:
        for case in suite["testsuite"]:
            name = f"{suite['name']}.{case['name']}"
            label = f"{preset} {program} {name}"
            if case["result"] == "COMPLETED" or not os.environ.get("CI"):  # elsewhere data may be missing
                result.ran |= names_of_case(suite["name"], case["name"])
            if case.get("failures"):
                result.fail(f"FAILED {label}\n{case_output(name, output)}")
            elif case["result"] == "SKIPPED":
                if suite_of(suite["name"]) & data_suites() and os.environ.get("CI") and DATA.exists():
                    result.fail(f"FAILED {label} was skipped although {DATA} is there\n{case_output(name, output)}")
                else:
                    result.skipped += 1
            elif case["result"] == "SUPPRESSED":  # DISABLED_
                result.skipped += 1
            elif case["result"] == "COMPLETED":
                result.passed += 1
    if code != 0 and result.failed == 0:  # a leak or a sanitizer's report after the last case, for example
        result.fail(f"FAILED {preset} {program} {ended(code)}\n{output[-8000:]}")
    return result


def run_python_tests(path, preset=None, deadline=PROGRAM_DEADLINE_S):
    """A file of unittest cases; tests/python_tests.py turns them into one JSON line."""
    result = Result()
    code, output = run([sys.executable, "tests/python_tests.py", path], deadline, environment(preset, leaks=False))
    try:
        report = json.loads(output.strip().rsplit("\n", 1)[-1])
        result.passed, result.skipped = report["passed"], len(report["skipped"])
        result.reasons = set(report["skipped"])
        result.tables = [line for line in output.splitlines() if line.startswith("| ")]
        result.ran = {f"{path.relative_to(ROOT)}::{name}" for name in report["ran"]}
        for name, text in report["failures"]:
            result.fail(f"FAILED {preset or ''} {path.relative_to(ROOT)} {name}\n{text}")
    except (ValueError, KeyError, TypeError):
        result.fail(f"FAILED {preset or ''} {path.relative_to(ROOT)} {ended(code)}\n{output[-8000:]}")
    return result


def run_scenarios(preset):
    """scripts/run-scenarios prints PASS and FAIL lines, the log of a failure under its line."""
    result = Result()
    runners = sorted((ROOT / "scripts").glob("run-scenarios.*"))
    if not runners:
        result.fail("FAILED scripts/run-scenarios is missing")
        return result
    interpreter = [sys.executable] if runners[0].suffix == ".py" else []
    code, output = run(interpreter + [runners[0], "--build-dir", ROOT / "build" / preset], deadline=2 * PROGRAM_DEADLINE_S,
                       env=environment(preset, leaks=False))
    lines = output.splitlines()
    result.passed = sum(line.startswith("PASS ") for line in lines)
    result.failed = sum(line.startswith("FAIL ") for line in lines)
    result.ran = {f"tests/scenarios/{line.split()[1]}.json" for line in lines if line.startswith(("PASS ", "FAIL "))}
    if result.failed or code != 0:
        result.failed = max(result.failed, 1)
        result.output.append(f"FAILED {preset} scenarios ({ended(code)})\n"
                             + "\n".join(line for line in lines if not line.startswith("PASS ")))
    return result


def run_fuzz(preset, program):
    """Some seconds from the inputs in the folder of its name; what breaks it is left beside the program."""
    result = Result()
    with tempfile.TemporaryDirectory() as found:
        inputs = ROOT / "tests" / "fuzz" / program.name.removesuffix("_fuzz")
        code, output = run([program, f"-max_total_time={FUZZ_S}", "-seed=1", "-max_len=16384", "-timeout=20",
                            f"-artifact_prefix={program}-", found, inputs], env=environment(preset))
    runs = re.search(r"^Done (\d+) runs", output, re.M)
    if code == 0 and runs and int(runs[1]) > 0:
        result.passed = 1
    else:
        result.fail(f"FAILED {preset} {program.name} ({ended(code)})\n{output[-8000:]}")
    return result


# ---- Stages ----

def build(preset, targets=()):
    with Stage(f"{preset}: build") as result:
        for command in (["cmake", "--preset", preset],
                        ["cmake", "--build", "--preset", preset] + (["--target", *targets] if targets else [])):
            code, output = run(command, deadline=BUILD_DEADLINE_S)
            if code != 0:
                result.fail(f"FAILED {' '.join(command)}\n{output[-12000:]}")
                return False
    return True


def test_programs(preset, threaded=False):
    return (ROOT / "build" / preset / f"{'threaded-' * threaded}test-programs.txt").read_text().split()


def test_threads(preset="tsan"):
    """Only the programs in which our threads meet: ThreadSanitizer has nothing to say of the others."""
    with Stage(f"{preset}: configure") as result:
        code, output = run(["cmake", "--preset", preset])
        if code != 0:
            result.fail(f"FAILED cmake --preset {preset}\n{output}")
            return
    programs = test_programs(preset, threaded=True)
    if build(preset, programs):
        with Stage(f"{preset}: test programs") as result:
            result.add(in_parallel(lambda program: run_gtest_program(preset, program, False), programs))


def test_preset(preset, data_only):
    if data_only:
        with Stage(f"{preset}: configure") as result:
            code, output = run(["cmake", "--preset", preset])
            if code != 0:
                result.fail(f"FAILED cmake --preset {preset}\n{output}")
                return
    if not build(preset, test_programs(preset) if data_only else ()):
        return
    with Stage(f"{preset}: test programs") as result:
        result.add(in_parallel(lambda program: run_gtest_program(preset, program, data_only), test_programs(preset)))
    if data_only:
        return
    fuzz = sorted((ROOT / "build" / preset / "fuzz").glob("*_fuzz"))
    if fuzz:
        with Stage(f"{preset}: fuzz") as result:
            result.add(in_parallel(lambda program: run_fuzz(preset, program), fuzz))
    with Stage(f"{preset}: scenarios") as result:
        result.add(run_scenarios(preset))
    with Stage(f"{preset}: conformance, examples") as result:
        files = sorted((ROOT / "tests" / "conformance").glob("*_test.py"))
        if preset == "release":
            files += sorted((ROOT / "tests" / "abi").glob("*_test.py"))
        result.add(in_parallel(lambda path: run_python_tests(path, preset), files))
    if preset == "release":
        with Stage("installed, and in a user's project") as result:
            files = sorted((ROOT / "tests" / "install").glob("*_test.py"))
            result.add(in_parallel(lambda path: run_python_tests(path, preset, BUILD_DEADLINE_S), files))
    if preset == "release":  # the clients are other people's: they exercise the emulator, in one build
        with Stage("clients of others") as result:
            files = sorted((ROOT / "tests" / "clients").glob("*_test.py"))
            result.add(in_parallel(lambda path: run_python_tests(path, preset, CLIENT_DEADLINE_S), files))


def binding_languages():
    """Those that have a test.sh, the slowest first."""
    order = ("java", "go", "csharp")
    return [language for language in order if (ROOT / "bindings" / language / "test.sh").exists()]


def run_binding_tests(language):
    """bindings/LANGUAGE/test.sh ends with "N passed, N failed, N skipped"; what comes before tells of failures."""
    result = Result()
    code, output = run([ROOT / "bindings" / language / "test.sh"], BINDING_DEADLINE_S, environment("release"))
    counts = re.search(r"^(\d+) passed, (\d+) failed, (\d+) skipped\s*\Z", output, re.M)
    if counts:
        result.passed, result.failed, result.skipped = map(int, counts.groups())
    if not counts or result.failed or code != 0:
        result.failed = max(result.failed, 1)
        result.output.append(f"FAILED {language} tests ({ended(code)})\n{output[-12000:]}")
    elif result.passed == 0 and os.environ.get("CI"):
        result.fail(f"FAILED {language} tests: none has run\n{output[-4000:]}")
    return result


def test_bindings():
    """Against the release build: the languages' own sanitizers and checkers are in their test.sh."""
    languages = binding_languages()
    for language in languages:
        with Stage(f"{language}: build") as result:
            code, output = run([ROOT / "bindings" / language / "build.sh"], BINDING_DEADLINE_S, environment("release"))
            if code != 0:
                result.fail(f"FAILED bindings/{language}/build.sh ({ended(code)})\n{output[-12000:]}")
        with Stage(f"{language}: tests") as result:
            result.add(run_binding_tests(language))
    with Stage("all languages: one behaviour") as result:
        files = sorted((ROOT / "tests" / "bindings").glob("*_test.py"))
        for path in files:
            result.add(run_python_tests(path, "release", BINDING_DEADLINE_S))


def test_pages():
    """That a page names a test proves something only if the test is run."""
    with Stage("pages that name tests") as result:
        ran = ROOT / "build" / "tests-that-ran.txt"
        ran.write_text("".join(f"{name}\n" for name in sorted(Stage.total.ran)))
        result.add(run_check(["scripts/check_from_livekit.py", "--ran", ran]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="the release build only")
    parser.add_argument("--data-only", action="store_true", help="only the tests that read the material beside the project")
    arguments = parser.parse_args()
    started = int(os.environ.get("GEMLIVE_TESTS_STARTED", time.time()))  # tests/run.sh has set this machine up before

    if not arguments.data_only:
        with Stage("checks") as result:
            result.add(in_parallel(run_check, CHECKS))
            result.add(in_parallel(run_python_tests, sorted((ROOT / "tests" / "checks").glob("*_test.py"))))
    test_preset("release", arguments.data_only)
    if not arguments.data_only:
        test_bindings()
        with Stage("README") as result:
            result.add(run_check(["scripts/check_readme.py"]))
    if not (arguments.quick or arguments.data_only):
        test_preset("asan", False)
        test_threads()
    if not arguments.data_only:
        test_pages()

    seconds = time.time() - started
    print(f"all of it ... {seconds // 60:.0f} min {seconds % 60:.0f} s")
    total = Stage.total
    if total.passed + total.failed + total.skipped == 0:
        total.fail("no test has run")
        print("FAILED: no test has run")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
