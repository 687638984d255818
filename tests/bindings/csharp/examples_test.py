#!/usr/bin/env python3
"""The example programs of C#, run against the emulator; the demo has a test of its own."""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))

from counted import run as run_cases  # noqa: E402
from harness import emulator, run  # noqa: E402


def scenario(folder, server):
    path = Path(folder) / "scenario.json"
    path.write_text(json.dumps({"about": "a test", "server": server}))
    return "--scenario", path


class Examples(unittest.TestCase):
    def example(self, name, *arguments, server=None):
        with tempfile.TemporaryDirectory() as folder, \
                emulator("--speed", "10", *(scenario(folder, server) if server else ())) as env:
            code, out, err = run([ROOT / f"build/csharp/bin/{name}", *arguments], env)
        self.assertEqual(code, 0, err)
        self.assertEqual(err, "")
        return out

    def test_hello(self):
        self.assertIn("Do you sell swords?", self.example("hello"))

    def hello_says(self, env, why):
        # The command's exception or the event, whichever is first: both have the sentence.
        code, out, err = run([ROOT / "build/csharp/bin/hello"], env, deadline=150)  # a server that is down is tried for a minute
        self.assertEqual((code, out), (1, ""), err)
        self.assertRegex(err, rf"^.*{why}.*\n$")

    def test_hello_without_a_key_says_so(self):
        env = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
        self.hello_says(env, "the API key is missing")

    def test_hello_with_a_wrong_key_says_so(self):
        with emulator() as env:
            self.hello_says(dict(env, GOOGLE_API_KEY="invalid"), "API key not valid")

    def test_hello_without_a_service_says_so(self):
        refusing = [{"on": "upgrade", "times": 0, "do": [{"refuse": {"http_status": 503}}]}]
        with tempfile.TemporaryDirectory() as folder, emulator(*scenario(folder, refusing)) as env:
            self.hello_says(env, "503")

    def test_blacksmith(self):
        out = self.example("blacksmith", ROOT / "tests/scenarios/speech/weather.wav", server=[
            {"on": "speech_ended", "do": [{"call": {"name": "price", "args": {"item": "sword"}}}]},
            {"on": {"tool_response": "12"}, "do": [{"say": "Twelve coins."}]}])
        self.assertEqual(out, "Twelve coins.\n")

    def test_game_loop(self):
        out = self.example("game-loop", server=[{"on": "text", "do": [{"say": "Welcome."}]}])
        self.assertEqual(out, "*turns around*\nWelcome.\n")


if __name__ == "__main__":
    sys.exit(run_cases(sys.modules[__name__]))
