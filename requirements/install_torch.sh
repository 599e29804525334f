#!/bin/sh
# torch without CUDA: from PyTorch's own CPU index where it answers, else a plain install.
# usage: install_torch.sh PYTHON REQUIREMENT INDEX
set -eu
if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] &&
    "$1" -c "import sys, urllib.request; urllib.request.urlopen(sys.argv[1] + '/torch/', timeout=5)" "$3" 2>/dev/null; then
    exec "$1" -m pip install --quiet --progress-bar on --index-url "$3" "$2"
fi
exec "$1" -m pip install --quiet --progress-bar on "$2"
