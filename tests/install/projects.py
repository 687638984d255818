"""What the tests of installing share: an installed prefix, and users' projects that are built and run."""

import os
import re
import shlex
import subprocess
import tempfile
import unittest
from contextlib import ExitStack
from pathlib import Path

from harness import BUILD, ROOT, emulator, run

PROJECTS = Path(__file__).resolve().parent
# A user's programs: the one of README, and the one that shows the C++ layer.
PROGRAMS = {"C": ROOT / "examples/c/hello.c", "CXX": ROOT / "examples/cpp/blacksmith.cpp"}
COMPILERS = {"C": ["cc", "-std=c99"], "CXX": ["c++", "-std=c++17"]}
VERSION = re.search(r"^project\(gemlive VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(), re.M)[1]
BUILD_DEADLINE_S = 600  # the library, where no ccache has it


def environment():
    """A user's, who has set nothing up; what is compiled is shared with the other builds."""
    env = {name: value for name, value in os.environ.items()
           if not name.startswith(("CMAKE_", "PKG_CONFIG")) and name not in ("CFLAGS", "CXXFLAGS", "LDFLAGS",
                                                                             "LD_LIBRARY_PATH")}
    return dict(env, CCACHE_BASEDIR=str(ROOT), CCACHE_NOHASHDIR="true")


def done(command, env=None, deadline=120, **options):
    """What the command prints; all of it in the failure if it fails."""
    command = [str(part) for part in command]
    process = subprocess.run(command, env=env or environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=deadline, **options)
    if process.returncode != 0:
        raise AssertionError(f"{' '.join(command)} ended with code {process.returncode}\n{process.stdout[-8000:]}")
    return process.stdout


def install(*arguments, env=None):
    done(["cmake", "--install", BUILD, *arguments], env)


def compile_with_pkg_config(language, search_path, program):
    """The flags that it gives are all that compiling needs; where the library is at run time, its user has to say."""
    env = dict(environment(), PKG_CONFIG_PATH=str(search_path))
    flags = shlex.split(done(["pkg-config", "--cflags", "--libs", f"gemlive = {VERSION}"], env))
    folder, = shlex.split(done(["pkg-config", "--variable=libdir", "gemlive"], env))
    done([*COMPILERS[language], PROGRAMS[language], *flags, f"-Wl,-rpath,{folder}", "-o", program])


def configure(project, language, build, *arguments, env=None):
    return done(["cmake", "-G", "Ninja", "-S", PROJECTS / project, "-B", build, "-DCMAKE_BUILD_TYPE=Release",
                 f"-DLANGUAGE={language}", f"-DSOURCE={PROGRAMS[language]}", *arguments], env)


def build(folder):
    done(["cmake", "--build", folder, "--target", "game", "-j", "2"], deadline=BUILD_DEADLINE_S)


class Projects(unittest.TestCase):
    """Has folders that are gone afterwards, and an emulator for the programs to talk to."""

    @classmethod
    def setUpClass(cls):
        cls.stack = ExitStack()
        cls.addClassCleanup(cls.stack.close)
        cls.emulator = cls.stack.enter_context(emulator())

    @classmethod
    def folder(cls):
        """A new one, beside the builds of the presets: ccache knows a source by its path from the build."""
        (ROOT / "build").mkdir(exist_ok=True)
        return Path(cls.stack.enter_context(tempfile.TemporaryDirectory(prefix="install-", dir=ROOT / "build")))

    def converses(self, program, **more):
        """The program finds its library and has an answer."""
        env = {name: value for name, value in self.emulator.items() if name != "LD_LIBRARY_PATH"}
        code, out, err = run([program], dict(env, **more))
        self.assertEqual((code, err), (0, ""), out)
        self.assertRegex(out, r"\w+ \w+")
