"""The recurrent layers of PyTorch."""

import torch
from torch.func import functional_call
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import touchstone
from networks import chosen


def layer(kind, x, U, W, b, states, lengths, direction, **told):
    """One in reverse is the other half of one in both directions."""
    both = chosen(direction, forward=False, reverse=True)
    if lengths is not None and 0 in lengths:
        raise touchstone.Unsupported('a sequence without steps: lengths have to be greater than 0')
    module = kind(*U.shape[:-3:-1], bias=b is not None, bidirectional=both, **told)
    given = {'weight_ih_l0': U, 'weight_hh_l0': W}
    if b is not None:
        given.update(bias_ih_l0=b[0], bias_hh_l0=b[1])
    own = {name + '_reverse' * both: array for name, array in given.items()}
    steps = len(x)
    if lengths is not None:
        x = pack_padded_sequence(x, lengths.long(), enforce_sorted=False)
    # That looks at shapes, which a call with other arrays in their place does not.
    module.load_state_dict(own, strict=False)
    h, last = functional_call(module, own, (x, states(both)))
    if lengths is not None:
        h, _ = pad_packed_sequence(h, total_length=steps)
    return h[..., -len(W) :], last


def rnn(x, U, W, b=None, h0=None, lengths=None, *, activation, direction):
    first = lambda both: None if h0 is None else torch.stack([h0] * (1 + both))
    h, last = layer(torch.nn.RNN, x, U, W, b, first, lengths, direction, nonlinearity=activation)
    return {'h': h, 'last': last[-1]}


nonlinear = {'parameters': {'activation': {'anyOf': ['tanh', 'relu']}}}
supports = {'rnn.forward': nonlinear, 'rnn.forwardGradient': nonlinear}
