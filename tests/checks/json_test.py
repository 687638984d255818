"""scripts/check_json.py finds what parses JSON without the bound of levels."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Json(unittest.TestCase):
    def check(self, text):
        with tempfile.TemporaryDirectory(dir=ROOT / "build" if (ROOT / "build").is_dir() else ROOT) as folder:
            (Path(folder) / "options.cpp").write_text(text)
            return subprocess.run([sys.executable, ROOT / "scripts/check_json.py", folder],
                                  capture_output=True, text=True)

    def test_every_way_to_a_tree_is_found(self):
        for line in ("auto a = json::parse(text);", "auto a = nlohmann::json::parse(text, nullptr, false);",
                     "auto a = Json::parse (text);", "bool b = ordered_json::accept(text);", 'auto a = "[1]"_json;',
                     "stream >> json;", "auto a = json::from_cbor(bytes);"):
            done = self.check("int a;\n" + line + "\n")
            self.assertEqual(done.returncode, 1, line)
            self.assertIn("options.cpp:2: text is parsed without the bound", done.stdout)

    def test_the_guard_may_be_called_and_a_comment_may_say_anything(self):
        self.assertEqual(self.check("// unlike json::parse(text)\nauto a = parse_json<json>(text);\n").returncode, 0)

    def test_the_house_is_clean(self):
        done = subprocess.run([sys.executable, ROOT / "scripts/check_json.py"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
