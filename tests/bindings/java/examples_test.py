"""The example programs of Java, run against the emulator; what the pages show of them does what it says."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness import ROOT, emulator, run

SPEECH = ROOT / "tests" / "scenarios" / "speech" / "weather.wav"
BUILT = ROOT / "build" / "java"


def setUpModule():
    subprocess.run([ROOT / "bindings/java/build.sh"], check=True, stdin=subprocess.DEVNULL, timeout=600)


class Examples(unittest.TestCase):
    maxDiff = None

    def example(self, name, *arguments, server=None):
        """(stdout, stderr) of an example that has to end well."""
        with tempfile.TemporaryDirectory() as folder:
            options = ["--speed", "10"]
            if server:
                scenario = Path(folder) / "scenario.json"
                scenario.write_text(json.dumps({"about": "a test", "server": server}))
                options += ["--scenario", scenario]
            with emulator(*options) as env:
                code, out, err = run([BUILT / "bin" / name, *arguments], env)
        self.assertEqual(code, 0, f"{out}\n{err}")
        return out, err

    def test_hello(self):
        out, err = self.example("hello")
        self.assertIn("Do you sell swords?", out)
        self.assertEqual(err, "")

    def hello_says(self, env, why):
        # The command's exception or the event, whichever is first: both have the sentence.
        code, out, err = run([BUILT / "bin" / "hello"], env, deadline=150)  # a server that is down is tried for a minute
        self.assertEqual((code, out), (1, ""), err)
        self.assertRegex(err, rf"^.*{why}.*\n$")

    def test_hello_without_a_key_says_so(self):
        env = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
        self.hello_says(env, "the API key is missing")

    def test_hello_with_a_wrong_key_says_so(self):
        with emulator() as env:
            self.hello_says(dict(env, GOOGLE_API_KEY="invalid"), "API key not valid")

    def test_hello_without_a_service_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            scenario = Path(folder) / "scenario.json"
            scenario.write_text('{"server": [{"on": "upgrade", "times": 0, "do": [{"refuse": {"http_status": 503}}]}]}')
            with emulator("--scenario", scenario) as env:
                self.hello_says(env, "503")

    def test_the_page_tells_how_to_compile_hello(self):
        page = (ROOT / "docs/java.md").read_text()
        commands = next(block for block in re.findall(r"(?ms)^```sh\n(.*?)^```", page) if "javac" in block)
        with emulator("--speed", "10") as env:
            code, out, err = run(["sh", "-eu", "-c", commands], env, cwd=ROOT)
        self.assertEqual((code, err), (0, ""), out)
        self.assertIn("Do you sell swords?", out)

    def test_guide_is_spoken_to_and_opens_the_door(self):
        out = self.example("guide", SPEECH, server=[
            {"on": "speech_ended", "do": [{"call": {"name": "open_door", "args": {}}}]},
            {"on": {"tool_response": "true"}, "do": [{"say": "Come in."}]}])
        self.assertEqual(out, ("Come in.\n", ""))

    def test_headset_hears_the_reply(self):
        out, err = self.example("headset", server=[{"on": "text", "do": [{"say": "Welcome to the museum."}]}])
        self.assertEqual(err, "")
        heard_ms = int(re.fullmatch(r"heard (\d+) ms\n", out)[1])
        self.assertGreater(heard_ms, 500)

    def test_tools_answer_with_a_handler_and_by_hand(self):
        out = self.example("tools", server=[
            {"on": "text", "do": [{"call": {"name": "price", "args": {"item": "sword"}}}]},
            {"on": {"tool_response": "12"}, "do": [{"call": {"name": "stock", "args": {"item": "sword"}}}]},
            {"on": {"tool_response": "3"}, "do": [{"say": "Twelve coins, and there are three."}]}])
        self.assertEqual(out, ("Twelve coins, and there are three.\n", ""))

    def test_every_end_is_told(self):
        out, err = self.example("ending", server=[{"on": {"text": "Goodbye!"}, "do": [{"say": "Farewell."}]}])
        self.assertEqual(out, "a call: INVALID_ARGUMENT\na wrong key: AUTH\nnobody speaks: 0\nin order: Farewell.\n")
        self.assertIn("temperature", err)


class Demo(unittest.TestCase):
    """What the demo says when it cannot be held; the conversation has a test in demo_test.py."""

    def refused(self, *arguments):
        code, out, err = run(["java", "-jar", BUILT / "demo.jar", *arguments], dict(os.environ))
        self.assertEqual(out, "")
        return code, err

    def test_a_refused_key_ends_it_with_a_sentence(self):
        with tempfile.TemporaryDirectory() as folder, emulator() as env:
            code, out, err = run(["java", "-jar", BUILT / "demo.jar", "--question", SPEECH, "--thanks", SPEECH, "--record",
                                  Path(folder) / "talk.wav", "--api-key", "invalid"], env)
        self.assertEqual((code, err), (1, ""))
        self.assertRegex(" ".join(out.split()), r"closed: fatal, .*API key not valid")

    def test_options_are_named(self):
        self.assertEqual(self.refused("--mic", "1"), (2, "demo: '--mic' is no option, or has no value\n"))
        self.assertEqual(self.refused("--question", "a.wav"), (2, "demo: --thanks WAV is missing\n"))

    def test_a_file_that_is_no_sound_is_named(self):
        code, said = self.refused("--question", __file__, "--thanks", __file__, "--record", "/dev/null")
        self.assertEqual((code, said), (1, f"demo: {__file__} is no WAV file with sound\n"))


if __name__ == "__main__":
    unittest.main()
