# Sourced by setup.sh: the system's packages, by apt.

installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# The version that apt would install; nothing for a name that is only virtual, only removed, or in no source.
candidate() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([^(].*\)/\1/p' || true; }

# missing_of 'a|b'...: those entries of which no package is installed.
missing_of() {
    local entry name
    for entry in "$@"; do
        for name in ${entry//|/ }; do
            if installed "$name"; then continue 2; fi
        done
        printf '%s\n' "$entry"
    done
}

# Ends where nothing can be installed, before it is tried.
need_root() {
    local by_hand="let somebody who is root run: apt-get install ${*/%|*/}"
    if ! command -v apt-get >/dev/null; then
        stop "no apt-get here: install by hand what this system calls ${*/%|*/}"
    fi
    if [[ $(id -u) == 0 ]]; then return; fi
    if ! command -v sudo >/dev/null; then
        stop "this is not root, and there is no sudo: $by_hand"
    fi
    if ! sudo -n true 2>/dev/null && ! { sudo -v </dev/tty; } 2>/dev/null; then
        stop "sudo does not work here: $by_hand"
    fi
}

# apt ARGUMENT...: what it prints, hundreds of lines, goes to $apt_log.
apt() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@")
    [[ $(id -u) == 0 ]] || command=(sudo "${command[@]}")
    "${fetching[@]}" "${command[@]}" >"$apt_log" 2>&1
}

fetch_by_apt() {
    local fetching=(env RETRY_DEADLINE_S=900 scripts/retry.sh)
    apt "$@"
}

# install_packages 'a|b'...: of each entry the first that this system offers.
install_packages() {
    local entry name names=() unreachable= fetching=()
    [[ $# -gt 0 ]] || return 0
    need_root "$@"
    apt_log=$(mktemp)
    trap 'rm -f "$apt_log"' EXIT
    # apt by itself takes a source that cannot be reached for a trifle. Here it may be: what is asked for can be in another.
    fetch_by_apt -o APT::Update::Error-Mode=any update || unreachable=$(grep -m 1 '^[EW]:' "$apt_log" || tail -n 1 "$apt_log")
    for entry in "$@"; do
        for name in ${entry//|/ }; do
            if [[ -n $(candidate "$name") ]]; then
                names+=("$name")
                continue 2
            fi
        done
        if [[ -n $unreachable ]]; then
            stop "apt cannot reach its package sources; connect this machine or correct /etc/apt ($unreachable)"
        fi
        stop "this system offers none of ${entry//|/, }; Debian 12 does"
    done
    say "installing ${names[*]}"
    if ! fetch_by_apt install -y --no-install-recommends --download-only "${names[@]}"; then
        if [[ -n $unreachable ]]; then
            stop "apt cannot reach its package sources; connect this machine or correct /etc/apt ($unreachable)"
        fi
        cat "$apt_log" >&2
        stop "apt could not fetch these packages"
    fi
    if ! apt install -y --no-install-recommends "${names[@]}"; then
        cat "$apt_log" >&2
        stop "apt could not install these packages"
    fi
}
