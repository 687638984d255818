#!/usr/bin/env python3
"""A conversation from a language without a binding: seven functions of the C API, called through ctypes.

The library is looked for by its name; GEMLIVE_LIBRARY gives a path instead.
"""

import ctypes
import json
import os
import queue
import sys
from ctypes import byref, c_char_p, c_void_p

lib = ctypes.CDLL(os.environ.get("GEMLIVE_LIBRARY", "libgemlive.so.0"))
Callback = ctypes.CFUNCTYPE(None, c_void_p, c_void_p)
lib.gemlive_options_from_json.argtypes = [c_void_p, c_char_p]
lib.gemlive_model_create.argtypes = [c_void_p, c_void_p]
lib.gemlive_session_create_with_callback.argtypes = [c_void_p, c_void_p, Callback, c_void_p, c_void_p, c_void_p]
lib.gemlive_session_send_text.argtypes = [c_void_p, c_char_p, c_void_p]
lib.gemlive_event_json.argtypes = [c_void_p, c_void_p]
lib.gemlive_event_json.restype = c_char_p

events = queue.SimpleQueue()


@Callback
def on_event(event, _):
    events.put(json.loads(lib.gemlive_event_json(event, None)))  # every event shows itself as JSON


options, model, session = c_void_p(), c_void_p(), c_void_p()
lib.gemlive_options_create(byref(options))
lib.gemlive_options_from_json(options, json.dumps({"instructions": "You are a blacksmith. Be brief."}).encode())
if lib.gemlive_model_create(options, byref(model)) != 0:
    sys.exit("an option is wrong, or a variable of the environment")
lib.gemlive_session_create_with_callback(model, None, on_event, None, None, byref(session))
lib.gemlive_session_send_text(session, "Do you sell swords?".encode(), None)

for event in iter(events.get, None):
    print(json.dumps(event, ensure_ascii=False))
    if event["event"] in ("turn_finished", "closed"):
        break

lib.gemlive_destroy_all()  # the session, the model and the options; no event comes after it
if event["event"] == "closed":
    sys.exit(event["message"])  # it ended unasked
