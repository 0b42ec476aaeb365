"""The recurrent layers of PyTorch."""

import torch
from torch.func import functional_call
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import touchstone
from networks import chosen


def begun(states, directions):
    """What layers begin from; one of two that is left out is zeros."""
    given = [state for state in states if state is not None]
    if not given:
        return None
    whole = [torch.zeros_like(given[0]) if state is None else state for state in states]
    first = tuple(torch.stack([state] * directions) for state in whole)
    return first if len(first) == 2 else first[0]


def layer(kind, x, U, W, b, first, lengths, direction, **told):
    """One in reverse is the other half of one in both directions."""
    both = chosen(direction, forward=False, reverse=True)
    if lengths is not None and 0 in lengths:
        raise touchstone.Unsupported('a sequence without steps: lengths have to be greater than 0')
    if not U.ndim == W.ndim == (W if b is None else b).ndim:
        raise ValueError('weights and biases with as many axes as gates ask for')
    module = kind(*U.shape[:-3:-1], bias=b is not None, bidirectional=both, **told)
    given = {'weight_ih_l0': U.flatten(0, -2), 'weight_hh_l0': W.flatten(0, -2)}
    if b is not None:
        given.update(bias_ih_l0=b[0].flatten(), bias_hh_l0=b[1].flatten())
    own = {name + '_reverse' * both: array for name, array in given.items()}
    steps = len(x)
    if lengths is not None:
        x = pack_padded_sequence(x, lengths.long().cpu(), enforce_sorted=False)
    # That looks at shapes, which a call with other arrays in their place does not.
    module.load_state_dict(own, strict=False)
    h, last = functional_call(module, own, (x, begun(first, 1 + both)))
    if lengths is not None:
        h, _ = pad_packed_sequence(h, total_length=steps)
    return h[..., -W.shape[-1] :], last


def rnn(x, U, W, b=None, h0=None, lengths=None, *, activation, direction):
    h, last = layer(
        torch.nn.RNN, x, U, W, b, [h0], lengths, direction, nonlinearity=activation
    )
    return {'h': h, 'last': last[-1]}


def lstm(x, U, W, b=None, h0=None, c0=None, lengths=None, P=None, *, direction, coupled):
    h, (last, last_cell) = layer(torch.nn.LSTM, x, U, W, b, [h0, c0], lengths, direction)
    return {'h': h, 'last': last[-1], 'lastCell': last_cell[-1]}


def gru(x, U, W, b=None, h0=None, lengths=None, *, direction, reset):
    h, last = layer(torch.nn.GRU, x, U, W, b, [h0], lengths, direction)
    return {'h': h, 'last': last[-1]}


nonlinear = {'parameters': {'activation': {'anyOf': ['tanh', 'relu']}}}
# Layers have no peepholes, and give their cells after the last step only.
plain = {'parameters': {'coupled': False}}
after = {'parameters': {'reset': 'after'}}
supports = {
    'rnn.forward': nonlinear,
    'rnn.forwardGradient': nonlinear,
    # States of steps that are padding are zeros, and so are scores made of others.
    'rnn.network': {**nonlinear, 'absent': ['padded']},
    'bptt.loss': nonlinear,
    'bptt.lossGradient': nonlinear,
    'lstm.forward': {**plain, 'absent': ['P']},
    'lstm.forwardGradient': {**plain, 'absent': ['P', 'dc']},
    'gru.forward': after,
    'gru.forwardGradient': after,
}
