"""Load a model and stop: python -m speech.engines FOLDER. Exit code 0 if it loads."""

import sys
from pathlib import Path

from speech.engines import load

load(Path(sys.argv[1]))
