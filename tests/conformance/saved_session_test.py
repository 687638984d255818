"""A session that is saved goes on in another process: resumed by a server that knows its handle, told what was said by one
that does not. The key is not in what is saved."""

import json
import tempfile
import unittest
from pathlib import Path

import heard
from harness import BIN, emulator, run

ANSWERS = [
    {"on": {"text": "sword"}, "do": [{"text": "Forty coins."}]},
    {"on": {"text": "twice"}, "do": [{"text": "I said forty."}]},
]
HEARS = {"on": {"content": "sword"}, "do": [{"raw": {"message": {"emulatorHeard": "the question"}}}]}


def asking(text, *before):
    return [*before, {"do": "send_text", "text": text}, {"do": "wait", "event": {"event": "turn_metrics"}},
            {"do": "wait", "event": {"event": "resumption_updated", "resumable": True}}, {"do": "save"}, {"do": "close"}]


class SavedSession(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def server(self, rules):
        path = self.folder / "server.json"
        path.write_text(json.dumps({"emulator": {"default": "silent"}, "server": rules}))
        return emulator("--scenario", path)

    def talk(self, env, commands, *arguments):
        script = self.folder / "script.jsonl"
        script.write_text("".join(json.dumps(command) + "\n" for command in commands))
        code, out, err = run([BIN / "gemlive-talk", "--json", "--script", script, *arguments], env)
        self.assertEqual(code, 0, f"{err}\n{out}")
        lines = [json.loads(line) for line in out.splitlines()]
        saved = [line["saved"] for line in lines if line.get("result") == "save"]
        path = self.folder / "saved.json"
        path.write_text(json.dumps(saved[-1]))
        return heard.events_of(out), saved[-1], path

    def test_goes_on_in_another_process(self):
        with self.server(ANSWERS) as env:
            _, saved, path = self.talk(env, asking("How much is the sword?"), "--voice", "Kore")
            self.assertNotIn("test-key", json.dumps(saved))
            self.assertNotIn(env["GOOGLE_GEMINI_BASE_URL"], json.dumps(saved))
            self.assertEqual(saved["voice"], "Kore")

            events, again, path = self.talk(env, asking("Say that twice."), "--load", path)
            connected = [event for event in events if event["event"] == "connected"]
            self.assertEqual([event["restored"] for event in connected], ["resumed"])
            self.assertEqual([item["content"] for item in again["chat_context"]],
                             [["How much is the sword?"], ["Forty coins."], ["Say that twice."], ["I said forty."]])
            self.assertNotEqual(again["session_resumption"]["handle"], saved["session_resumption"]["handle"])

        with self.server([HEARS, *ANSWERS]) as env:  # which has never heard of that handle
            told = {"do": "wait", "event": {"event": "server_message", "raw": {"emulatorHeard": "the question"}}}
            events, _, _ = self.talk(env, asking("Say that twice.", told), "--load", path)
            connected = [event for event in events if event["event"] == "connected"]
            self.assertEqual([event["restored"] for event in connected], ["reseeded"])

    def test_other_file_is_refused(self):
        path = self.folder / "other.json"
        for text, why in (("[]", "what the command save gave"), ('{"voice": "Kore"}', "what the command save gave"),
                          ('{"saved": "gemlive-2"}', "gemlive-1"),
                          ('{"saved": "gemlive-1", "chat_context": 7}', "chat_context")):
            path.write_text(text)
            code, out, err = run([BIN / "gemlive-talk", "--json", "--load", path], {"GOOGLE_API_KEY": "test-key"})
            self.assertEqual(code, 2, f"{text}: {err}\n{out}")
            self.assertIn(why, err)


if __name__ == "__main__":
    unittest.main()
