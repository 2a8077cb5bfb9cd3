"""Benchmark metrics of random embeddings and scores by the peers' own functions, for packages/benchmarks (peer-metrics.json).

CLIP_benchmark's evaluation of Winoground and SugarCrepe, and its retrieval; VL-CheckList's own comparison, which it rounds to four digits;
scikit-learn's top-k accuracy and area under the ROC curve; vision_evaluation's balanced accuracy (mean per class) and 11-point mAP, which ELEVATER calls
with a softmax over the classes of 100 times the cosines.
`score_metrics.py` has the formulas of those that pip lacks.

    pip install torch scikit-learn && pip install --no-deps clip-benchmark vl_checklist vision-evaluation   (and what these import: tqdm, pyyaml, pillow, …)
    python tools/oracles/peer_metrics.py > packages/benchmarks/src/families/fixtures/peer-metrics.json
"""

import json
import os
import sys
import tempfile

import numpy as np
import torch
import vl_checklist.evaluate as checklist
from clip_benchmark.metrics import image_caption_selection, zeroshot_retrieval
from sklearn.metrics import roc_auc_score, top_k_accuracy_score
from vision_evaluation.evaluators import BalancedAccuracyScoreEvaluator, MeanAveragePrecisionNPointsEvaluator

rng = np.random.default_rng(11)
vectors = lambda *shape: np.round(rng.standard_normal(shape), 3)


class Vectors:
    """A model whose images and texts are their own embeddings."""

    def encode_image(self, images):
        return images.reshape(len(images), -1)

    def encode_text(self, texts):
        return texts


def selection(images, texts):  # items x images x width, items x captions x width
    pixels = torch.tensor(images, dtype=torch.float32)[:, :, :, None, None]
    sentences = [[torch.tensor(text, dtype=torch.float32) for text in item] for item in texts]
    return image_caption_selection.evaluate(Vectors(), [(pixels, sentences)], torch.stack, "cpu", amp=False)


def recalls(images, texts, owner):
    unit = lambda x: torch.nn.functional.normalize(torch.tensor(x, dtype=torch.float64), dim=-1)
    scores = unit(texts) @ unit(images).T
    positive = torch.zeros_like(scores, dtype=bool)
    positive[torch.arange(len(scores)), torch.tensor(owner)] = True
    found = {}
    for k in (1, 5, 10):
        found[f"textToImage@{k}"] = (zeroshot_retrieval.recall_at_k(scores, positive, k) > 0).double().mean().item()
        found[f"imageToText@{k}"] = (zeroshot_retrieval.recall_at_k(scores.T, positive.T, k) > 0).double().mean().item()
    return found


def evaluated(evaluator, predictions, targets):
    evaluator.add_predictions(predictions, targets)
    [value] = evaluator.get_report(average="macro").values()
    return float(value)


def softmax(logits):
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def checklist_accuracy(scores):  # items x (positive, negative), by VL-CheckList's own loop; its files and pictures are left out
    items = [{"path": str(i), "texts_pos": [f"{i} 0"], "texts_neg": [f"{i} 1"]} for i in range(len(scores))]

    class Model:
        model_name = lambda self: "scores"

        def predict(self, images, texts, src_type):
            places = [text.split() for text in texts]
            return {"probs": [(0, float(scores[int(i)][int(side)])) for i, side in places]}

    checklist.DataLoader = lambda *_: type("Data", (), {"data": {"random": items}})()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("config.yaml", "w") as file:
            json.dump({"BATCH_SIZE": 16, "MAX_NUM": 0, "TASK": "itc", "DATA": {"TEST_DATA": [], "TYPES": ["Random"]}, "OUTPUT": {"DIR": ".", "NUM": 0}}, file)
        said = sys.stdout
        sys.stdout = sys.stderr
        result = checklist.Evaluate("config.yaml", Model()).eval("Random")
        sys.stdout = said
        os.chdir("/")
    return float(result["random"].split()[1])


pair = {"images": vectors(60, 2, 4), "texts": vectors(60, 2, 4)}
strict = {"images": vectors(80, 1, 4), "texts": vectors(80, 2, 4)}
owner = np.sort(np.concatenate([np.arange(12), rng.integers(0, 12, 18)]))
retrieval = {"images": vectors(12, 4), "texts": vectors(30, 4), "owner": owner}
logits, labels = vectors(80, 6), rng.integers(0, 6, 80)
top1, top5 = [top_k_accuracy_score(labels, logits, k=k) for k in (1, 5)]
binary, truth = vectors(60), rng.integers(0, 2, 60)
multi, members = np.round(rng.random((50, 4)) * 0.1, 3), (rng.random((50, 4)) < 0.35).astype(int)
choice = np.round(rng.random((90, 2)), 1)  # one digit, so that there are ties
plain = lambda record: {name: value.tolist() for name, value in record.items()}
winoground = selection(**pair)
json.dump(
    {
        "winoground": {**plain(pair), "expected": [winoground["text_acc"], winoground["image_acc"], winoground["acc"]]},
        "sugarcrepe": {**plain(strict), "expected": selection(**strict)["text_acc"]},
        "vlChecklist": {"scores": choice.tolist(), "accuracy": checklist_accuracy(choice)},
        "retrieval": {**plain(retrieval), "expected": recalls(**retrieval)},
        "classification": {
            **plain({"logits": logits, "labels": labels}),
            **{"top1": float(top1), "top5": float(top5)},
            "meanPerClass": evaluated(BalancedAccuracyScoreEvaluator(), logits, labels),
        },
        "binary": {**plain({"scores": binary, "labels": truth}), "rocAuc": float(roc_auc_score(truth, binary))},
        "multiLabel": {
            **plain({"scores": multi, "labels": members}),
            "map11": evaluated(MeanAveragePrecisionNPointsEvaluator(11), softmax(100 * multi), members),
        },
    },
    sys.stdout,
)
