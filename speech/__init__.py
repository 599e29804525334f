"""Sound -> words, with how sure one may be of them. Knows nothing of law, pages or storage."""

import os

# onnxruntime reports its use to its maker, under an identifier it keeps in the home folder.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
