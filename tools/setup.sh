#!/bin/sh
# Make the virtual environment ready: tools/setup.sh run | dev
# Everything that is downloaded is named with its version and hash in a lock file; nothing is compiled.
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer is needed and was not found; install it, or say which one: make run PYTHON=/path/to/python3" >&2
    return 1
}

make_venv() {
    python=$(find_python)
    rm -rf "$venv"
    if ! said=$("$python" -m venv "$venv" 2>&1); then
        rm -rf "$venv"
        echo "$said" >&2
        echo "$python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
}

install() {
    # Twice quiet: errors only. --only-binary: a source package would bring its own, unpinned, build tools.
    if ! "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-input "$@"; then
        echo "The packages could not be installed. Behind a proxy, or with an index of your own, pip needs PIP_PROXY, PIP_CERT or PIP_INDEX_URL." >&2
        exit 1
    fi
}

case ${1:-} in
run)
    # An environment whose Python was upgraded away, or is too old, is made anew.
    if ! "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        make_venv
    fi
    echo "Setting up $venv (once; about half a minute) ..." >&2
    rm -f "$venv/.installed" "$venv/.installed-dev"
    install --require-hashes --only-binary :all: -r requirements.lock -r requirements-build.lock
    install --no-deps --no-build-isolation --editable .
    touch "$venv/.installed"
    ;;
dev)
    echo "Setting up what the tests and checks need ..." >&2
    install --require-hashes --only-binary :all: -r requirements.lock -r requirements-build.lock -r requirements-dev.lock
    touch "$venv/.installed-dev"
    ;;
*)
    echo "usage: tools/setup.sh run | dev" >&2
    exit 2
    ;;
esac
