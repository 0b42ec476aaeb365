"""Models and their training, as a user writes them with the arrays of a library.

`lib` has, by one name in all libraries: `tensordot`, `stack`, `solve`, `eye`, `relu`, `tanh`, and
`cross_entropy(scores, targets)`, the mean over the samples.
"""

from networks import chosen, composed, unchanged


def flat_head(lib, x, weights, bias):
    return lib.tensordot(x, weights, 3) + bias


def total_loss(lib, main, auxiliary, weight):
    return main + weight * auxiliary.sum()


def stages(lib, x, trunk, activation):
    """What each stage of the trunk gives."""
    psi = chosen(activation, linear=unchanged, tanh=lib.tanh)
    for W in trunk:
        x = psi(x @ W)
        yield x


def training_loss(lib, x, trunk, heads, targets, activation, weight):
    misses = [h @ V - targets for h, V in zip(stages(lib, x, trunk, activation), heads)]
    losses = [0.5 * (miss * miss).sum() for miss in misses]
    *auxiliary, main = losses
    return {'loss': main + weight * sum(auxiliary), 'losses': lib.stack(losses)}


def inference(lib, x, trunk, heads, activation):
    *_, last = stages(lib, x, trunk, activation)
    return last @ heads[-1]


def stack(lib, x, weights, biases, shortcut, activation):
    psi = chosen(activation, linear=unchanged, tanh=lib.tanh)
    states, branches = [x], []
    for W, b in zip(weights, biases):
        branch = psi(W @ x + b)
        x = chosen(shortcut, identity=x + branch, none=branch)
        states.append(x)
        branches.append(branch)
    return {'y': x, 'states': lib.stack(states), 'branches': lib.stack(branches)}


def decayed_loss(lib, x, targets, weights, decay):
    rest = x @ weights - targets
    error = 0.5 * (rest @ rest)
    return {'loss': error + 0.5 * decay * (weights @ weights), 'trainingError': error}


def ridge(lib, x, targets, decay):
    weights = lib.solve(x.T @ x + decay * lib.eye(x.shape[1]), x.T @ targets)
    rest = x @ weights - targets
    return {
        'weights': weights,
        'trainingError': 0.5 * (rest @ rest),
        'norm': weights @ weights,
    }


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


NETWORK = ('x', 'weights1', 'biases1', 'weights2', 'biases2', 'head', 'bias')

# The operation, its function, and its output where it has one alone.
forward = {
    'inception.flatHead': (flat_head, 'z'),
    'inception.totalLoss': (total_loss, 'loss'),
    'inception.trainingLoss': (training_loss, None),
    'inception.inference': (inference, 'z'),
    'resnet.stack': (stack, None),
    'training.decayedLoss': (decayed_loss, None),
    'training.ridge': (ridge, None),
    'transfer.network': (network, None),
    'transfer.networkLoss': (network_loss, 'loss'),
}

GRADIENTS = (
    'inception.trainingGradient',
    'transfer.networkGradient',
    *(identifier + 'Gradient' for identifier in (*composed, *forward)),
)


def unchecked(library, *others):
    """What is said of whatever a user composes: a sum that is right for its parts refuses nothing."""
    reason = '%s has no call for it, and the calls that it is composed of see only their parts'
    return dict.fromkeys((*composed, *forward, *GRADIENTS, *others), reason % library)
