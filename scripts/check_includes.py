#!/usr/bin/env python3
"""Checks every #include of src/, capi/, bindings/ and examples/ against the arrows of docs/architecture.md, and that
the library's code asks in src/platform/ only which system it is on."""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Which rooms a room may include, besides itself.
ROOMS = {
    "base": set(),
    "platform": {"base"},
    "media": {"base"},
    "protocol": {"base"},
    "net": {"platform", "base"},
    "auth": {"net", "base"},
    "session": {"net", "protocol", "media", "auth", "platform", "base"},
    "capi": {"session", "platform", "base"},
    "emulator": {"base"},
    "bindings": set(),
    "examples": set(),
}

# Outside libraries: how their headers look, and the rooms that may see them.
LIBRARIES = [
    ("Beast", r"boost/beast(/|\.hpp)", {"net", "emulator"}),
    ("Asio", r"boost/asio(/|\.hpp)", {"net", "auth", "session", "emulator"}),
    ("Boost", r"boost/", {"net", "auth", "session", "emulator"}),
    ("nlohmann/json", r"nlohmann/", {"protocol", "net", "auth", "session", "capi", "emulator", "examples"}),
    ("simdjson", r"simdjson", {"protocol", "session"}),
    ("simdutf", r"simdutf", {"base"}),
    ("OpenSSL", r"openssl/", {"base", "net", "auth", "session", "emulator"}),
    ("libsamplerate", r"samplerate\.h", {"media", "emulator", "examples"}),
    ("TurboJPEG", r"(turbojpeg|jpeglib)\.h", {"media"}),
    ("libyuv", r"libyuv", {"media"}),
    ("libsndfile", r"sndfile\.h", {"emulator", "examples"}),
    ("Flite", r"flite/", {"emulator", "examples"}),
    ("WebRTC audio processing", r"(webrtc/|modules/|common_audio/|webrtc_audio)", {"emulator"}),
    ("a system's header", r"(unistd|pthread|poll|fcntl|netdb|dlfcn|signal|ifaddrs|termios|windows|winsock2)\.h|csignal|"
                          r"(sys|netinet|arpa|net|linux|mach)/[\w/]+\.h", {"platform", "emulator", "bindings", "examples"}),
    ("JNI", r"jni\.h", {"bindings"}),
    ("include/gemlive", r"gemlive/", {"capi", "bindings", "examples"}),
]

# Headers that the build writes, and the room that they are written for.
GENERATED = {"model_table_text.hpp": "protocol"}

# The standard library has no dots; the systems' headers are flat or in these folders.
SYSTEM = re.compile(r"[a-z_0-9]+(\.h)?|(sys|netinet|arpa|net|linux|mach|bits)/[\w/.]+")

# Macros that say which system this is, and who may ask.
SYSTEM_MACRO = re.compile(r"\s*#\s*(?:el)?if.*\b(_WIN(?:32|64)|__(?:linux|APPLE|ANDROID|unix|FreeBSD)(?:__)?|TARGET_OS_\w+)\b")
KNOW_THE_SYSTEM = {"platform", "emulator", "bindings", "examples"}


def room_of(path):
    parts = path.parts
    return parts[1] if parts[0] == "src" else parts[0]


def allowed_sentence(room):
    rooms = ", ".join(sorted(ROOMS[room])) or "no other room"
    return f"{room} may include {rooms}"


def problem_with(room, header, quoted, folder, room_folders):
    """None when room may include header; else the reason."""
    first = header.split("/")[0]
    if quoted:
        if GENERATED.get(header) == room or any((base / header).exists() for base in [folder, *room_folders]):
            return None
        if "/" in header and first in ROOMS and first != room:
            if first in ROOMS[room]:
                return None
            return f"{first} is not visible from {room}: {allowed_sentence(room)}"
        if ".." in header.split("/"):
            return "a path upwards goes around the rooms' include roots"
    for name, pattern, rooms in LIBRARIES:
        if re.match(pattern, header):
            if room in rooms:
                return None
            return f"{name} is allowed in {', '.join(sorted(rooms))} only"
    if not quoted and SYSTEM.fullmatch(header):
        return None
    if quoted and first == room:
        return "there is no such header in this room"
    return "unknown header: a new library gets a line in scripts/check_includes.py that says which rooms may see it"


def check(root):
    problems = []
    files = 0
    for top in ("src", "capi", "bindings", "examples"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".c", ".h", ".cpp", ".hpp"):
                continue
            files += 1
            relative = path.relative_to(root)
            room = room_of(relative)
            if room not in ROOMS:
                problems.append(f"{relative}:1: {room} is no room of scripts/check_includes.py")
                continue
            own = root / ("src/" + room if top == "src" else top)
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                system = SYSTEM_MACRO.match(line)
                if system and room not in KNOW_THE_SYSTEM:
                    problems.append(f"{relative}:{number}: {system[1]}: only src/platform/ knows which system it is on")
                match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
                if not match:
                    continue
                reason = problem_with(room, match[2], match[1] == '"', path.parent, [own, own / "include", own / "swig"])
                if reason:
                    problems.append(f"{relative}:{number}: #include {match[1]}{match[2]}"
                                    f"{'>' if match[1] == '<' else chr(34)}: {reason}")
    return files, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT)
    files, problems = check(parser.parse_args().root.resolve())
    if files == 0:
        problems.append("no source file was found")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
