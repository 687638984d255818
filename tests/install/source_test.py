"""A project that has the library's source in it, in the two ways of CMake, builds the library and nothing else of it."""

import json
import unittest

from harness import ROOT
from projects import PROGRAMS, Projects, build, compile_with_pkg_config, configure, done

ADD_SUBDIRECTORY = f"-DGEMLIVE_SOURCE={ROOT}"
FETCH_CONTENT = f"-DFETCHCONTENT_SOURCE_DIR_GEMLIVE={ROOT}"


class Source(Projects):
    def builds_and_runs(self, way, language, *arguments):
        folder = self.folder()
        configure(way, language, folder, *arguments)
        build(folder)
        self.converses(folder / "game")
        return folder

    def test_a_project_in_cpp_adds_its_folder(self):
        self.builds_and_runs("add_subdirectory", "CXX", ADD_SUBDIRECTORY)

    def test_a_project_in_c_fetches_it(self):
        self.builds_and_runs("fetch_content", "C", FETCH_CONTENT)

    def test_a_project_in_cpp_fetches_it(self):
        self.builds_and_runs("fetch_content", "CXX", FETCH_CONTENT)

    def test_a_project_in_c_adds_its_folder_and_installs_it_too(self):
        prefix, libraries = self.folder(), f"lib/{done(['cc', '-dumpmachine']).strip()}"
        folder = self.builds_and_runs("add_subdirectory", "C", ADD_SUBDIRECTORY, "-DGEMLIVE_INSTALL=ON",
                                      f"-DCMAKE_INSTALL_LIBDIR={libraries}")
        done(["cmake", "--install", folder, "--prefix", prefix])
        self.assertFalse((prefix / "bin").exists())
        user = self.folder()
        configure("find_package", "C", user, f"-DCMAKE_PREFIX_PATH={prefix}")
        build(user)
        self.converses(user / "game")
        compile_with_pkg_config("C", prefix / libraries / "pkgconfig", user / "another_game")
        self.converses(user / "another_game")

    def test_where_the_project_builds_and_its_launcher_are_heeded(self):
        folder = self.folder()
        configure("add_subdirectory", "CXX", folder, ADD_SUBDIRECTORY, f"-DCMAKE_LIBRARY_OUTPUT_DIRECTORY={folder}/all",
                  "-DCMAKE_CXX_COMPILER_LAUNCHER=env",
                  "-DEXPECTED=CMAKE_LIBRARY_OUTPUT_DIRECTORY;CMAKE_CXX_COMPILER_LAUNCHER")
        commands = done(["ninja", "-C", folder, "-t", "commands", "gemlive"])
        self.assertRegex(commands, r"-o all/libgemlive\.so")
        self.assertRegex(commands, r"(?m)^\S*env \S+ .*/capi/session\.cpp$")

    def test_what_it_asks_of_its_own_code_is_not_asked_of_the_library(self):
        folder = self.folder()
        configure("add_subdirectory", "CXX", folder, ADD_SUBDIRECTORY, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
                  "-DCMAKE_CXX_FLAGS=-Werror -Wconversion -fno-exceptions -fno-rtti")
        entries = json.loads((folder / "compile_commands.json").read_text())
        ours = [entry for entry in entries if entry["file"] != str(PROGRAMS["CXX"])]
        self.assertGreater(len(ours), 50)
        for entry in ours:
            flags = entry["command"].split()
            self.assertIn("-w", flags)
            if entry["file"].endswith(".c"):
                continue  # a fetched library's; C has neither
            for flag in ("exceptions", "rtti"):
                self.assertGreater(flags.index(f"-f{flag}"), flags.index(f"-fno-{flag}"), entry["file"])


if __name__ == "__main__":
    unittest.main()
