#!/usr/bin/env python3
"""Says what a decoder has to find in recorded conversations, straight from their JSON: FOLDER/*.jsonl -> FOLDER/facts.json.

Turns are cut by position: a turn is everything after one message with turnComplete up to and including the next.
With --check nothing is written; the code is 1 if facts.json says something else.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ("generationComplete", "interrupted", "turnComplete")
USAGE = {"prompt": ("promptTokenCount",), "response": ("responseTokenCount", "candidatesTokenCount"),
         "thoughts": ("thoughtsTokenCount",), "tool_use_prompt": ("toolUsePromptTokenCount",), "total": ("totalTokenCount",)}


def camel(name):
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def get(value, *names):
    """A member by its camelCase name, in either spelling; None when it is not there."""
    for name in names:
        if value is None:
            return None
        value = next((item for key, item in value.items() if camel(key) == name), None)
    return value


def decode(text):
    text = text.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4))


class Turn:
    def __init__(self):
        self.flags, self.texts, self.thoughts, self.calls, self.code, self.results, self.usage = ([] for _ in range(7))
        self.chunks, self.mimes, self.pcm = [], [], b""
        self.transcripts = {"input": [], "output": []}
        self.finished = {"input": 0, "output": 0}
        self.any = False

    def add_content(self, content):
        in_message = 0
        for part in content.get("modelTurn", {}).get("parts", []):
            self.any = True
            if "inlineData" in part:
                data = decode(part["inlineData"].get("data", ""))
                mime = part["inlineData"].get("mimeType", "")
                self.pcm += data
                in_message += len(data)
                if mime not in self.mimes:
                    self.mimes.append(mime)
            elif "text" in part:
                (self.thoughts if part.get("thought") else self.texts).append(part["text"])
            elif "executableCode" in part:
                self.code.append({"language": part["executableCode"].get("language", ""),
                                  "code": part["executableCode"].get("code", "")})
            elif "codeExecutionResult" in part:
                self.results.append({"outcome": part["codeExecutionResult"].get("outcome", ""),
                                     "output": part["codeExecutionResult"].get("output", "")})
        if in_message:
            self.chunks.append(in_message)
        for side in ("input", "output"):
            piece = content.get(f"{side}Transcription", {})
            if piece.get("text"):
                self.transcripts[side].append(piece["text"])
            self.finished[side] += bool(piece.get("finished"))
            self.any |= bool(piece.get("text") or piece.get("finished"))
        self.flags += [flag for flag in FLAGS if content.get(flag)]

    def add(self, message):
        self.add_content(message.get("serverContent", {}))
        for call in message.get("toolCall", {}).get("functionCalls", []):
            self.any = True
            self.calls.append({"id": call.get("id"), "name": call["name"], "args": call.get("args", {})})
        if "usageMetadata" in message:
            usage = {key: next((message["usageMetadata"][name] for name in names if name in message["usageMetadata"]), 0)
                     for key, names in USAGE.items()}
            usage["alone"] = "serverContent" not in message
            self.usage.append(usage)

    def is_empty(self):
        return not (self.any or self.flags or self.usage)

    def facts(self, ended_by):
        facts = {
            "ended_by": ended_by, "flags_in_order": self.flags, "interrupted": "interrupted" in self.flags,
            "generation_complete": "generationComplete" in self.flags,
            "audio": {"messages": len(self.chunks), "chunk_bytes": self.chunks, "bytes": len(self.pcm),
                      "samples": len(self.pcm) // 2, "odd_byte": len(self.pcm) % 2,
                      "pcm_sha256": hashlib.sha256(self.pcm).hexdigest() if self.pcm else None,
                      "mime_types": self.mimes},
            "text": "".join(self.texts), "text_parts": self.texts, "thoughts": self.thoughts}
        for side in ("input", "output"):
            facts[f"{side}_transcript"] = "".join(self.transcripts[side])
            facts[f"{side}_fragments"] = len(self.transcripts[side])
            facts[f"{side}_finished_flags"] = self.finished[side]
        facts.update(function_calls=self.calls, executable_code=self.code, code_execution_results=self.results,
                     usage=self.usage)
        return facts


def turns_of(messages):
    turns, turn = [], Turn()
    for message in messages:
        turn.add(message)
        if message.get("serverContent", {}).get("turnComplete"):
            turns.append(turn.facts("turnComplete"))
            turn = Turn()
    if not turn.is_empty():
        turns.append(turn.facts("end of recording"))
    return turns


def client_facts(messages):
    kinds, texts, answers, audio, audio_messages = Counter(), [], [], b"", 0
    facts = {}
    for message in messages:
        kinds.update(camel(name) for name in message)
        setup = get(message, "setup")
        if setup is not None:
            facts["model"] = get(setup, "model")
            facts["response_modalities"] = get(setup, "generationConfig", "responseModalities")
        for content in get(message, "clientContent", "turns") or []:
            texts += [part["text"] for part in content.get("parts", []) if "text" in part]
        realtime = get(message, "realtimeInput") or {}
        if "text" in realtime:
            texts.append(realtime["text"])
        blobs = [get(realtime, "audio")] + (get(realtime, "mediaChunks") or [])
        for blob in blobs:
            if blob is not None and (get(blob, "mimeType") or "").startswith("audio/"):
                audio += decode(blob["data"])
                audio_messages += 1
        for answer in get(message, "toolResponse", "functionResponses") or []:
            answers.append({"id": answer.get("id"), "name": answer.get("name"), "response": answer.get("response")})
    facts.update(kinds=kinds, texts=texts, tool_responses=answers, audio_messages=audio_messages, audio_bytes=len(audio))
    if audio:
        facts["audio_sha256"] = hashlib.sha256(audio).hexdigest()
    return facts


def facts_of(lines):
    server = [line["json"] for line in lines if line["dir"] == "server"]
    client = [line["json"] for line in lines if line["dir"] == "client"]
    updates = [message["sessionResumptionUpdate"] for message in server if "sessionResumptionUpdate" in message]
    turns = turns_of(server)
    kinds = Counter(name for message in server for name in (message or {"(empty)": 0}))
    members = Counter(name for message in server for name in message.get("serverContent", {}))
    return {
        "server_messages": len(server), "client_messages": len(client),
        "empty_messages": sum(message == {} for message in server),
        "empty_server_content": sum(message.get("serverContent") == {} for message in server),
        "resumption_updates": len(updates), "resumption_handles": sum(bool(update.get("newHandle")) for update in updates),
        "session_ids": sum("sessionId" in message.get("setupComplete", {}) for message in server),
        "cancelled_call_ids": [name for message in server
                               for name in message.get("toolCallCancellation", {}).get("ids", [])],
        "voice_activity": [[message["voiceActivity"]["type"], message["voiceActivity"]["audioOffset"]]
                           for message in server if "voiceActivity" in message],
        "go_away": [message["goAway"].get("timeLeft") for message in server if "goAway" in message],
        "errors": sum("error" in message for message in server),
        "server_kinds": kinds, "server_content_members": members, "client": client_facts(client), "turns": turns,
        "totals": {
            "audio_messages": sum(turn["audio"]["messages"] for turn in turns),
            "audio_bytes": sum(turn["audio"]["bytes"] for turn in turns),
            "samples": sum(turn["audio"]["samples"] for turn in turns),
            "function_calls": sum(len(turn["function_calls"]) for turn in turns),
            "turns_completed": sum(turn["ended_by"] == "turnComplete" for turn in turns),
            "usage": {key: sum(usage[key] for turn in turns for usage in turn["usage"]) for key in USAGE}}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "tests" / "recordings")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    facts = {path.stem: facts_of([json.loads(line) for line in path.read_text().splitlines()])
             for path in sorted(arguments.folder.glob("*.jsonl"))}
    text = json.dumps(facts, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    target = arguments.folder / "facts.json"
    if not arguments.check:
        target.write_text(text)
        return 0
    if json.loads(target.read_text()) == json.loads(text):
        return 0
    print(f"{target} is not what {Path(__file__).name} finds in the recordings")
    return 1


if __name__ == "__main__":
    sys.exit(main())
