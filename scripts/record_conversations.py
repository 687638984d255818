#!/usr/bin/env python3
"""Makes tests/recordings anew: holds the conversation of each scenario there and keeps what went over the wire.

Only needed when the emulator's or the library's side of the wire changes on purpose. tests/recordings/facts.json is then
computed by scripts/recording_facts.py.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORDINGS = ROOT / "tests" / "recordings"
DEADLINE_S = 60


def credential(scenario):
    vertex = scenario.get("session", {}).get("vertexai")
    return ["--access-token", "token"] if vertex else ["--api-key", "key"]


def record(path, programs, folder):
    """The lines of all connections of one conversation."""
    own = ("GOOGLE_", "GEMINI_", "SSL_CERT_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    ca_file = folder / "ca.pem"
    emulator = subprocess.Popen([programs / "gemlive-emulator", "--tls", "--ca-out", ca_file, "--scenario", path,
                                 "--record", folder, "--quiet"], stdout=subprocess.PIPE, text=True, env=env)
    try:
        url = json.loads(emulator.stdout.readline())["listening"]
        talk = subprocess.run([programs / "gemlive-talk", "--json", "--scenario", path, "--url", url, "--ca-file",
                               ca_file, *credential(json.loads(path.read_text()))], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env=env, timeout=DEADLINE_S)
    finally:
        emulator.terminate()
        emulator.wait(DEADLINE_S)
        emulator.stdout.close()
    if talk.returncode != 0:
        sys.exit(f"{path.name}: gemlive-talk ended with code {talk.returncode}\n{talk.stderr}\n{talk.stdout}")
    files = sorted(folder.glob("connection-*.jsonl"), key=lambda file: int(file.stem.split("-")[1]))
    return "".join(file.read_text() for file in files)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "release", help="where bin/ is")
    programs = parser.parse_args().build_dir.resolve() / "bin"
    for path in sorted((RECORDINGS / "scenarios").glob("*.json")):
        with tempfile.TemporaryDirectory() as folder:
            text = record(path, programs, Path(folder))
        target = RECORDINGS / f"{path.stem}.jsonl"
        target.write_text(text)
        print(f"{target.name}: {len(text.splitlines())} messages, {len(text)} bytes")


if __name__ == "__main__":
    main()
