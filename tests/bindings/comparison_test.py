"""The comparison of logs lets pass what is measured, and notices everything else."""

import json
import os
import unittest
from pathlib import Path
from unittest import mock

import behaviour_test
from behaviour import Run, expected_codes, numbering_problem, streams
from behaviour_test import columns, differences, side_by_side

EVENTS = [
    {"event": "connected", "seq": 1, "time_ms": 5, "connection": 1, "session_id": "abc",
     "steps_ms": {"tcp": 1.5, "tls": 2}},
    {"event": "speech_started", "seq": 2, "time_ms": 8, "utterance": "utterance-1", "offset_ms": 40},
    {"event": "turn_started", "seq": 3, "time_ms": 9, "turn": "turn-1"},
    {"event": "audio", "seq": 4, "time_ms": 9, "turn": "turn-1", "frames": 100, "sample_rate": 24000, "channels": 1,
     "offset_frames": 0},
    {"event": "output_transcript", "seq": 5, "time_ms": 9, "turn": "turn-1", "text": 'Say "seq":7, or 12.5 €.'},
    {"event": "audio", "seq": 6, "time_ms": 10, "turn": "turn-1", "frames": 50, "sample_rate": 24000, "channels": 1,
     "offset_frames": 100},
    {"event": "playout_finished", "seq": 7, "time_ms": 11, "turn": "turn-1", "heard_ms": 7},
    {"event": "turn_finished", "seq": 8, "time_ms": 12, "turn": "turn-1", "reason": "completed", "generated_ms": 6},
    {"event": "closed", "seq": 9, "time_ms": 20, "reason": "requested", "message": "at 127.0.0.1:4711"},
]
RESULTS = [{"result": "wait", "status": "GEMLIVE_OK", "seq": 3},
           {"result": "read_audio", "status": "GEMLIVE_OK", "heard": 5}]


def log(events=EVENTS, results=RESULTS):
    lines = [json.dumps(line, ensure_ascii=False, separators=(",", ":"))
             for line in [*events[:2], *results, *events[2:]]]
    return Run("java", 0, "\n".join(lines) + "\n")


def changed(at, **fields):
    """The events with other fields in one of them; None takes a field away."""
    event = {name: value for name, value in {**EVENTS[at], **fields}.items() if value is not None}
    return [*EVENTS[:at], event, *EVENTS[at + 1:]]


def swapped(one, other):
    events = list(EVENTS)
    events[one], events[other] = events[other], events[one]
    return events


class Languages(unittest.TestCase):
    def setUp(self):
        missing = mock.patch.object(behaviour_test, "launcher", lambda language: Path("/no/such/launcher"))
        for patch in (missing, mock.patch.dict(os.environ), mock.patch.object(behaviour_test, "SANITIZED", False)):
            patch.start()
            self.addCleanup(patch.stop)
        os.environ.pop("CI", None)
        os.environ.pop("GEMLIVE_LANGUAGES", None)

    def outcome(self, language):
        result = unittest.TestResult()
        behaviour_test.Behaviour(f"test_text_turn_in_{language}").run(result)
        return "skipped" if result.skipped else "failed" if result.failures else "passed"

    def test_one_that_is_not_built_is_skipped(self):
        self.assertEqual(self.outcome("java"), "skipped")

    def test_one_that_is_wanted_has_to_be_there(self):
        os.environ["GEMLIVE_LANGUAGES"] = "java, go"
        self.assertEqual([self.outcome(language) for language in ("java", "go", "csharp")], ["failed", "failed", "skipped"])
        os.environ["CI"] = "true"
        self.assertEqual(self.outcome("csharp"), "failed")

    def test_none_is_wanted_beside_a_sanitized_library(self):
        os.environ["CI"] = "true"
        with mock.patch.object(behaviour_test, "SANITIZED", True):
            self.assertEqual(self.outcome("java"), "skipped")


class Comparison(unittest.TestCase):
    def same(self, events, results=RESULTS):
        self.assertEqual(differences(log(), log(events, results)), [])

    def different(self, events, results=RESULTS, stream="events"):
        problems = differences(log(), log(events, results))
        self.assertEqual(len(problems), 1, problems)
        self.assertTrue(problems[0].startswith(f"the {stream} differ:"), problems[0])

    def test_what_is_measured_may_differ(self):
        self.same(changed(0, time_ms=7, session_id="xyz", steps_ms={"tcp": 9}))
        self.same(changed(7, generated_ms=99, seq=12))
        self.same(changed(8, message="at 127.0.0.1:9"))
        self.same(EVENTS, [{**RESULTS[0], "seq": 9}, {**RESULTS[1], "heard": 4}])

    def test_audio_may_come_in_other_pieces_of_the_same_length(self):
        whole = [*EVENTS[:3], {**EVENTS[3], "frames": 150}, EVENTS[4], *EVENTS[6:]]
        self.same(whole)
        self.different(changed(5, frames=51))
        self.different([dict(event, channels=2) if event["event"] == "audio" else event for event in EVENTS])

    def test_what_belongs_to_another_clock_may_come_elsewhere(self):
        self.same(swapped(1, 2))
        self.same(swapped(6, 7))
        self.assertEqual(differences(log(), Run("go", 0, log(EVENTS, []).out + log([], RESULTS).out)), [])

    def test_a_word_a_field_or_an_event_that_differs(self):
        self.different(changed(7, reason="interrupted"))
        self.different(changed(7, reason=None))
        self.different(changed(7, more=1))
        self.different(changed(4, text='Say "seq":8, or 12.5 €.'))
        self.different(changed(4, turn="turn-2"))
        self.different(EVENTS[:2] + EVENTS[3:])
        self.different(changed(1, utterance="utterance-2"), stream="utterances")
        self.different(changed(6, turn="turn-2"), stream="playout")

    def test_the_order_of_events_and_fields(self):
        self.different(swapped(4, 7))
        self.different([*EVENTS[:2], dict(reversed(list(EVENTS[2].items()))), *EVENTS[3:]])

    def test_the_spelling(self):
        escaped = log().out.replace("€", "\\u20ac")
        self.assertNotEqual(differences(log(), Run("go", 0, escaped)), [])
        self.assertNotEqual(differences(log(), Run("go", 0, log().out.replace('","', '", "', 1))), [])

    def test_results_that_differ(self):
        self.different(EVENTS, [{**RESULTS[0], "status": "GEMLIVE_ERROR_TIMEOUT"}, RESULTS[1]], "results")
        self.different(EVENTS, [RESULTS[0], {**RESULTS[1], "heard": 0}], "results")
        self.different(EVENTS, RESULTS[::-1], "results")

    def test_a_line_that_is_no_json(self):
        self.assertNotEqual(differences(log(), Run("go", 0, log().out + "Exception in thread main\n")), [])
        self.assertIsNotNone(numbering_problem(Run("go", 0, log().out + "Exception in thread main\n")))

    def test_gaps_and_times(self):
        self.assertIsNone(numbering_problem(log()))
        self.assertIn("without gaps", numbering_problem(log(changed(8, seq=10))))
        self.assertIn("without gaps", numbering_problem(log(EVENTS[1:])))
        self.assertIn("times go back", numbering_problem(log(changed(8, time_ms=1))))
        self.assertIn("begins at 101", numbering_problem(log(changed(5, offset_frames=101))))

    def test_exit_codes(self):
        failed = {"result": "send_text", "status": "GEMLIVE_ERROR_CLOSED"}
        self.assertEqual(expected_codes(log()), {0})
        self.assertEqual(expected_codes(log(EVENTS, [failed])), {1})
        self.assertEqual(expected_codes(log(EVENTS, [{**failed, "result": "wait"}])), {1})
        self.assertEqual(expected_codes(log(changed(8, reason="fatal"))), {3})

    def test_the_difference_is_shown_side_by_side(self):
        shown = side_by_side("c", ["same", "one"], "java", ["same", "two"], width=10).splitlines()
        self.assertEqual(shown[2:], ["same         same", "one        | two"])
        shown = columns({"c": ["same", "one"], "java": ["same", "two"], "go": ["same"]}, width=5).splitlines()
        self.assertEqual(shown[2:], ["same   same   same", "one    |two   |"])


if __name__ == "__main__":
    unittest.main()
