#!/usr/bin/env bash
# Build the container image and start it, without a Docker engine: debootstrap makes the base, buildah the rest.
# Needs root on Debian or Ubuntu with buildah, debootstrap and util-linux. The base is kept for the next time in
# ${XDG_CACHE_HOME:-~/.cache}/naamwacht-image; remove that folder to make it anew.
#
# What it proves: the Dockerfile builds from the locks; the image starts as its own user on a read-only root, without any
# network but loopback, alive by its own HEALTHCHECK; and it ends in order within ten seconds of SIGTERM.
set -euo pipefail
cd "$(dirname "$0")/.."

suite=trixie
base=localhost/python:3.13-slim
image=localhost/naamwacht:test
cache=${XDG_CACHE_HOME:-$HOME/.cache}/naamwacht-image
ca=${PIP_CERT:-${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}}
export BUILDAH_ISOLATION=chroot

say() { printf 'image: %s\n' "$*"; }
fail() { printf 'image: FAILED: %s\n' "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "must run as root"
for tool in buildah debootstrap unshare setpriv ip python3; do
    command -v "$tool" >/dev/null || fail "$tool is missing; apt-get install buildah debootstrap util-linux iproute2 python3"
done

mkdir -p "$cache/storage" "$cache/run"
scratch=$(mktemp -d)
builder() { buildah --storage-driver vfs --root "$cache/storage" --runroot "$cache/run" "$@"; }
tidy() {
    [ -z "${container:-}" ] || builder rm "$container" >/dev/null 2>&1 || true
    builder rmi "$image" >/dev/null 2>&1 || true
    builder rmi --prune >/dev/null 2>&1 || true
    rm -rf "$scratch"
}
trap tidy EXIT

if ! builder inspect --type image "$base" >/dev/null 2>&1; then
    say "making the base ($suite; once) ..."
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates "$suite" "$scratch/base" >"$scratch/log" 2>&1 \
        || { tail -n 20 "$scratch/log" >&2; fail "debootstrap"; }
    empty=$(builder from scratch)
    cp -a "$scratch/base/." "$(builder mount "$empty")/"
    builder umount "$empty" >/dev/null
    builder commit --quiet --rm "$empty" "$base" >/dev/null
    rm -rf "$scratch/base"
fi

say "building ..."
arguments=()
for name in PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST PIP_PROXY; do
    [ -z "${!name:-}" ] || arguments+=(--build-arg "$name=${!name}")
done
builder bud --quiet --format docker --pull-never --from "$base" -v "$ca:$ca:ro" --env "PIP_CERT=$ca" \
    ${arguments[@]+"${arguments[@]}"} -t "$image" . >"$scratch/log" 2>&1 || { tail -n 40 "$scratch/log" >&2; fail "the build"; }

builder inspect --type image "$image" >"$scratch/image.json"
python3 - "$scratch" <<'PYTHON' || fail "the image does not say what it should"
import json, pathlib, sys

work = pathlib.Path(sys.argv[1])
config = json.loads((work / "image.json").read_text())["Docker"]["config"]
health = config["Healthcheck"]["Test"]
assert health[0] == "CMD", "HEALTHCHECK is no plain command"
assert config["User"] not in ("", "0", "root"), "the image runs as root"
assert "/data" in config["Volumes"], "the data has no volume"
work.joinpath("user").write_text(config["User"])
work.joinpath("env").write_bytes(b"".join(f"{each}\0".encode() for each in config["Env"]))
work.joinpath("health").write_bytes(b"".join(f"{each}\0".encode() for each in health[1:]))
work.joinpath("start").write_bytes(b"".join(f"{each}\0".encode() for each in [*config["Entrypoint"], *config["Cmd"]]))
print("image: HEALTHCHECK reads", " ".join(health)[:60], "...")
PYTHON

container=$(builder from --pull-never "$image")
root=$(builder mount "$container")
say "size: $(du -sh --apparent-size "$root/opt/naamwacht" | cut -f1) beside the base"
[ -n "$(find "$root/data" -maxdepth 0 -empty)" ] || fail "the image brings data along"

mkdir "$scratch/etc"
printf 'data_dir: /data\norganisation: {name: Voorbeeld, domains: [example.org]}\n' >"$scratch/etc/config.yaml"

say "starting ..."
# A mount and a network namespace of its own: nothing can be written but /data and /tmp, nothing is reached but loopback.
unshare --mount --net --pid --fork --kill-child -- bash -euo pipefail -s "$root" "$scratch" <<'INSIDE' || fail "the start"
root=$1 scratch=$2
ip link set lo up
user=$(cut -d: -f3,4 <<<"$(grep "^$(cat "$scratch/user"):" "$root/etc/passwd")")
data=$(mktemp -d -p "$scratch")
chown "$user" "$data"
mount --bind "$root" "$root"
mount --bind "$data" "$root/data"
mount --bind "$scratch/etc" "$root/etc/naamwacht"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -o remount,bind,ro "$root"
mapfile -d '' environment <"$scratch/env"
mapfile -d '' start <"$scratch/start"
mapfile -d '' health <"$scratch/health"
inside=(env -i "${environment[@]}" "$(command -v setpriv)" --no-new-privs "$(command -v chroot)" "--userspec=$user" "$root")
if { : >"$root/written"; } 2>/dev/null; then echo "image: the root can be written"; exit 1; fi

started=$SECONDS
"${inside[@]}" "${start[@]}" >"$scratch/output" 2>&1 &
daemon=$!
until "${inside[@]}" "${health[@]}" 2>/dev/null; do
    if ! kill -0 "$daemon" 2>/dev/null || [ $((SECONDS - started)) -ge 60 ]; then
        echo "image: not alive; it said:"; tail -n 20 "$scratch/output"; exit 1
    fi
    sleep 0.5
done
echo "image: alive after $((SECONDS - started)) s, by its own HEALTHCHECK"
kill -TERM "$daemon"
stopped=$SECONDS
for _ in $(seq 40); do kill -0 "$daemon" 2>/dev/null || break; sleep 0.5; done
if kill -0 "$daemon" 2>/dev/null; then echo "image: does not end on SIGTERM"; exit 1; fi
status=0; wait "$daemon" || status=$?
if [ "$status" -ne 0 ] || [ $((SECONDS - stopped)) -gt 10 ]; then
    echo "image: ended with $status after $((SECONDS - stopped)) s; it said:"; tail -n 20 "$scratch/output"; exit 1
fi
echo "image: ended in order"
INSIDE
say "passed"
