"""Holds one conversation with google-genai and prints what came of it as JSON. Base URL, key and trusted CA come
from the environment."""

import asyncio
import json
import os
import sys
import wave

from google import genai
from google.genai import types

TURN_DEADLINE_S = 20
CHUNK_MS = 100
SPEED = 4

MODEL = os.environ["LIVE_MODEL"]
CONFIG = {
    "response_modalities": ["AUDIO"],
    "input_audio_transcription": {},
    "output_audio_transcription": {},
    "session_resumption": {},
}
WEATHER = {"function_declarations": [{
    "name": "get_weather",
    "description": "The weather of a city.",
    "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}, "required": ["city"]},
}]}


async def receive_turn(session):
    """session.receive() ends with the turn; each call is answered."""
    said, heard, audio_bytes, calls, tokens = "", "", 0, [], 0
    async for message in session.receive():
        if message.usage_metadata:
            tokens = message.usage_metadata.total_token_count
        if message.tool_call:
            answers = []
            for call in message.tool_call.function_calls:
                calls.append({"name": call.name, "args": call.args})
                answers.append(types.FunctionResponse(id=call.id, name=call.name, response={"output": "sunny"}))
            await session.send_tool_response(function_responses=answers)
        content = message.server_content
        if not content:
            continue
        for part in (content.model_turn.parts or []) if content.model_turn else []:
            audio_bytes += len(part.inline_data.data) if part.inline_data else 0
        if content.input_transcription:
            heard += content.input_transcription.text or ""
        if content.output_transcription:
            said += content.output_transcription.text or ""
    return {"said": said, "heard": heard, "audio_ms": audio_bytes // 48, "calls": calls, "tokens": tokens}


async def receive_handle(session):
    """The one that comes after a turn has the turn in it."""
    async for message in session.receive():
        update = message.session_resumption_update
        if update and update.resumable and update.new_handle:
            return update.new_handle


async def ask(session, text):
    await session.send_client_content(turns={"role": "user", "parts": [{"text": text}]}, turn_complete=True)


async def speak(session, path):
    with wave.open(path) as speech:
        rate = speech.getframerate()
        while chunk := speech.readframes(rate * CHUNK_MS // 1000):
            await session.send_realtime_input(audio=types.Blob(data=chunk, mime_type=f"audio/pcm;rate={rate}"))
            await asyncio.sleep(CHUNK_MS / 1000 / SPEED)


async def refusal(live):
    try:
        async with live.connect(model=MODEL, config=CONFIG) as session:
            await ask(session, "Is anybody there?")
            await asyncio.wait_for(receive_turn(session), TURN_DEADLINE_S)
    except Exception as error:
        return {"error": str(error), "type": type(error).__name__}
    return {"error": "it was not refused"}


async def token_turn():
    """With a token for one session that fixes the temperature."""
    version = {"api_version": "v1alpha"}
    constraints = {"model": MODEL, "config": CONFIG | {"temperature": 0.5}}
    token = await genai.Client(http_options=version).aio.auth_tokens.create(
        config={"uses": 1, "live_connect_constraints": constraints, "lock_additional_fields": []})
    live = genai.Client(api_key=token.name, http_options=version).aio.live
    async with live.connect(model=MODEL, config=CONFIG) as session:
        await ask(session, "Do you sell swords?")
        turn = await asyncio.wait_for(receive_turn(session), TURN_DEADLINE_S)
    return {"turn": turn} | await refusal(live)


async def hold(name):
    if name == "token-turn":
        return await token_turn()
    live = genai.Client().aio.live
    if name == "refused":
        return await refusal(live)
    if name == "resumed-session":
        async with live.connect(model=MODEL, config=CONFIG) as session:
            await ask(session, "My name is Ada.")
            turns = [await asyncio.wait_for(receive_turn(session), TURN_DEADLINE_S)]
            handle = await asyncio.wait_for(receive_handle(session), TURN_DEADLINE_S)
        resumed = CONFIG | {"session_resumption": {"handle": handle}}
        async with live.connect(model=MODEL, config=resumed) as session:
            await ask(session, "What is my name?")
            turns.append(await asyncio.wait_for(receive_turn(session), TURN_DEADLINE_S))
        return {"handle": handle, "turns": turns}
    config = CONFIG | {"tools": [WEATHER]} if name == "tool-turn" else CONFIG
    async with live.connect(model=MODEL, config=config) as session:
        if name == "spoken-turn":
            speaking = asyncio.create_task(speak(session, os.environ["SPEECH_FILE"]))
            turn = await asyncio.wait_for(receive_turn(session), TURN_DEADLINE_S)
            await speaking
            return turn
        await ask(session, "How is the weather in Paris?" if name == "tool-turn" else "Do you sell swords?")
        return await asyncio.wait_for(receive_turn(session), TURN_DEADLINE_S)


print(json.dumps(asyncio.run(hold(sys.argv[1]))))
