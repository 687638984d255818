"""scripts/check_from_livekit.py finds an item that is missing, and a test that does not exist."""

import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import check_from_livekit as check  # noqa: E402


def page(change=lambda table, number, row: row):
    """Both tables, each row through `change`, which may leave it out."""
    text = ""
    for table, numbers in enumerate(check.EXPECTED):
        text += "| # | there | here | difference | test |\n|---|---|---|---|---|\n"
        for number in numbers:
            row = change(table, number, f"| {number} | `x` | `y` |  | – |")
            text += row + "\n" if row else ""
        text += "\n"
    return text


def problems(text):
    return check.problems_of(check.rows(text))


class FromLivekit(unittest.TestCase):
    def test_each_item_once(self):
        self.assertEqual(problems(page()), [])

    def test_an_item_that_is_missing_is_found(self):
        text = page(lambda table, number, row: None if number == "W7" else row)
        self.assertEqual(problems(text), ["lacks W7"])

    def test_an_item_that_is_there_twice_is_found(self):
        text = page(lambda table, number, row: f"{row}\n{row}" if number == "12" else row)
        self.assertEqual(problems(text), ["has 1 to 146 not once each, or not in order"])

    def test_a_test_that_does_not_exist_is_found(self):
        for test in ("Turns.ThatNobodyWrote", "tests/scenarios/none.json", "tests/checks/from_livekit_test.py::FromLivekit.x"):
            text = page(lambda table, number, row, test=test: row.replace("–", f"`{test}`") if number == "3" else row)
            self.assertEqual(problems(text), [f"3: there is no test {test}"])

    def test_tests_that_exist_are_taken(self):
        tests = ("`MisuseTest.ANullHandleIsAnswered` `tests/scenarios/go-away.json` "
                 "`tests/checks/from_livekit_test.py::FromLivekit.test_each_item_once`")
        self.assertEqual(problems(page(lambda table, number, row: row.replace("–", tests) if number == "N2" else row)), [])

    def test_a_test_that_did_not_run_is_found(self):
        tests = "`MisuseTest.ANullHandleIsAnswered` `tests/scenarios/go-away.json` `tests/checks/from_livekit_test.py::FromLivekit`"
        tables = check.rows(page(lambda table, number, row: row.replace("–", tests) if number == "N2" else row))
        ran = {"MisuseTest.ANullHandleIsAnswered", "tests/scenarios/go-away.json",
               "tests/checks/from_livekit_test.py::FromLivekit.test_each_item_once"}
        self.assertEqual(check.not_run(tables, ran), [])
        for name, test in zip(sorted(ran), sorted(tests.split())):
            self.assertEqual(check.not_run(tables, ran - {name}), [f"N2: {test.strip('`')} did not run"])

    def test_what_is_not_there_yet_proves_nothing(self):
        text = page(lambda table, number, row: "| 5 | `x` | not yet |  | `MisuseTest.ANullHandleIsAnswered` |"
                    if number == "5" else row)
        self.assertEqual(problems(text), ["5: is not there yet, and has a test"])

    @unittest.skipUnless(check.DOCUMENT.exists(), "the page is not written")
    def test_the_page_is_good(self):
        done = subprocess.run([sys.executable, ROOT / "scripts/check_from_livekit.py"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
