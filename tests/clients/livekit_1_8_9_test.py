"""livekit-plugins-google 1.8.9, unchanged, talks to gemlive-emulator."""

from contract import CACHE, HERE, Client, load_tests_of


class Livekit189(Client):
    name = "livekit-1.8.9"
    tools = ("python3",)
    command = [CACHE / name / "bin" / "python", HERE / "python" / "livekit_client.py"]
    scenarios = HERE / "scenarios" / "livekit"


load_tests = load_tests_of(Livekit189)
