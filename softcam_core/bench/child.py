"""A fresh process that measures one high-water mark: an order as JSON in, bytes as JSON out."""

from __future__ import annotations

import json
import sys

from softcam_core.bench.run import measure_memory

if __name__ == "__main__":
    print(json.dumps(measure_memory(json.load(sys.stdin))))
