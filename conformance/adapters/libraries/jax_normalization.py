"""Batch normalization as a user of JAX writes it, with jax.nn.standardize."""

import jax
import jax.numpy as jnp

# Channels come first.
PLACES = (0, 2, 3)


def channels(x):
    return x[:, None, None]


def scaled(x, gamma, beta, **statistics):
    return channels(gamma) * jax.nn.standardize(x, PLACES, **statistics) + channels(beta)


def normalize_batch(x, gamma, beta, runningMean, runningVariance, epsilon, momentum, divisor):
    mean, variance = x.mean(PLACES), x.var(PLACES)
    running = x.var(PLACES, ddof=1) if divisor == 'n - 1' else variance
    return {
        'y': scaled(x, gamma, beta, epsilon=epsilon),
        'mean': mean,
        'variance': variance,
        'runningMean': (1 - momentum) * runningMean + momentum * mean,
        'runningVariance': (1 - momentum) * runningVariance + momentum * running,
    }


def normalize_kept(x, gamma, beta, mean, variance, epsilon):
    kept = {'mean': channels(mean), 'variance': channels(variance)}
    return {'y': scaled(x, gamma, beta, **kept, epsilon=epsilon)}


def slopes(of, x, gamma, dy):
    _, back = jax.vjp(of, x, gamma, jnp.zeros_like(gamma))
    return dict(zip(('dx', 'dGamma', 'dBeta'), back(dy)))


def normalize_batch_slopes(x, gamma, dy, epsilon, **_):
    return slopes(lambda *leaves: scaled(*leaves, epsilon=epsilon), x, gamma, dy)


def normalize_kept_slopes(x, gamma, mean, variance, dy, epsilon, **_):
    kept = {'mean': channels(mean), 'variance': channels(variance), 'epsilon': epsilon}
    return slopes(lambda *leaves: scaled(*leaves, **kept), x, gamma, dy)


normalizations = {
    'gan.batchNorm': normalize_batch,
    'gan.batchNormGradient': normalize_batch_slopes,
    'gan.batchNormInference': normalize_kept,
    'gan.batchNormInferenceGradient': normalize_kept_slopes,
}
