#!/usr/bin/env bash
# scripts/setup-clients.sh [NAME]...
#
# Installs the clients of others that tests/clients runs against gemlive-emulator, each in a folder of its own
# under .cache/clients, at pinned versions. Says nothing when all goes well. Without names: all of them. Code 3:
# the language is too old here.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/versions.sh

clients=tests/clients
cache=.cache/clients
too_old=3
all=(google-genai-python google-genai-go google-genai-node google-genai-java livekit-1.8.9 livekit-1.2.6)

say() { printf 'setup-clients: %s\n' "$*" >&2; }

# Tools are chatty: what they print is shown only when they fail.
quietly() {
    if ! "$@" >"$cache/$name.log" 2>&1; then
        tail -n 40 "$cache/$name.log" >&2
        say "failed: $*"
        return 1
    fi
    rm -f "$cache/$name.log"
}

install_python() {
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        say "python3 has no venv here: run scripts/setup.sh, which installs it"
        return 1
    fi
    quietly python3 -m venv "$cache/$name"
    quietly scripts/retry.sh "$cache/$name/bin/python" -m pip install -q --disable-pip-version-check --no-input \
        -r "$clients/python/requirements-$name.txt"
}

install_go() {
    if ! at_least 1.24 "$(go_version)"; then
        say "Go 1.24 or newer is needed; this is $(go_version)"
        exit "$too_old"
    fi
    mkdir -p "$cache/$name"
    export GOTOOLCHAIN=local
    quietly scripts/retry.sh go -C "$clients/go" mod download
    quietly go -C "$clients/go" build -mod=readonly -o "$PWD/$cache/$name/client" .
}

# npm installs beside its lock file, so that is taken along.
install_node() {
    local found
    found=$(node -p process.versions.node)
    if ! at_least 20 "$found"; then
        say "Node 20 or newer is needed; this is $found"
        exit "$too_old"
    fi
    mkdir -p "$cache/$name"
    cp "$clients"/node/package.json "$clients"/node/package-lock.json "$cache/$name"
    quietly scripts/retry.sh npm ci --prefix "$cache/$name" --ignore-scripts --no-audit --no-fund --no-update-notifier
}

# The classes are made last: without the libraries there are none.
install_java() {
    mkdir -p "$cache/$name"
    RETRY_DEADLINE_S=280 quietly scripts/retry.sh mvn -B -q -f "$clients/java/pom.xml" dependency:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$PWD/$cache/$name/libs"
    quietly javac -proc:none -cp "$cache/$name/libs/*" -d "$cache/$name/classes" "$clients/java/Client.java"
}

# What a client was made from; another content means that it has to be made anew.
sources_of() {
    case $1 in
    google-genai-go) cat "$clients"/go/* && go version ;;
    google-genai-node) cat "$clients/node/package-lock.json" && node --version ;;
    google-genai-java) cat "$clients"/java/* && javac -version ;;
    *) cat "$clients/python/requirements-$1.txt" && python3 --version ;;
    esac
}

make_client() {
    case $name in
    google-genai-go) install_go ;;
    google-genai-node) install_node ;;
    google-genai-java) install_java ;;
    *) install_python ;;
    esac
}

mkdir -p "$cache"
[[ $# -gt 0 ]] || set -- "${all[@]}"
for name in "$@"; do
    if [[ " ${all[*]} " != *" $name "* ]]; then
        say "usage: scripts/setup-clients.sh [${all[*]}]..."
        exit 2
    fi
    wanted=$(sources_of "$name" | sha256sum)
    (
        flock -w 200 9  # another run may be at it
        if [[ $(cat "$cache/$name/made-from" 2>/dev/null) == "$wanted" ]]; then exit 0; fi
        rm -rf "${cache:?}/$name"
        make_client
        printf '%s\n' "$wanted" >"$cache/$name/made-from"
    ) 9>"$cache/$name.lock"
done
