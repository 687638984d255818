"""scripts/check_includes.py catches what breaks the arrows, and lets through what keeps them."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def check(files):
    """(exit code, messages) for a tree of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        done = subprocess.run([sys.executable, ROOT / "scripts/check_includes.py", "--root", folder],
                              capture_output=True, text=True)
        return done.returncode, done.stderr


class Includes(unittest.TestCase):
    def refused(self, path, include, reason):
        code, messages = check({path: f"#include <vector>\n{include}\n"})
        self.assertEqual(code, 1)
        self.assertIn(f"{path}:2: {include}: ", messages)
        self.assertIn(reason, messages)

    def accepted(self, path, include):
        code, messages = check({path: include + "\n"})
        self.assertEqual((code, messages), (0, ""))

    def test_a_module_sees_only_what_lies_below_it(self):
        self.refused("src/media/resampler.cpp", '#include "net/link.hpp"',
                     "net is not visible from media: media may include base")
        self.refused("src/base/clock.cpp", '#include "session/session.hpp"', "base may include no other module")
        self.refused("capi/session.cpp", '#include "net/link.hpp"',
                     "capi may include base, delivery, platform, session, settings")

    def test_the_emulator_shares_no_codec_with_the_client(self):
        self.refused("src/emulator/server/server.cpp", '#include "protocol/encode.hpp"', "emulator may include base")

    def test_the_emulators_folders_see_only_what_lies_below_them(self):
        self.refused("src/emulator/voice/hearing.cpp", '#include "conversation.hpp"',
                     "no such header is visible from voice: it may include service")
        self.refused("src/emulator/voice/hearing.cpp", '#include "service/profile.hpp"', "without their folder")
        self.assertIn("mouth is no folder of the emulator", check({"src/emulator/mouth/lips.cpp": ""})[1])

    def test_beast_stays_in_net_and_emulator(self):
        self.refused("src/session/session.cpp", "#include <boost/beast/core.hpp>", "Beast is allowed in emulator, net only")
        self.accepted("src/net/read.cpp", "#include <boost/beast/core.hpp>")

    def test_no_asio_in_protocol_and_no_json_in_media(self):
        self.refused("src/protocol/decode.cpp", "#include <boost/asio.hpp>", "Asio is allowed in")
        self.refused("src/media/video.cpp", "#include <nlohmann/json.hpp>", "nlohmann/json is allowed in")

    def test_programs_and_examples_see_the_public_headers_only(self):
        self.refused("examples/talk/main.cpp", '#include "session/session.hpp"', "examples may include no other module")
        self.refused("src/session/session.cpp", "#include <gemlive/gemlive.h>", "include/gemlive is allowed in")
        self.accepted("examples/talk/main.cpp", "#include <gemlive/gemlive.h>")

    def test_no_way_around_the_include_roots(self):
        self.refused("src/media/video.cpp", '#include "../../net/include/net/link.hpp"', "a path upwards")

    def test_a_new_library_is_asked_about(self):
        self.refused("src/net/read.cpp", "#include <curl/curl.h>", "unknown header")

    def test_what_the_arrows_allow_passes(self):
        self.accepted("src/session/session.cpp", '#include "net/link.hpp"\n#include <condition_variable>')

    def test_platform_alone_knows_the_system(self):
        for header in ("sys/socket.h", "unistd.h", "pthread.h", "csignal"):
            self.refused("src/net/dial.cpp", f"#include <{header}>", "a system's header is allowed in")
            self.accepted("src/platform/socket.cpp", f"#include <{header}>")
        for line in ("#ifdef __linux__", "#if defined(_WIN32)", "#elif defined(__APPLE__) && x"):
            code, messages = check({"src/net/dial.cpp": line + "\n"})
            self.assertEqual(code, 1)
            self.assertIn("only src/platform/ knows which system it is on", messages)
            self.accepted("src/platform/thread.cpp", line)

    def test_options_are_read_by_name_in_settings_only(self):
        line = 'start(shared_->options.integer("stall_timeout_ms"));'
        code, messages = check({"src/session/session.cpp": line + "\n"})
        self.assertEqual(code, 1)
        self.assertIn("stall_timeout_ms: an option is read as a member of settings::Settings", messages)
        self.accepted("src/settings/settings.cpp", line)

    def test_a_tree_without_sources_fails(self):
        self.assertEqual(check({"README.md": ""})[0], 1)


if __name__ == "__main__":
    unittest.main()
