"""docs/options.md is what the option table prints."""

import unittest

from harness import BIN, ROOT, run


class OptionsPage(unittest.TestCase):
    def test_the_page_is_the_table(self):
        code, printed, err = run([BIN / "gemlive-options-doc"], None)
        self.assertEqual((code, err), (0, ""))
        self.assertEqual((ROOT / "docs" / "options.md").read_text(), printed,
                         "run: build/release/bin/gemlive-options-doc >docs/options.md")


if __name__ == "__main__":
    unittest.main()
