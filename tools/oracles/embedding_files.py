"""Writes the embedding files of apps/bench/src/models/fixtures: the same four vectors by NumPy and by safetensors, as JSON with base64.

    python tools/oracles/embedding_files.py > apps/bench/src/models/fixtures/embedding-files.json
"""

import base64
import io
import json

import numpy as np
from safetensors.numpy import save

images = np.array([[1, 0, 0.5], [0, 1, -0.25]], dtype=np.float32)
texts = np.array([[0.5, 0.5, 0], [0, -1, 2]], dtype=np.float64)
image_names = ["photos/1.jpg", "2.jpg[1,2,3,4]"]
captions = ["a kite", "ein Drachen über dem Boot"]


def npz(write):
    file = io.BytesIO()
    write(file, images=images, texts=texts, image_names=np.array(image_names), captions=np.array(captions))
    return base64.b64encode(file.getvalue()).decode()


metadata = {"image_names": json.dumps(image_names), "captions": json.dumps(captions)}
tensors = {"images": images, "texts": texts.astype(np.float32)}
print(
    json.dumps(
        {
            "npz": npz(np.savez),
            "npzCompressed": npz(np.savez_compressed),
            "safetensors": base64.b64encode(save(tensors, metadata)).decode(),
        },
        indent=1,
    )
)
