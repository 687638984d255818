"""@google/genai, unchanged, talks to gemlive-emulator."""

from contract import CACHE, HERE, Client, load_tests_of


class GoogleGenaiNode(Client):
    name = "google-genai-node"
    tools = ("node", "npm")
    may_be_missing = True
    command = ["node", HERE / "node" / "client.cjs"]
    extra_environment = {"NODE_PATH": str(CACHE / name / "node_modules")}


load_tests = load_tests_of(GoogleGenaiNode)
