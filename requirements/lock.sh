#!/bin/sh
# Make the lock files anew from the .in files: sh requirements/lock.sh  (keeps what is pinned;
# UPGRADE=--upgrade lifts it). torch and what its CUDA build brings are installed apart.
set -eu
cd "$(dirname "$0")"
apart='^(torch|triton|nvidia-[a-z0-9-]*|cuda-[a-z]*)=='
for name in app dev; do
    printf 'torch==2.13.0\n' > constraint.tmp
    [ "$name" = app ] || cat app.txt >> constraint.tmp
    ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:-} --constraint constraint.tmp "$name.in" -o "$name.txt"
    grep -Ev "$apart" "$name.txt" > constraint.tmp && mv constraint.tmp "$name.txt"
done
