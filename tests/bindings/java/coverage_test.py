#!/usr/bin/env python3
"""What Java has of the library: every C function, option, event and field. And what its generated code must not have."""

import os
import re
import subprocess
import sys
import unittest
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bindings"))

from generator.api import camel, enums, events, functions, options, pascal  # noqa: E402
from generator.java import ENUMS, PREFIXES  # noqa: E402
from generator.java_events import OPTIONALS, TYPES, accessor, class_name, is_optional  # noqa: E402

JAVA = ROOT / "bindings/java"
GENERATED = JAVA / "generated"
WRITTEN = {path: path.read_text() for path in [*(JAVA / "src/main").rglob("*"), ROOT / "bindings/swig/samples.h"]
           if path.is_file()}
CLASSES = ROOT / "build/java/maven/classes"

# The public method through which a C function is reached; a class without a package is of dev.gemlive.
PUBLIC = {
    "gemlive_destroy_all": "Gemlive.destroyAll",
    "gemlive_event_audio_s16": "event.Audio.samples",
    "gemlive_event_bytes": "event.Media.data",
    "gemlive_event_channels": "event.Audio.channels",
    "gemlive_event_code": "event.ErrorEvent.status",
    "gemlive_event_connection": "event.LiveEvent.connection",
    "gemlive_event_json": "event.LiveEvent.json",
    "gemlive_event_request": "event.ReplyFailed.request",
    "gemlive_event_resumption_handle": "event.ResumptionUpdated.handle",
    "gemlive_event_seq": "event.LiveEvent.seq",
    "gemlive_event_server_message": "event.LiveEvent.serverMessage",
    "gemlive_event_time_ms": "event.LiveEvent.timeMs",
    "gemlive_event_turn": "event.TurnStarted.turn",
    "gemlive_event_type": "event.LiveEvent.type",
    "gemlive_event_utterance": "event.SpeechStarted.utterance",
    "gemlive_has_feature": "Gemlive.hasFeature",
    "gemlive_json_quote": "Gemlive.jsonQuote",
    "gemlive_live_object_count": "Gemlive.liveObjects",
    "gemlive_model_close": "LiveModel.finish",
    "gemlive_model_create": "LiveModel.create",
    "gemlive_model_destroy": "LiveModel.close",
    "gemlive_model_poll_event": "LiveModel.next",
    "gemlive_model_update_options": "LiveModel.updateOptions",
    "gemlive_model_update_options_json": "LiveModel.updateOptionsJson",
    "gemlive_model_wake": "LiveModel.wake",
    "gemlive_options_set_double": "LiveOptions$Builder.temperature",
    "gemlive_options_set_int": "LiveOptions$Builder.maxRetries",
    "gemlive_options_set_json": "LiveOptions$Builder.option",
    "gemlive_options_set_string_n": "LiveOptions$Builder.instructions",
    "gemlive_session_audio_stream_end": "LiveSession.audioStreamEnd",
    "gemlive_session_commit_audio": "LiveSession.commitAudio",
    "gemlive_session_clear_audio": "LiveSession.clearAudio",
    "gemlive_session_mute": "LiveSession.mute",
    "gemlive_session_close": "LiveSession.finish",
    "gemlive_session_close_json": "LiveSession.finishJson",
    "gemlive_session_create": "LiveModel.startSession",
    "gemlive_session_destroy": "LiveSession.close",
    "gemlive_session_end_user_activity": "LiveSession.endUserActivity",
    "gemlive_session_generate_reply": "LiveSession.generateReply",
    "gemlive_session_generate_reply_json": "LiveSession.generateReplyJson",
    "gemlive_session_generate_reply_n": "LiveSession.generateReply",
    "gemlive_session_get_capabilities": "LiveSession.getCapabilities",
    "gemlive_session_get_chat_context": "LiveSession.getChatContext",
    "gemlive_session_update_chat_context": "LiveSession.updateChatContext",
    "gemlive_session_get_open_calls": "LiveSession.getOpenCalls",
    "gemlive_session_truncate": "LiveSession.truncate",
    "gemlive_session_get_tools": "LiveSession.getTools",
    "gemlive_session_input_peak": "SessionAudio.inputPeak",
    "gemlive_session_input_rms": "SessionAudio.inputRms",
    "gemlive_session_interrupt": "LiveSession.interrupt",
    "gemlive_session_poll_event": "LiveSession.next",
    "gemlive_session_push_audio": "SessionAudio.pushPlanarAudio",
    "gemlive_session_push_audio_f32": "SessionAudio.pushAudio",
    "gemlive_session_push_audio_s16": "SessionAudio.pushAudio",
    "gemlive_session_push_image": "LiveSession.pushImage",
    "gemlive_session_push_video": "LiveSession.pushVideo",
    "gemlive_session_queued_audio_us": "SessionAudio.queuedAudioUs",
    "gemlive_session_read_audio_f32": "SessionAudio.readAudio",
    "gemlive_session_read_audio_s16": "SessionAudio.readAudio",
    "gemlive_session_save": "LiveSession.save",
    "gemlive_session_send_raw": "LiveSession.sendRaw",
    "gemlive_session_send_text_json": "LiveSession.sendTextJson",
    "gemlive_session_send_text_n": "LiveSession.sendText",
    "gemlive_session_set_input_format": "SessionAudio.setInputFormat",
    "gemlive_session_set_output_format": "SessionAudio.setOutputFormat",
    "gemlive_session_start_user_activity": "LiveSession.startUserActivity",
    "gemlive_session_state": "LiveSession.state",
    "gemlive_session_tool_response": "LiveSession.toolResponse",
    "gemlive_session_tool_response_json": "LiveSession.toolResponseJson",
    "gemlive_session_update_instructions_n": "LiveSession.updateInstructions",
    "gemlive_session_update_options": "LiveSession.updateOptions",
    "gemlive_session_update_options_json": "LiveSession.updateOptionsJson",
    "gemlive_session_update_tools": "LiveSession.updateTools",
    "gemlive_session_wake": "LiveSession.wake",
    "gemlive_session_write_audio_f32": "SessionAudio.writeAudio",
    "gemlive_session_write_audio_s16": "SessionAudio.writeAudio",
    "gemlive_shutdown": "Gemlive.awaitShutdown",
    "gemlive_version_number": "Gemlive.versionNumber",
    "gemlive_version_string": "Gemlive.version",
}

# Called, but behind no method of its own.
INSIDE = {
    "gemlive_event_field": "fills the fields of the event classes",
    "gemlive_event_field_double": "fills the fields of the event classes",
    "gemlive_event_field_int": "fills the fields of the event classes",
    "gemlive_event_has_field": "tells an absent text from an empty one",
    "gemlive_event_release": "the event is copied, and released before it is handed out",
    "gemlive_event_session": "finds the LiveSession of an event that a model hands out",
    "gemlive_last_error_message": "becomes the sentence of GemliveException",
    "gemlive_options_create": "options are a plain object, native for a moment",
    "gemlive_options_destroy": "options are a plain object, native for a moment",
}

# Not called at all.
UNUSED = {
    **{f"gemlive_event_{name}": "gemlive_event_field reads it" for name in (
        "text", "transcript", "is_final", "sample_rate", "offset_frames", "mime_type", "call", "name", "arguments", "call_at",
        "call_count", "cause", "close_reason", "reason", "message", "is_fatal", "is_retryable", "close_code", "http_status",
        "heard_ms", "generated_ms")},
    **{f"gemlive_options_set_{name}": "the _n and _json forms set every option" for name in (
        "string", "model", "api_key", "instructions", "voice", "tools")},
    "gemlive_options_from_json": "LiveOptions.fromJson, which sets one option after the other",
    "gemlive_event_retain": "events are copied",
    "gemlive_event_type_name": "the class says it",
    "gemlive_session_create_with_callback": "callbacks from native threads: events are taken from the queue",
    "gemlive_model_dispatch": "callbacks into Java code: LiveModel.dispatch polls instead",
    "gemlive_model_set_wakeup": "callbacks into Java code: a thread of the program waits in LiveModel.next",
    "gemlive_model_wait_handle": "a thread of the program waits in LiveModel.next",
    "gemlive_session_dispatch": "callbacks into Java code: the executor's task polls instead",
    "gemlive_session_send_text": "the _n form takes every text",
    "gemlive_session_update_instructions": "the _n form takes every text",
    "gemlive_session_set_user_data": "an object of Java is hung on an object of Java",
    "gemlive_session_set_wakeup": "waker.h calls it, for listeners",
    "gemlive_session_user_data": "an object of Java is hung on an object of Java",
    "gemlive_session_wait_handle": "one thread waits for all sessions, without descriptors",
    "gemlive_status_name": "the enum Status has the words",
}


@cache
def shown(level):
    """{"event.Text": what javap tells of it} for all classes outside of the internal package."""
    paths = [path for folder in ("dev/gemlive", "dev/gemlive/event") for path in (CLASSES / folder).glob("*.class")
             if path.stem != "package-info"]
    done = subprocess.run(["javap", f"-{level}", *paths], capture_output=True, text=True, check=True)
    texts = re.split(r'^Compiled from ".*"\n', done.stdout, flags=re.M)[1:]
    return {re.search(r"(?:class|interface) dev\.gemlive\.([\w.$]+)", text)[1]: text for text in texts}


@cache
def members(name):
    """{method: [what it gives, ...]} of a class as users see it."""
    found = {}
    for given, method in re.findall(r"^\s+public (.*?)(\w+)\(.*\).*;", shown("public")[name], re.M):
        found.setdefault(method, []).append(given.strip())
    return found


def called(name, code):
    """Through SWIG's methods, by the helpers in C, or by the macros for both kinds of samples."""
    audio = re.fullmatch(r"gemlive_session_(push|write|read)_audio_(s16|f32)", name)
    if audio:
        return f"PCM_C({audio[1]})(" in code and f"gemlive_session_##verb##_audio_{audio[2]}" in code
    return re.search(rf"\b{name}\b", code) is not None


def places(declared, placed):
    """(functions that have no place, places that are no functions)."""
    return sorted(declared - set(placed)), sorted(set(placed) - declared)


class Coverage(unittest.TestCase):
    maxDiff = None

    def test_every_c_function_has_its_place(self):
        declared = {function.name for function in functions()}
        placed = [*PUBLIC, *INSIDE, *UNUSED]
        self.assertEqual(places(declared, placed), ([], []), "Java lacks these; these are no functions any more")
        self.assertEqual(len(placed), len(set(placed)), "named twice")
        self.assertEqual(places(declared | {"gemlive_new"}, placed), (["gemlive_new"], []), "a new function is noticed")

    def test_what_is_said_to_be_called_is_called(self):
        code = "\n".join(WRITTEN.values())
        for name in [*PUBLIC, *INSIDE]:
            self.assertTrue(called(name, code), name)
        for name in UNUSED:
            self.assertFalse(called(name, code), name)

    def test_the_methods_exist(self):
        for name, method in PUBLIC.items():
            owner, found = method.rsplit(".", 1)
            self.assertIn(found, members(owner), name)

    def test_every_option_has_a_setter_that_gives_the_builder(self):
        found = members("LiveOptions$Builder")
        for option in options():
            self.assertIn(camel(option.name), found)

    def test_every_event_has_a_class_with_every_field(self):
        for event in events():
            found = members(f"event.{class_name(event)}")
            for field in event.fields:
                wanted = OPTIONALS[field.type] if is_optional(field) else TYPES[field.type]
                given = [re.sub(r"(java\.\w+\.)|(final )", "", type_) for type_ in found.get(accessor(field), [])]
                self.assertEqual(given, [wanted], f"{field.name} of {event.name}")

    def test_every_event_has_a_method_of_the_listener(self):
        found = members("LiveListener")
        for event in events():
            self.assertIn(f"on{pascal(event.name)}", found)
        self.assertIn("onEvent", found)
        self.assertIn("onUnknown", found)

    def test_every_number_has_a_name(self):
        java_of = {c_name: java for java, (c_name, _, _) in ENUMS.items()}
        for enum in enums():
            if enum.name == "gemlive_event_type_code":
                continue
            if enum.name in ("gemlive_pixel_format", "gemlive_sample_format"):
                name = pascal(enum.name.removeprefix("gemlive_"))
                text = (ROOT / f"bindings/java/src/main/java/dev/gemlive/{name}.java").read_text()
                for member, number in enum.members:
                    self.assertRegex(text, rf"    {member.removeprefix(enum.name.upper() + '_')}\({number}\b")
                continue
            text = (GENERATED / f"java/dev/gemlive/{java_of[enum.name]}.java").read_text()
            for member, number in enum.members:
                short = member.removeprefix("GEMLIVE_") if member == "GEMLIVE_OK" else \
                    member.removeprefix(PREFIXES[java_of[enum.name]])
                self.assertIn(f"    {short}({number}, \"{member}\")", text)

    def test_a_user_sees_no_native_name(self):
        """Neither in a name nor in a type: what is in dev.gemlive.internal stays there."""
        classes = shown("protected")
        self.assertGreater(len(classes), len(events()))
        for name, text in classes.items():
            if re.match(r"(public|protected) ", text):
                self.assertNotRegex(text, r"internal|Native|SWIG|swig|gemlive_", name)

    def test_the_documentation_is_sound(self):
        done = subprocess.run(["javadoc", "-quiet", "-Xdoclint:all,-missing", "-Werror", "-encoding", "UTF-8",
                               "-d", str(ROOT / "build/java/work/javadoc"), "-sourcepath",
                               f"{JAVA / 'src/main/java'}:{GENERATED / 'java'}", "-cp",
                               ":".join(map(str, (ROOT / "build/java/libs").glob("*.jar"))),
                               "dev.gemlive", "dev.gemlive.event"], capture_output=True, text=True,
                              env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


class GeneratedCode(unittest.TestCase):
    def test_texts_are_bytes_and_nothing_calls_back(self):
        for path in GENERATED.rglob("*"):
            if path.is_file():
                text = path.read_text()
                for word in ("delegate", "GetStringUTFChars", "NewStringUTF", "SWIGTYPE", "finalize", "CallVoidMethod"):
                    self.assertNotIn(word, text, path.name)

    def test_the_library_shows_jni_functions_only(self):
        library = next((ROOT / "build/java/native").glob("*/libgemlive_jni.so"))
        exported = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
        names = [line.split()[-1] for line in exported.splitlines()]
        self.assertEqual([name for name in names if not re.match(r"Java_dev_gemlive_|JNI_On(L|Unl)oad$", name)], [])
        self.assertIn("JNI_OnLoad", names)

    def test_each_bundled_library_is_loaded_behind_those_that_it_needs(self):
        names = next((ROOT / "build/java/native").glob("*/libraries.txt"))
        listed = [line for line in names.read_text().splitlines() if not line.startswith("spare ")]
        for place, name in enumerate(listed):
            dynamic = subprocess.run(["readelf", "-dW", names.parent / name], capture_output=True, text=True, check=True).stdout
            needed = set(re.findall(r"\(NEEDED\).*\[(.*?)\]", dynamic))
            self.assertEqual(needed & set(listed[place:]), set(), f"{name} is loaded before what it needs")

    def test_the_libraries_fit_large_pages(self):
        library = next((ROOT / "build/java/native").glob("*/libgemlive_jni.so"))
        segments = subprocess.run(["readelf", "-lW", library], capture_output=True, text=True, check=True).stdout
        alignments = {line.split()[-1] for line in segments.splitlines() if line.split()[:1] == ["LOAD"]}
        self.assertEqual(alignments, {"0x4000"})

    def test_no_folder_of_this_machine_is_in_the_sources(self):
        for path in GENERATED.rglob("*"):
            if path.is_file():
                self.assertNotRegex(path.read_text(), r"/(tmp|home|work|root)/", path.name)


if __name__ == "__main__":
    unittest.main()
