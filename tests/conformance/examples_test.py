"""Every example program runs against the emulator and does what it is there to show."""

import array
import json
import math
import os
import re
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from harness import BIN, LIBRARY, ROOT, SANITIZED, emulator, run

# A black picture of 8 x 8 pixels.
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f"
    "141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b08000800080101"
    "1100ffc4001f0000010501010101010100000000000000000102030405060708090a0bffc400b51000020103030204030505"
    "04040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a"
    "25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a8384858687"
    "88898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2"
    "e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00f9febfffd9")


class Examples(unittest.TestCase):
    def succeed(self, command, *arguments, emulator_arguments=(), extra=None):
        with emulator(*emulator_arguments) as env:
            code, out, err = run([*command, *arguments], dict(env, **(extra or {})))
        self.assertEqual((code, err), (0, ""), out)
        return out

    def test_hello_prints_the_answer(self):
        self.assertRegex(self.succeed([BIN / "example_hello"]), r"\w+ \w+")

    def say_why(self, env, why, deadline=20):
        """The smallest programs print what ended the conversation, and return 1."""
        programs = {"hello": [BIN / "example_hello"], "blacksmith": [BIN / "example_blacksmith"]}
        if not SANITIZED:
            programs["hello.py"] = [sys.executable, ROOT / "examples" / "python" / "hello.py"]
        env = dict(env, GEMLIVE_LIBRARY=str(LIBRARY))
        with ThreadPoolExecutor() as pool:
            ends = {name: pool.submit(run, command, env, deadline) for name, command in programs.items()}
        for name, end in ends.items():
            code, out, err = end.result()
            with self.subTest(name):
                self.assertEqual(code, 1, out)
                self.assertRegex(err, why)
                self.assertEqual(err.count("\n"), 1, err)
                if name == "hello":
                    self.assertEqual(out, "")

    def test_hello_without_a_key_says_so(self):
        env = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
        self.say_why(env, "the API key is missing: set the option api_key, or GOOGLE_API_KEY")

    def test_hello_with_a_wrong_key_says_so(self):
        with emulator() as env:
            self.say_why(dict(env, GOOGLE_API_KEY="invalid"), "API key not valid")

    def test_hello_with_an_unusable_environment_says_so(self):
        env = dict(os.environ, GOOGLE_API_KEY="any", GOOGLE_GEMINI_BASE_URL="https://")
        self.say_why(env, "URL names no host|a variable of the environment")

    def test_hello_without_a_network_says_so(self):
        env = dict(os.environ, GOOGLE_API_KEY="any", GOOGLE_GEMINI_BASE_URL="ws://127.0.0.1:1")
        self.say_why(env, "127.0.0.1.*refused", deadline=150)  # after outage_budget_ms, a minute

    def test_device_hears_the_reply(self):
        out = self.succeed([BIN / "example_device"])
        self.assertIn("the model speaks\n", out)
        heard_ms = int(out.split("heard ")[1].split()[0])
        self.assertGreater(heard_ms, 0)

    def test_npcs_speak_by_callback_and_by_dispatch(self):
        out = self.succeed([BIN / "example_npc"])
        self.assertRegex(out, r"(?m)^blacksmith: \S")
        self.assertRegex(out, r"(?m)^innkeeper: \S")

    def test_file_and_picture_answers_a_tool_call(self):
        with tempfile.TemporaryDirectory() as folder:
            # Two seconds of a tone that swells like syllables, then silence.
            samples = array.array("h", (int(8000 * math.sin(i * 0.07) * math.sin(i * 0.0006) ** 2) if i < 32000 else 0
                                        for i in range(48000)))
            speech, picture = Path(folder) / "speech.s16", Path(folder) / "picture.jpg"
            speech.write_bytes(samples.tobytes())
            picture.write_bytes(JPEG)
            out = self.succeed([BIN / "example_file_and_picture"], speech, picture)
        self.assertIn("temperature {", out)
        replies = [line for line in out.splitlines() if line and not line.startswith("temperature")]
        self.assertEqual(len(replies), 2, out)

    def test_blacksmith_in_cpp_answers_a_tool_call(self):
        out = self.succeed([BIN / "example_blacksmith"])
        self.assertIn("[weather {", out)
        self.assertRegex(out.split("]\n", 1)[1], r"\w+ \w+")

    @unittest.skipIf(SANITIZED, "Python cannot load a sanitized library")
    def test_hello_in_python_prints_events(self):
        out = self.succeed([sys.executable, ROOT / "examples" / "python" / "hello.py"],
                           extra={"GEMLIVE_LIBRARY": str(LIBRARY)})
        events = [json.loads(line)["event"] for line in out.splitlines()]
        self.assertEqual(events[-1], "turn_finished")
        self.assertIn("connected", events)

    @unittest.skipIf(SANITIZED, "Python cannot load a sanitized library")
    def test_demo_in_python_holds_the_conversation(self):
        speech = ROOT / "tests" / "scenarios" / "speech"
        with tempfile.NamedTemporaryFile("w", suffix=".json") as scenario:
            json.dump({"server": [
                {"on": "speech_ended", "do": [{"transcribe": "What is the weather like in Paris today?"},
                                              {"call": {"name": "get_weather", "args": {"city": "Paris"}}}]},
                {"on": {"tool_response": "21"}, "do": [{"say": "It is sunny in Paris."}]},
                {"on": "speech_ended", "do": [{"transcribe": "Thank you."}, {"say": "You are welcome."}]}]}, scenario)
            scenario.flush()
            out = self.succeed([sys.executable, ROOT / "examples" / "python" / "demo.py", speech / "weather.wav",
                                speech / "are-you-there.wav"], emulator_arguments=("--scenario", scenario.name),
                               extra={"GEMLIVE_LIBRARY": str(LIBRARY)})
        self.assertRegex(out, "\n".join([
            r"^you: What is the weather like in Paris today\?", r'tool: get_weather {"city": "Paris"}',
            r"model: It is sunny in Paris\. \([12]\.\d s of voice\)", r"you: Thank you\.",
            r"model: You are welcome\. \([12]\.\d s of voice\)\n$"]))

    def test_a_script_language_needs_seven_functions(self):
        for name, lines, functions in (("hello.py", 50, 7), ("demo.py", 80, 8)):  # the eighth answers tools
            text = (ROOT / "examples" / "python" / name).read_text()
            used = set(re.findall(r"\blib\.(gemlive_\w+)", text))
            self.assertEqual(len(used), functions, f"{name}: {sorted(used)}")
            self.assertLess(len(text.splitlines()), lines)


if __name__ == "__main__":
    unittest.main()
