"""One fit by pymc-marketing, run by `bench.insight` with the Python of an environment that has it.

    python -m venv pymc && pymc/bin/pip install pymc-marketing==0.19.2
    BENCH_PYMC=pymc/bin/python python -m bench.insight

Fits BG/NBD by MAP twice and prints the CPU milliseconds of the second time as JSON: the first one compiles.
"""

import json
import logging
import sys
import time
import warnings
from pathlib import Path


def main(file: str) -> None:
    """Fit the histories in `file` (x, t_x, T in days)."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    import numpy as np
    import pandas as pd
    from pymc_marketing.clv import BetaGeoModel

    with np.load(file) as data:
        table = pd.DataFrame(
            {
                "customer_id": np.arange(len(data["x"])),
                "frequency": data["x"].astype(float),
                "recency": data["t_x"] / 7,
                "T": data["T"] / 7,
            }
        )
    taken = 0.0
    for _ in range(2):
        start = time.process_time()
        model = BetaGeoModel(data=table)
        model.fit(method="map", progressbar=False)
        taken = (time.process_time() - start) * 1000
    status = Path("/proc/self/status").read_text()
    print(json.dumps({"ms": taken, "peak": int(status.split("VmHWM:")[1].split()[0]) / 1024}))


if __name__ == "__main__":
    main(sys.argv[1])
