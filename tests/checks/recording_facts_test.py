"""facts.json of tests/recordings says what scripts/recording_facts.py finds in them."""

import json
import unittest
from pathlib import Path

import recording_facts

FOLDER = Path(__file__).resolve().parents[1] / "recordings"


class RecordingFacts(unittest.TestCase):
    def test_are_those_of_the_recordings(self):
        facts = json.loads((FOLDER / "facts.json").read_text())
        recordings = sorted(FOLDER.glob("*.jsonl"))
        self.assertEqual(sorted(path.stem for path in recordings), sorted(facts))
        for path in recordings:
            with self.subTest(path.name):
                lines = [json.loads(line) for line in path.read_text().splitlines()]
                found = json.loads(json.dumps(recording_facts.facts_of(lines)))
                self.assertEqual(found, facts[path.stem])

    def test_each_scenario_was_recorded(self):
        self.assertEqual(sorted(path.stem for path in (FOLDER / "scenarios").glob("*.json")),
                         sorted(path.stem for path in FOLDER.glob("*.jsonl")))


if __name__ == "__main__":
    unittest.main()
