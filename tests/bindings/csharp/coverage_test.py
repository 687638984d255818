#!/usr/bin/env python3
"""What C# has of the library: every C function, option, event and field. And what its generated code must not have."""

import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bindings"))

from counted import run as run_cases  # noqa: E402
from generator.api import enums, events, functions, options, pascal  # noqa: E402
from generator.csharp import IDS, property_name  # noqa: E402

NATIVE = ROOT / "bindings/csharp/generated/native"
SOURCES = {path: path.read_text() for path in (ROOT / "bindings/csharp").rglob("*.cs") if path.parent != NATIVE}

# The public member through which a C function is reached.
PUBLIC = {
    "gemlive_destroy_all": "LiveLibrary.DestroyAll",
    "gemlive_event_code": "Error.Status",
    "gemlive_event_connection": "LiveEvent.Connection",
    "gemlive_event_json": "LiveEvent.Json",
    "gemlive_event_request": "LiveEvent.Request",
    "gemlive_event_resumption_handle": "ResumptionUpdated.Handle",
    "gemlive_event_seq": "LiveEvent.Seq",
    "gemlive_event_server_message": "LiveEvent.ServerMessage",
    "gemlive_event_audio_s16": "Audio.Samples",
    "gemlive_event_bytes": "Media.Content",
    "gemlive_event_call_at": "ToolCallsCancelled.CallIds",
    "gemlive_event_call_count": "ToolCallsCancelled.CallIds",
    "gemlive_event_channels": "Audio.Channels",
    "gemlive_event_time_ms": "LiveEvent.TimeMs",
    "gemlive_event_turn": "LiveEvent.Turn",
    "gemlive_event_type": "LiveEvent.Type",
    "gemlive_event_utterance": "LiveEvent.Utterance",
    "gemlive_has_feature": "LiveLibrary.HasFeature",
    "gemlive_json_quote": "LiveLibrary.QuoteJson",
    "gemlive_live_object_count": "LiveLibrary.LiveObjects",
    "gemlive_model_close": "LiveModel.Finish",
    "gemlive_model_create": "LiveModel.#ctor",
    "gemlive_model_destroy": "LiveModel.Dispose",
    "gemlive_model_poll_event": "LiveModel.Dispatch",
    "gemlive_model_update_options": "LiveModel.UpdateOptions",
    "gemlive_model_update_options_json": "LiveModel.UpdateOptionsJson",
    "gemlive_options_from_json": "LiveOptions.FromJson",
    "gemlive_options_set_double": "LiveOptions.Temperature",
    "gemlive_options_set_int": "LiveOptions.MaxRetries",
    "gemlive_options_set_json": "LiveOptions.SetJson",
    "gemlive_options_set_string_n": "LiveOptions.Set",
    "gemlive_session_audio_stream_end": "LiveSession.AudioStreamEnd",
    "gemlive_session_commit_audio": "LiveSession.CommitAudio",
    "gemlive_session_clear_audio": "LiveSession.ClearAudio",
    "gemlive_session_mute": "LiveSession.Mute",
    "gemlive_session_close": "LiveSession.Finish",
    "gemlive_session_close_json": "LiveSession.Finish",
    "gemlive_session_create": "LiveModel.StartSession",
    "gemlive_session_destroy": "LiveSession.Dispose",
    "gemlive_session_end_user_activity": "LiveSession.EndUserActivity",
    "gemlive_session_generate_reply_json": "LiveSession.GenerateReply",
    "gemlive_session_generate_reply_n": "LiveSession.GenerateReply",
    "gemlive_session_get_capabilities": "LiveSession.GetCapabilities",
    "gemlive_session_get_chat_context": "LiveSession.GetChatContext",
    "gemlive_session_update_chat_context": "LiveSession.UpdateChatContext",
    "gemlive_session_get_open_calls": "LiveSession.GetOpenCalls",
    "gemlive_session_truncate": "LiveSession.Truncate",
    "gemlive_session_get_tools": "LiveSession.GetTools",
    "gemlive_session_input_peak": "LiveSession.InputPeak",
    "gemlive_session_input_rms": "LiveSession.InputRms",
    "gemlive_session_interrupt": "LiveSession.Interrupt",
    "gemlive_session_poll_event": "LiveSession.NextAsync",
    "gemlive_session_push_audio": "LiveSession.PushPlanarAudio",
    "gemlive_session_push_audio_f32": "LiveSession.PushAudio",
    "gemlive_session_push_audio_s16": "LiveSession.PushAudio",
    "gemlive_session_push_image": "LiveSession.PushImage",
    "gemlive_session_push_video": "LiveSession.PushVideo",
    "gemlive_session_queued_audio_us": "LiveSession.QueuedAudioUs",
    "gemlive_session_read_audio_f32": "LiveSession.ReadAudio",
    "gemlive_session_read_audio_s16": "LiveSession.ReadAudio",
    "gemlive_session_save": "LiveSession.Save",
    "gemlive_session_send_raw": "LiveSession.SendRaw",
    "gemlive_session_send_text_json": "LiveSession.SendText",
    "gemlive_session_send_text_n": "LiveSession.SendText",
    "gemlive_session_set_input_format": "LiveSession.SetInputFormat",
    "gemlive_session_set_output_format": "LiveSession.SetOutputFormat",
    "gemlive_session_start_user_activity": "LiveSession.StartUserActivity",
    "gemlive_session_state": "LiveSession.State",
    "gemlive_session_tool_response": "LiveSession.ToolResponse",
    "gemlive_session_tool_response_json": "LiveSession.ToolResponse",
    "gemlive_session_update_instructions_n": "LiveSession.UpdateInstructions",
    "gemlive_session_update_options": "LiveSession.UpdateOptions",
    "gemlive_session_update_options_json": "LiveSession.UpdateOptionsJson",
    "gemlive_session_update_tools": "LiveSession.UpdateTools",
    "gemlive_session_write_audio_f32": "LiveSession.WriteAudio",
    "gemlive_session_write_audio_s16": "LiveSession.WriteAudio",
    "gemlive_shutdown": "LiveLibrary.Shutdown",
    "gemlive_status_name": "LiveLibrary.StatusName",
    "gemlive_version_number": "LiveLibrary.VersionNumber",
    "gemlive_version_string": "LiveLibrary.Version",
}

# Called, but behind no member of its own.
INSIDE = {
    "gemlive_event_field": "fills the fields of the event classes",
    "gemlive_event_field_double": "fills the fields of the event classes",
    "gemlive_event_field_int": "fills the fields of the event classes",
    "gemlive_event_has_field": "makes absent fields null",
    "gemlive_event_release": "the event is copied, and released before it is handed out",
    "gemlive_event_session": "finds the LiveSession of an event that a model hands out",
    "gemlive_last_error_message": "becomes the message of GemliveException",
    "gemlive_options_create": "options are a plain object, native for a moment",
    "gemlive_options_destroy": "options are a plain object, native for a moment",
}

# Not called at all.
UNUSED = {
    **{f"gemlive_event_{name}": "gemlive_event_field reads it" for name in (
        "text", "transcript", "is_final", "sample_rate", "offset_frames", "mime_type", "call", "name", "arguments", "cause",
        "close_reason", "reason", "message", "is_fatal", "is_retryable", "close_code", "http_status", "heard_ms",
        "generated_ms")},
    **{f"gemlive_options_set_{name}": "the _n and _json forms set every option" for name in (
        "string", "model", "api_key", "instructions", "voice", "tools")},
    "gemlive_event_retain": "events are copied",
    "gemlive_event_type_name": "the class says it",
    "gemlive_session_create_with_callback": "callbacks from native threads: events are taken from the queue",
    "gemlive_model_dispatch": "callbacks into managed code: Dispatch polls instead",
    "gemlive_model_set_wakeup": "callbacks into managed code: Dispatch is called once a frame",
    "gemlive_model_wait_handle": "no call waits for a model's events",
    "gemlive_model_wake": "no call waits for a model's events",
    "gemlive_session_dispatch": "callbacks into managed code: Dispatch polls instead",
    "gemlive_session_generate_reply": "the _n form takes every text",
    "gemlive_session_update_instructions": "the _n form takes every text",
    "gemlive_session_send_text": "the _n form takes every text",
    "gemlive_session_set_user_data": "an object of C# is hung on an object of C#",
    "gemlive_session_set_wakeup": "waker.h calls it, for NextAsync",
    "gemlive_session_user_data": "an object of C# is hung on an object of C#",
    "gemlive_session_wait_handle": "NextAsync waits without a descriptor",
    "gemlive_session_wake": "no call waits in poll",
}


def documented():
    """The public members, from the documentation that the compiler wrote: {"LiveSession.Finish": element}."""
    found = {}
    for member in ElementTree.parse(ROOT / "build/csharp/Gemlive.xml").iter("member"):
        name = member.get("name")[2:].split("(")[0].removeprefix("Gemlive.")
        found[name] = member
    return found


class Coverage(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.members = documented()

    def test_every_c_function_has_its_place(self):
        declared = {function.name for function in functions()}
        placed = [*PUBLIC, *INSIDE, *UNUSED]
        self.assertEqual(sorted(declared - set(placed)), [], "C# lacks these")
        self.assertEqual(sorted(set(placed) - declared), [], "these are no functions any more")
        self.assertEqual(len(placed), len(set(placed)), "named twice")

    def test_what_is_said_to_be_called_is_called(self):
        code = "\n".join(SOURCES.values())
        for name in [*PUBLIC, *INSIDE]:
            self.assertIn(f"C.{name}(", code, name)
        for name in UNUSED:
            self.assertNotIn(f"C.{name}(", code, name)

    def test_the_members_exist(self):
        for name, member in PUBLIC.items():
            self.assertIn(member, self.members, name)

    def test_every_option_has_a_property(self):
        for option in options():
            name = "ToolsJson" if option.name == "tools" else pascal(option.name)
            self.assertIn(f"LiveOptions.{name}", self.members)

    def test_every_event_has_a_class_with_every_field(self):
        for event in events():
            self.assertIn(pascal(event.name), self.members)
            for field in event.fields:
                owner = "LiveEvent" if field.name in IDS else pascal(event.name)
                self.assertIn(f"{owner}.{property_name(event, field)}", self.members, f"{field.name} of {event.name}")

    def test_every_number_has_a_name(self):
        kinds = {"gemlive_status_code": "GemliveStatus", "gemlive_session_state_code": "SessionState",
                 "gemlive_object_kind": "LiveObjectKind", "gemlive_event_type_code": "LiveEventType",
                 "gemlive_pixel_format": "PixelFormat", "gemlive_sample_format": "SampleFormat"}
        self.assertEqual(sorted(kinds), sorted(enum.name for enum in enums()))
        for enum in enums():
            for member, _ in enum.members:
                word = re.sub(r"^GEMLIVE_(ERROR|EVENT|SESSION|OBJECT|PIXEL_FORMAT|SAMPLE_FORMAT)?_?", "", member).lower()
                self.assertIn(f"{kinds[enum.name]}.{pascal(word)}", self.members)

    def test_documentation_is_filled_in(self):
        for name, member in self.members.items():
            self.assertGreater(len(" ".join(member.itertext()).split()), 0, name)


class GeneratedCode(unittest.TestCase):
    def test_no_callbacks_and_no_names_for_the_library(self):
        for path in NATIVE.iterdir():
            text = path.read_text()
            for word in ("delegate", "GetStringUTFChars", "NewStringUTF", '"gemlive_csharp"', "SWIGTYPE"):
                self.assertNotIn(word, text, path.name)

    def test_every_call_leaves_through_the_constant(self):
        text = (NATIVE / "gemlivePINVOKE.cs").read_text()
        self.assertEqual(text.count("DllImport("), text.count("DllImport(Library.Name, "))

    def test_the_library_can_be_linked_in(self):
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "Gemlive.dll"
            subprocess.run(["mcs", "-langversion:7.2", "-unsafe", "-nologo", "-target:library", "-d:GEMLIVE_LINKED_IN",
                            f"-out:{made}", *(str(path) for path in (ROOT / "bindings/csharp").rglob("*.cs")
                                              if path.parent.name != "bench")], check=True)
            self.assertIn(b"__Internal", made.read_bytes())
            self.assertNotIn(b"gemlive_csharp", made.read_bytes())

    def test_swig_stays_inside(self):
        for path in NATIVE.glob("*.cs"):
            self.assertNotRegex(path.read_text(), r"public\s+(static |unsafe |sealed |partial )*(class|struct|enum)")


if __name__ == "__main__":
    sys.exit(run_cases(sys.modules[__name__]))
