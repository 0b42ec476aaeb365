"""Softmax and the losses of distillation, as a user writes them with the calls of a library.

`lib` has `softmax`, `log_softmax` and `logsumexp` of each row.
"""

from math import log

from networks import chosen


def tempered_softmax(lib, z, temperature):
    return lib.softmax(z / temperature)


def tempered_log_softmax(lib, z, temperature):
    return lib.log_softmax(z / temperature)


def log_sum_exp(lib, z, temperature):
    return temperature * lib.logsumexp(z / temperature)


def reduced(lib, surprise, targets, weights, counted, reduction):
    total = (counted * (weights * targets * surprise).sum(1)).sum()
    count = lib.xp.clip(counted.sum(), 1, None)
    return chosen(reduction, sum=total, mean=total / count)


def score_cross_entropy(lib, z, **given):
    return reduced(lib, -lib.log_softmax(z), **given)


def probability_cross_entropy(lib, q, epsilon, **given):
    return reduced(lib, -lib.xp.log(q + epsilon), **given)


def score_loss(lib, z, v):
    return 0.5 * ((z - v) ** 2).sum() / len(z)


def divergence(lib, z, v, measure):
    p, q = lib.softmax(v), lib.softmax(z)
    log_p, log_q = lib.log_softmax(v), lib.log_softmax(z)
    log_m = lib.xp.logaddexp(log_p, log_q) - lib.xp.log(2 * lib.xp.ones_like(z))
    measures = {
        'cross-entropy': -p * log_q,
        'kl': p * (log_p - log_q),
        'squares': (p - q) ** 2,
        'jensen-shannon': 0.5 * (p * (log_p - log_m) + q * (log_q - log_m)),
    }
    return chosen(measure, **measures).sum(1)


def distillation_loss(lib, z, v, targets, temperature, share, divergence):
    p, log_q = lib.softmax(v / temperature), lib.log_softmax(z / temperature)
    surprise = {'cross-entropy': -log_q, 'kl': lib.log_softmax(v / temperature) - log_q}
    soft = (p * chosen(divergence, **surprise)).sum(1) * temperature**2
    hard = -(targets * lib.log_softmax(z)).sum(1)
    return (share * soft + (1 - share) * hard).mean()


def ensemble(lib, predictions, targets):
    average = predictions.mean(0)
    return {
        'average': average,
        'error': ((average - targets) ** 2).sum(1),
        'errors': ((predictions - targets) ** 2).sum(2),
        'ambiguity': ((predictions - average) ** 2).sum(2).mean(0),
    }


def ensemble_cross_entropy(lib, z, targets):
    members, *each = z.shape
    logs = lib.log_softmax(z.reshape(-1, each[-1])).reshape(members, -1)
    average = lib.logsumexp(logs.T) - log(members)
    return {
        'loss': -(targets * average.reshape(each)).sum(1),
        'losses': -(targets * logs.reshape(z.shape)).sum(2),
    }


# Each with the output that it has, and the inputs by which its gradient is asked for.
composed = {
    'distillation.softmax': (tempered_softmax, 'y', 'z'),
    'distillation.logSoftmax': (tempered_log_softmax, 'y', 'z'),
    'distillation.logSumExp': (log_sum_exp, 'y', 'z'),
    'distillation.crossEntropy': (score_cross_entropy, 'loss', 'z targets weights'),
    'distillation.probabilityCrossEntropy': (
        probability_cross_entropy,
        'loss',
        'q targets weights',
    ),
    'distillation.scoreLoss': (score_loss, 'loss', 'z v'),
    'distillation.divergence': (divergence, 'divergence', 'z v'),
    'distillation.distillationLoss': (distillation_loss, 'loss', 'z v targets'),
    'distillation.ensemble': (
        ensemble,
        'average error errors ambiguity',
        'predictions targets',
    ),
    'distillation.ensembleCrossEntropy': (ensemble_cross_entropy, 'loss losses', 'z targets'),
}
