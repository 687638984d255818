"""Holds one conversation with the RealtimeModel of livekit-plugins-google, without a LiveKit server, and prints
what came of it as JSON. Base URL, key and trusted CA come from the environment."""

import asyncio
import json
import os
import sys
import wave

from livekit import rtc
from livekit.agents import llm

try:
    from livekit.plugins.google.realtime import RealtimeModel
except ImportError:  # where it was before 1.3
    from livekit.plugins.google.beta.realtime import RealtimeModel

TURN_DEADLINE_S = 20
CHUNK_MS = 100
SPEED = 4


@llm.function_tool
async def get_weather(city: str) -> str:
    """The weather of a city."""
    return "sunny"


class Conversation:
    """A turn of the service may be several generations of the plugin; it is over when its usage is told."""

    def __init__(self):
        self.model = RealtimeModel(model=os.environ["LIVE_MODEL"])
        self.session = self.model.session()
        self.failure = asyncio.get_running_loop().create_future()
        self.readers = []
        self.session.on("generation_created", self.on_generation)
        self.session.on("input_audio_transcription_completed", self.on_transcript)
        self.session.on("metrics_collected", self.on_metrics)
        self.session.on("error", self.on_error)
        self.begin()

    def begin(self):
        self.said, self.heard, self.samples, self.calls = "", "", 0, []
        self.usage = asyncio.get_running_loop().create_future()

    def on_generation(self, generation):
        self.readers.append(asyncio.create_task(self.read_messages(generation.message_stream)))
        self.readers.append(asyncio.create_task(self.answer_calls(generation.function_stream)))

    def on_transcript(self, event):
        if event.is_final:
            self.heard += event.transcript

    def on_metrics(self, metrics):
        if metrics.total_tokens and not self.usage.done():  # 1.8.9 tells of a new connection in the same way
            self.usage.set_result(metrics.total_tokens)

    def on_error(self, event):
        if not self.failure.done():
            self.failure.set_result(event.error)

    async def read_messages(self, messages):
        async for message in messages:
            await asyncio.gather(self.read_text(message.text_stream), self.read_audio(message.audio_stream))

    async def read_text(self, stream):
        async for text in stream:
            self.said += text

    async def read_audio(self, stream):
        async for frame in stream:
            self.samples += frame.samples_per_channel

    async def answer_calls(self, calls):
        async for call in calls:
            arguments = json.loads(call.arguments)
            self.calls.append({"name": call.name, "args": arguments})
            context = self.session.chat_ctx.copy()
            context.items += [call, llm.FunctionCallOutput(name=call.name, call_id=call.call_id,
                                                           output=await get_weather(**arguments), is_error=False)]
            await self.session.update_chat_ctx(context)

    async def turn(self):
        done, _ = await asyncio.wait([self.usage, self.failure], timeout=TURN_DEADLINE_S,
                                     return_when=asyncio.FIRST_COMPLETED)
        if self.failure in done:
            raise self.failure.result()
        if not done:
            raise TimeoutError(f"no turn within {TURN_DEADLINE_S} s; so far: {self.said!r}")
        await asyncio.wait_for(asyncio.gather(*self.readers), TURN_DEADLINE_S)
        turn = {"said": self.said, "heard": self.heard, "audio_ms": self.samples // 24, "calls": self.calls,
                "tokens": self.usage.result()}
        self.readers.clear()
        self.begin()
        return turn

    async def ask(self, instructions):
        reply = self.session.generate_reply(instructions=instructions)
        return (await asyncio.gather(self.turn(), reply))[0]

    async def speak(self, path):
        with wave.open(path) as speech:
            rate = speech.getframerate()
            while chunk := speech.readframes(rate * CHUNK_MS // 1000):
                self.session.push_audio(rtc.AudioFrame(chunk, rate, 1, len(chunk) // 2))
                await asyncio.sleep(CHUNK_MS / 1000 / SPEED)

    async def handle(self, older=None):
        """The plugin tells of no new handle, so it is looked at."""
        async def look():
            while self.session._session_resumption_handle in (None, older):
                await asyncio.sleep(0.01)
            return self.session._session_resumption_handle
        return await asyncio.wait_for(look(), TURN_DEADLINE_S)


async def resumed_session(conversation):
    before = await conversation.handle()
    turns = [await conversation.ask("Say that my name is Ada.")]
    handle = await conversation.handle(older=before)
    await conversation.session.update_tools([get_weather])  # the plugin connects anew for them
    turns.append(await conversation.ask("Say what is my name."))
    return {"handle": handle, "turns": turns}


async def hold(name, conversation):
    if name == "refused":
        await asyncio.wait([conversation.failure], timeout=TURN_DEADLINE_S)
        failed = conversation.failure.done()
        return {"error": str(conversation.failure.result()) if failed else "it was not refused"}
    if name == "resumed-session":
        return await resumed_session(conversation)
    if name == "spoken-turn":
        return (await asyncio.gather(conversation.turn(), conversation.speak(os.environ["SPEECH_FILE"])))[0]
    if name == "tool-turn":
        await conversation.session.update_tools([get_weather])
        return await conversation.ask("Tell the weather in Paris.")
    return await conversation.ask("Say whether you sell swords.")


async def main():
    conversation = Conversation()
    result = await hold(sys.argv[1], conversation)
    await asyncio.wait_for(conversation.session.aclose(), TURN_DEADLINE_S)
    return result


print(json.dumps(asyncio.run(main())))
