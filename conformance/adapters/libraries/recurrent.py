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


def lstm(
    lib, x, U, W, b=None, h0=None, c0=None, padded=None, P=None, *, direction, coupled
):
    bias = 0 if b is None else b[:, None]
    own = (0, 0, 0) if P is None else P

    def cell(x, h, c):
        i, f, g, o = x @ U.swapaxes(1, 2) + h @ W.swapaxes(1, 2) + bias
        i = lib.sigmoid(i + own[0] * c)
        f = 1 - i if coupled else lib.sigmoid(f + own[1] * c)
        c = f * c + i * lib.xp.tanh(g)
        return lib.sigmoid(o + own[2] * c) * lib.xp.tanh(c), c

    first = [begun(lib, state, x, W) for state in (h0, c0)]
    (last, last_cell), (h, c) = over_steps(lib, cell, x, first, padded, direction)
    return {'h': h, 'c': c, 'last': last, 'lastCell': last_cell}


def gru(lib, x, U, W, b=None, bn=None, h0=None, padded=None, *, direction, reset):
    bias, own = 0 if b is None else b[:, None], 0 if bn is None else bn
    Wz, Wr, Wn = W.swapaxes(1, 2)

    def cell(x, h):
        z, r, n = x @ U.swapaxes(1, 2) + bias
        z, r = lib.sigmoid(z + h @ Wz), lib.sigmoid(r + h @ Wr)
        state = (r * h) @ Wn + own if reset == 'before' else r * (h @ Wn + own)
        return [(1 - z) * lib.xp.tanh(n + state) + z * h]

    (last,), (h,) = over_steps(lib, cell, x, [begun(lib, h0, x, W)], padded, direction)
    return {'h': h, 'last': last}


def network(lib, V, c=None, **given):
    h = layer_of(lib, rnn)(**given)['h']
    o = h @ V.T + (0 if c is None else c)
    return {'h': h, 'o': o, 'y': lib.softmax(o.reshape(-1, len(V))).reshape(o.shape)}


def sequence_loss(lib, x, U, W, b, h0, V, c, y, *, activation):
    # Layers have two biases, one of which is enough.
    biases = lib.xp.stack([b, lib.xp.zeros_like(b)]) if hasattr(lib, 'rnn') else b
    layer = layer_of(lib, rnn)
    o = layer(x=x, U=U, W=W, b=biases, h0=h0, activation=activation, direction='forward')['h'] @ V.T + c
    return -(y * lib.log_softmax(o.reshape(-1, len(V))).reshape(o.shape)).sum((1, 2))


def slope(lib, x, activation):
    psi = chosen(activation, sigmoid=lib.sigmoid, tanh=lib.xp.tanh, relu=lib.relu)
    return lib.pullback(lambda x: (psi(x),), [x], (lib.xp.ones_like(x),))[0]


def path_slope(lib, z, activation):
    return slope(lib, z, activation).prod(0)


def layer_of(lib, function):
    """The layer of the library, or what its users compose."""
    return getattr(lib, function.__name__, partial(function, lib))


# Each with its outputs, and the inputs by which its gradient is asked for.
composed = {
    'rnn.forward': (rnn, 'h last', 'x U W b h0'),
    'lstm.forward': (lstm, 'h c last lastCell', 'x U W b h0 c0 P'),
    'gru.forward': (gru, 'h last', 'x U W b bn h0'),
    'rnn.network': (network, 'h o y', None),
    'bptt.loss': (sequence_loss, 'E', 'x U W b h0 V c'),
}


def composed_of(lib):
    """The operations for which a library has no layer."""
    own = [identifier for identifier, (layer, *_) in composed.items() if not hasattr(lib, layer.__name__)]
    return [*own, 'activation.pathDerivative']


def provided(lib):
    """Each operation with its function, the layer of the library where it has one, its outputs, its inputs."""
    for identifier, (function, output, by) in composed.items():
        yield identifier, layer_of(lib, function), output, by
    if hasattr(lib, 'pullback'):
        yield 'activation.derivative', partial(slope, lib), 'slope', None
        yield 'activation.pathDerivative', partial(path_slope, lib), 'product', None


def stateless(lib, title):
    """Why a library does not return all that it has on its way."""
    reason = '%s keeps to itself what it has on the way back' % title
    layers = {of + 'Gradient': reason for of, _, output, by in provided(lib) if by and 'last' in output}
    cells = {'lstm.forward': 'the layer gives the cells after its last step only'}
    return {**(layers if hasattr(lib, 'pullback') else {}), **(cells if hasattr(lib, 'lstm') else {})}
