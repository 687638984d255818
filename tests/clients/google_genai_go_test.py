"""google.golang.org/genai, unchanged, talks to gemlive-emulator."""

from contract import CACHE, SdkClient, load_tests_of


class GoogleGenaiGo(SdkClient):
    name = "google-genai-go"
    tools = ("go",)
    command = [CACHE / name / "client"]


load_tests = load_tests_of(GoogleGenaiGo)
