"""An hour of talk on compressed time, in which six connections end by force. What the servers heard is compared sample
for sample with what the application pushed, and each answer of the model comes once.

The microphone's samples are written as fast as they are taken, the model speaks SPEED times faster, and what the library
waits for has shorter times. The application does not care for connections: it asks, waits for the answer, and is silent.
"""

import json
import os
import subprocess
import tempfile
import time
import unittest
from dataclasses import dataclass
from pathlib import Path

import heard
from harness import BIN, ROOT, SANITIZED, emulator

SPEECH = ROOT / "tests" / "scenarios" / "speech"
QUESTIONS = ("weather.wav", "are-you-there.wav", "stop.wav")
MINUTES = 60
ROUND_MS = 60_000  # a question, its answer, silence
SPEED = 50
FAREWELL = "Goodbye."
DEADLINE_S = 150
MEMORY_MB = 48  # of the session's program: an hour of samples alone would be 110

OPTIONS = {
    "journal_ms": 3 * ROUND_MS,  # of unsent, and of sent that may not have been consumed
    "replay_ms": 10,  # less than an answer takes: no question that was answered goes again
    "transcript_grace_ms": 10,  # less than the time to the next question
    "retry_interval_ms": 50,
    "liveness_timeout_ms": 1500,
    "ping_interval_ms": 1000,
    "pong_timeout_ms": 2000,
}


@dataclass
class Ending:
    """What ends the connection of one part of the hour, in the round that is the part's last."""

    name: str
    cause: str = "lost"
    restored: tuple = ("resumed",)
    refused: int = 0  # connections after it that get no further than their setup
    in_sentence: tuple = ()  # what the server does a second after it heard the user begin
    after_answer: tuple = ()
    instead_of_answer: tuple = ()
    in_real_time: bool = False  # the last question, or it would be over before the server could end anything in it

    def is_answered(self):
        return bool(self.after_answer)


ENDINGS = (
    Ending("go-away with time", "go_away", after_answer=({"go_away": {"time_left_ms": 30_000, "close": False}},)),
    Ending("go-away in a sentence, without time", "go_away", in_real_time=True,
           in_sentence=({"go_away": {"time_left_ms": 800, "close": False}}, {"delay_ms": 800 * SPEED},
                        {"close": {"code": 1011, "reason": "Deadline expired before operation could complete."}})),
    Ending("reset in a sentence", in_sentence=("reset",)),
    Ending("1011 instead of an answer",
           instead_of_answer=({"close": {"code": 1011, "reason": "Internal error encountered."}},)),
    Ending("reset, and the handle is refused", restored=("empty", "reseeded"), refused=1, in_sentence=("reset",)),
    Ending("silent link in a sentence", in_sentence=("stall",)),
)


def question(number):
    return f"Question {number}."


def answer(number):
    return f"Answer {number}."


class Hour:
    """The scenario, and what is expected of it."""

    def __init__(self):
        self.rounds = MINUTES * 60_000 // ROUND_MS
        self.server, self.client, self.connections = [], [], []
        parts = len(ENDINGS) + 1
        self.begin = self.connection = 1
        self.silence_left = 0
        for part in range(parts):
            self.add_part(ENDINGS[part] if part < len(ENDINGS) else None, self.rounds * (part + 1) // parts)
        self.rule("text", [{"say": FAREWELL}])  # whoever answers this has read all audio before it
        self.client += [
            {"do": "send_text", "text": "Goodbye!"},
            {"do": "wait", "event": {"event": "turn_finished", "reason": "completed"}, "timeout_ms": 40_000},
            {"do": "close", "drain": True},
        ]

    def add_part(self, ending, last):
        """Rounds up to `last`. The question of the round before may have been left to this connection."""
        self.connections.append(self.connection)
        first = self.begin
        for number in range(first, last + 1):
            cut = number == last and ending is not None
            if not (cut and not ending.is_answered()):
                self.rule("speech_ended", self.replies(number) + list(ending.after_answer if cut else ()))
            if number > self.asked():
                self.ask(number, ending if cut else None, brief=number == last - 1 and ending and ending.in_real_time)
        if ending and ending.in_sentence:
            if last > first:
                self.rule("speech_started", [], times=last - first)
            self.rule("speech_started", [{"delay_samples": heard.SAMPLE_RATE}, *ending.in_sentence])
        if ending and ending.instead_of_answer:
            self.rule("speech_ended", list(ending.instead_of_answer))
        self.begin = last + ending.is_answered() if ending else last
        for _ in range(ending.refused if ending else 0):
            self.connection += 1
            self.rule("setup", [{"close": {"code": 1008, "reason": "Requested entity was not found."}}])
        if ending:
            self.connection += 1

    def rule(self, on, actions, times=1):
        self.server.append({"on": on, "connection": self.connection, "times": times, "do": actions})

    def replies(self, number):
        return [{"transcribe": question(number)}, {"say": answer(number)}]

    def asked(self):
        return sum(command["do"] == "push_audio" for command in self.client)

    def ask(self, number, ending, brief):
        """A round. A brief one leaves its silence to the next: what the server has still to read is little then."""
        file = str(SPEECH / QUESTIONS[number % len(QUESTIONS)])
        in_real_time = ending is not None and ending.in_real_time
        self.client += [
            {"do": "push_audio", "file": file, "pace": "realtime" if in_real_time else "none"},
            {"do": "wait", "event": {"event": "turn_finished", "reason": "completed"}, "timeout_ms": 40_000},
        ]
        self.silence_left += ROUND_MS - len(heard.samples_of_file(file)) * 1000 // heard.SAMPLE_RATE
        if brief:
            return
        if ending and ending.is_answered():  # a pause in real time too, for the hand-over
            self.silence(1000, "realtime")
            self.client.append({"do": "wait", "event": {"event": "connected", "cause": "go_away"}, "timeout_ms": 40_000})
        self.silence(self.silence_left, "none")

    def silence(self, ms, pace):
        self.client.append({"do": "push_silence", "ms": ms, "pace": pace})
        self.silence_left -= ms

    def scenario(self):
        return {
            "about": "An hour of talk, and six connections that end by force.",
            "emulator": {"speed": SPEED, "default": "silent", "connection_ms": 360_000_000},
            "session": OPTIONS, "server": self.server, "client": self.client, "expect": [],
        }


def talk(path, env):
    """(exit code, stdout, stderr, seconds, most memory in MB)"""
    started = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen([BIN / "gemlive-talk", "--json", "--scenario", path, "--timeout", str(DEADLINE_S),
                                    "--option", "audio_events=off"], env=env, stdout=out, stderr=err,
                                   stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (out, err):
            file.seek(0)
        return (process.returncode, out.read().decode(), err.read().decode(), time.monotonic() - started,
                usage.ru_maxrss / 1024)


def table(connected, records, resent):
    """A line a connection; the runner shows what begins like this."""
    yield "| connection | began | ended by | heard, s | of that sent again, s |"
    endings = [ending.name for ending in ENDINGS] + ["close"]
    for event, samples, ranges, ending in zip(connected, records, resent, endings, strict=True):
        again = sum(end - begin for begin, end in ranges) / heard.SAMPLE_RATE
        yield (f"| {event['connection']} | {event['cause']}, {event['restored']} | {ending} "
               f"| {len(samples) / heard.SAMPLE_RATE:.2f} | {again:.2f} |")


@unittest.skipIf(SANITIZED, "a sanitized emulator does not keep up with compressed time")
class SixtyMinutes(unittest.TestCase):
    def test_six_connections_end_and_no_word_is_lost_or_said_twice(self):
        hour = Hour()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "hour.json"
            path.write_text(json.dumps(hour.scenario()))
            record = Path(folder) / "record"
            record.mkdir()
            with emulator("--scenario", path, "--record", record) as env:
                code, out, err, seconds, memory = talk(path, env)
            events = heard.events_of(out)
            said_little = "\n".join(out.splitlines()[-60:])
            self.assertEqual(code, 0, f"{err}\n{said_little}")
            records = heard.recorded(record)
        pushed = heard.said(hour.client, SPEECH)
        self.assertEqual(len(pushed), MINUTES * 60 * heard.SAMPLE_RATE)
        connected = [event for event in events if event["event"] == "connected"]
        self.assertEqual([event["connection"] for event in connected], hour.connections)
        pieces, resent = [records.pop(number) for number in hour.connections], [event["resent"]["audio"] for event in connected]
        heard.compare(self, pushed, pieces, resent)
        self.assertFalse(any(records.values()), "a server that refused the resumption heard something")
        for event, ending in zip(connected[1:], ENDINGS, strict=True):
            self.assertEqual(event["cause"], ending.cause, ending.name)
            self.assertIn(event["restored"], ending.restored, ending.name)
        numbers = range(1, hour.rounds + 1)
        self.assertEqual([(event["reason"], event["transcript"]) for event in events if event["event"] == "turn_finished"],
                         [("completed", answer(number)) for number in numbers] + [("completed", FAREWELL)])
        self.assertEqual([event["transcript"] for event in events if event["event"] == "input_transcript" and event["final"]],
                         [question(number) for number in numbers])
        self.assertFalse([event for event in events if event["event"] == "dropped"])
        self.assertLess(memory, MEMORY_MB)
        print("\n".join(table(connected, pieces, resent)))
        print(f"| {MINUTES} minutes in {seconds:.0f} s, {hour.rounds} questions and answers, {memory:.0f} MB |")


if __name__ == "__main__":
    unittest.main()
