"""The calls of PyTorch for federated learning."""

import torch

from touchstone import Unsupported


def weighted_mean(models, counts):
    counts = counts.to(models.dtype)
    return torch.tensordot(counts, models, 1) / counts.sum()


def median(models):
    if len(models) % 2 == 0:
        raise Unsupported('an even number of models, of which torch.median takes the lower one of both')
    return torch.median(models, 0).values
