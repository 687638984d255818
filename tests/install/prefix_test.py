"""What `cmake --install` leaves works from any prefix: the programs, CMake's find_package and pkg-config."""

import os
import re
import unittest

from harness import BUILD, ROOT, emulator, run
from projects import PROGRAMS, VERSION, Projects, build, compile_with_pkg_config, configure, done, environment, install

PROGRAMS_IN_BIN = {"bin/gemlive-emulator", "bin/gemlive-say", "bin/gemlive-talk"}


def files(prefix):
    return sorted(str(path.relative_to(prefix)) for path in prefix.rglob("*") if not path.is_dir())


class Prefix(Projects):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Installed in one place, then moved to another, with a blank in its name: nothing may know where it was.
        folder = cls.folder()
        cls.first, cls.prefix = folder / "first", folder / "moved to here"
        install("--prefix", cls.first)
        cls.first.rename(cls.prefix)

    def test_the_programs_hold_a_conversation(self):
        programs, question = self.prefix / "bin", self.folder() / "question.wav"
        done([programs / "gemlive-say", "--after", "1500", "Do you sell swords?", question])
        with emulator(program=programs / "gemlive-emulator") as env:
            code, out, err = run([programs / "gemlive-talk", "--in", question], env)
        self.assertEqual((code, err), (0, ""), out)
        self.assertRegex(out, r"(?m)^you .* of speech")
        self.assertRegex(out, r"(?m)^model +\w+")

    def test_cmake_finds_it_for_a_project_of_either_language(self):
        for language in PROGRAMS:
            with self.subTest(language=language):
                folder = self.folder()
                said = configure("find_package", language, folder, f"-DCMAKE_PREFIX_PATH={self.prefix}")
                self.assertIn(f"gemlive_VERSION {VERSION}\n", said)
                build(folder)
                self.converses(folder / "game")

    def test_cmake_refuses_another_version(self):
        major, minor, patch = map(int, VERSION.split("."))
        fit = [f"{major}.{minor}", VERSION]
        other = ["99", f"{major + 1}", f"{major}.{minor + 1}", f"{major}.{minor}.{patch + 1}"]
        said = done(["cmake", "-G", "Ninja", "-S", ROOT / "tests/install/version", "-B", self.folder(),
                     f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DVERSIONS={';'.join(fit + other)}"])
        self.assertEqual(re.findall(r"^-- (\S+): (yes|no)$", said, re.M),
                         [(version, "yes") for version in fit] + [(version, "no") for version in other]
                         + [("component", "no")])

    def test_pkg_config_finds_it_installed_and_in_the_build_tree(self):
        for place in (self.prefix, BUILD):
            for language in PROGRAMS:
                with self.subTest(place=place, language=language):
                    program = self.folder() / "game"
                    compile_with_pkg_config(language, place / "lib/pkgconfig", program)
                    self.converses(program)

    def test_everything_is_there(self):
        installed = files(self.prefix)
        expected = {f"include/{path.relative_to(ROOT / 'include')}" for path in (ROOT / "include").rglob("*.h*")}
        expected |= {f"share/doc/gemlive/{path.relative_to(ROOT / 'docs')}" for path in (ROOT / "docs").rglob("*.md")}
        expected |= {*PROGRAMS_IN_BIN, "lib/libgemlive.so", "lib/libgemlive.so.0", f"lib/libgemlive.so.{VERSION}",
                     "lib/pkgconfig/gemlive.pc", "lib/cmake/gemlive/gemlive-config.cmake",
                     "lib/cmake/gemlive/gemlive-config-version.cmake", "lib/cmake/gemlive/gemlive-targets.cmake",
                     "share/doc/gemlive/LICENSE", "share/doc/gemlive/CHANGELOG.md",
                     "share/doc/gemlive/third-party/nlohmann-json.txt"}
        expected |= {f"share/doc/gemlive/third-party/{notice}.txt" for notice, source in
                     (("simdutf", "simdutf"), ("webrtc-vad", "vad")) if (ROOT / ".cache" / source / "LICENSE").exists()}
        self.assertEqual({name for name in installed if not re.search(r"gemlive-targets-\w+\.cmake$", name)}, expected)
        self.assertEqual(os.readlink(self.prefix / "lib/libgemlive.so"), "libgemlive.so.0")
        self.assertEqual(os.readlink(self.prefix / "lib/libgemlive.so.0"), f"libgemlive.so.{VERSION}")

    @unittest.skipUnless((ROOT / ".cache/vad/LICENSE").exists(), "built without the voice detector")
    def test_the_notices_of_what_is_linked_in_are_installed(self):
        notice = (self.prefix / "share/doc/gemlive/third-party/webrtc-vad.txt").read_text()
        self.assertIn("The WebRTC project authors. All rights reserved.", notice)
        self.assertIn("Redistributions in binary form must reproduce the above copyright", notice)

    def test_nothing_knows_where_it_was_built_or_installed(self):
        for name in files(self.prefix):
            if name.startswith("lib/pkgconfig/") or name.endswith(".cmake"):
                text = (self.prefix / name).read_text()
                self.assertNotIn(str(ROOT), text, name)
        run_paths = {path: re.findall(r"R(?:UN)?PATH\).*\[(.*)\]", done(["readelf", "-d", self.prefix / path]))
                     for path in (*PROGRAMS_IN_BIN, "lib/libgemlive.so")}
        self.assertEqual({path: found for path, found in run_paths.items() if found},
                         {"bin/gemlive-talk": ["$ORIGIN/../lib"]})

    def test_a_stage_of_stripped_files_works(self):
        stage = self.folder()
        install("--strip", env=dict(environment(), DESTDIR=str(stage)))
        program, = stage.rglob("bin/gemlive-talk")
        self.assertNotIn(".symtab", done(["readelf", "-SW", program]))
        done([program, "--version"])

    def test_a_package_may_take_a_part(self):
        parts = {"gemlive-library": r"lib/libgemlive\.so\.\S+|share/doc/gemlive/(LICENSE|third-party/[\w-]+\.txt)",
                 "gemlive-development": r"(include|lib/cmake|lib/pkgconfig)/\S+|lib/libgemlive\.so|share/doc/\S+\.md",
                 "gemlive-programs": r"bin/\S+"}
        together = []
        for part, names in parts.items():
            prefix = self.folder()
            install("--prefix", prefix, "--component", part)
            for name in files(prefix):
                self.assertRegex(name, f"^({names})$", part)
            together += files(prefix)
        self.assertEqual(sorted(together), files(self.prefix))


if __name__ == "__main__":
    unittest.main()
