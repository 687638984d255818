#!/usr/bin/env bash
# scripts/check_fresh.sh [--keep DIR] [--suite NAME --sources FILE] [demo] [tests]
#
# Does what README promises on a machine that has nothing: makes a minimal root, clones this checkout's last commit into it, and
# runs examples/demo.sh and tests/run.sh there, as root. Prints what each step took and both last lines; fails when one does.
# Takes about an hour on two cores, and 8 GB. Needs root and mmdebstrap; no container engine.
#
#   --keep DIR      make the root in DIR and leave it; when it is there, go on in it (what was built stays)
#   --suite NAME    another system than Debian 12 (bookworm), with its package sources in FILE
#   demo, tests     only that
#
# The package sources, certificates and settings of apt, pip, npm, Cargo, Maven and Go are this system's own. Go, Node and Rust are in
# the root only as far as its own packages go. The logs are in build/check-fresh/NAME.
set -euo pipefail
cd "$(dirname "$0")/.."
here=$PWD

say() { printf 'check_fresh: %s\n' "$*" >&2; }

fail()
{
    say "$1"
    exit "${2:-1}"
}

usage()
{
    sed -n '2,13s/^# \{0,1\}//p' scripts/check_fresh.sh
}

root=
keep=
suite=bookworm
sources=
steps=()
inside=
while [[ $# -gt 0 ]]; do
    case $1 in
    --keep | --suite | --sources | --inside)
        [[ $# -ge 2 ]] || fail "$1 needs a value" 2
        case $1 in
        --keep) keep=yes root=$2 ;;
        --suite) suite=$2 ;;
        --sources) sources=$2 ;;
        --inside) inside=yes root=$2 ;;
        esac
        shift
        ;;
    demo | tests) steps+=("$1") ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
    shift
done
[[ ${#steps[@]} -gt 0 ]] || steps=(demo tests)
logs=$here/build/check-fresh/$suite

# ---- Inside: in a mount and process namespace of its own, so that all mounts and processes end with it ----

# What tells this system's tools how they reach the network. The machine's PATH and all else is left behind.
client_variables()
{
    local name
    for name in $(compgen -e); do
        case $name in
        *_proxy | *_PROXY | PIP_* | UV_* | npm_config_* | NPM_CONFIG_* | GOPROXY | GONOPROXY | GONOSUMDB | GOSUMDB | GOFLAGS | \
            CARGO_* | MAVEN_OPTS | MAVEN_ARGS | SSL_CERT_* | NODE_EXTRA_CA_CERTS | REQUESTS_CA_BUNDLE | CURL_CA_BUNDLE | GIT_SSL_*)
            printf '%s=%s\n' "$name" "${!name}"
            ;;
        esac
    done
}

in_root()
{
    mapfile -t variables < <(client_variables)
    env -i "${variables[@]}" HOME=/root LANG=C.UTF-8 TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        ${data:+GEMLIVE_TEST_DATA=/srv/test-data} chroot "$root" "$@"
}

run_step()
{
    local name=$1 command=$2 deadline=$3 start=$SECONDS code=0
    in_root timeout --kill-after=30 "$deadline" sh -c "cd /root/gemlive && exec $command" >"$logs/$name.log" 2>&1 </dev/null || code=$?
    if [[ $code != 0 ]]; then
        tail -n 100 "$logs/$name.log"
        say "$command ended with code $code; the whole log is in $logs/$name.log"
    fi
    printf '%s: %d s: %s\n' "$command" $((SECONDS - start)) "$(tail -n 1 "$logs/$name.log")"
    return "$code"
}

if [[ -n $inside ]]; then
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    data=
    if [[ -d ${GEMLIVE_TEST_DATA:-../shared} ]]; then
        data=yes
        mkdir -p "$root/srv/test-data"
        mount --rbind "$(realpath "${GEMLIVE_TEST_DATA:-../shared}")" "$root/srv/test-data"
        mount -o remount,bind,ro "$root/srv/test-data"
    fi
    failed=0
    for step in "${steps[@]}"; do
        case $step in
        demo) run_step demo examples/demo.sh 5400 || failed=1 ;;
        tests) run_step tests tests/run.sh 14400 || failed=1 ;;
        esac
    done
    exit "$failed"
fi

# ---- Outside ----

# The settings of this system's clients, as far as there are any, and the certificates it trusts besides its packages'.
copy_settings()
{
    local file
    mkdir -p "$root/etc/apt/apt.conf.d" "$root/root"
    apt-config dump | grep -E '^Acquire::(Check-|http|https|Retries|Force)' >"$root/etc/apt/apt.conf.d/90this-system" || true
    for file in /etc/pip.conf /etc/npmrc /usr/etc/npmrc /usr/local/etc/npmrc /usr/local/share/ca-certificates \
        ~/.npmrc ~/.m2/settings.xml ~/.m2/settings-security.xml ~/.cargo/config.toml ~/.cargo/config ~/.config/pip/pip.conf \
        ~/.pip/pip.conf ~/.config/go/env /etc/hosts /etc/resolv.conf; do
        if [[ -e $file ]]; then
            case $file in
            "$HOME"/*) target=$root/root/${file#"$HOME"/} ;;
            *) target=$root$file ;;
            esac
            mkdir -p "$(dirname "$target")"
            cp -rL "$file" "$(dirname "$target")"
        fi
    done
    # A variable may name the bundle of certificates, which the root has when ca-certificates is installed; until then it is this one.
    mkdir -p "$root/etc/ssl/certs"
    [[ -e $root/etc/ssl/certs/ca-certificates.crt || ! -e /etc/ssl/certs/ca-certificates.crt ]] ||
        cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs"
}

make_root()
{
    local from=()
    if [[ -n $sources ]]; then
        from=("$sources")
    else
        mapfile -t from < <(find /etc/apt/sources.list /etc/apt/sources.list.d -name '*.list' -o -name '*.sources' 2>/dev/null | sort)
    fi
    mmdebstrap --quiet --variant=minbase --include=apt "$suite" "$root" "${from[@]}" >"$logs/mmdebstrap.log" 2>&1 || {
        cat "$logs/mmdebstrap.log" >&2
        fail "the root could not be made: mmdebstrap failed"
    }
    copy_settings
}

[[ $(id -u) == 0 ]] || fail "needs root: it makes a root and changes into it"
command -v mmdebstrap >/dev/null || fail "needs mmdebstrap: apt-get install mmdebstrap"
if [[ -z $sources && $(. /etc/os-release && echo "${VERSION_CODENAME:-}") != "$suite" ]]; then
    fail "this system is not $suite: name that system's package sources with --sources"
fi
[[ -z $(git status --porcelain) ]] || say "what is not committed is not tried"
mkdir -p "$logs"
if [[ -n $keep ]]; then
    mkdir -p "$root"
else
    root=$(mktemp -d)
    trap 'scripts/remove_root.sh "$root"' EXIT
fi
root=$(realpath "$root")
start=$SECONDS
if [[ ! -e $root/etc/os-release ]]; then
    make_root
    printf 'a minimal %s: %d s\n' "$suite" $((SECONDS - start))
fi
if [[ -d $root/root/gemlive ]]; then
    git -C "$root/root/gemlive" fetch -q "$here" HEAD
    git -C "$root/root/gemlive" reset -q --hard FETCH_HEAD
else
    git clone -q --no-hardlinks "$here" "$root/root/gemlive"
fi
# All in there ends with this script, however it ends.
setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child scripts/check_fresh.sh --inside "$root" --suite "$suite" "${steps[@]}" &
inner=$!
trap 'kill -KILL "$inner"; wait "$inner"; exit 143' INT TERM HUP
code=0
wait "$inner" || code=$?
[[ $code == 0 ]] || fail "failed" "$code"
