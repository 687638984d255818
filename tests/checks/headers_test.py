"""scripts/check_headers.py catches declarations that do not say what a caller has to know."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

GOOD = """/**
 * @brief Shows the model a picture.
 * @param mime_type "image/jpeg" or "image/png"
 * @owner bytes: copied
 * @thread any  @callback allowed  @rt no  @blocks never  @since 0.1
 */
GEMLIVE_API gemlive_status GEMLIVE_CALL gemlive_session_push_image(gemlive_session *session, const uint8_t *bytes,
                                                                   size_t size, const char *mime_type);
"""


def check(header):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.h"
        path.write_text(header)
        done = subprocess.run([sys.executable, ROOT / "scripts/check_headers.py", "--documentation", path],
                              capture_output=True, text=True)
        return done.returncode, done.stderr


class Documentation(unittest.TestCase):
    def refused(self, old, new, message):
        self.assertIn(old, GOOD)
        code, messages = check(GOOD.replace(old, new))
        self.assertEqual(code, 1)
        self.assertIn(message, messages)

    def test_a_full_comment_passes(self):
        self.assertEqual(check(GOOD), (0, ""))

    def test_no_comment(self):
        code, messages = check(GOOD[GOOD.index("GEMLIVE_API"):])
        self.assertEqual(code, 1)
        self.assertIn("has no doc comment", messages)

    def test_a_missing_tag(self):
        self.refused("@rt no  ", "", "needs exactly one @rt")
        self.refused("  @since 0.1", "", "needs exactly one @since")

    def test_a_value_that_does_not_exist(self):
        self.refused("@thread any", "@thread some", '@thread "some"')

    def test_a_pointer_of_which_nothing_is_said(self):
        self.refused(" * @owner bytes: copied\n", "", "says nothing of its pointer bytes")

    def test_an_out_handle_without_an_owner(self):
        self.refused("const uint8_t *bytes", "gemlive_event **bytes", "does not say who owns *bytes")

    def test_a_parameter_that_is_gone(self):
        self.refused("const char *mime_type", "const char *type", "documents a parameter mime_type")

    def test_a_declaration_that_cannot_be_read(self):
        code, messages = check(GOOD.replace("GEMLIVE_CALL ", ""))
        self.assertEqual(code, 1)
        self.assertIn("unusual form", messages)


if __name__ == "__main__":
    unittest.main()
