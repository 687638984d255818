"""What there is to bind: functions and enums of the headers, events with their fields, options with their types."""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from public_headers import enums, functions  # noqa: E402,F401 (for the languages' writers)

NOTICE = "Written by scripts/make_bindings.py. Do not edit."


@dataclass
class Field:
    name: str
    type: str  # text, int, double, bool, json; id: ours, a number in code and "turn-1" in JSON
    about: str
    optional: bool


@dataclass
class Event:
    name: str
    number: int  # of enum gemlive_event_type_code
    about: str
    fields: list


@dataclass
class Option:
    name: str
    type: str  # text, int, double, bool, json
    allowed: str
    default: str
    effect: str
    about: str
    secret: bool


def pascal(name):
    return "".join(word.capitalize() for word in name.split("_"))


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def events():
    """In the order of the C enum; a type without fields in events.json is an error."""
    table = json.loads((ROOT / "bindings" / "events.json").read_text())
    members = next(enum.members for enum in enums() if enum.name == "gemlive_event_type_code")
    found = []
    for member, number in members:
        name = member.removeprefix("GEMLIVE_EVENT_").lower()
        row = table[name]
        fields = [Field(field, spec["type"], spec["about"], spec.get("optional", False))
                  for field, spec in row["fields"].items()]
        found.append(Event(name, int(number), row["about"], fields))
    return found


_OPTION_TYPES = {"text": "text", "integer": "int", "number": "double", "boolean": "bool"}


def options():
    """From docs/options.md, which the library prints from its own table."""
    found = []
    for line in (ROOT / "docs" / "options.md").read_text().splitlines():
        if not line.startswith("| `"):
            continue
        name, type_, allowed, default, effect, _path, about = [cell.strip() for cell in line.strip("|").split(" | ")]
        kind = type_.removesuffix(", secret")
        found.append(Option(name.strip("` "), _OPTION_TYPES.get(kind, "json"), allowed, default, effect, about,
                            type_.endswith("secret")))
    return found


def summary(function):
    """The @brief of a function's comment, as one line."""
    match = re.search(r"@brief\s+(.*?)(?=\n@|\Z)", function.comment, re.S)
    return " ".join(match[1].split()) if match else ""
