"""Reads and evaluates COCO files with pycocotools or faster-coco-eval, timed; a peer of `perf detections`.

The first line of standard input is {"peer": "pycocotools" | "faster-coco-eval", "truth": path, "detections": path}; every further line asks
for one evaluation and is answered by {"read": ms, "evaluate": ms, "memory": bytes, "ap": number}.
"""

import contextlib
import importlib.metadata
import io
import json
import resource
import sys
import time

request = json.loads(sys.stdin.readline())
if request["peer"] == "pycocotools":
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval
else:
    from faster_coco_eval import COCO
    from faster_coco_eval import COCOeval_faster as COCOeval

print(json.dumps({"version": importlib.metadata.version(request["peer"])}), flush=True)
for _ in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()):
        start = time.perf_counter()
        truth = COCO(request["truth"])
        found = truth.loadRes(request["detections"])
        read = time.perf_counter()
        run = COCOeval(truth, found, "bbox")
        run.evaluate()
        run.accumulate()
        run.summarize()
        end = time.perf_counter()
    report = {
        "read": (read - start) * 1000,
        "evaluate": (end - read) * 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "ap": float(run.stats[0]),
    }
    print(json.dumps(report), flush=True)
