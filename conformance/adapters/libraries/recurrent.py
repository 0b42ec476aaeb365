"""Recurrent layers, as a user writes them with the calls of a library.

`lib` has layers of these names, or `scan(step, first, arrays, reverse)` and its arrays `xp`.
"""

from functools import partial

from networks import chosen, unchanged


def over_steps(lib, cell, x, first, padded, direction):
    """The states of a cell after every step, and the last ones; padding leaves them as they are."""
    is_padding = lib.xp.zeros(x.shape[:2]) == 1 if padded is None else padded == 1
    is_padding = is_padding[..., None]

    def step(states, given):
        x, skips = given
        after = tuple(lib.xp.where(skips, *pair) for pair in zip(states, cell(x, *states)))
        return after, after

    there = lib.xp.where(is_padding, lib.xp.zeros_like(x), x)
    return lib.scan(step, tuple(first), (there, is_padding), direction == 'reverse')


def begun(lib, state, x, W):
    return lib.xp.zeros((x.shape[1], W.shape[-1]), x.dtype) if state is None else state


def rnn(lib, x, U, W, b=None, h0=None, padded=None, *, activation, direction):
    psi = chosen(activation, tanh=lib.xp.tanh, relu=lib.relu, linear=unchanged)
    bias = 0 if b is None else b
    cell = lambda x, h: [psi(x @ U.T + h @ W.T + bias)]
    (last,), (h,) = over_steps(lib, cell, x, [begun(lib, h0, x, W)], padded, direction)
    return {'h': h, 'last': last}


# Each with its outputs, and the inputs by which its gradient is asked for.
composed = {
    'rnn.forward': (rnn, 'h last', 'x U W b h0'),
}


def composed_of(lib):
    """The operations for which a library has no layer."""
    return [identifier for identifier, (layer, *_) in composed.items() if not hasattr(lib, layer.__name__)]


def provided(lib):
    """Each operation with its function, the layer of the library where it has one, its outputs, its inputs."""
    for identifier, (function, output, by) in composed.items():
        yield identifier, getattr(lib, function.__name__, partial(function, lib)), output, by


def stateless(title):
    """Why a library that differentiates layers does not return what it has on its way."""
    reason = '%s keeps to itself what it has on the way back' % title
    return {identifier + 'Gradient': reason for identifier, (_, _, by) in composed.items() if by}
