# Sourced by the scripts beside it: what a build inside this tree needs, and whether there is a Go to build with.
cd "$(dirname "$0")/../.."
root=$(pwd)
library=${GEMLIVE_BUILD_DIR:-$root/build/release}
case $library in
/*) ;;
*) library=$root/$library ;;
esac
out=$root/build/go

PKG_CONFIG_PATH=$library/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
# Only in this tree: an installed library is found by the system's own rules.
CGO_LDFLAGS="-Wl,-rpath,$library/lib"
# No toolchain is fetched behind the user's back.
GOTOOLCHAIN=local
export PKG_CONFIG_PATH CGO_LDFLAGS GOTOOLCHAIN

# The modules: the binding, the examples, the tests.
modules="bindings/go examples/go tests/bindings/go"

has_go()
{
    command -v go >/dev/null || return 1
    version=$(go env GOVERSION) # go1.26.8
    minor=${version#go1.}
    [ "$minor" != "$version" ] && [ "${minor%%[!0-9]*}" -ge 24 ]
}

# Ends the script where there is no Go; continuous integration has to have it.
need_go()
{
    has_go && return
    echo "go: no Go 1.24 or newer is installed; the Go binding is left out" >&2
    if [ -n "${CI:-}" ]; then
        exit 1
    fi
    [ $# -eq 0 ] || echo "$1"
    exit 0
}
