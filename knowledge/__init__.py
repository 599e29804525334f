"""Law as text and law as arithmetic. Imports nothing else of this project."""

import os

_ENVIRONMENT = {
    # Read by numpy and faiss when they load. Their threads spin while they wait for each other: in
    # a search that took more processor time than all the rest of it (docs/adr/0010).
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive",
    # onnxruntime reports its use to its maker, under an identifier it keeps in the home folder.
    "ORT_DISABLE_TELEMETRY": "1",
}
for _name, _value in _ENVIRONMENT.items():
    os.environ.setdefault(_name, _value)
