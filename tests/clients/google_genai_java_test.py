"""com.google.genai for Java, unchanged, talks to gemlive-emulator."""

from contract import CACHE, SdkClient, load_tests_of


class GoogleGenaiJava(SdkClient):
    name = "google-genai-java"
    tools = ("java", "javac", "mvn")
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{CACHE / name}/classes:{CACHE / name}/libs/*", "Client"]
    tells_refusals = False


load_tests = load_tests_of(GoogleGenaiJava)
