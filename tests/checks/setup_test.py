"""scripts/setup.sh installs what is missing and nothing else, and says in a sentence what it cannot do, before anything is built.

It runs in a folder of its own, with a PATH that has only what a test puts there: apt and the tools are programs of a few lines.
"""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PLAIN_TOOLS = ("bash", "cat", "dirname", "env", "find", "flock", "grep", "head", "mkdir", "mktemp", "rm", "sed", "sh", "sleep",
               "sort", "tail", "timeout", "touch")

DPKG_QUERY = """for name; do :; done
cat "$STATE/installed/$name" 2>/dev/null"""
APT_CACHE = """[ "$1" = policy ] || exit 0  # "show" finds what was removed, too
printf '%s:\\n  Installed: (none)\\n  Candidate: %s\\n' "$2" "$(cat "$STATE/candidates/$2" 2>/dev/null || echo '(none)')" """
APT_GET = """echo "$*" >>"$STATE/apt-get.log"
case "$*" in
*update*) kind=update ;;
*download-only*) kind=download ;;
*) kind=install ;;
esac
if [ -s "$STATE/fail-$kind" ]; then  # as often as it has lines
    sed -i 1d "$STATE/fail-$kind"
    echo "E: Failed to fetch this"
    exit 100
fi
[ $kind = install ] || exit 0
for name; do
    if [ -e "$STATE/candidates/$name" ]; then echo installed >"$STATE/installed/$name"; fi
done"""

BUILD = ("g++ cmake ninja-build pkg-config ccache python3 python3-venv git ca-certificates libboost1.81-dev libssl-dev nlohmann-json3-dev "
         "libsimdjson-dev libsamplerate0-dev libturbojpeg0-dev libyuv-dev libpng-dev flite1-dev libwebrtc-audio-processing-dev libsndfile1-dev "
         "libgtest-dev libgmock-dev").split()
TEST = ["clang", "swig", "libclang-rt-14-dev"]


class Setup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("bin", "installed", "candidates", ".cache"):
            (self.root / name).mkdir()
        shutil.copytree(SCRIPTS, self.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("simdutf", "vad"):
            (self.root / ".cache" / f"no-{name}").touch()  # it was not there a moment ago, so it is not looked for
        for name in PLAIN_TOOLS:
            (self.root / "bin" / name).symlink_to(shutil.which(name))
        for name in BUILD + TEST:
            self.has_package(name)
        self.program("id", "echo 0")
        self.program("dpkg-query", DPKG_QUERY)
        self.program("apt-cache", APT_CACHE)
        self.program("apt-get", APT_GET)
        self.program("clang", "echo 14.0.6")
        self.program("cmake", "echo cmake version 3.25.1")
        self.program("python3", "echo Python 3.11.2")
        self.compiler(gcc="12 . 2")

    def program(self, name, text):
        path = self.root / "bin" / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def compiler(self, gcc, clang="__clang_major__ . __clang_minor__"):
        self.program("c++", f"echo 'clang={clang} gcc={gcc}'")

    def has_package(self, name, status="installed"):
        (self.root / "installed" / name).write_text(status + "\n")

    def offers(self, *names, version="1.0"):
        for name in names:
            (self.root / "candidates" / name).write_text(version)

    def lacks(self, *names):
        for name in names:
            (self.root / "installed" / name).unlink()

    def fails(self, kind, times):
        (self.root / f"fail-{kind}").write_text("once more\n" * times)

    def setup(self, *sets):
        """(code, what it said)"""
        done = subprocess.run([self.root / "scripts/setup.sh", *sets], capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL, start_new_session=True,
                              env={"PATH": str(self.root / "bin"), "STATE": str(self.root), "RETRY_PAUSE_S": "0"})
        self.assertEqual(done.stdout, "")
        return done.returncode, done.stderr

    def apt_calls(self):
        log = self.root / "apt-get.log"
        return log.read_text().splitlines() if log.exists() else []

    def installs(self):
        """The packages that were installed, by the last call of apt-get."""
        calls = [call for call in self.apt_calls() if " install " in call and "download-only" not in call]
        return [word for word in calls[-1].split("--no-install-recommends ")[1].split()] if calls else []

    def check_sentence(self, said, *words):
        self.assertEqual(len(said.strip().splitlines()), 1, said)
        for word in words:
            self.assertIn(word, said)

    # ---- What is missing ----

    def test_says_and_does_nothing_when_all_is_there(self):
        self.assertEqual(self.setup("build", "test"), (0, ""))
        self.assertEqual(self.apt_calls(), [])

    def test_a_package_that_dpkg_knows_as_not_installed_is_missing(self):
        for status in ("not-installed", "config-files", "half-installed"):
            with self.subTest(status):
                self.has_package("libclang-rt-14-dev", status)
                self.offers("libclang-rt-14-dev")
                self.assertEqual(self.setup("build", "test"), (0, "setup: installing libclang-rt-14-dev\n"))
                self.assertEqual(self.installs(), ["libclang-rt-14-dev"])

    def test_of_alternatives_the_first_that_can_be_installed_is(self):
        self.lacks("libboost1.81-dev")
        self.offers("libboost1.83-dev")  # 1.81 is known to apt-cache show, as one that was removed
        self.assertEqual(self.setup("build")[0], 0)
        self.assertEqual(self.installs(), ["libboost1.83-dev"])

    def test_what_the_system_does_not_offer_is_named(self):
        self.lacks("libboost1.81-dev")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "libboost1.81-dev, libboost1.83-dev", "Debian 12")

    def test_an_old_jdk_is_not_taken_for_a_jdk(self):
        self.program("javac", "echo javac 1.8.0_392 >&2")
        self.program("mvn", "printf '\\033[1mApache Maven 3.8.7\\033[m\\n'")
        self.offers("default-jdk-headless")
        code, said = self.setup("java")
        self.assertEqual(self.installs(), ["default-jdk-headless"])
        self.assertEqual(code, 1)  # the old one still comes first
        self.assertIn("javac in PATH is 1.8.0", said)

    def test_java_needs_nothing_when_it_is_there(self):
        self.program("javac", "echo 'Picked up JAVA_TOOL_OPTIONS: -Xmx8g' >&2; echo javac 17.0.15")
        self.program("mvn", "printf '\\033[1mApache Maven 3.8.7\\033[m\\n'")
        self.assertEqual(self.setup("java"), (0, ""))

    def test_an_old_go_is_not_taken_for_a_go(self):
        self.program("go", "echo go1.19.8")
        self.offers("golang-go", version="2:1.19~1")
        code, said = self.setup("go")
        self.assertEqual(code, 3)
        self.check_sentence(said, "no Go 1.24", "go.dev")
        self.assertEqual(self.apt_calls(), [])

    def test_a_new_go_is_installed_where_it_is_packaged(self):
        self.offers("golang-go", version="2:1.24~2")
        self.setup("go")
        self.assertEqual(self.installs(), ["golang-go"])

    def test_a_new_go_is_enough(self):
        self.program("go", "echo go1.26.8")
        self.assertEqual(self.setup("go"), (0, ""))

    # ---- What cannot be done ----

    def test_without_root_and_sudo_it_says_what_root_has_to_do(self):
        self.program("id", "echo 1000")
        self.lacks("ninja-build", "libboost1.81-dev")
        self.offers("ninja-build", "libboost1.81-dev")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "root", "apt-get install ninja-build libboost1.81-dev")
        self.assertEqual(self.apt_calls(), [])

    def test_a_sudo_that_refuses_is_none(self):
        self.program("id", "echo 1000")
        self.program("sudo", "exit 1")
        self.lacks("ninja-build")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "sudo does not work", "apt-get install ninja-build")

    def test_sudo_is_used_by_who_is_not_root(self):
        self.program("id", "echo 1000")
        self.program("sudo", "[ \"$1\" = -n ] && exit 0\nexec \"$@\"")
        self.lacks("ninja-build")
        self.offers("ninja-build")
        self.assertEqual(self.setup("build")[0], 0)
        self.assertEqual(self.installs(), ["ninja-build"])

    def test_who_is_not_root_needs_no_sudo_when_all_is_there(self):
        self.program("id", "echo 1000")
        self.assertEqual(self.setup("build", "test"), (0, ""))

    def test_without_network_it_says_so(self):
        self.lacks("ninja-build")
        self.fails("update", 3)
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "cannot reach its package sources", "connect this machine", "Failed to fetch")

    def test_without_network_and_with_old_lists_it_says_so(self):
        self.lacks("ninja-build")
        self.offers("ninja-build")
        self.fails("update", 3)
        self.fails("download", 3)
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said.replace("setup: installing ninja-build\n", ""), "cannot reach its package sources")

    def test_one_source_out_of_reach_is_no_reason_to_end(self):
        self.lacks("ninja-build")
        self.offers("ninja-build")
        self.fails("update", 3)
        self.assertEqual(self.setup("build")[0], 0)
        self.assertEqual(self.installs(), ["ninja-build"])

    def test_a_fetch_that_fails_twice_is_tried_again(self):
        self.lacks("ninja-build")
        self.offers("ninja-build")
        self.fails("update", 2)
        self.fails("download", 2)
        self.assertEqual(self.setup("build"), (0, "setup: installing ninja-build\n"))
        self.assertEqual(self.installs(), ["ninja-build"])

    def test_without_apt_it_names_what_to_install(self):
        (self.root / "bin/apt-get").unlink()
        self.lacks("ninja-build")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "no apt-get", "ninja-build")

    def test_an_old_compiler_is_refused_before_anything_is_installed(self):
        self.compiler(gcc="10 . 2")
        self.lacks("ninja-build")
        self.offers("ninja-build")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "GCC 10.2", "GCC 12", "CXX")
        self.assertEqual(self.apt_calls(), [])

    def test_an_old_clang_is_refused_though_it_claims_to_be_gcc(self):
        self.compiler(gcc="4 . 2", clang="13 . 0")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "Clang 13.0")
        self.compiler(gcc="4 . 2", clang="14 . 0")
        self.assertEqual(self.setup("build"), (0, ""))

    def test_an_old_cmake_is_refused(self):
        self.program("cmake", "echo cmake version 3.9.6")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "cmake in PATH is 3.9.6", "3.25")

    def test_an_old_python_is_refused(self):
        self.program("python3", "echo Python 3.9.2")
        code, said = self.setup("build")
        self.assertEqual(code, 1)
        self.check_sentence(said, "python3 in PATH is 3.9.2", "3.10")

    def test_an_unknown_set_is_refused_before_anything_is_done(self):
        self.lacks("ninja-build")
        code, said = self.setup("build", "rust")
        self.assertEqual(code, 2)
        self.check_sentence(said, "usage")
        self.assertEqual(self.apt_calls(), [])


class Compiler(unittest.TestCase):
    def test_the_compiler_here_is_recognised(self):
        compilers = [name for name in ("g++", "clang++") if shutil.which(name)]
        for name in compilers:
            done = subprocess.run(["bash", "-c", f". {SCRIPTS}/versions.sh; compiler"], capture_output=True, text=True,
                                  env=dict(os.environ, CXX=name))
            self.assertRegex(done.stdout, r"^(GCC|Clang) \d+\.\d+\n$")
            self.assertEqual(done.stdout.startswith("Clang"), name == "clang++")


class Retry(unittest.TestCase):
    def retry(self, fail_times):
        with tempfile.TemporaryDirectory() as folder:
            script = f'echo x >>{folder}/tries; [ "$(grep -c x {folder}/tries)" -gt {fail_times} ] || exit 7'
            done = subprocess.run([SCRIPTS / "retry.sh", "sh", "-c", script], env=dict(os.environ, RETRY_PAUSE_S="0"),
                                  capture_output=True, text=True, timeout=60)
            return done.returncode, len((Path(folder) / "tries").read_text().splitlines())

    def test_what_succeeds_is_done_once(self):
        self.assertEqual(self.retry(0), (0, 1))

    def test_what_fails_twice_is_tried_again(self):
        self.assertEqual(self.retry(2), (0, 3))

    def test_what_fails_three_times_has_failed_with_its_own_code(self):
        self.assertEqual(self.retry(9), (7, 3))

    def test_a_try_has_a_deadline(self):
        done = subprocess.run([SCRIPTS / "retry.sh", "sleep", "60"], capture_output=True, text=True, timeout=60,
                              env=dict(os.environ, RETRY_PAUSE_S="0", RETRY_DEADLINE_S="0.1"))
        self.assertEqual(done.returncode, 124)


if __name__ == "__main__":
    unittest.main()
