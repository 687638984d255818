"""The built library is what it says: its exports, its name, what it needs, how it is laid out."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from harness import LIBRARY, ROOT

# What a program has to have beside libgemlive.so. Everything else is linked in, or a header.
NEEDED = {"libssl.so.3", "libcrypto.so.3", "libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6",
          "libsamplerate.so.0", "libturbojpeg.so.0", "libyuv.so.0", "libpng16.so.16", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
          "libsimdjson.so.14", "libsimdjson.so.19", "libpthread.so.0"}
PAGE = 0x4000  # Android's larger pages


def readelf(*arguments):
    return subprocess.run(["readelf", "-W", *arguments, LIBRARY], check=True, capture_output=True, text=True).stdout


class Library(unittest.TestCase):
    def test_exports_are_the_headers_functions_and_nothing_else(self):
        done = subprocess.run([sys.executable, ROOT / "scripts/make_map.py", "--check", "--library", LIBRARY],
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_foreign_export_would_be_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            foreign = Path(folder) / "libforeign.so"
            subprocess.run(["cc", "-shared", "-x", "c", "-", "-o", foreign], check=True, input="int leaked(void){return 1;}",
                           text=True)
            done = subprocess.run([sys.executable, ROOT / "scripts/make_map.py", "--library", foreign],
                                  capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"leaked is exported by \S+ but not declared")
        self.assertRegex(done.stderr, r"gemlive_session_create is declared but not exported")

    def test_the_name_says_that_0_x_may_break(self):
        self.assertIn("soname: [libgemlive.so.0]", readelf("-d"))

    def test_it_needs_nothing_unexpected(self):
        needed = set(re.findall(r"\(NEEDED\).*\[(.*?)\]", readelf("-d")))
        self.assertLessEqual(needed, NEEDED)
        self.assertIn("libc.so.6", needed)

    def test_it_can_stay_loaded_and_has_no_run_path(self):
        dynamic = readelf("-d")
        self.assertRegex(dynamic, r"NODELETE")
        self.assertNotRegex(dynamic, r"\((RPATH|RUNPATH|TEXTREL)\)")

    def test_segments_are_aligned_for_large_pages(self):
        alignments = [int(match, 16) for match in re.findall(r"^\s+LOAD .* (0x[0-9a-f]+)$", readelf("-l"), re.M)]
        self.assertTrue(alignments)
        self.assertTrue(all(alignment % PAGE == 0 for alignment in alignments), alignments)


if __name__ == "__main__":
    unittest.main()
