"""What every foreign client has to hold against gemlive-emulator: the same conversations, whatever the language.

A client is a program. Its argument is the name of a conversation; its environment has the base URL, the key, the model and
the speech to send. Its last line on stdout is a JSON object: what it heard, or how it was refused.
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from contextlib import contextmanager
from pathlib import Path

from harness import BIN, ROOT

HERE = Path(__file__).resolve().parent
CACHE = ROOT / ".cache" / "clients"
INSTALL_DEADLINE_S = 240
START_DEADLINE_S = 20
CONVERSATION_DEADLINE_S = 40
SPEED = "4"

# Bounds of the speech that the emulator's voice makes of a short sentence.
MIN_SPEECH_MS, MAX_SPEECH_MS = 400, 6000


class Emulator:
    """gemlive-emulator over TLS with one scenario; keeps its log for the report of a failure."""

    def __init__(self, folder, scenario=None):
        self.ca_file = folder / "ca.pem"
        self.log_file = folder / "emulator.log"
        command = [BIN / "gemlive-emulator", "--tls", "--ca-out", self.ca_file, "--speed", SPEED, "--record", folder]
        if scenario:
            command += ["--scenario", HERE / "scenarios" / f"{scenario}.json"]
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, text=True)

    def url(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"gemlive-emulator did not start:\n{self.log()}")
        return json.loads(line)["listening"].replace("wss:", "https:")

    def log(self):
        return self.log_file.read_text(errors="replace")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(START_DEADLINE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


@contextmanager
def emulator(scenario=None):
    with tempfile.TemporaryDirectory() as folder:
        running = Emulator(Path(folder), scenario)
        try:
            yield running
        finally:
            running.stop()


def install(name, tool):
    """Brings a pinned client to .cache/clients; skips where that cannot be, but never in CI with Python and Go."""
    may_skip = not os.environ.get("CI") or tool == "node"
    if not shutil.which(tool):
        if may_skip:
            raise unittest.SkipTest(f"{tool} is not installed here")
        raise AssertionError(f"{tool} is not installed here, and CI may not do without")
    try:
        done = subprocess.run([ROOT / "scripts" / "setup-clients.sh", name], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=INSTALL_DEADLINE_S)
        code, output = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        code, output = None, f"not ready after {INSTALL_DEADLINE_S} s"
    if code != 0:
        if os.environ.get("CI"):
            raise AssertionError(f"{name} could not be installed:\n{output}")
        raise unittest.SkipTest(f"{name} could not be installed: {output.strip()[-300:]}")


def make_speech(text, path):
    subprocess.run([BIN / "gemlive-say", "--before", "200", "--after", "1500", text, path], check=True, timeout=20,
                   capture_output=True)


class Client(unittest.TestCase):
    """Subclasses name the program; the conversations are the same for all."""

    __test__ = False
    name = None  # of scripts/setup-clients.sh
    tool = None
    command = None
    model = "gemini-2.5-flash-native-audio-preview-12-2025"
    extra_environment = {}

    @classmethod
    def setUpClass(cls):
        install(cls.name, cls.tool)

    def hold(self, conversation, scenario=None, key="test-key", model=None):
        with tempfile.TemporaryDirectory() as folder, emulator(scenario) as server:
            speech = Path(folder) / "speech.wav"
            make_speech("Hello, are you there?", speech)
            env = {name: value for name, value in os.environ.items()
                   if not name.startswith(("GOOGLE_", "GEMINI_", "SSL_CERT_", "LIVEKIT_"))}
            env.update(GOOGLE_API_KEY=key, GOOGLE_GEMINI_BASE_URL=server.url(), SSL_CERT_FILE=str(server.ca_file),
                       NODE_EXTRA_CA_CERTS=str(server.ca_file), LIVE_MODEL=model or self.model, SPEECH_FILE=str(speech))
            env.update(self.extra_environment)
            try:
                done = subprocess.run([str(part) for part in [*self.command, conversation]], env=env, text=True,
                                      capture_output=True, stdin=subprocess.DEVNULL, timeout=CONVERSATION_DEADLINE_S)
                code, out, err = done.returncode, done.stdout, done.stderr
            except subprocess.TimeoutExpired as error:
                code, out, err = None, error.stdout or "", error.stderr or ""
            self.story = f"\n--- {self.name} {conversation}: code {code}\n{out}\n{err}\n--- emulator\n{server.log()}"
            if code != 0:
                self.fail(f"the client ended with {code}{self.story}")
            try:
                return json.loads(out.strip().rsplit("\n", 1)[-1])
            except ValueError:
                self.fail(f"no report{self.story}")

    def check_answer(self, turn, said):
        self.assertEqual(said, turn["said"].strip(), self.story)
        self.assertGreater(turn["audio_ms"], MIN_SPEECH_MS, self.story)
        self.assertLess(turn["audio_ms"], MAX_SPEECH_MS, self.story)
        self.assertGreater(turn["tokens"], 0, self.story)

    def test_text_turn(self):
        self.check_answer(self.hold("text-turn", "text-turn"), "Good day. I have three swords left.")

    def test_spoken_turn(self):
        turn = self.hold("spoken-turn", "spoken-turn")
        self.assertEqual("Hello, are you there?", turn["heard"].strip(), self.story)
        self.check_answer(turn, "Yes, I am here.")

    def test_tool_turn(self):
        turn = self.hold("tool-turn", "tool-turn")
        self.assertEqual([{"name": "get_weather", "args": {"city": "Paris"}}], turn["calls"], self.story)
        self.check_answer(turn, "It is sunny in Paris.")

    def test_resumed_session(self):
        session = self.hold("resumed-session", "resumed-session")
        self.assertTrue(session["handle"], self.story)
        first, second = session["turns"]
        self.check_answer(first, "Nice to meet you, Ada.")
        self.check_answer(second, "You are Ada.")
        # Usage adds up over the session, not over a connection.
        self.assertGreater(second["tokens"], first["tokens"], self.story)

    def test_wrong_key(self):
        error = self.hold("refused", key="an-invalid-key")["error"]
        self.assertIn("1007", error, self.story)
        self.assertIn("API key not valid. Please pass a valid API key.", error, self.story)

    def test_wrong_model(self):
        error = self.hold("refused", model="gemini-unknown-live")["error"]
        self.assertIn("1008", error, self.story)
        self.assertIn("models/gemini-unknown-live is not found for API version", error, self.story)


def load_tests_of(case):
    """A load_tests for a file that imports Client: without it the abstract case would run, too."""
    def load_tests(loader, tests, pattern):
        return loader.loadTestsFromTestCase(case)
    return load_tests
