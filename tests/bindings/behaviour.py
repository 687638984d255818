"""Runs a scenario in a language and brings its log to the form in which all languages are the same, byte for byte.

What is the same in every run and language:

- the streams, each in its order: the results; the events of the user's utterances; those of the playout; all other
  events. Each has a clock of its own (the program's, the transcripts' grace, the listener's, the server's), so how they
  fall between one another is chance, and they are compared apart.
- every field, in its order and its spelling, but for what is measured or made up: times, how much was heard, the numbering
  (which is checked to have no gaps instead), the server's name for a session, and the address of the emulator.
- pieces of audio: those of a turn count as one, with the sum of their frames; a turn that was cut may have got any number.
"""

import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from harness import BIN, BUILD, ROOT

SCENARIOS = ROOT / "tests" / "scenarios"
UTTERANCES = ("speech_started", "speech_stopped", "input_transcript")
PLAYOUT = ("playout_finished",)
# C is what the others are held against.
LANGUAGES = ("c", "java", "csharp", "go")
START_DEADLINE_S = 30
RUN_DEADLINE_S = 120

NUMBER = r"-?[0-9][0-9.eE+-]*"
# A quotation mark in a text has a backslash before it, so none of these is found inside of a text.
MEASURED = [(re.compile(pattern), replacement) for pattern, replacement in (
    (rf'("\w+_ms"):{NUMBER}', r"\1:~"),
    (r'("steps_ms"):\{[^{}]*\}', r"\1:~"),
    (rf',"tokens_per_second":{NUMBER}', ""),  # absent where the turn took less than a millisecond
    (r'("heard"):[1-9][0-9]*', r"\1:~"),
    (r'("resent":\{"audio":\[\[[0-9]+),[0-9]+\]', r"\1,~]"),  # to where a connection was cut
    (r'("seq"):[0-9]+', r"\1:~"),
    # Of a reset the system tells whoever asks first, the one who writes or the one who reads; the other one sees an end.
    (r'"message":"(?:the connection was reset while \w+|the server ended TCP without a close frame, and without an end of '
     r'TLS)"', '"message":"~"'),
    (r'("session_id"):"[^"]*"', r"\1:~"),
    (r"127\.0\.0\.1:[0-9]+", "127.0.0.1:~"),
)]


@dataclass
class Run:
    """What a program made of a scenario."""
    language: str
    code: int
    out: str = ""
    errors: str = ""
    emulator_log: str = ""

    def lines(self):
        """(raw, parsed) of each line; a line that is not a JSON object counts as one with nothing in it."""
        for raw in self.out.splitlines():
            try:
                parsed = json.loads(raw)
            except ValueError:
                parsed = None
            yield raw, parsed if isinstance(parsed, dict) else {}


def large_texts(folder):
    """A scenario with texts of a megabyte, in, out, and through a function; too large to be kept."""
    many = 1 << 20
    instructions = "be brief " * (many // 16)
    scenario = {
        "about": "A megabyte goes through as it is: said by the user, by the model, in a call and in its answer.",
        "server": [
            {"on": {"setup": {"systemInstruction": {"parts": [{"text": instructions}]}}},
             "do": [{"raw": {"message": {"instructions": "whole"}}}]},
            {"on": {"text": "begin"},
             "do": [{"text": "Grüße " * (many // 8)},
                    {"call": {"name": "store", "args": {"text": "🙂" * (many // 4)}, "id": "call-1"}}]},
            {"on": {"tool_response": "store"}, "do": [{"text": "Stored."}]}],
        "session": {"session_resumption": None, "instructions": instructions,
                    "tools": [{"functionDeclarations": [{"name": "store"}]}]},
        "client": [
            {"do": "send_text", "text": "begin " + "x" * many},
            {"do": "wait", "event": {"event": "tool_call"}},
            {"do": "tool_response", "call": "last", "output": {"text": "é" * (many // 2)}},
            {"do": "wait", "event": {"event": "turn_metrics"}},
            {"do": "close"}],
        "expect": [{"event": "server_message", "raw": {"instructions": "whole"}},
                   {"event": "tool_call", "arguments": {"text": "🙂" * (many // 4)}},
                   {"event": "turn_finished", "reason": "completed", "transcript": "Grüße " * (many // 8) + "Stored."}]}
    path = Path(folder) / "large-texts.json"
    path.write_text(json.dumps(scenario, ensure_ascii=False), encoding="utf-8")
    return path


def launcher(language):
    return BIN / "gemlive-talk" if language == "c" else ROOT / "build" / language / "bin" / "scenario-runner"


def environment():
    """Nothing of the user's own account gets into a scenario; the runners find the library that is tested."""
    own = ("GOOGLE_", "GEMINI_", "SSL_CERT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return dict(kept, GEMLIVE_BUILD_DIR=str(BUILD), LD_LIBRARY_PATH=str(BUILD / "lib"))


def run(scenario, language, arguments=None):
    """Runs one scenario against an emulator of its own; `arguments` name the client's half where it is elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        ca_file, log = Path(folder) / "ca.pem", Path(folder) / "emulator.log"
        with open(log, "wb") as log_file:
            emulator = subprocess.Popen(
                [BIN / "gemlive-emulator", "--listen", "127.0.0.1:0", "--tls", "--ca-out", ca_file, "--scenario",
                 scenario],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log_file, env=environment())
        try:
            line = emulator.stdout.readline()
            if not line:
                return Run(language, -1, errors=f"gemlive-emulator ended with code {emulator.wait(START_DEADLINE_S)}\n"
                                                + log.read_text(errors="replace"))
            command = [launcher(language), *(["--json"] if language == "c" else []),
                       *(arguments or ["--scenario", scenario]), "--url", json.loads(line)["listening"], "--ca-file", ca_file, "--api-key", "scenario-key",
                       "--timeout", str(RUN_DEADLINE_S - 20)]
            result = run_program(command, language)
        finally:
            emulator.terminate()
            try:
                emulator.wait(START_DEADLINE_S)
            except subprocess.TimeoutExpired:
                emulator.kill()
                emulator.wait()
            emulator.stdout.close()
        result.emulator_log = log.read_text(errors="replace")
    return result


def run_program(command, language):
    try:
        done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True,
                              env=environment(), timeout=RUN_DEADLINE_S)
    except subprocess.TimeoutExpired as ended:
        return Run(language, -1, (ended.stdout or b"").decode(errors="surrogateescape"),
                   f"it did not end in {RUN_DEADLINE_S} s\n" + (ended.stderr or b"").decode(errors="replace"))
    return Run(language, done.returncode, done.stdout.decode(errors="surrogateescape"),
               done.stderr.decode(errors="replace"))


def normalise(raw):
    for pattern, replacement in MEASURED:
        raw = pattern.sub(replacement, raw)
    return raw


def is_cut(turn, events):
    return not any(event.get("event") == "turn_finished" and event.get("turn") == turn
                   and event.get("reason") == "completed" for event in events)


def merged_audio(turn, events):
    """One line for all pieces of a turn."""
    pieces = [event for event in events if event.get("event") == "audio" and event.get("turn") == turn]
    frames = "~" if is_cut(turn, events) else sum(piece["frames"] for piece in pieces)
    formats = sorted({(piece["sample_rate"], piece["channels"]) for piece in pieces})
    return f"(audio of {turn}: {frames} frames, {formats})"


def streams(run_of_scenario):
    """{name: lines}, as they have to be the same in all languages."""
    events = [parsed for _, parsed in run_of_scenario.lines() if "result" not in parsed]
    found = {"results": [], "utterances": [], "playout": [], "events": []}
    heard = set()
    for raw, line in run_of_scenario.lines():
        kind = line.get("event")
        if "result" in line:
            found["results"].append(normalise(raw))
        elif kind in UTTERANCES:
            found["utterances"].append(normalise(raw))
        elif kind in PLAYOUT:
            found["playout"].append(normalise(raw))
        elif kind != "audio":
            found["events"].append(normalise(raw))
        elif line["turn"] not in heard:
            heard.add(line["turn"])
            found["events"].append(merged_audio(line["turn"], events))
    return found


def numbering_problem(run_of_scenario):
    """Events are numbered from 1 without gaps; times do not go back."""
    events = [parsed for _, parsed in run_of_scenario.lines() if "result" not in parsed]
    if [event.get("seq") for event in events] != list(range(1, len(events) + 1)):
        return f"the events are not numbered from 1 to {len(events)} without gaps"
    times = [event.get("time_ms") for event in events]
    pieces = [(event["turn"], event["offset_frames"], event["frames"]) for event in events if event["event"] == "audio"]
    for (turn, offset, frames), (next_turn, next_offset, _) in zip(pieces, pieces[1:]):
        if turn == next_turn and next_offset != offset + frames:
            return f"a piece of audio of {turn} begins at {next_offset}, the one before it ends at {offset + frames}"
    return None if times == sorted(times) else "the times go back"


def expected_codes(c_run):
    """What a runner ends with: it knows no expectations, so an expected failure is one, too."""
    parsed = [line for _, line in c_run.lines()]
    if any(line.get("event") == "closed" and line["reason"] != "requested" for line in parsed):
        return {3}
    failed = any("result" in line and line["status"] != "GEMLIVE_OK" for line in parsed)
    return {1} if failed else {0}
