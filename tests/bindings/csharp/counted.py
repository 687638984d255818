"""Runs the unittest cases of a file and ends with the line that test.sh reads."""

import unittest


def run(module):
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
    for test, text in result.failures + result.errors:
        print(f"FAIL {test}\n{text}")
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0
