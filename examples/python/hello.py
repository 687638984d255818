#!/usr/bin/env python3
"""A conversation from a language without a binding: seven functions of the C API, called through ctypes.

The library is looked for by its name; GEMLIVE_LIBRARY gives a path instead.
"""

import ctypes
import json
import os
from ctypes import byref, c_char_p, c_int64, c_void_p

lib = ctypes.CDLL(os.environ.get("GEMLIVE_LIBRARY", "libgemlive.so.0"))
lib.gemlive_options_from_json.argtypes = [c_void_p, c_char_p]
lib.gemlive_model_create.argtypes = [c_void_p, c_void_p]
lib.gemlive_session_create.argtypes = [c_void_p, c_void_p, c_void_p]
lib.gemlive_session_send_text.argtypes = [c_void_p, c_char_p, c_void_p]
lib.gemlive_session_poll_event.argtypes = [c_void_p, c_int64, c_void_p]
lib.gemlive_session_close.argtypes = [c_void_p]
lib.gemlive_event_json.argtypes = [c_void_p, c_void_p]
lib.gemlive_event_json.restype = c_char_p
for destroy in (lib.gemlive_event_release, lib.gemlive_session_destroy, lib.gemlive_model_destroy,
                lib.gemlive_options_destroy):
    destroy.argtypes = [c_void_p]
    destroy.restype = None

options, model, session, event = c_void_p(), c_void_p(), c_void_p(), c_void_p()
lib.gemlive_options_create(byref(options))
lib.gemlive_options_from_json(options, json.dumps({"instructions": "You are a blacksmith. Be brief."}).encode())
lib.gemlive_model_create(options, byref(model))
lib.gemlive_session_create(model, None, byref(session))
lib.gemlive_session_send_text(session, "Do you sell swords?".encode(), None)

while lib.gemlive_session_poll_event(session, -1, byref(event)) == 0:
    shown = json.loads(lib.gemlive_event_json(event, None))  # every event shows itself as JSON
    lib.gemlive_event_release(event)
    print(json.dumps(shown, ensure_ascii=False))
    if shown["event"] == "turn_finished":
        lib.gemlive_session_close(session)

lib.gemlive_session_destroy(session)
lib.gemlive_model_destroy(model)
lib.gemlive_options_destroy(options)
