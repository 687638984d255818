"""A C program that is not linked with the library holds a conversation through dlsym."""

import json
import unittest

from harness import BUILD, LIBRARY, SANITIZED, emulator, run


@unittest.skipIf(SANITIZED, "a sanitized library cannot be opened by a program that is not linked with the sanitizer")
class Dlopen(unittest.TestCase):
    def test_a_conversation(self):
        with emulator() as env:
            code, out, err = run([BUILD / "tests" / "dlopen_conversation", LIBRARY], env)
        self.assertEqual((code, err), (0, ""), out)
        events = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(events[0]["event"], "connecting")
        self.assertEqual(events[-1]["event"], "closed")
        self.assertIn("connected", [event["event"] for event in events])


if __name__ == "__main__":
    unittest.main()
