#!/bin/sh
# Make bot/.venv with Python 3.10: Rasa 3.6 runs on no newer one.
# A pyenv shim is no interpreter, so every candidate has to prove what it is.
set -eu
cd "$(dirname "$0")/.."

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; }

find_310() {
    if command -v pyenv >/dev/null 2>&1; then
        version=$(pyenv versions --bare 2>/dev/null | grep '^3\.10\.' | tail -n 1)
        pyenv_python="$(pyenv prefix "$version" 2>/dev/null)/bin/python"
    fi
    for python in "${WENFA_PYTHON310:-}" "${pyenv_python:-}" python3.10 /usr/bin/python3.10 \
        /usr/local/bin/python3.10 /opt/homebrew/bin/python3.10; do
        if [ -n "$python" ] && is_310 "$python"; then echo "$python"; return; fi
    done
    .venv/bin/uv python find --no-project 3.10 2>/dev/null && return
    .venv/bin/uv python install 3.10 >&2 && .venv/bin/uv python find --no-project 3.10
}

python=$(find_310) || {
    echo "没有找到 Python 3.10，也无法自动下载：请安装 Python 3.10 后重试，或用 WENFA_PYTHON310=/path/to/python3.10 指定。" >&2
    exit 1
}
.venv/bin/uv venv --quiet --python "$python" --clear bot/.venv
.venv/bin/uv pip install --compile-bytecode --python bot/.venv/bin/python -r bot/requirements.txt
