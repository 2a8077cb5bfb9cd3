"""Logistic regression with an L2 penalty by scikit-learn, for packages/benchmarks (logistic-regression.json).

    python tools/oracles/logistic_regression.py > packages/benchmarks/src/statistics/fixtures/logistic-regression.json

Unit vectors of three classes and of two; weights, intercepts and logits at three strengths, converged far below the default tolerance.
"""

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(5)


def case(classes, examples, width):
    centres = rng.standard_normal((classes, width))
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, examples - classes)])
    rows = centres[labels] + 1.6 * rng.standard_normal((examples, width))
    rows = np.round(rows / np.linalg.norm(rows, axis=1, keepdims=True), 4)
    fits = []
    for c in (0.1, 1.0, 316.0):
        model = LogisticRegression(C=c, max_iter=20000, tol=1e-10).fit(rows, labels)
        fits.append(
            {
                "c": c,
                "weights": model.coef_.tolist(),
                "intercepts": model.intercept_.tolist(),
                "right": int((model.predict(rows) == labels).sum()),
            }
        )
    return {"classes": classes, "features": rows.tolist(), "labels": labels.tolist(), "fits": fits}


print(json.dumps({"three": case(3, 60, 5), "two": case(2, 40, 4)}))
