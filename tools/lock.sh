#!/bin/sh
# Write the three lock files from pyproject.toml: tools/lock.sh [--upgrade]
# requirements.lock is what runs, -build what packs it, -dev what tests and checks it. Hashes, but no address of any index.
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools/venv"
"$tools/venv/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

compile() {
    output=$1
    shift
    "$tools/venv/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url "$@" --output-file "$output"
}

"$tools/venv/bin/python" - > "$tools/build.in" <<'PYTHON'
import sys, tomllib
with open("pyproject.toml", "rb") as file:
    requires = tomllib.load(file)["build-system"]["requires"]
# editables: what hatchling needs for an installation that shows the sources as they are.
sys.stdout.write("\n".join([*requires, "editables"]) + "\n")
PYTHON

compile requirements.lock "$@" pyproject.toml
compile requirements-build.lock "$@" --constraint requirements.lock "$tools/build.in"
compile requirements-dev.lock "$@" --constraint requirements.lock --constraint requirements-build.lock --group dev
