"""What every foreign client has to hold against gemlive-emulator: the same conversations, whatever the language.

A client is a program. Its argument is the name of a conversation; its environment has the base URL, the key, the
model and the speech to send. Its last line on stdout is a JSON object: what it heard, or how it was refused.
"""

import functools
import json
import os
import select
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness import BIN, ROOT

HERE = Path(__file__).resolve().parent
CACHE = ROOT / ".cache" / "clients"
INSTALL_DEADLINE_S = 600  # what is fetched is tried three times
START_DEADLINE_S = 20
CONVERSATION_DEADLINE_S = 40
SPEED = "4"
TOO_OLD = 3  # what scripts/setup-clients.sh ends with when the language is

# Bounds of the speech that the emulator's voice makes of a short sentence.
MIN_SPEECH_MS, MAX_SPEECH_MS = 400, 6000


class Emulator:
    """gemlive-emulator over TLS; keeps its log for the report of a failure."""

    def __init__(self, folder, scenario):
        self.folder = folder
        self.ca_file = folder / "ca.pem"
        self.log_file = folder / "emulator.log"
        command = [BIN / "gemlive-emulator", "--tls", "--ca-out", self.ca_file, "--speed", SPEED]
        command += ["--record", folder]
        if scenario:
            command += ["--scenario", scenario]
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL,
                                            text=True)

    def __enter__(self):
        ready, _, _ = select.select([self.process.stdout], [], [], START_DEADLINE_S)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            self.stop()
            raise AssertionError(f"gemlive-emulator did not start:\n{self.log()}")
        self.url = json.loads(line)["listening"].replace("wss:", "https:")
        return self

    def __exit__(self, *error):
        self.stop()

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


@functools.cache
def install(name, tools):
    """Brings a pinned client to .cache/clients. (problem or None, whether the language itself is missing)"""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        return f"{' and '.join(missing)} not installed here", True
    try:
        done = subprocess.run([ROOT / "scripts" / "setup-clients.sh", name], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=INSTALL_DEADLINE_S)
    except subprocess.TimeoutExpired:
        return f"{name} is not installed after {INSTALL_DEADLINE_S} s", False
    if done.returncode == 0:
        return None, False
    output = (done.stdout + done.stderr).strip()
    return f"{name} could not be installed: {output[-2000:]}", done.returncode == TOO_OLD


def make_speech(text, path):
    subprocess.run([BIN / "gemlive-say", "--before", "200", "--after", "1500", text, path], check=True, timeout=20,
                   capture_output=True)


class Client(unittest.TestCase):
    """Subclasses name the program; the conversations are the same for all."""

    name = None  # of scripts/setup-clients.sh
    tools = ()
    may_be_missing = False  # the language, also in CI
    command = None
    model = "gemini-2.5-flash-native-audio-preview-12-2025"
    scenarios = HERE / "scenarios"
    extra_environment = {}
    tells_refusals = True  # of a setup; else only the emulator's log can

    def setUp(self):
        problem, language_missing = install(self.name, self.tools)
        if not problem:
            return
        if os.environ.get("CI") and not (language_missing and self.may_be_missing):
            self.fail(f"{problem}; CI may not do without")
        self.skipTest(problem)

    def hold(self, conversation, key="test-key", model=None):
        scenario = self.scenarios / f"{conversation}.json"
        with tempfile.TemporaryDirectory() as folder, \
                Emulator(Path(folder), scenario if scenario.exists() else None) as server:
            speech = Path(folder) / "speech.wav"
            make_speech("Hello, are you there?", speech)
            env = {name: value for name, value in os.environ.items()
                   if not name.startswith(("GOOGLE_", "GEMINI_", "SSL_CERT_", "LIVEKIT_"))}
            env.update(GOOGLE_API_KEY=key, GOOGLE_GEMINI_BASE_URL=server.url, SSL_CERT_FILE=str(server.ca_file),
                       NODE_EXTRA_CA_CERTS=str(server.ca_file), LIVE_MODEL=model or self.model,
                       SPEECH_FILE=str(speech))
            env.update(self.extra_environment)
            code, out, err = self.run_client(conversation, env)
            self.records = [path.read_text() for path in sorted(server.folder.glob("connection-*.jsonl"))]
            self.story = (f"\n--- {self.name} {conversation}: code {code}\n{out}\n{err}"
                          f"\n--- emulator\n{server.log()}")
        self.assertEqual(0, code, self.story)
        try:
            return json.loads(out.strip().rsplit("\n", 1)[-1])
        except ValueError:
            self.fail(f"no report{self.story}")

    def run_client(self, conversation, env):
        """(code or None after the deadline, stdout, stderr)"""
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = subprocess.Popen([str(part) for part in [*self.command, conversation]], env=env, stdout=out,
                                       stderr=err, stdin=subprocess.DEVNULL)
            try:
                code = process.wait(CONVERSATION_DEADLINE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                code = None
            out.seek(0)
            err.seek(0)
            return code, out.read(), err.read()

    def check_received(self, connection, part):
        """That the client said it, and the emulator did not just answer anything."""
        messages = [json.loads(line) for line in self.records[connection - 1].splitlines()]
        received = [json.dumps(message) for message in messages if message["dir"] == "client"]
        self.assertTrue(any(part in message for message in received), f"{part!r} was not received{self.story}")

    def check_answer(self, turn, said):
        self.assertEqual(said, turn["said"].strip(), self.story)
        self.assertGreater(turn["audio_ms"], MIN_SPEECH_MS, self.story)
        self.assertLess(turn["audio_ms"], MAX_SPEECH_MS, self.story)
        self.assertGreater(turn["tokens"], 0, self.story)

    def test_text_turn(self):
        self.check_answer(self.hold("text-turn"), "Good day. I have three swords left.")
        self.check_received(1, "you sell swords")

    def test_spoken_turn(self):
        turn = self.hold("spoken-turn")
        self.assertEqual("Hello, are you there?", turn["heard"].strip(), self.story)
        self.check_answer(turn, "Yes, I am here.")

    def test_tool_turn(self):
        turn = self.hold("tool-turn")
        self.assertEqual([{"name": "get_weather", "args": {"city": "Paris"}}], turn["calls"], self.story)
        self.check_answer(turn, "It is sunny in Paris.")
        self.check_received(1, "weather in Paris")
        self.check_received(1, "sunny")

    def test_resumed_session(self):
        session = self.hold("resumed-session")
        self.assertTrue(session["handle"], self.story)
        first, second = session["turns"]
        self.check_answer(first, "Nice to meet you, Ada.")
        self.check_answer(second, "You are Ada.")
        self.check_received(1, "y name is")
        self.check_received(2, "my name")
        self.check_received(2, session["handle"])
        # Usage adds up over the session, not over a connection.
        self.assertGreater(second["tokens"], first["tokens"], self.story)

    def check_refused(self, result, code, text):
        if not self.tells_refusals:
            self.assertIn("Timeout", result["type"], self.story)
            self.assertIn(f"closes with {code} {text}", self.story)
            return
        self.assertIn(code, result["error"], self.story)
        self.assertIn(text, result["error"], self.story)

    def test_wrong_key(self):
        self.check_refused(self.hold("refused", key="an-invalid-key"), "1007",
                           "API key not valid. Please pass a valid API key.")

    def test_wrong_model(self):
        self.check_refused(self.hold("refused", model="gemini-unknown-live"), "1008",
                           "models/gemini-unknown-live is not found for API version")


class SdkClient(Client):
    """One that takes an ephemeral token in place of the key."""

    def test_ephemeral_token(self):
        """It is good for one session, which has the temperature that the token fixes, and refused for another one."""
        result = self.hold("token-turn")
        self.check_answer(result["turn"], "Good day. I have three swords left.")
        self.assertIn("a token is asked for: 200", self.story)
        self.check_refused(result, "1007", "API key expired. Please renew the API key.")


def load_tests_of(case):
    """A load_tests for a file that imports Client: without it the abstract case would run, too."""
    def load_tests(loader, tests, pattern):
        return loader.loadTestsFromTestCase(case)
    return load_tests
