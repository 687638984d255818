"""scripts/check_fresh.sh says what it needs, and deletes nothing but its own root."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL, **options)


def can_mount():
    return os.geteuid() == 0 and run("unshare", "--mount", "true").returncode == 0


class Fresh(unittest.TestCase):
    def without(self, program, text):
        """Its PATH begins with a program that says something else."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / program
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return dict(os.environ, PATH=f"{folder.name}:{os.environ['PATH']}")

    def test_help_is_the_head_of_the_script(self):
        done = run(SCRIPTS / "check_fresh.sh", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertTrue(done.stdout.startswith("scripts/check_fresh.sh ["), done.stdout)
        self.assertTrue(done.stdout.endswith("The logs are in build/check-fresh/NAME.\n"), done.stdout)

    def test_what_it_does_not_know_is_refused(self):
        for arguments in (["--no-such"], ["--keep"], ["everything"]):
            with self.subTest(arguments):
                self.assertEqual(run(SCRIPTS / "check_fresh.sh", *arguments).returncode, 2)

    def test_it_needs_root(self):
        done = run(SCRIPTS / "check_fresh.sh", env=self.without("id", "echo 1000"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("needs root", done.stderr)


class RemoveRoot(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "root"
        (self.root / "dev").mkdir(parents=True)
        (self.root / "file").touch()

    def test_a_root_is_removed(self):
        self.assertEqual(run(SCRIPTS / "remove_root.sh", self.root).returncode, 0)
        self.assertFalse(self.root.exists())

    @unittest.skipUnless(can_mount(), "nothing can be mounted here")
    def test_what_is_mounted_in_it_stays(self):
        # The mount ends with the shell, which looks at it once more.
        done = run("unshare", "--mount", "sh", "-c",
                   f"mount -t tmpfs tmpfs {self.root}/dev && touch {self.root}/dev/null && {SCRIPTS}/remove_root.sh {self.root}; "
                   f"echo code $?; ls {self.root} {self.root}/dev")
        self.assertIn("something is mounted", done.stderr)
        self.assertIn("code 1", done.stdout)
        self.assertIn("null", done.stdout)
        self.assertIn("file", done.stdout)


if __name__ == "__main__":
    unittest.main()
