#!/usr/bin/env python3
"""Runs scenario files (tests/scenarios/*.json by default): each against an emulator of its own, over TLS.

Prints PASS NAME or FAIL NAME, the log of a failure under its line, and at last "N passed, N failed".
"""

import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARALLEL = 4
START_DEADLINE_S = 30
TALK_DEADLINE_S = 120


def first_line(process, deadline_s):
    """The first line of the process's output; "" when it ended or said nothing in time."""
    timer = threading.Timer(deadline_s, process.kill)
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()


def environment():
    """Nothing of the user's own account or proxy gets into a scenario."""
    own = ("GOOGLE_", "GEMINI_", "SSL_CERT_")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}


def run_talk(path, programs, listening, ca_file):
    """The reason it failed, or None."""
    command = [programs / "gemlive-talk", "--json", "--scenario", path, "--url", listening, "--ca-file", ca_file,
               "--api-key", "scenario-key", "--timeout", str(TALK_DEADLINE_S - 20)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              env=environment(), timeout=TALK_DEADLINE_S)
    except subprocess.TimeoutExpired as ended:
        return f"gemlive-talk did not end in {TALK_DEADLINE_S} s\n{(ended.stdout or b'').decode(errors='replace')}"
    if done.returncode == 0:
        return None
    return f"gemlive-talk ended with code {done.returncode}\n{done.stderr}--- its lines:\n{done.stdout}"


def run_scenario(path, programs):
    with tempfile.TemporaryDirectory() as folder:
        ca_file = Path(folder) / "ca.pem"
        with open(Path(folder) / "emulator.log", "w+", errors="replace") as log:
            emulator = subprocess.Popen(
                [programs / "gemlive-emulator", "--listen", "127.0.0.1:0", "--tls", "--ca-out", ca_file, "--scenario",
                 path], stdout=subprocess.PIPE, stderr=log, text=True, env=environment())
            try:
                line = first_line(emulator, START_DEADLINE_S)
                reason = (run_talk(path, programs, json.loads(line)["listening"], ca_file) if line
                          else f"gemlive-emulator did not start, code {emulator.wait()}")
            finally:
                emulator.terminate()
                code = emulator.wait()
            if reason is None and code != 0:
                reason = f"gemlive-emulator ended with code {code}"
            log.seek(0)
            return reason and f"{reason}--- the emulator's log:\n{log.read()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", type=Path, help="scenario files; default: all of tests/scenarios")
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "release", help="where bin/ is")
    arguments = parser.parse_args()
    scenarios = arguments.scenarios or sorted((ROOT / "tests" / "scenarios").glob("*.json"))
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        reasons = pool.map(lambda path: run_scenario(path.resolve(), arguments.build_dir.resolve() / "bin"), scenarios)
        for path, reason in zip(scenarios, reasons):
            print(f"{'FAIL' if reason else 'PASS'} {path.stem}", flush=True)
            if reason:
                print("  " + reason.rstrip().replace("\n", "\n  "), flush=True)
            failed += bool(reason)
            passed += not reason
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
