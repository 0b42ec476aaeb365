"""Masks, penalties and steps of pruning, as a user writes them with the calls of a library.

`lib` has `single(x)`, and may have `masked(weights, mask)`, `shrunk(x, amount)` or any of these functions of its own.
"""

from functools import partial


def own(lib, name):
    return getattr(lib, name, partial(globals()[name], lib))


def masked(lib, weights, mask):
    return lib.xp.where(mask == 1, weights, lib.xp.zeros_like(weights))


def masked_dense(lib, x, weights, mask, bias):
    pruned = own(lib, 'masked')(weights, mask)
    return {'pruned': pruned, 'y': x @ pruned + bias}


def by_threshold(lib, weights1, weights2, thresholds):
    layers = list(zip((weights1, weights2), thresholds))
    masks = [lib.single(lib.xp.abs(weights) >= threshold) for weights, threshold in layers]
    return pruned_layers(lib, (weights1, weights2), masks)


def pruned_layers(lib, layers, masks):
    pruned = [own(lib, 'masked')(weights, mask) for weights, mask in zip(layers, masks)]
    return {
        **{'mask%d' % at: mask for at, mask in enumerate(masks, 1)},
        **{'pruned%d' % at: weights for at, weights in enumerate(pruned, 1)},
        'removed': lib.xp.stack([(1 - mask).sum() for mask in masks]),
    }


def by_percentage(lib, weights1, weights2, share, scope):
    """Only of a library that has such a call."""
    raise NotImplementedError('no call that prunes a share')


def unit_scores(lib, weights, threshold):
    scores = lib.xp.abs(weights).sum(0)
    return {'scores': scores, 'kept': lib.single(scores >= threshold)}


def l2_penalty(lib, weights1, weights2, decay):
    return 0.5 * decay * ((weights1**2).sum() + (weights2**2).sum())


def l2_step(lib, weights, gradient, rate, decay):
    return weights - rate * (gradient + decay * weights)


def shrunk(lib, x, amount):
    return lib.xp.sign(x) * lib.xp.clip(lib.xp.abs(x) - amount, 0, None)


def l1_minimum(lib, trained, curvature, penalty):
    return own(lib, 'shrunk')(trained, penalty / curvature)


def l1_step(lib, weights, gradient, rate, penalty):
    return own(lib, 'shrunk')(weights - rate * gradient, rate * penalty)


# Each with the output that it has, and the inputs by which its gradient is asked for.
composed = {
    'pruning.maskedDense': (masked_dense, 'y', 'x weights bias'),
    'pruning.byThreshold': (by_threshold, None, None),
    'pruning.byPercentage': (by_percentage, None, None),
    'pruning.unitScores': (unit_scores, None, None),
    'pruning.l2Penalty': (l2_penalty, 'penalty', 'weights1 weights2'),
    'pruning.l2Step': (l2_step, 'weights', None),
    'pruning.l1Minimum': (l1_minimum, 'weights', None),
    'pruning.l1Step': (l1_step, 'weights', None),
}
