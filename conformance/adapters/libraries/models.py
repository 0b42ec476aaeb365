"""Models and their training, as a user writes them with the arrays of a library.

`lib` has `xp`, which has by one name in all libraries `tensordot`, `stack`, `eye`, `tanh` and
`linalg.solve`, and `cross_entropy(scores, targets)`, the mean over the samples.
"""

import networks
from networks import chosen, unchanged


def flat_head(lib, x, weights, bias):
    return lib.xp.tensordot(x, weights, 3) + bias


def total_loss(lib, main, auxiliary, weight):
    return main + weight * auxiliary.sum()


def stages(lib, x, trunk, activation):
    """What each stage of the trunk gives."""
    psi = chosen(activation, linear=unchanged, tanh=lib.xp.tanh)
    for W in trunk:
        x = psi(x @ W)
        yield x


def training_loss(lib, x, trunk, heads, targets, activation, weight):
    misses = [h @ V - targets for h, V in zip(stages(lib, x, trunk, activation), heads)]
    losses = [0.5 * (miss * miss).sum() for miss in misses]
    *auxiliary, main = losses
    return {'loss': main + weight * sum(auxiliary), 'losses': lib.xp.stack(losses)}


def inference(lib, x, trunk, heads, activation):
    *_, last = stages(lib, x, trunk, activation)
    return last @ heads[-1]


def stack(lib, x, weights, biases, shortcut, activation):
    psi = chosen(activation, linear=unchanged, tanh=lib.xp.tanh)
    states, branches = [x], []
    for W, b in zip(weights, biases):
        branches.append(psi(W @ x + b))
        x = chosen(shortcut, identity=x + branches[-1], none=branches[-1])
        states.append(x)
    return {'y': x, 'states': lib.xp.stack(states), 'branches': lib.xp.stack(branches)}


def decayed_loss(lib, x, targets, weights, decay):
    rest = x @ weights - targets
    error = 0.5 * (rest @ rest)
    return {'loss': error + 0.5 * decay * (weights @ weights), 'trainingError': error}


def ridge(lib, x, targets, decay):
    normal = x.T @ x + decay * lib.xp.eye(x.shape[1], dtype=x.dtype)
    weights = lib.xp.linalg.solve(normal, x.T @ targets)
    rest = x @ weights - targets
    return {'weights': weights, 'trainingError': 0.5 * (rest @ rest), 'norm': weights @ weights}


def network(lib, x, weights1, biases1, weights2, biases2, head, bias):
    lower = lib.relu(x @ weights1 + biases1)
    higher = lib.relu(lower @ weights2 + biases2)
    return {'scores': higher @ head + bias, 'lower': lower, 'higher': higher}


def network_loss(lib, targets, loss, **given):
    scores = network(lib, **given)['scores']
    return chosen(
        loss,
        squares=0.5 * ((scores - targets) ** 2).sum() / len(scores),
        softmax=lib.cross_entropy(scores, targets),
    )


# Each with the output that it has, or is differentiated by, and the inputs that its gradient is asked by.
composed = {
    **networks.composed,
    'inception.flatHead': (flat_head, 'z', None),
    'inception.totalLoss': (total_loss, 'loss', None),
    'inception.trainingLoss': (training_loss, 'loss', 'x trunk heads'),
    'inception.inference': (inference, 'z', None),
    'resnet.stack': (stack, 'y', 'x weights biases'),
    'training.decayedLoss': (decayed_loss, 'loss', 'x targets weights'),
    'training.ridge': (ridge, None, None),
    'transfer.network': (network, None, None),
    'transfer.networkLoss': (
        network_loss,
        'loss',
        'x weights1 biases1 weights2 biases2 head bias',
    ),
}
