"""Vertex without an access token: one is asked for, with the credentials of a service account, a user or a machine."""

import json
import subprocess
import tempfile
import unittest
from contextlib import contextmanager
from pathlib import Path

import heard
from harness import BIN, emulator, run


@contextmanager
def metadata_server():
    """An emulator without TLS; gives its host and port."""
    process = subprocess.Popen([BIN / "gemlive-emulator", "--quiet"], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    try:
        yield json.loads(process.stdout.readline())["listening"].split("://")[1].rstrip("/")
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


class GoogleCredentials(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        key = cls.folder / "key.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key],
                       check=True, timeout=60, capture_output=True)
        cls.key = key.read_text()

    def account(self, env, **changes):
        return {"type": "service_account", "client_email": "robot@shop.example", "private_key": self.key, "private_key_id": "1",
                "project_id": "shop", "token_uri": env["GOOGLE_GEMINI_BASE_URL"] + "/token", **changes}

    def talk(self, env, *arguments, **variables):
        script = self.folder / "script.jsonl"
        script.write_text('{"do": "wait", "event": {"event": "connected"}}\n{"do": "close"}\n')
        env = {name: value for name, value in env.items() if name != "GOOGLE_API_KEY"}
        env.update(GOOGLE_GENAI_USE_VERTEXAI="true", GOOGLE_VERTEX_BASE_URL=env["GOOGLE_GEMINI_BASE_URL"],
                   HOME=str(self.folder), **variables)
        return run([BIN / "gemlive-talk", "--json", "--script", script, *arguments], env)

    def file(self, content):
        path = self.folder / "credentials.json"
        path.write_text(json.dumps(content))
        return str(path)

    def assert_connects(self, result):
        code, out, err = result
        self.assertEqual(code, 0, f"{err}\n{out}")

    def assert_ends(self, result, status, *parts):
        code, out, err = result
        self.assertEqual(code, 3, f"{err}\n{out}")
        closed = heard.events_of(out)[-1]
        self.assertEqual(closed["code"], status, out)
        for part in parts:
            self.assertIn(part, closed["message"])

    def test_a_service_account(self):
        with emulator() as env:
            path = self.file(self.account(env))
            self.assert_connects(self.talk(env, GOOGLE_APPLICATION_CREDENTIALS=path))
            self.assert_connects(self.talk(env, "--option", "credentials=" + json.dumps(self.account(env))))

    def test_a_user_who_has_logged_in(self):
        with emulator() as env:
            folder = self.folder / ".config" / "gcloud"
            folder.mkdir(parents=True)
            (folder / "application_default_credentials.json").write_text(json.dumps({
                "type": "authorized_user", "client_id": "id", "client_secret": "client-secret", "refresh_token": "refresh",
                "quota_project_id": "payer", "token_uri": env["GOOGLE_GEMINI_BASE_URL"] + "/token"}))
            try:
                self.assert_connects(self.talk(env))
            finally:
                (folder / "application_default_credentials.json").unlink()
                folder.rmdir()

    def test_a_machine(self):
        with emulator() as env, metadata_server() as machine:
            self.assert_connects(self.talk(env, GCE_METADATA_HOST=machine, GOOGLE_CLOUD_PROJECT="shop"))

    def test_what_google_refuses_ends_the_session_with_its_words(self):
        with emulator() as env:
            path = self.file(self.account(env, client_email="invalid@shop.example"))
            self.assert_ends(self.talk(env, GOOGLE_APPLICATION_CREDENTIALS=path), "GEMLIVE_ERROR_AUTH", "invalid_grant",
                             "account not found")

    def test_a_token_server_that_is_not_there_is_tried_again(self):
        with emulator() as env:
            path = self.file(self.account(env, token_uri="https://127.0.0.1:1/token"))
            code, out, err = self.talk(env, "--option", "max_retries=2", GOOGLE_APPLICATION_CREDENTIALS=path)
            self.assertEqual(code, 3, f"{err}\n{out}")
            errors = [event for event in heard.events_of(out) if event["event"] == "error"]
            self.assertEqual([error["step"] for error in errors], ["credential"] * 3)
            self.assertEqual(errors[-1]["code"], "GEMLIVE_ERROR_NETWORK")

    def test_a_file_that_is_none_is_refused_at_once(self):
        with emulator() as env:
            for content, part in (({"type": "service_account"}, "client_email"), ({"type": "gdch_service_account"}, "gdch"),
                                  ([], "JSON object")):
                path = self.file(content)
                code, out, err = self.talk(env, GOOGLE_APPLICATION_CREDENTIALS=path, GOOGLE_CLOUD_PROJECT="shop")
                self.assertEqual(code, 2, f"{err}\n{out}")
                self.assertIn(part, err)
                self.assertIn(path, err)
            code, out, err = self.talk(env, GOOGLE_APPLICATION_CREDENTIALS="/nowhere.json", GOOGLE_CLOUD_PROJECT="shop")
            self.assertEqual(code, 2, f"{err}\n{out}")
            self.assertIn("/nowhere.json", err)


if __name__ == "__main__":
    unittest.main()
