"""google.golang.org/genai, unchanged, talks to gemlive-emulator."""

from contract import CACHE, Client, load_tests_of


class GoogleGenaiGo(Client):
    name = "google-genai-go"
    tools = ("go",)
    command = [CACHE / name / "client"]


load_tests = load_tests_of(GoogleGenaiGo)
