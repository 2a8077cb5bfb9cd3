"""Opens folders that this project wrote with Python's transformers (config.json) or open_clip (open_clip_config.json).

Run by packages/models/src/formats/saved-folder.test.ts: python tools/oracles/open_saved_clip.py <folder>… prints, for each folder, the ids of
some captions by the folder's own tokenizer and the embeddings of these captions and of seeded images, as one JSON array.
"""

import json
import os
import pathlib
import sys

os.environ["HF_HUB_OFFLINE"] = "1"

import open_clip
import torch
import torch.nn.functional as F
import transformers

from seeded_weights import seeded_pixels

transformers.logging.set_verbosity_error()
CAPTIONS = ["a dog", "A red DOG left of the cat's 2 hats!", "caf\u00e9 \U0001f642"]


def with_transformers(folder):
    model, loading = transformers.CLIPModel.from_pretrained(folder, output_loading_info=True)
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        assert not loading[kind], (kind, loading[kind])
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    processor = transformers.CLIPImageProcessor.from_pretrained(folder)
    size = model.config.vision_config.image_size
    assert processor.size["shortest_edge"] == size and processor.crop_size["height"] == size
    tokens = tokenizer(CAPTIONS, padding=True, return_tensors="pt")
    pooled = lambda output: output if torch.is_tensor(output) else output.pooler_output
    images = pooled(model.eval().get_image_features(pixel_values=seeded_pixels(2, size).float()))
    texts = pooled(model.get_text_features(**tokens))
    return "transformers", tokens["input_ids"], tokens["attention_mask"], images, texts


def with_open_clip(folder):
    model, _, _ = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    ids = open_clip.get_tokenizer(f"local-dir:{folder}")(CAPTIONS)
    size = model.visual.image_size
    images = model.eval().encode_image(seeded_pixels(2, size[0] if isinstance(size, tuple) else size).float())
    ends = ids.argmax(1, keepdim=True)
    return "open_clip", ids, torch.arange(ids.shape[1]) <= ends, images, model.encode_text(ids)


results = []
for folder in sys.argv[1:]:
    opener = with_transformers if (pathlib.Path(folder) / "config.json").exists() else with_open_clip
    with torch.no_grad():
        library, ids, mask, images, texts = opener(folder)
    results.append({
        "library": library,
        "captions": CAPTIONS,
        "ids": [row[present.bool()].tolist() for row, present in zip(ids, mask)],
        "images": F.normalize(images, dim=1).tolist(),
        "texts": F.normalize(texts, dim=1).tolist(),
    })
print(json.dumps(results))
