"""Reads the C headers of include/gemlive: what they declare and how it is documented."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
HEADERS = sorted((INCLUDE / "gemlive").glob("*.h"))


@dataclass
class Parameter:
    name: str
    type: str

    @property
    def is_pointer(self):
        return "*" in self.type

    @property
    def is_handle(self):
        return bool(re.fullmatch(r"(const )?gemlive_(options|model|session|event) \*", self.type))


@dataclass
class Function:
    name: str
    returns: str
    parameters: list
    comment: str  # of the declaration, without the stars; "" when there is none
    path: Path
    line: int

    @property
    def place(self):
        return f"{self.path.relative_to(ROOT)}:{self.line}"

    def tags(self):
        """{tag: [text, ...]} of the doc comment."""
        found = {}
        for tag, text in re.findall(r"@(\w+)\s*(.*?)(?=\s@\w|\Z)", self.comment, re.S):
            found.setdefault(tag, []).append(" ".join(text.split()))
        return found


@dataclass
class Enum:
    name: str
    members: list  # [(name, value)], without the _FORCE32 one
    path: Path


def _parameters(text):
    text = " ".join(text.split())
    if text in ("", "void"):
        return []
    parameters = []
    for part in text.split(","):
        type_, name = re.fullmatch(r"\s*(.*?[\s*])(\w+)\s*", part).groups()
        parameters.append(Parameter(name, type_.strip()))
    return parameters


def functions(paths=None):
    pattern = re.compile(r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?"
                         r"^GEMLIVE_API (?P<returns>[\w\s]+?[\s*]+?)\s*GEMLIVE_CALL\s+(?P<name>\w+)\s*"
                         r"\((?P<parameters>[^;]*)\)\s*;", re.S | re.M)
    found = []
    for path in paths or HEADERS:
        text = path.read_text()
        for match in pattern.finditer(text):
            comment = re.sub(r"^\s*\* ?", "", match["comment"] or "", flags=re.M).strip()
            line = text.count("\n", 0, match.start("returns")) + 1
            found.append(Function(match["name"], " ".join(match["returns"].split()),
                                  _parameters(match["parameters"]), comment, path, line))
        declared = len(re.findall(r"^GEMLIVE_API\b", text, re.M))
        read = sum(function.path == path for function in found)
        if declared != read:
            raise SystemExit(f"{path}: {declared} declarations, but {read} could be read: one has an unusual form")
    return found


def enums(paths=None):
    found = []
    for path in paths or HEADERS:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        for name, body in re.findall(r"^enum (\w+) \{(.*?)\};", text, re.S | re.M):
            members = re.findall(r"(\w+)\s*=\s*(-?\w+)", body)
            found.append(Enum(name, [m for m in members if not m[0].endswith("_FORCE32")], path))
    return found
