"""docs/errors.md lists the statuses that the header has, with their values; base has the same."""

import re
import unittest
from pathlib import Path

from public_headers import enums

ROOT = Path(__file__).resolve().parents[2]


class Statuses(unittest.TestCase):
    def setUp(self):
        self.header = dict(next(enum.members for enum in enums() if enum.name == "gemlive_status_code"))

    def test_the_page_has_every_status(self):
        rows = re.findall(r"^\| `(GEMLIVE_\w+)` \| (-?\d+) \|", (ROOT / "docs/errors.md").read_text(), re.M)
        self.assertEqual(dict(rows), self.header)

    def test_the_library_uses_the_same_values(self):
        text = (ROOT / "src/base/include/base/status.hpp").read_text()
        inside = {("GEMLIVE_OK" if name == "ok" else f"GEMLIVE_ERROR_{name.upper()}"): value
                  for name, value in re.findall(r"^\s+(\w+) = (-?\d+),", text, re.M)}
        self.assertEqual(inside, self.header)


if __name__ == "__main__":
    unittest.main()
