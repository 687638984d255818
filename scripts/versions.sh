# Sourced by setup.sh: the oldest versions with which gemlive is built, and what this machine has. A tool that is not there, or does
# not run, has the version "".

at_least() { [[ -n $2 && $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]; }

# version_in PATTERN COMMAND...: what the pattern's group finds, in a line that it describes from its start.
version_in() {
    local pattern=$1
    shift
    # Without colours, which Maven prints into a file too.
    "$@" 2>&1 | sed -n "s/\x1b\[[0-9;]*m//g; s/^$pattern.*/\1/p" | head -n 1 || true
}

cmake_version() { version_in 'cmake version \([0-9.]*\)' cmake --version; }
python_version() { version_in 'Python \([0-9.]*\)' python3 --version; }
javac_version() { version_in 'javac \([0-9.]*\)' javac -version; }
maven_version() { version_in 'Apache Maven \([0-9.]*\)' mvn -B --version; }
go_version() { GOTOOLCHAIN=local version_in 'go\([0-9.]*\)' go env GOVERSION; }

# The compiler that CMake takes, whatever it is called: "GCC 12.2" or "Clang 14.0".
compiler() {
    local macros
    # No pipe: a compiler that is done before it has read all would make the writer fail, and with it the pipe.
    macros=$("${CXX:-c++}" -E -P -x c++ - 2>/dev/null <<<'clang=__clang_major__.__clang_minor__ gcc=__GNUC__.__GNUC_MINOR__') ||
        return 0
    macros=${macros// /}
    case $macros in
    clang=[0-9]*) macros=${macros#clang=} && echo "Clang ${macros%gcc=*}" ;;
    *gcc=[0-9]*) echo "GCC ${macros##*gcc=}" ;;
    esac
}

# Is there a compiler, and is it too old for C++20 with coroutines?
compiler_too_old() {
    local found
    found=$(compiler)
    case $found in
    GCC*) ! at_least 12 "${found#* }" ;;
    Clang*) ! at_least 14 "${found#* }" ;;
    *) return 1 ;;
    esac
}
