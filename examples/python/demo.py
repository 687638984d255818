#!/usr/bin/env python3
"""A spoken conversation with a tool, by the seven functions of hello.py's kind and one that answers tools.

    demo.py QUESTION.wav THANKS.wav        16-bit mono PCM; key and place come from the environment as always
"""

import ctypes
import json
import os
import queue
import sys
import time
import wave
from ctypes import byref, c_char_p, c_int64, c_size_t, c_void_p

DEADLINE_S = 60
WEATHER = {"name": "get_weather", "description": "The present weather of a city.",
           "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}, "required": ["city"]}}
OPTIONS = {"instructions": "You are a friendly guide. Be brief. Use your tools.", "tools": [WEATHER]}

lib = ctypes.CDLL(os.environ.get("GEMLIVE_LIBRARY", "libgemlive.so.0"))
Callback = ctypes.CFUNCTYPE(None, c_void_p, c_void_p)
lib.gemlive_options_from_json.argtypes = [c_void_p, c_char_p]
lib.gemlive_model_create.argtypes = [c_void_p, c_void_p]
lib.gemlive_session_create_with_callback.argtypes = [c_void_p, c_void_p, Callback, c_void_p, c_void_p, c_void_p]
lib.gemlive_session_write_audio_s16.argtypes = [c_void_p, c_char_p, c_size_t, c_int64, c_void_p]
lib.gemlive_session_tool_response.argtypes = [c_void_p, c_char_p, c_char_p]
lib.gemlive_event_json.argtypes = [c_void_p, c_void_p]
lib.gemlive_event_json.restype = c_char_p

events = queue.SimpleQueue()
on_event = Callback(lambda event, _: events.put(json.loads(lib.gemlive_event_json(event, None))))
options, model, session = c_void_p(), c_void_p(), c_void_p()
you = ""


def say(path):
    """Speaks a file as a microphone would: 20 ms at a time. The session takes 16 kHz mono unless it is told otherwise."""
    with wave.open(path) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2), f"{path}: not 16 kHz mono"
        due = time.monotonic()
        while block := file.readframes(320):
            lib.gemlive_session_write_audio_s16(session, block, len(block) // 2, 1000, None)
            due += 0.02
            time.sleep(max(0, due - time.monotonic()))


def answer():
    """Shows what happens until the model has spoken."""
    global you
    while True:
        event = events.get(timeout=DEADLINE_S)
        if event["event"] == "input_transcript":
            you = event["transcript"]
        elif event["event"] == "turn_started":
            print(f"you: {you}")
        elif event["event"] == "tool_call":
            print(f"tool: {event['name']} {json.dumps(event['arguments'])}")
            lib.gemlive_session_tool_response(session, event["call"].encode(), b'{"celsius": 21, "sky": "sunny"}')
        elif event["event"] == "turn_finished":
            return print(f"model: {event['transcript']} ({event['generated_ms'] / 1000:.1f} s of voice)")
        elif event["event"] == "closed":
            sys.exit(f"closed: {event['reason']}: {event['message']}")


lib.gemlive_options_create(byref(options))
lib.gemlive_options_from_json(options, json.dumps(OPTIONS).encode())
lib.gemlive_model_create(options, byref(model))
lib.gemlive_session_create_with_callback(model, None, on_event, None, None, byref(session))
try:
    for speech in sys.argv[1:]:
        say(speech)
        answer()
finally:
    lib.gemlive_destroy_all()  # whatever happened: no event comes to Python after this
