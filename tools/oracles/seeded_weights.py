"""Weights that both sides of a parity fixture make from a name and a shape, so that none have to be stored.

The TypeScript twin is packages/models/src/fixtures/seeded-weights.ts.
"""

import math

import numpy as np
import torch


def uniform(name, count):
    """Numbers in [-0.5, 0.5): a linear congruential generator that starts at the FNV-1a hash of the name."""
    state = 2166136261
    for byte in name.encode():
        state = ((state ^ byte) * 16777619) % 2**32
    states = np.empty(count, dtype=np.uint32)
    factor, summand, known = 1664525, 1013904223, 1  # from a state to the one `known` steps on
    if count:
        states[0] = (state * factor + summand) % 2**32
    while known < count:
        more = min(known, count - known)
        states[known : known + more] = states[:more] * np.uint32(factor) + np.uint32(summand)
        factor, summand, known = factor * factor % 2**32, (factor * summand + summand) % 2**32, 2 * known
    return states / 2**32 - 0.5


def seeded(name, shape):
    u = uniform(name, math.prod(shape))
    if len(shape) == 0:
        value = np.full(1, 1.5)
    elif name.endswith("running_var") or (len(shape) == 1 and name.endswith("weight")):
        value = 1 + 0.4 * u
    elif len(shape) == 1:
        value = 0.4 * u
    elif "embed" in name and "patch" not in name or name.endswith("table"):
        value = 2 * u
    else:
        value = u * math.sqrt(12 / math.prod(shape[1:]))
    return torch.from_numpy(value.astype(np.float32).astype(np.float64)).reshape(shape)


def seeded_pixels(count, size):
    """[count, 3, size, size]; the TypeScript side makes them with the channels last."""
    values = 3 * uniform("pixels", count * size * size * 3)
    images = values.astype(np.float32).astype(np.float64).reshape(count, size, size, 3)
    return torch.from_numpy(images).permute(0, 3, 1, 2).contiguous()
