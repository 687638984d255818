"""scripts/check_model_names.py finds a model's name in code, and only there."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class ModelNames(unittest.TestCase):
    def check(self, text):
        with tempfile.TemporaryDirectory(dir=ROOT / "build" if (ROOT / "build").is_dir() else ROOT) as folder:
            (Path(folder) / "turns.cpp").write_text(text)
            return subprocess.run([sys.executable, ROOT / "scripts/check_model_names.py", folder],
                                  capture_output=True, text=True)

    def test_a_name_in_code_is_found(self):
        done = self.check('int a;\nbool b = model == "gemini-3.1-flash-live-preview";\n')
        self.assertEqual(done.returncode, 1)
        self.assertIn("turns.cpp:2: a model's name in code", done.stdout)

    def test_a_version_that_is_looked_for_is_found(self):
        self.assertEqual(self.check('bool b = name.contains("3.8");\n').returncode, 1)

    def test_a_comment_may_name_one(self):
        self.assertEqual(self.check("// as gemini-2.5-flash does\nint a;\n").returncode, 0)

    def test_the_house_is_clean(self):
        done = subprocess.run([sys.executable, ROOT / "scripts/check_model_names.py"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
