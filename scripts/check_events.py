#!/usr/bin/env python3
"""Checks docs/events.md against the headers and bindings/events.json: every event with its fields, every accessor and
command is there, and nothing that is not; and the header's line of each event."""

import argparse
import json
import re
import sys
from pathlib import Path

from check_rules import tests
from public_headers import ROOT, enums, functions

SCENARIOS = ROOT / "tests" / "scenarios"
DOCUMENT = ROOT / "docs" / "events.md"
TABLE = ROOT / "bindings" / "events.json"


# What no scenario can provoke, since gemlive-talk drains its events and is patient with its microphone, or since it takes
# megabytes: the test that does.
TESTED_ELSEWHERE = {
    ("closed", "reason", "event_queue_full"): "LiveSession.EventQueueThatNobodyDrainsEndsTheSession",
    ("dropped", "what", "event_audio"): "EventQueue.DropsTheOldestAudioAndCountsIt",
    ("dropped", "what", "input_audio"): "LiveSession.WhatCouldNotBeWrittenIsCounted",
    ("dropped", "what", "tool_calls"): "Bounds.OpenToolCallsAreBoundedAndTheNewestIsDropped",
    ("dropped", "what", "transcript"): "Bounds.TextOfATurnIsBoundedAndWhatIsMissingCounted",
}


def table_words(text, heading):
    """The words in backticks in the first column of the tables under a heading."""
    match = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.S | re.M)
    if not match:
        return None
    words = set()
    for row in re.findall(r"^\|([^|]*)\|", match[1], re.M):
        words.update(re.findall(r"`(\w+)`", row))
    return words


def row(text, event):
    match = re.search(rf"^\| `{event}` \|([^|]*)\|", text, re.M)
    return match[1] if match else ""


def field_problems(text, events):
    """The bindings' table has the events of the header, with the fields of the page."""
    table = json.loads(TABLE.read_text())
    problems = [f"and {TABLE.name} differ: the event `{name}` is in one of them only" for name in sorted(set(table) ^ events)]
    for event in sorted(set(table) & events):
        told = row(text, event)
        other = re.search(r"as `(\w+)`", told)  # "as `speech_started`"
        named = set(re.findall(r"`(\w+)`", told + (row(text, other[1]) if other else "")))
        problems += [f"does not name the field `{field}` of `{event}`" for field in table[event]["fields"]
                     if field not in named]
    return problems


def enumerator_problems():
    """Each type's line in the header is that of the bindings' table."""
    header = (ROOT / "include" / "gemlive" / "gemlive_event.h").read_text()
    lines = {name.lower(): about for about, name in re.findall(r"/\*\* (.*?) \*/\n    GEMLIVE_EVENT_(\w+) = \d", header)}
    return [f"and the header: the line of GEMLIVE_EVENT_{name.upper()} is not the table's: {event['about']}"
            for name, event in json.loads(TABLE.read_text()).items() if lines.get(name) != event["about"]]


def documented_words(text):
    """Of the table of events: (event, field, word) for each word that a field can have, (event, None, None) for each."""
    words = set()
    section = re.search(r"^## Events$(.*?)(?=^## )", text, re.S | re.M)[1]
    for event, fields in re.findall(r"^\| `(\w+)` \|([^|]*)\|", section, re.M):
        words.add((event, None, None))
        for field, values in re.findall(r"`(\w+)`: ((?:`\w+`(?:, )?)+)", fields):
            words |= {(event, field, value) for value in re.findall(r"`(\w+)`", values)}
    return words


def planned_words(text):
    section = re.search(r"^### Words that are planned$(.*?)(?=^##)", text, re.S | re.M)
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|", section[1], re.M) if section else []
    words = set()
    for event, field, values in rows:
        name = re.findall(r"`(\w+)`", field)
        words |= {(event, name[0], value) for value in re.findall(r"`(\w+)`", values)} if name else {(event, None, None)}
    return words


def expected_words():
    """What scenarios wait for or expect: since each of them has to pass, it happens."""
    words = set()

    def take(pattern):
        if isinstance(pattern, list):
            for item in pattern:
                take(item)
        elif isinstance(pattern, dict):
            if "event" in pattern and isinstance(pattern["event"], str):
                words.add((pattern["event"], None, None))
                words.update((pattern["event"], field, value) for field, value in pattern.items()
                             if isinstance(value, str))
            for name, value in pattern.items():
                if name != "never" and not (name == "of" and pattern.get("count") == 0):
                    take(value)

    for path in SCENARIOS.glob("*.json"):
        scenario = json.loads(path.read_text())
        take([step.get("event") for step in scenario.get("client", []) if step.get("do") == "wait"])
        take(scenario.get("expect", []))
    return words


def word_problems(text):
    documented, planned, expected = documented_words(text), planned_words(text), expected_words()

    def shown(entry):
        return f"`{entry[0]}`" if entry[1] is None else f"`{entry[1]}` `{entry[2]}` of `{entry[0]}`"

    def order(entry):
        return tuple(str(part) for part in entry)

    problems = [f"names {shown(entry)}, which no scenario expects" for entry in
                sorted(documented - expected - planned - TESTED_ELSEWHERE.keys(), key=order)]
    existing = tests()
    problems += [f"has {shown(entry)}, for which there is no test {test}" for entry, test in TESTED_ELSEWHERE.items()
                 if test not in existing]
    return problems + [f"calls {shown(entry)} planned, but a scenario expects it" for entry in
                       sorted(planned & expected, key=order)]


def check(text):
    problems = enumerator_problems()
    declared = functions()
    names = {function.name for function in declared}

    members = next(enum.members for enum in enums() if enum.name == "gemlive_event_type_code")
    events = {name.removeprefix("GEMLIVE_EVENT_").lower() for name, _ in members}
    described = table_words(text, "Events")
    if described is None:
        return ["has no section \"Events\""]
    problems += [f"does not describe the event `{name}`" for name in sorted(events - described)]
    problems += [f"describes the event `{name}`, which the header does not have" for name in sorted(described - events)]

    problems += field_problems(text, events) + word_problems(text)

    mentioned = set(re.findall(r"\bgemlive_\w+", text))
    accessors = {name for name in names if name.startswith("gemlive_event_")}
    problems += [f"does not name the accessor {name}" for name in sorted(accessors - mentioned)]
    not_functions = {"gemlive_event_type_code"}
    problems += [f"names {name}, which the headers do not declare" for name in sorted(mentioned - names - not_functions)]

    commands = table_words(text, "Commands")
    if commands is None:
        return problems + ["has no section \"Commands\""]
    for word in sorted(commands):
        of_model = re.search(rf"^\| `{word}` \| `gemlive_model_", text, re.M)
        if f"gemlive_session_{word}" not in names and not of_model and not re.search(rf"gemlive_session_{word}_", text):
            problems.append(f"lists the command `{word}` without a function of that name")
    planned = table_words(text, "Commands that are planned") or set()
    problems += [f"calls the command `{word}` planned, but it is declared" for word in sorted(planned)
                 if f"gemlive_session_{word}" in names]
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", nargs="?", type=Path, default=DOCUMENT)
    path = parser.parse_args().document
    problems = check(path.read_text()) if path.exists() else ["does not exist"]
    for problem in problems:
        print(f"{path.name} {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
