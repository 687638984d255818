"""scripts/check_events.py notices when docs/events.md and the headers part."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "docs" / "events.md").read_text()


def check(text):
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write(text)
        file.flush()
        done = subprocess.run([sys.executable, ROOT / "scripts/check_events.py", file.name], capture_output=True, text=True)
        return done.returncode, done.stderr


class Events(unittest.TestCase):
    def refused(self, old, new, message):
        self.assertIn(old, GOOD)
        code, messages = check(GOOD.replace(old, new))
        self.assertEqual(code, 1)
        self.assertIn(message, messages)

    def test_the_page_as_it_is_passes(self):
        self.assertEqual(check(GOOD), (0, ""))

    def test_an_event_that_is_not_described(self):
        self.refused("| `go_away` |", "| go_away |", "does not describe the event `go_away`")

    def test_an_event_that_does_not_exist(self):
        self.refused("| `go_away` |", "| `go_away`, `gone` |", "describes the event `gone`")

    def test_a_field_that_is_not_described(self):
        self.refused("`retry_in_ms`", "when", "does not name the field `retry_in_ms` of `disconnected`")

    def test_an_accessor_that_is_not_named(self):
        self.refused("`gemlive_event_heard_ms`", "a number", "does not name the accessor gemlive_event_heard_ms")

    def test_a_function_that_does_not_exist(self):
        self.refused("`gemlive_session_interrupt`", "`gemlive_session_stop`", "names gemlive_session_stop")

    def test_a_planned_command_that_is_declared(self):
        self.refused("| `pause`, `resume` |", "| `send_raw` |", "calls the command `send_raw` planned")


if __name__ == "__main__":
    unittest.main()
