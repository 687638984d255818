"""The test runner counts right, and nothing that goes wrong is counted as passed."""

import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import runner

REPORT = {"testsuites": [
    {"name": "Ring", "testsuite": [{"name": "Wraps", "result": "COMPLETED"}, {"name": "Drops", "result": "COMPLETED"}]},
    {"name": "Recordings", "testsuite": [{"name": "All", "result": "SKIPPED"}]}]}


class GtestPrograms(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "build/release/tests").mkdir(parents=True)
        self.data = self.root / "data"
        (self.root / "tests").mkdir()
        (self.root / "tests/data.hpp").write_text("getenv(GEMLIVE_TEST_DATA)")
        (self.root / "tests/recordings_test.cpp").write_text('#include "data.hpp"\nTEST_P(Recordings, All)\n{}\n')
        (self.root / "tests/ring_test.cpp").write_text("TEST(Ring, Wraps)\n{}\n")
        for patch in (mock.patch.object(runner, "ROOT", self.root), mock.patch.object(runner, "DATA", self.data),
                      mock.patch.dict(os.environ)):
            patch.start()
            self.addCleanup(patch.stop)
        os.environ.pop("CI", None)

    def run_program(self, report, code=0, output="", data_only=False):
        """Runs a program that behaves like one of GoogleTest's with this report."""
        program = self.root / "build/release/tests/sample_test"
        write = f"cat >\"${{1#--gtest_output=json:}}\" <<'END'\n{json.dumps(report)}\nEND\n" if report else ""
        program.write_text(f"#!/bin/sh\necho \"$@\" >{self.root}/arguments\ncat <<'END'\n{output}\nEND\n{write}exit {code}\n")
        program.chmod(0o755)
        result = runner.run_gtest_program("release", "sample_test", data_only)
        return (result.passed, result.failed, result.skipped), "\n".join(result.output)

    def test_it_counts(self):
        self.assertEqual(self.run_program(REPORT), ((2, 0, 1), ""))

    def test_it_names_what_ran_as_the_source_does(self):
        self.assertEqual(runner.names_of_case("Ring", "Wraps"), {"Ring.Wraps"})
        self.assertIn("Ring.Wraps", runner.names_of_case("All/Ring/0", "Wraps/3"))

    def test_a_failure_is_shown_with_its_own_output(self):
        report = json.loads(json.dumps(REPORT))
        report["testsuites"][0]["testsuite"][0]["failures"] = [{"failure": "it did not"}]
        output = "[ RUN      ] Ring.Drops\n[       OK ] Ring.Drops\n[ RUN      ] Ring.Wraps\nit did not\n[  FAILED  ] Ring.Wraps (0 ms)"
        counts, shown = self.run_program(report, 1, output)
        self.assertEqual(counts, (1, 1, 1))
        self.assertIn("FAILED release sample_test Ring.Wraps", shown)
        self.assertIn("it did not", shown)
        self.assertNotIn("Ring.Drops", shown)

    def test_a_crash_is_a_failure(self):
        counts, shown = self.run_program(None, 139, "about to crash")
        self.assertEqual(counts, (0, 1, 0))
        self.assertIn("about to crash", shown)

    def test_a_leak_after_the_last_case_is_a_failure(self):
        counts, shown = self.run_program(REPORT, 23, "LeakSanitizer: detected memory leaks")
        self.assertEqual(counts, (2, 1, 1))
        self.assertIn("LeakSanitizer", shown)

    def test_a_program_that_hangs_is_ended(self):
        code, _ = runner.run(["sleep", "60"], deadline=0.2)
        self.assertIsNone(code)

    def test_in_ci_data_that_is_there_may_not_be_skipped(self):
        os.environ["CI"] = "true"
        self.assertEqual(self.run_program(REPORT)[0], (2, 0, 1))
        self.data.mkdir()
        counts, shown = self.run_program(REPORT)
        self.assertEqual(counts, (2, 1, 0))
        self.assertIn("Recordings.All was skipped although", shown)

    def test_data_only_runs_the_suites_that_read_the_data(self):
        self.run_program(REPORT, data_only=True)
        arguments = (self.root / "arguments").read_text()
        self.assertIn("--gtest_filter=Recordings.*:", arguments)
        self.assertIn(":*/Recordings.*", arguments)
        self.assertNotIn("Ring", arguments)


class PythonTests(unittest.TestCase):
    def test_failures_and_errors_are_counted(self):
        with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
            path = Path(folder) / "sample_test.py"
            path.write_text("import unittest\nclass T(unittest.TestCase):\n"
                            "    def test_good(self): pass\n"
                            "    def test_bad(self): self.fail('on purpose')\n"
                            "    @unittest.skip('later')\n    def test_later(self): pass\n")
            result = runner.run_python_tests(path)
        self.assertEqual((result.passed, result.failed, result.skipped), (1, 1, 1))
        self.assertIn("on purpose", result.output[0])
        self.assertEqual({name.partition("::")[2] for name in result.ran}, {"T.test_good", "T.test_bad"})

    def test_a_file_that_cannot_be_read_is_a_failure(self):
        with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
            path = Path(folder) / "sample_test.py"
            path.write_text("import nowhere\n")
            result = runner.run_python_tests(path)
        self.assertEqual((result.passed, result.failed), (0, 1))


if __name__ == "__main__":
    unittest.main()
