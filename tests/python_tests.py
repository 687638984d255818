#!/usr/bin/env python3
"""Runs one file of unittest cases and prints, as its last line, what became of them as JSON."""

import importlib.util
import json
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Count(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.passed = 0
        self.ran = set()

    def stopTest(self, test):
        super().stopTest(test)
        if not any(skipped is test for skipped, _ in self.skipped):
            self.ran.add(test.id().split(".", 1)[1])

    def addSuccess(self, test):
        self.passed += 1

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is None:
            self.passed += 1


def main():
    path = Path(sys.argv[1]).resolve()
    sys.path[:0] = [str(path.parent), str(ROOT / "scripts"), str(ROOT / "tests")]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = Count()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
    failures = [(str(test), text) for test, text in result.failures + result.errors]
    failures += [(str(test), "passed, but was expected to fail") for test in result.unexpectedSuccesses]
    print()
    print(json.dumps({"passed": result.passed, "skipped": [reason for _, reason in result.skipped], "failures": failures,
                      "ran": sorted(result.ran)}))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
