"""@google/genai, unchanged, talks to gemlive-emulator."""

from contract import CACHE, HERE, SdkClient, load_tests_of


class GoogleGenaiNode(SdkClient):
    name = "google-genai-node"
    tools = ("node", "npm")
    may_be_missing = True
    command = ["node", HERE / "node" / "client.cjs"]
    extra_environment = {"NODE_PATH": str(CACHE / name / "node_modules")}


load_tests = load_tests_of(GoogleGenaiNode)
