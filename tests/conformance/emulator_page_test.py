"""The worked examples of docs/emulator.md run as they stand there."""

import json
import re
import tempfile
import unittest
from pathlib import Path

from harness import BIN, ROOT, emulator, run


def examples():
    page = (ROOT / "docs" / "emulator.md").read_text()
    chapter = page.split("## Five worked examples", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```json\n(.*?)```", chapter, flags=re.S)


class EmulatorPage(unittest.TestCase):
    def test_there_are_five_examples(self):
        self.assertEqual(len(examples()), 5)

    def test_each_example_runs(self):
        for text in examples():
            with self.subTest(json.loads(text)["about"]), tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "example.json"
                file.write_text(text)
                with emulator("--scenario", file) as env:
                    code, out, err = run([BIN / "gemlive-talk", "--url", env["GOOGLE_GEMINI_BASE_URL"], "--ca-file",
                                          env["SSL_CERT_FILE"], "--json", "--scenario", file], env)
                    self.assertEqual(code, 0, out + err)


if __name__ == "__main__":
    unittest.main()
