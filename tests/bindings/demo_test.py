"""examples/demo.sh --language: the demo's conversation through each binding, and the sound that it leaves."""

import array
import math
import os
import subprocess
import unittest
import wave

from harness import ROOT

LANGUAGES = ("java", "csharp", "go")
RATE = 24_000
DEADLINE_S = 300


def sides(path):
    """(seconds, left, right): the samples of both channels of a 16-bit stereo file."""
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, RATE), file.getparams()
        samples = array.array("h", file.readframes(file.getnframes()))
    return len(samples) / 2 / RATE, samples[0::2], samples[1::2]


def level_db(samples):
    square = sum(sample * sample for sample in samples) / max(1, len(samples))
    return 10 * math.log10(square / 32768 ** 2) if square else -math.inf


def voiced_seconds(samples, threshold=500):
    """How many tenths of a second are louder than a whisper, in seconds."""
    block = RATE // 10
    return sum(max(map(abs, samples[start:start + block])) > threshold
               for start in range(0, len(samples) - block, block)) / 10


class Demo(unittest.TestCase):
    maxDiff = None

    def hold(self, language):
        if not (ROOT / "bindings" / language / "build.sh").exists():
            self.skipTest(f"there is no {language} binding")
        done = subprocess.run([ROOT / "examples/demo.sh", "--language", language], capture_output=True, text=True,
                              timeout=DEADLINE_S, stdin=subprocess.DEVNULL,
                              env={name: value for name, value in os.environ.items() if not name.startswith("GOOGLE_")})
        said = f"{done.stdout}\n{done.stderr}"
        if done.returncode == 3 and not os.environ.get("CI"):  # a tool that the set-up cannot bring
            self.skipTest(done.stderr.strip().splitlines()[-1])
        self.assertEqual(done.returncode, 0, said)
        for word in ("Paris today?", "get_weather", "twenty one degrees", "Have a lovely day"):
            self.assertIn(word, done.stdout, said)
        seconds, user, model = sides(ROOT / "build/demo" / language / "conversation.wav")
        self.assertTrue(12 < seconds < 60, f"{seconds:.1f} s\n{said}")
        for side, samples, at_least_s in (("user", user, 3), ("model", model, 5)):
            level = level_db(samples)
            self.assertTrue(-40 < level < -10, f"the {side} is at {level:.1f} dBFS")
            self.assertGreater(voiced_seconds(samples), at_least_s, f"of the {side}")
        # The model speaks after the question, in one go: before its first word the user has been heard.
        first = next(index for index, sample in enumerate(model) if abs(sample) > 500)
        self.assertGreater(voiced_seconds(user[:first]), 1)

    def test_java(self):
        self.hold("java")

    def test_csharp(self):
        self.hold("csharp")

    def test_go(self):
        self.hold("go")


if __name__ == "__main__":
    unittest.main()
