"""RoIAlign and its gradient by torchvision; writes packages/region-mapper/src/roi/fixtures/roi-align.json.

Run: python tools/oracles/roi_align.py   (PyTorch with torchvision; made with torch 1.12.1, torchvision 0.13.1)

Boxes lie inside, on the border, outside, are smaller than a cell, and as large as the map.
"""

import json
import pathlib

import torch
from torchvision.ops import roi_align

torch.manual_seed(13)
# [x, y, width, height] by image; the second image has fewer.
boxes = [
    [[0, 0, 28, 28], [28, 56, 28, 28], [3.3, 7.9, 41.2, 19.6], [0, 0, 83, 83], [60, 60, 24, 24], [10, 10, 1, 1]],
    [[-6, -4, 30, 30], [70, 50, 40, 60], [200, 10, 20, 20]],
]
cases = []
for size, height, width, ratio, aligned in [
    ([2, 2], 6, 6, 0, True), ([3, 2], 6, 8, 2, True), ([2, 3], 7, 5, 0, False), ([2, 2], 6, 6, 3, False), ([7, 7], 3, 3, 0, True),
]:
    scale = height / 84
    features = torch.randn(2, 3, height, width, requires_grad=True)
    rows = [torch.tensor([[x, y, x + w, y + h] for x, y, w, h in own]) for own in boxes]
    out = roi_align(features, rows, size, scale, ratio, aligned)
    weight = torch.randn_like(out)
    (out * weight).sum().backward()
    last = lambda x: x.detach().permute(0, 2, 3, 1)  # channels last
    flat = lambda x: [round(value, 7) for value in last(x).flatten().tolist()]
    cases.append({
        "outputSize": size, "spatialScale": scale, "samplingRatio": ratio, "aligned": aligned, "height": height, "width": width,
        "features": flat(features), "output": flat(out), "weight": flat(weight), "gradient": flat(features.grad),
    })
path = pathlib.Path(__file__).parents[2] / "packages/region-mapper/src/roi/fixtures/roi-align.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps({"boxes": boxes, "channels": 3, "cases": cases}, separators=(",", ":")) + "\n")
print(f"wrote {len(cases)} cases")
