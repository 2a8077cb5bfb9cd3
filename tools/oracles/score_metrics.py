"""Benchmark metrics of random scores by the formulas of the reference code, for packages/benchmarks (score-metrics.json).

Winoground and ARO as their repositories print them, SugarCrepe's and VL-CheckList's strict comparison, CREPE's rank by argsort, retrieval as
CLIP_benchmark counts it, ELEVATER's accuracy, mean per class, 11-point mAP and ROC-AUC (the last by its definition over pairs).

    python tools/oracles/score_metrics.py > packages/benchmarks/src/families/fixtures/score-metrics.json
"""

import json

import numpy as np

rng = np.random.default_rng(7)


def rounded(array):
    return np.round(array, 1)  # one digit, so that there are ties


def winoground(items):
    text = image = group = 0
    for s in items:  # s[image][caption]
        t = s[0][0] > s[0][1] and s[1][1] > s[1][0]
        i = s[0][0] > s[1][0] and s[1][1] > s[0][1]
        text, image, group = text + t, image + i, group + (t and i)
    return [text / len(items), image / len(items), group / len(items)]


def aro(scores, groups, drop, minimum):
    correct = np.argmax(scores, axis=-1) == 1
    means = [correct[groups == g].mean() for g in np.unique(groups) if g not in drop and (groups == g).sum() >= minimum]
    return [float(np.mean(means)), float(correct.mean())]


def retrieval(scores, owner):  # scores[image][text]
    result = {}
    for k in (1, 5, 10):
        ranks = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        result[f"imageToText@{k}"] = float(np.mean([(owner[row] == i).any() for i, row in enumerate(ranks)]))
        ranks = np.argsort(-scores.T, axis=1, kind="stable")[:, :k]
        result[f"textToImage@{k}"] = float(np.mean([(row == owner[j]).any() for j, row in enumerate(ranks)]))
    return result


def eleven_point(scores, positive):  # equal scores enter together; the curve ends in precision 1 at recall 0, as scikit-learn's
    kept = [scores >= threshold for threshold in np.unique(scores)]
    precision = np.array([positive[k].mean() for k in kept] + [1.0])
    recall = np.array([positive[k].sum() / positive.sum() for k in kept] + [0.0])
    return float(np.mean([precision[recall >= t / 10 - 1e-12].max() for t in range(11)]))


def roc_auc(scores, positive):
    p, n = scores[positive == 1], scores[positive == 0]
    return float(np.mean([1.0 if a > b else 0.5 if a == b else 0.0 for a in p for b in n]))


pairs = rounded(rng.random((60, 2, 2)))
choice = rounded(rng.random((90, 2)))
groups = np.array([["left of", "on", "near", "under"][i] for i in rng.choice(4, 90, p=[0.4, 0.3, 0.25, 0.05])])
crepe = rounded(rng.random((50, 6)))
images = rng.standard_normal((12, 4))
texts = rng.standard_normal((30, 4))
owner = np.concatenate([np.arange(12), rng.integers(0, 12, 18)])
order = np.argsort(owner, kind="stable")
owner, texts = owner[order], texts[order]
unit = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)
similarity = unit(images) @ unit(texts).T
logits = rounded(rng.random((80, 5)))
labels = rng.integers(0, 5, 80)
binary = rounded(rng.random((40,)))
truth = rng.integers(0, 2, 40)
multi = np.round(rng.random((50, 4)), 3)
members = (rng.random((50, 4)) < 0.35).astype(int)
members[np.arange(4), np.arange(4)] = 1
members[members.sum(1) == 0, 0] = 1
top = np.argsort(-logits, axis=1, kind="stable")
print(
    json.dumps(
        {
            "pair": {"scores": pairs.tolist(), "expected": winoground(pairs)},
            "choice": {
                "scores": choice.tolist(),
                "groups": groups.tolist(),
                "aro": aro(choice, groups, {"near"}, 1),
                "aroMinimum": aro(choice, groups, set(), 10)[0],
                "strict": float(np.mean(choice[:, 1] > choice[:, 0])),
            },
            "crepe": {
                "scores": crepe.tolist(),
                "recallAt1": float(np.mean([np.where(np.argsort(-row, kind="stable") == 0)[0][0] < 1 for row in crepe])),
            },
            "retrieval": {
                "images": images.tolist(),
                "texts": texts.tolist(),
                "owner": owner.tolist(),
                "expected": retrieval(similarity, owner),
            },
            "classification": {
                "logits": logits.tolist(),
                "labels": labels.tolist(),
                "top1": float(np.mean(top[:, 0] == labels)),
                "meanPerClass": float(np.mean([np.mean(top[labels == c, 0] == c) for c in np.unique(labels)])),
            },
            "binary": {"scores": binary.tolist(), "labels": truth.tolist(), "rocAuc": roc_auc(binary, truth)},
            "multiLabel": {
                "scores": multi.tolist(),
                "labels": members.tolist(),
                "map11": float(np.mean([eleven_point(multi[:, c], members[:, c]) for c in range(4)])),
            },
        }
    )
)
