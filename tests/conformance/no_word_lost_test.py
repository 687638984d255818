"""What the emulator heard, connection after connection, against what the application said: nothing is missing, and
nothing came twice but what `connected.resent` names."""

import json
import tempfile
import unittest

import heard
from harness import BIN, ROOT, emulator, run

SCENARIOS = ROOT / "tests" / "scenarios"
RUNS = ("dead-link", "go-away-in-a-sentence", "go-away-while-he-speaks", "go-away-cuts-a-sentence",
        "vertex-consumed")


class NoWordLost(unittest.TestCase):
    def check(self, name):
        path = SCENARIOS / f"{name}.json"
        pushed = heard.said(json.loads(path.read_text())["client"], SCENARIOS)
        with tempfile.TemporaryDirectory() as record:
            with emulator("--scenario", path, "--record", record) as env:
                code, out, err = run([BIN / "gemlive-talk", "--json", "--scenario", path, "--timeout", "90",
                                      "--url", env["GOOGLE_GEMINI_BASE_URL"]], env, 100)
            self.assertEqual(code, 0, f"{err}\n{out}")
            records = heard.recorded(record)
        connected = [event for event in heard.events_of(out) if event["event"] == "connected"]
        self.assertEqual(len(records), len(connected), "a record for each connection")
        heard.compare(self, pushed, [records[number] for number in sorted(records)],
                      [event["resent"]["audio"] for event in connected])

    def test_runs(self):
        for name in RUNS:
            with self.subTest(name):
                self.check(name)


if __name__ == "__main__":
    unittest.main()
