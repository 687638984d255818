"""livekit-plugins-google 1.2.6, unchanged, talks to gemlive-emulator."""

from contract import CACHE, HERE, Client, load_tests_of


class Livekit126(Client):
    name = "livekit-1.2.6"
    tools = ("python3",)
    command = [CACHE / name / "bin" / "python", HERE / "python" / "livekit_client.py"]
    scenarios = HERE / "scenarios" / "livekit"
    model = "gemini-2.0-flash-live-001"  # its default


load_tests = load_tests_of(Livekit126)
