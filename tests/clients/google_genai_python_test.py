"""google-genai for Python, unchanged, talks to gemlive-emulator."""

from contract import CACHE, HERE, SdkClient, load_tests_of


class GoogleGenaiPython(SdkClient):
    name = "google-genai-python"
    tools = ("python3",)
    command = [CACHE / name / "bin" / "python", HERE / "python" / "google_genai_client.py"]


load_tests = load_tests_of(GoogleGenaiPython)
