#!/usr/bin/env python3
"""Every scenario goes in every language as it goes in C: the same events, the same results, the same words.

As a program: behaviour_test.py --show NAME prints what became of one scenario in all languages, side by side;
behaviour_test.py --again N [NAME ...] runs C against itself, which shows whether scenarios are fit for comparison.
"""

import argparse
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import zip_longest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from behaviour import (LANGUAGES, SCENARIOS, expected_codes, large_texts, launcher, numbering_problem, run,  # noqa: E402
                       streams)
from harness import BIN, ROOT, SANITIZED  # noqa: E402

PARALLEL = 3  # they mostly wait: for speech in real time, for a grace
MADE = tempfile.TemporaryDirectory()
POOL = ThreadPoolExecutor(PARALLEL)


# What this version cannot make happen, and why.


@cache
def scenarios():
    return [*sorted(SCENARIOS.glob("*.json")), large_texts(MADE.name)]


def named(name):
    found = [path for path in scenarios() if path.stem == name.removesuffix(".json")]
    if not found:
        sys.exit(f"there is no scenario {name}")
    return found[0]


@cache
def started(path, language):
    return POOL.submit(run, path, language)


def run_once(path, language):
    """Each scenario runs once in each language, whoever asks."""
    return started(path, language).result()


def language_missing(language):
    """Why a language is not tested here, or None."""
    if SANITIZED:
        return "a sanitized library cannot be loaded into another language's program"
    return None if launcher(language).exists() else f"build/{language}/bin/scenario-runner is not built"


def must_be_there(language):
    return bool(os.environ.get("CI")) or language in os.environ.get("GEMLIVE_LANGUAGES", "").replace(",", " ").split()


def side_by_side(left_name, left, right_name, right, width=86):
    """Both streams beside each other; "|" marks a difference. Of long stretches that are equal only the ends are shown."""
    def cells(lines):
        return [textwrap.wrap(line[:12 * width], width, break_on_hyphens=False) or [""] for line in lines]

    rows = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        pairs = list(zip([*left[a:b], *[""] * (d - c)], [*right[c:d], *[""] * (b - a)]))[:max(b - a, d - c)]
        if tag == "equal" and len(pairs) > 4:
            pairs = [*pairs[:2], (f"... {len(pairs) - 4} equal lines", "..."), *pairs[-2:]]
        for one, other in pairs:
            one_cells, other_cells = cells([one])[0], cells([other])[0]
            for at in range(max(len(one_cells), len(other_cells))):
                rows.append((one_cells[at] if at < len(one_cells) else "", " " if tag == "equal" else "|",
                             other_cells[at] if at < len(other_cells) else ""))
    head = [(left_name, " ", right_name), ("-" * width, " ", "-" * width)]
    return "\n".join(f"{one:<{width}} {mark} {other}".rstrip() for one, mark, other in head + rows)


def differences(c_run, other):
    """What is different in another run of the same scenario; empty when nothing is."""
    ours, theirs = streams(c_run), streams(other)
    return [f"the {name} differ:\n" + side_by_side("c", ours[name], other.language, theirs[name])
            for name in ours if ours[name] != theirs[name]]


def unexpected(path, a_run):
    """What the scenario's own expectations say against a log."""
    with tempfile.NamedTemporaryFile("w", suffix=".log", encoding="utf-8", errors="surrogateescape") as log:
        log.write(a_run.out)
        log.flush()
        done = subprocess.run([BIN / "gemlive-talk", "--scenario", path, "--check", log.name], capture_output=True,
                              text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=60)
    return None if done.returncode == 0 else f"not as the scenario expects:\n{done.stderr}"


def problems_of(path, language):
    a_run, c_run = run_once(path, language), run_once(path, "c")
    problems = [problem for problem in (unexpected(path, a_run), numbering_problem(a_run)) if problem]
    codes = {0} if language == "c" else expected_codes(c_run)
    if a_run.code not in codes:
        problems.append(f"it ended with code {a_run.code}, not {' or '.join(map(str, sorted(codes)))}")
    if language != "c":
        problems += differences(c_run, a_run)
    if problems and a_run.errors:
        problems.append(f"stderr:\n{a_run.errors}")
    return problems


TABLE = json.loads((ROOT / "bindings" / "events.json").read_text())


@cache
def seen():
    """{kind: its events in all scenarios in C}"""
    events = {}
    for path in scenarios():
        for _, line in run_once(path, "c").lines():
            if "event" in line:
                events.setdefault(line["event"], []).append(line)
    return events


class Behaviour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """All runs are queued at once; the tests then wait for theirs."""
        for path in scenarios():
            for language in LANGUAGES:
                if language == "c" or not language_missing(language):
                    started(path, language)

    def test_every_kind_of_event_comes(self):
        self.assertEqual(set(TABLE) - set(seen()), set(), "these kinds of events come in no scenario")

    def test_a_script_prints_what_a_scenario_prints(self):
        path = named("text-turn")
        scenario = json.loads(path.read_text())
        options = [part for name, value in scenario["session"].items() for part in ("--option", f"{name}={json.dumps(value)}")]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as script:
            script.writelines(json.dumps(command) + "\n" for command in scenario["client"])
            script.flush()
            scripted = run(path, "c", ["--script", script.name, *options])
        self.assertEqual(differences(run_once(path, "c"), scripted), [], scripted.errors)

    def test_every_field_comes_and_is_in_the_table(self):
        of_every_event = {"event", "seq", "time_ms", "connection"}
        table = {f"{kind}.{field}" for kind in seen() for field in TABLE[kind]["fields"]}
        came = {f"{kind}.{field}" for kind, lines in seen().items() for line in lines
                for field in set(line) - of_every_event}
        self.assertEqual(came - table, set(), "bindings/events.json does not know these fields")
        self.assertEqual(table - came, set(), "these fields come in no scenario")

    def test_what_is_not_optional_is_always_there(self):
        for kind, lines in seen().items():
            for name, field in TABLE[kind]["fields"].items():
                if not field.get("optional"):
                    self.assertEqual([line for line in lines if name not in line], [], f"{kind}.{name} may be absent")


def add_tests():
    """One test for each scenario and language, so that a failure has a name of its own."""
    for path in scenarios():
        for language in LANGUAGES:
            def test(self, path=path, language=language):
                missing = language_missing(language) if language != "c" else None
                if missing and not (must_be_there(language) and not SANITIZED):
                    self.skipTest(missing)
                problems = [missing] if missing else problems_of(path, language)
                if problems:
                    self.fail(f"{path.name} in {language}\n" + "\n\n".join(problems))
            setattr(Behaviour, f"test_{path.stem.replace('-', '_')}_in_{language}", test)


add_tests()


def columns(logs, width):
    """{language: lines} beside each other; "|" before what is not as in the first."""
    rows = [[*logs], ["-" * width] * len(logs)]
    for lines in zip_longest(*logs.values(), fillvalue=""):
        marked = [line if line == lines[0] else f"|{line}" for line in lines]
        cells = [textwrap.wrap(line[:8 * width], width, break_on_hyphens=False) for line in marked]
        rows += zip_longest(*cells, fillvalue="")
    return "\n".join("  ".join(f"{cell:<{width}}" for cell in row).rstrip() for row in rows)


def show(names):
    """Returns in how many cases a language was not as C."""
    different = 0
    for path in map(named, names):
        languages = [language for language in LANGUAGES if language == "c" or not language_missing(language)]
        logs = {language: streams(run_once(path, language)) for language in languages}
        width = max(30, shutil.get_terminal_size((240, 24)).columns // len(languages) - 2)
        for stream in ("results", "utterances", "playout", "events"):
            if any(log[stream] for log in logs.values()):
                print(f"{path.stem}: {stream}")
                print(columns({language: log[stream] for language, log in logs.items()}, width) + "\n")
        for language in languages:
            problems = problems_of(path, language)
            different += bool(problems)
            print(f"{path.stem} in {language}: " + ("NOT as it should be\n" + "\n".join(problems) if problems else "good"))
    return different


def again(rounds, names):
    """C against C; returns how many scenarios were not the same each time."""
    paths = [named(name) for name in names] if names else scenarios()
    runs = {path: [POOL.submit(run, path, "c") for _ in range(rounds)] for path in paths}
    different = 0
    for path, futures in runs.items():
        first, *others = [future.result() for future in futures]
        problems = [problem for other in others for problem in differences(first, other)]
        problems += [problem for a_run in (first, *others)
                     for problem in (unexpected(path, a_run), numbering_problem(a_run)) if problem]
        print(f"{'DIFFERENT' if problems else 'same'} {path.stem}", flush=True)
        if problems:
            different += 1
            print(textwrap.indent("\n".join(problems[:2]), "  "))
    print(f"{len(paths)} scenarios, {rounds} rounds, {different} not the same each time")
    return different


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", metavar="NAME", nargs="+")
    parser.add_argument("--again", metavar="N", type=int)
    parser.add_argument("names", nargs="*", help="of the scenarios for --again")
    arguments = parser.parse_args()
    if arguments.show:
        return 1 if show(arguments.show) else 0
    if arguments.again:
        return 1 if again(arguments.again, arguments.names) else 0
    return 0 if unittest.main(argv=[sys.argv[0]], exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
