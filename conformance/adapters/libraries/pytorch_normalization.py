"""Batch normalization of PyTorch, whose running variances divide by one place less."""

import torch
from torch.nn.functional import batch_norm

# What is normalized divides by the number of places, as the clause has it.
normalization_supports = dict.fromkeys(
    ('gan.batchNorm', 'gan.batchNormGradient'), {'parameters': {'divisor': 'n - 1'}}
)


def normalize_batch(x, gamma, beta, runningMean, runningVariance, epsilon, momentum, divisor):
    running = {'runningMean': runningMean.clone(), 'runningVariance': runningVariance.clone()}
    y = batch_norm(x, *running.values(), gamma, beta, True, momentum, epsilon)
    variance, mean = torch.var_mean(x, (0, 2, 3), correction=0)
    return {'y': y, 'mean': mean, 'variance': variance, **running}


def normalize_kept(x, gamma, beta, mean, variance, epsilon):
    return {'y': batch_norm(x, mean, variance, gamma, beta, False, 0, epsilon)}


def slopes(x, gamma, dy, *how):
    leaves = [array.detach().requires_grad_() for array in (x, gamma, torch.zeros_like(gamma))]
    x, gamma, beta = leaves
    statistics, training, epsilon = how
    y = batch_norm(x, *statistics, gamma, beta, training, 0, epsilon)
    return dict(zip(('dx', 'dGamma', 'dBeta'), torch.autograd.grad(y, leaves, dy)))


def normalize_batch_slopes(x, gamma, dy, epsilon, **_):
    return slopes(x, gamma, dy, (None, None), True, epsilon)


def normalize_kept_slopes(x, gamma, mean, variance, dy, epsilon, **_):
    return slopes(x, gamma, dy, (mean, variance), False, epsilon)


normalizations = {
    'gan.batchNorm': normalize_batch,
    'gan.batchNormGradient': normalize_batch_slopes,
    'gan.batchNormInference': normalize_kept,
    'gan.batchNormInferenceGradient': normalize_kept_slopes,
}
