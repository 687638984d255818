"""What the Python tests share: where the built things are, and an emulator to talk to."""

import json
import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = Path(os.environ.get("GEMLIVE_BUILD_DIR") or ROOT / "build" / "release")
BIN = BUILD / "bin"
LIBRARY = BUILD / "lib" / "libgemlive.so"
SANITIZED = "san" in os.environ.get("GEMLIVE_PRESET", "release")


@contextmanager
def emulator(*arguments, program=BIN / "gemlive-emulator"):
    """Runs gemlive-emulator over TLS; gives the environment with which programs find it."""
    with tempfile.TemporaryDirectory() as folder:
        ca_file = Path(folder) / "ca.pem"
        process = subprocess.Popen([program, "--tls", "--ca-out", ca_file, "--quiet", *arguments], stdout=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL, text=True)
        try:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"gemlive-emulator ended with code {process.wait(10)} before it listened")
            env = {name: value for name, value in os.environ.items()
                   if not name.startswith(("GOOGLE_", "GEMINI_", "SSL_CERT_"))}
            env.update(GOOGLE_API_KEY="test-key", GOOGLE_GEMINI_BASE_URL=json.loads(line)["listening"],
                       SSL_CERT_FILE=str(ca_file))
            yield env
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
            process.stdout.close()


def run(command, env, deadline=60, cwd=None):
    """(exit code, stdout, stderr); a program that hangs fails the test with what it said so far."""
    try:
        done = subprocess.run([str(part) for part in command], env=env, capture_output=True, text=True, timeout=deadline,
                              stdin=subprocess.DEVNULL, cwd=cwd)
    except subprocess.TimeoutExpired as error:
        raise AssertionError(f"{command[0]} took more than {deadline} s:\n{error.stdout}\n{error.stderr}") from None
    return done.returncode, done.stdout, done.stderr
