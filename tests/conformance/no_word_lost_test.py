"""What the emulator heard, connection after connection, against what the application said: nothing is missing, and
nothing came twice but what `connected.resent` names."""

import array
import json
import sys
import tempfile
import unittest
import wave
from pathlib import Path

from harness import BIN, ROOT, emulator, run

SCENARIOS = ROOT / "tests" / "scenarios"
RUNS = ("dead-link", "go-away-in-a-sentence", "go-away-while-he-speaks", "go-away-cuts-a-sentence",
        "vertex-consumed")


def samples_of(data):
    samples = array.array("h")
    samples.frombytes(data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def said(scenario):
    """All that the scenario's commands push, in order."""
    samples = array.array("h")
    for command in scenario["client"]:
        if command["do"] == "push_audio":
            with wave.open(str(SCENARIOS / command["file"])) as file:
                assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16000, 1, 2)
                samples += samples_of(file.readframes(file.getnframes()))
        elif command["do"] == "push_silence":
            samples += array.array("h", bytes(2 * 16 * command["ms"]))
    return samples


class NoWordLost(unittest.TestCase):
    def check(self, name):
        path = SCENARIOS / f"{name}.json"
        pushed = said(json.loads(path.read_text()))
        with tempfile.TemporaryDirectory() as record:
            with emulator("--scenario", path, "--record", record) as env:
                code, out, err = run([BIN / "gemlive-talk", "--json", "--scenario", path, "--timeout", "90",
                                      "--url", env["GOOGLE_GEMINI_BASE_URL"]], env, 100)
            self.assertEqual(code, 0, f"{err}\n{out}")
            heard = [samples_of(file.read_bytes()) for file in sorted(
                Path(record).glob("connection-*.pcm"), key=lambda file: int(file.stem.split("-")[1]))]
        connected = [event for event in map(json.loads, out.splitlines()) if event.get("event") == "connected"]
        self.assertEqual(len(heard), len(connected), "a record for each connection")
        self.compare(pushed, heard, [event["resent"]["audio"] for event in connected])

    def compare(self, pushed, heard, resent):
        """Each server's record is a piece of what was pushed that begins where the one before ends, or in what is
        sent again."""
        end = 0  # of what servers have heard so far
        for number, (samples, ranges) in enumerate(zip(heard, resent), 1):
            begin = ranges[0][0] if ranges else end
            for (_, left), (right, _) in zip(ranges, ranges[1:]):
                self.assertEqual(left, right, f"connection {number} leaves a gap in what it sends again")
            self.assertLessEqual(begin, end, f"connection {number} leaves out samples {end} to {begin}")
            self.assertEqual(samples, pushed[begin:begin + len(samples)], f"connection {number} heard something else")
            end = max(end, begin + len(samples))
        self.assertEqual(end, len(pushed), "the end is missing")

    def test_runs(self):
        for name in RUNS:
            with self.subTest(name):
                self.check(name)


if __name__ == "__main__":
    unittest.main()
