#!/usr/bin/env python3
"""Checks every #include of src/, capi/, bindings/ and examples/ against the arrows of docs/architecture.md, and that
the library's code asks in src/platform/ only which system it is on, and reads options by their name in src/settings/ only."""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Which modules a module may include, besides itself.
MODULES = {
    "base": set(),
    "platform": {"base"},
    "media": {"base"},
    "protocol": {"base"},
    "settings": {"protocol", "base"},
    "dialogue": {"protocol", "base"},
    "delivery": {"platform", "base"},
    "engine": {"platform", "base"},
    "net": {"engine", "platform", "base"},
    "auth": {"net", "base"},
    "session": {"settings", "dialogue", "delivery", "engine", "net", "protocol", "media", "auth", "platform", "base"},
    "capi": {"session", "settings", "delivery", "platform", "base"},
    "emulator": {"base"},
    "bindings": set(),
    "examples": set(),
}

# The same for the folders of the emulator, whose headers are included without their folder. What lies above them sees them all.
EMULATOR = {
    "service": set(),
    "voice": {"service"},
    "scenario": {"voice", "service"},
    "conversation": {"scenario", "voice", "service"},
    "server": {"conversation", "scenario", "voice", "service"},
}

# Outside libraries: how their headers look, and the modules that may see them.
LIBRARIES = [
    ("Beast", r"boost/beast(/|\.hpp)", {"net", "emulator"}),
    ("Asio", r"boost/asio(/|\.hpp)", {"engine", "net", "auth", "session", "emulator"}),
    ("Boost", r"boost/", {"engine", "net", "auth", "session", "emulator"}),
    ("nlohmann/json", r"nlohmann/", {"protocol", "settings", "delivery", "auth", "session", "capi", "emulator", "examples"}),
    ("simdjson", r"simdjson", {"protocol", "session"}),
    ("simdutf", r"simdutf", {"base"}),
    ("OpenSSL", r"openssl/", {"base", "engine", "net", "auth", "emulator"}),
    ("libsamplerate", r"samplerate\.h", {"media", "emulator", "examples"}),
    ("TurboJPEG", r"(turbojpeg|jpeglib)\.h", {"media"}),
    ("libyuv", r"libyuv", {"media"}),
    ("libpng", r"png\.h", {"media"}),
    ("libsndfile", r"sndfile\.h", {"emulator", "examples"}),
    ("Flite", r"flite/", {"emulator", "examples"}),
    ("WebRTC's voice detector", r"webrtc/common_audio/vad/", {"media"}),
    ("WebRTC audio processing", r"(webrtc/(?!common_audio/vad/)|modules/|common_audio/|webrtc_audio)", {"emulator"}),
    ("a system's header", r"(unistd|pthread|poll|fcntl|netdb|dlfcn|signal|ifaddrs|termios|windows|winsock2)\.h|csignal|"
                          r"(sys|netinet|arpa|net|linux|mach)/[\w/]+\.h", {"platform", "emulator", "bindings", "examples"}),
    ("JNI", r"jni\.h", {"bindings"}),
    ("include/gemlive", r"gemlive/", {"capi", "bindings", "examples"}),
]

# Headers that the build writes, and the module that they are written for.
GENERATED = {"model_table_text.hpp": "protocol"}

# The standard library has no dots; the systems' headers are flat or in these folders.
SYSTEM = re.compile(r"[a-z_0-9]+(\.h)?|(sys|netinet|arpa|net|linux|mach|bits)/[\w/.]+")

# Macros that say which system this is, and who may ask.
SYSTEM_MACRO = re.compile(r"\s*#\s*(?:el)?if.*\b(_WIN(?:32|64)|__(?:linux|APPLE|ANDROID|unix|FreeBSD)(?:__)?|TARGET_OS_\w+)\b")
KNOW_THE_SYSTEM = {"platform", "emulator", "bindings", "examples"}

# The name of an option where its value is read: who needs one behind src/settings/ reads a member of Settings.
OPTION_BY_NAME = re.compile(r'options\w*(?:\.|->)(?:integer|boolean|text|get|is_set|is_off)\("(\w+)"\)')
READ_OPTIONS_BY_NAME = {"settings", "emulator", "bindings", "examples"}


def module_of(path):
    parts = path.parts
    return parts[1] if parts[0] == "src" else parts[0]


def include_folders(root, path):
    """Where the headers of path's own module lie, as far as path may see them; and the part of the module it is in."""
    parts = path.parts
    own = root / ("src/" + parts[1] if parts[0] == "src" else parts[0])
    if parts[:2] != ("src", "emulator"):
        return [own, own / "include", own / "swig"], None
    part = parts[2] if len(parts) > 3 else None
    return [own, *(own / seen for seen in (EMULATOR.get(part, set()) if part else EMULATOR))], part


def allowed_sentence(module):
    modules = ", ".join(sorted(MODULES[module])) or "no other module"
    return f"{module} may include {modules}"


def problem_with(module, part, header, quoted, folder, module_folders):
    """None when module may include header; else the reason."""
    first = header.split("/")[0]
    if quoted:
        if part and first in EMULATOR:
            return "the emulator's headers are included without their folder"
        if GENERATED.get(header) == module or any((base / header).exists() for base in [folder, *module_folders]):
            return None
        if "/" in header and first in MODULES and first != module:
            if first in MODULES[module]:
                return None
            return f"{first} is not visible from {module}: {allowed_sentence(module)}"
        if ".." in header.split("/"):
            return "a path upwards goes around the modules' include roots"
    for name, pattern, modules in LIBRARIES:
        if re.match(pattern, header):
            if module in modules:
                return None
            return f"{name} is allowed in {', '.join(sorted(modules))} only"
    if not quoted and SYSTEM.fullmatch(header):
        return None
    if quoted and part:
        return f"no such header is visible from {part}: it may include {', '.join(sorted(EMULATOR[part])) or 'no other folder'}"
    if quoted and first == module:
        return "there is no such header in this module"
    return "unknown header: a new library gets a line in scripts/check_includes.py that says which modules may see it"


def check(root):
    problems = []
    files = 0
    for top in ("src", "capi", "bindings", "examples"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".c", ".h", ".cpp", ".hpp"):
                continue
            files += 1
            relative = path.relative_to(root)
            module = module_of(relative)
            if module not in MODULES:
                problems.append(f"{relative}:1: {module} is no module of scripts/check_includes.py")
                continue
            folders, part = include_folders(root, relative)
            if part and part not in EMULATOR:
                problems.append(f"{relative}:1: {part} is no folder of the emulator in scripts/check_includes.py")
                continue
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                system = SYSTEM_MACRO.match(line)
                if system and module not in KNOW_THE_SYSTEM:
                    problems.append(f"{relative}:{number}: {system[1]}: only src/platform/ knows which system it is on")
                option = OPTION_BY_NAME.search(line)
                if option and module not in READ_OPTIONS_BY_NAME:
                    problems.append(f"{relative}:{number}: {option[1]}: an option is read as a member of settings::Settings")
                match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
                if not match:
                    continue
                reason = problem_with(module, part, match[2], match[1] == '"', path.parent, folders)
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
