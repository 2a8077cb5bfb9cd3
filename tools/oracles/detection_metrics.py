"""Detection scores by pycocotools and lvis-api, for the fixtures of packages/benchmarks/src/detection.

Run: python tools/oracles/detection_metrics.py                                  writes fixtures/detection-sets.json
     python tools/oracles/detection_metrics.py --first 10000 --count 1000 --out fuzz.json      more sets, for a fuzz run
     python tools/oracles/detection_metrics.py --coco instances.json            writes fixtures/detection-real.json

Needs pycocotools 2.0.11, lvis 0.5.3 and numpy < 1.24 (lvis uses np.float), so Python 3.9 to 3.11. faster-coco-eval is asked too,
and where it says something else than pycocotools, that is printed.

A set is synthetic: objects drawn at random, then detections made from them by what goes wrong in practice (missing, shifted,
twice, of equal scores, of the wrong class, far too many, without area, of negative size, outside the image, on crowds).
"""

import argparse
import contextlib
import copy
import io
import json
import pathlib
import random
import tempfile

import numpy as np
from lvis import LVIS, LVISEval, LVISResults
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

FIXTURES = pathlib.Path(__file__).parents[2] / "packages/benchmarks/src/detection/fixtures"
COCO_NAMES = ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"]
LVIS_NAMES = ["AP", "AP50", "AP75", "APs", "APm", "APl", "APr", "APc", "APf", "AR", "ARs", "ARm", "ARl"]


def number(rng, low, high, digits):
    value = round(rng.uniform(low, high), digits)
    return int(value) if digits == 0 else value


def random_box(rng, width, height, digits):
    size = rng.choice([20, 60, 200])
    w, h = number(rng, 1, size, digits), number(rng, 1, size, digits)
    return [number(rng, 0, max(1, width - w), digits), number(rng, 0, max(1, height - h), digits), w, h]


def draw_set(seed):
    """One set as compact rows."""
    rng = random.Random(seed)
    digits = rng.choice([0, 1, 2])
    image_ids = rng.sample(range(1, 900), rng.randint(1, 5))
    category_ids = rng.sample(range(1, 99), rng.randint(1, 5))
    sizes = {image: (rng.choice([320, 640]), rng.choice([240, 480])) for image in image_ids}
    shown = category_ids[: rng.randint(1, len(category_ids))]  # the others are empty classes
    crowds = rng.choice([0, 0, 0.15, 0.5])
    annotations = []
    for image in image_ids:
        for _ in range(rng.choice([0, 1, 3, 5])):
            box = random_box(rng, *sizes[image], digits)
            area = round(box[2] * box[3] * rng.choice([1, 1, 0.7, 0.5]), 2)
            crowd = int(rng.random() < crowds)
            annotations.append([image, rng.choice(shown), *box, area, crowd, int(rng.random() < 0.1)])
    if rng.random() < 0.1:  # true boxes without area or of negative size
        for box in ([9, 9, 0, 0], [9, 9, 30, 0], [60, 60, -20, 20]):
            annotations.append([rng.choice(image_ids), rng.choice(shown), *box, box[2] * box[3], 0, 0])
    if rng.random() < 0.2 and annotations:
        annotations[0][6] = rng.choice([0, 32**2, 96**2])  # the limits of the classes of size
    detections = draw_detections(rng, annotations, sizes, category_ids, digits)
    negative = {image: rng.sample(category_ids, rng.randint(0, len(category_ids))) for image in image_ids}
    partial = {image: rng.sample(category_ids, rng.randint(0, min(2, len(category_ids)))) for image in image_ids}
    first = 0 if rng.random() < 0.05 else 1
    return {
        "seed": seed,
        "images": [[image, *sizes[image], negative[image], partial[image]] for image in image_ids],
        "categories": [[category, rng.choice("rcf")] for category in category_ids],
        "firstId": first,
        "annotations": annotations,
        "detections": detections,
    }


def draw_detections(rng, annotations, sizes, category_ids, digits):
    missing, twice, wrong = rng.choice([0, 0.3]), rng.choice([0, 0.4]), rng.choice([0, 0.3])
    shift = rng.choice([0, 2, 12])
    scores = rng.choice([lambda: 0.5, lambda: round(rng.random(), 1), lambda: round(rng.random(), 3), rng.random, lambda: rng.uniform(-9, 9)])
    found = []
    for image, category, x, y, w, h, *_ in annotations:
        if rng.random() < missing:
            continue
        for _ in range(1 + (rng.random() < twice)):
            moved = [round(value + number(rng, -shift, shift, digits), 2) for value in (x, y, w, h)]
            moved[2:] = [max(moved[2], 1), max(moved[3], 1)]
            chosen = rng.choice(category_ids) if rng.random() < wrong else category
            found.append([image, chosen, *moved, scores()])
    for image, (width, height) in sizes.items():
        for _ in range(rng.choice([0, 2, 5])):
            found.append([image, rng.choice(category_ids), *random_box(rng, width, height, digits), scores()])
    image = rng.choice(list(sizes))
    odd = rng.random()
    if odd < 0.06:  # more than the limits of an image
        own = [row for row in annotations if row[0] == image] or [[image, category_ids[0], 10, 10, 50, 50]]
        for _ in range(rng.choice([101, 130, 310])):
            base = rng.choice(own)
            found.append([image, base[1], *(base[2 + i] + number(rng, 0, 9, 0) for i in range(4)), scores()])
    elif odd < 0.3:  # no area, negative size, outside
        for box in ([5, 5, 0, 0], [5, 5, 0, 9], [50, 50, -20, 10], [50, 50, -20, -10], [-30, -30, 60, 60], [9000, 9000, 5, 5]):
            found.append([image, rng.choice(category_ids), *box, scores()])
    if rng.random() < 0.5:
        rng.shuffle(found)
    if not found:  # both references fail on an empty list
        found.append([image, category_ids[0], 1, 1, 5, 5, scores()])
    return found


def expand(case):
    """Rows to COCO's and LVIS's fields."""
    truth = {
        "images": [
            {"id": i, "width": w, "height": h, "neg_category_ids": n, "not_exhaustive_category_ids": p}
            for i, w, h, n, p in case["images"]
        ],
        "categories": [{"id": i, "name": f"category {i}", "frequency": f} for i, f in case["categories"]],
        "annotations": [
            {"id": case["firstId"] + at, "image_id": i, "category_id": c, "bbox": [x, y, w, h], "area": a, "iscrowd": k, "ignore": g}
            for at, (i, c, x, y, w, h, a, k, g) in enumerate(case["annotations"])
        ],
    }
    detections = [{"image_id": i, "category_id": c, "bbox": [x, y, w, h], "score": s} for i, c, x, y, w, h, s in case["detections"]]
    return truth, detections


def coco_scores(truth, detections, coco=COCO, evaluate=COCOeval):
    with contextlib.redirect_stdout(io.StringIO()):
        own = coco()
        own.dataset = copy.deepcopy(truth)
        own.createIndex()
        run = evaluate(own, own.loadRes(copy.deepcopy(detections)), "bbox")
        run.evaluate()
        run.accumulate()
        run.summarize()
    scores = dict(zip(COCO_NAMES, (float(value) for value in run.stats)))
    return scores, run


def category_scores(run):
    """AP of each category in the order of ids, all sizes, 100 detections."""
    precision = run.eval["precision"][:, :, :, 0, 2]
    return [float(np.mean(precision[:, :, k])) for k in range(precision.shape[2])]


def lvis_scores(truth, detections):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(truth, file)
        file.flush()
        own = LVIS(file.name)
    run = LVISEval(own, LVISResults(own, copy.deepcopy(detections)), "bbox")
    run.run()
    return {name: float(run.results[name if not name.startswith("AR") else f"{name}@300"]) for name in LVIS_NAMES}


def score(truth, detections):
    coco, run = coco_scores(truth, detections)
    return {"coco": coco, "cocoCategories": category_scores(run), "lvis": lvis_scores(truth, detections)}


def compare_faster(cases):
    try:
        from faster_coco_eval import COCO as FasterCOCO, COCOeval_faster
    except ImportError:
        return
    worst, where = 0.0, None
    for case in cases:
        faster, _ = coco_scores(*expand(case), FasterCOCO, COCOeval_faster)
        apart = max(abs(faster[name] - case["expected"]["coco"][name]) for name in COCO_NAMES)
        if apart > worst:
            worst, where = apart, case["seed"]
    print(f"faster-coco-eval: largest difference from pycocotools {worst:g} (seed {where})")


def real_case(path):
    """Detections made from a real file's boxes, written as changes of them, so that the file itself is not repeated."""
    rng = random.Random(7)
    truth = json.loads(pathlib.Path(path).read_text())
    boxes = truth["annotations"]
    categories = sorted(category["id"] for category in truth["categories"])
    changes = []
    for at, annotation in enumerate(boxes):
        for _ in range(rng.choice([0, 1, 1, 1, 2])):
            category = rng.choice(categories) if rng.random() < 0.15 else annotation["category_id"]
            changes.append([at, category, *(number(rng, -8, 8, 1) for _ in range(4)), round(rng.random(), 2)])
    rng.shuffle(changes)
    case = {
        "changes": changes,
        "crowds": sorted(rng.sample(range(len(boxes)), 25)),
        "frequencies": [rng.choice("rcf") for _ in categories],
        "negative": [sorted(rng.sample(categories, 12)) for _ in truth["images"]],
        "partial": [sorted(rng.sample(categories, 2)) for _ in truth["images"]],
    }
    detections = [
        {
            "image_id": boxes[at]["image_id"],
            "category_id": category,
            "bbox": [value + change for value, change in zip(boxes[at]["bbox"], moved)],
            "score": score_,
        }
        for at, category, *moved, score_ in changes
    ]
    expected = {"plain": coco_scores(truth, detections)[0]}
    for at in case["crowds"]:
        boxes[at]["iscrowd"] = 1
    for category, frequency in zip(sorted(truth["categories"], key=lambda entry: entry["id"]), case["frequencies"]):
        category["frequency"] = frequency
    for image, negative, partial in zip(truth["images"], case["negative"], case["partial"]):
        image["neg_category_ids"], image["not_exhaustive_category_ids"] = negative, partial
    expected["crowds"] = coco_scores(truth, detections)[0]
    expected["lvis"] = lvis_scores(truth, detections)
    return {**case, "expected": expected}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=220)
    parser.add_argument("--out", type=pathlib.Path, default=FIXTURES / "detection-sets.json")
    parser.add_argument("--coco")
    options = parser.parse_args()
    FIXTURES.mkdir(parents=True, exist_ok=True)
    if options.coco:
        path = FIXTURES / "detection-real.json"
        path.write_text(json.dumps(real_case(options.coco), separators=(",", ":")) + "\n")
        print(f"wrote {path.name}")
        return
    cases = [draw_set(seed) for seed in range(options.first, options.first + options.count)]
    for case in cases:
        case["expected"] = score(*expand(case))
    compare_faster(cases)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    options.out.write_text(f"[\n{lines}\n]\n")
    print(f"wrote {len(cases)} sets to {options.out.name}")


main()
