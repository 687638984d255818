"""scripts/check_snippets.py notices when a page and the program it quotes part."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """int main()
{
    // snippet: hello
    say("hello");

        twice();
    // end snippet
    # snippet: other
    say("more");
    # end snippet
}
"""
PAGE = """# Java

<!-- snippet: examples/Hello.java hello -->
```java
say("hello");

    twice();
```

```sh
mvn install
```

<!-- snippet: examples/Hello.java other -->

```java
say("more");
```
"""


class Snippets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("docs", "examples"):
            (self.root / name).mkdir()

    def check(self, page, program=PROGRAM, *arguments):
        (self.root / "docs/java.md").write_text(page)
        (self.root / "examples/Hello.java").write_text(program)
        done = subprocess.run([sys.executable, ROOT / "scripts/check_snippets.py", "--root", self.root, *arguments],
                              capture_output=True, text=True)
        return done.returncode, done.stderr

    def refused(self, page, message, program=PROGRAM):
        code, said = self.check(page, program)
        self.assertEqual(code, 1)
        self.assertIn(message, said)

    def test_a_true_page_passes(self):
        self.assertEqual(self.check(PAGE), (0, ""))

    def test_a_line_that_differs(self):
        self.refused(PAGE.replace('"hello"', '"hallo"'), "java.md:4: differs from the snippet hello of examples/Hello.java")
        self.refused(PAGE, "java.md:16: differs from the snippet other", PROGRAM.replace('"more"', '"less"'))

    def test_an_indent_that_differs(self):
        self.refused(PAGE.replace("    twice", "twice"), "differs from the snippet hello")

    def test_a_block_without_a_program(self):
        self.refused(PAGE + "\n```java\nx();\n```\n", "a block of java is no snippet of a program")
        self.refused(PAGE + "\n```\nx();\n```\n", "a block of no language is no snippet of a program")

    def test_a_mark_without_a_block(self):
        self.refused(PAGE + "\n<!-- snippet: examples/Hello.java hello -->\n", "1 marks have no block after them")

    def test_a_program_or_snippet_that_is_not_there(self):
        self.refused(PAGE.replace("Hello.java hello", "Hallo.java hello"), "examples/Hallo.java cannot be read")
        self.refused(PAGE.replace("Hello.java hello", "Hello.java hallo"), "has 0 snippets hallo")

    def test_a_snippet_twice_or_without_end(self):
        self.refused(PAGE, "has 2 snippets other", PROGRAM + "// snippet: other\n// end snippet\n")
        self.refused(PAGE, "the snippet hello has no end", PROGRAM.replace("    // end snippet\n", "", 1))

    def test_no_page_at_all(self):
        self.assertEqual(subprocess.run([sys.executable, ROOT / "scripts/check_snippets.py", "--root", self.root],
                                        capture_output=True).returncode, 1)

    def test_write_repairs_a_page(self):
        self.assertEqual(self.check(PAGE.replace('"hello"', '"hallo"').replace('say("more")', ""), PROGRAM, "--write"), (0, ""))
        self.assertEqual((self.root / "docs/java.md").read_text(), PAGE)


if __name__ == "__main__":
    unittest.main()
