# SPDX-License-Identifier: Apache-2.0
# Read by the tests that run foreign programs against a gateway, from the project's root. It gives them `concordat`, a
# `folder` that goes when they end, and functions to start simulated clouds and gateways and to make Python
# environments. CONFIGURATION=debug|release picks the build, CONCORDAT_PYTHON the whole path of the environments.

name=${0##*/}
concordat=${CONCORDAT_BINARY:-$PWD/.build/${CONFIGURATION:-debug}/concordat}
environments=${CONCORDAT_PYTHON:-$PWD/.build/python}
export PYTHONPATH=$PWD/scripts PYTHONDONTWRITEBYTECODE=1 SIMULATED_KEY=simulated no_proxy=127.0.0.1

say() { echo "$name: $*"; }
skip() { say "skipped: $*"; exit 0; }
fail() { say "$*" >&2; exit 1; }

[ -x "$concordat" ] || fail "$concordat is not built. Run: make build"
command -v python3 >/dev/null || skip "there is no python3"

folder=$(mktemp -d)
pids=()
stop() {
    local pid
    for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT

# environment NAME PACKAGE...: makes a Python environment once and sets `python`; what is half made is made again.
environment() {
    local environment="$environments/$1"
    shift
    python=$environment/bin/python
    [ -e "$environment/complete" ] && return 0
    rm -rf "$environment"
    mkdir -p "$environments"
    python3 -m venv "$environment" >"$environments/log" 2>&1 || return 1
    "$python" -m pip install --quiet --retries 1 --disable-pip-version-check "$@" >>"$environments/log" 2>&1 || return 1
    touch "$environment/complete"
}

# source_archive NAME RELEASE FOLDER: fetches a source archive from the Python package index once; sets `archive`.
source_archive() {
    archive=$3/$1-$2.tar.gz
    [ -e "$archive" ] && return 0
    mkdir -p "$3"
    python3 -m pip download --quiet --retries 1 --disable-pip-version-check --no-deps --no-binary "$1" --dest "$3" \
        "$1==$2" >"$3/log" 2>&1
}

# start NAME TEXT ARGUMENTS...: starts a command and waits for the word after a text in what it prints; sets `started`
# and `started_pid`.
start() {
    local command=$1 text=$2 tries
    shift 2
    : >"$folder/$command.log"
    "$concordat" "$@" >"$folder/$command.log" 2>&1 </dev/null &
    started_pid=$!
    pids+=("$started_pid")
    for ((tries = 0; tries < 1200; tries++)); do
        started=$(sed -n "s/.*$text\([^ ,]*\).*/\1/p" "$folder/$command.log" | head -n 1)
        [ -n "$started" ] && return 0
        kill -0 "$started_pid" 2>/dev/null || break
        sleep 0.05
    done
    sed 's/^/    /' "$folder/$command.log" >&2
    fail "$command did not start"
}

# start_gateway: of `concordat.yaml` in the folder; exports CONCORDAT_ADDRESS.
start_gateway() {
    start gateway address= serve --config "$folder/concordat.yaml"
    gateway=$started_pid
    export CONCORDAT_ADDRESS=$started
}

# new_key NAME OPTIONS...: prints a virtual key.
new_key() { "$concordat" keys new "$@" --data "$folder/data" 2>/dev/null; }

# Ends the gateway as an operator does, and verifies its ledger.
stop_gateway() {
    kill -TERM "$gateway"
    wait "$gateway" || { sed 's/^/    /' "$folder/gateway.log" >&2; fail "the gateway did not stop in order"; }
    if ! "$concordat" verify --decisions --data "$folder/data" >"$folder/verify.log" 2>&1; then
        sed 's/^/    /' "$folder/verify.log" >&2
        fail "the ledger does not verify"
    fi
    say "$(sed -n 's/^requests  *//p' "$folder/verify.log"); the ledger is intact"
}
