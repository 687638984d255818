"""What emulators recorded of a session's audio, against what the application pushed."""

import array
import json
import sys
import wave
from pathlib import Path

SAMPLE_RATE = 16000


def samples_of(data):
    samples = array.array("h")
    samples.frombytes(data)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def samples_of_file(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (SAMPLE_RATE, 1, 2)
        return samples_of(file.readframes(file.getnframes()))


def said(client, folder):
    """All that a scenario's commands push, in order."""
    samples = array.array("h")
    files = {}
    for command in client:
        if command["do"] == "push_audio":
            name = command["file"]
            if name not in files:
                files[name] = samples_of_file(Path(folder) / name)
            samples += files[name]
        elif command["do"] == "push_silence":
            samples += array.array("h", bytes(2 * SAMPLE_RATE // 1000 * command["ms"]))
    return samples


def recorded(folder):
    """Number of a connection → what the emulator heard on it."""
    return {int(file.stem.split("-")[1]): samples_of(file.read_bytes()) for file in Path(folder).glob("connection-*.pcm")}


def events_of(lines):
    return [line for line in map(json.loads, lines.splitlines()) if "event" in line]


def compare(test, pushed, heard, resent):
    """Each server's record is a piece of what was pushed that begins where the one before ends, or in what is sent
    again. `resent` has the ranges that `connected` named of each record."""
    end = 0  # of what servers have heard so far
    for number, (samples, ranges) in enumerate(zip(heard, resent, strict=True), 1):
        begin = ranges[0][0] if ranges else end
        for (_, left), (right, _) in zip(ranges, ranges[1:]):
            test.assertEqual(left, right, f"record {number} leaves a gap in what is sent again")
        test.assertLessEqual(begin, end, f"record {number} leaves out samples {end} to {begin}")
        test.assertTrue(samples == pushed[begin:begin + len(samples)], f"record {number} has something else")
        end = max(end, begin + len(samples))
    test.assertEqual(end, len(pushed), "the end is missing")
