"""NumPy as it is: each operation as a user of it would write it. NumPy differentiates nothing."""

import sys

import numpy as np
import numpy as xp
from numpy.lib.stride_tricks import sliding_window_view

import operations
from numpy_compression import *
from numpy_federated import *


def seen(x, kernel, strides, padding, dilations=(1, 1), value=0):
    """Every window of the padded images: images, channels, rows, columns, kernel rows, kernel columns."""
    x = np.pad(x, ((0, 0), (0, 0), *padding), constant_values=value)
    reach = [d * (k - 1) + 1 for d, k in zip(dilations, kernel)]
    all_windows = sliding_window_view(x, reach, axis=(2, 3))
    return all_windows[:, :, :: strides[0], :: strides[1], :: dilations[0], :: dilations[1]]


def conv2d(x, filters, bias=None, **windows):
    y = np.einsum('nkijuv,qkuv->nqij', seen(x, filters.shape[2:], **windows), filters)
    return y if bias is None else y + bias[:, None, None]


def depthwise(x, filters, bias=None, **windows):
    y = np.einsum('nkijuv,kmuv->nkmij', seen(x, filters.shape[2:], **windows), filters)
    y = y.reshape(len(x), -1, *y.shape[3:])
    return y if bias is None else y + bias[:, None, None]


def columns(x, kernelSize, **windows):
    every = seen(x, kernelSize, **windows)
    return every.transpose(0, 1, 4, 5, 2, 3).reshape(len(x), -1, *every.shape[2:4])


def relu(x):
    return np.maximum(x, 0)


def leaky_relu(x, slope):
    return np.where(x > 0, x, np.float32(slope) * x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_sigmoid(x):
    return -np.logaddexp(0, -x)


def max_pool(x, **pooling):
    return seen(x, value=-np.inf, **pooling).max((4, 5))


def average_pool(x, **pooling):
    return np.nanmean(seen(x, value=np.nan, **pooling), (4, 5))


def cross_entropy(scores, targets):
    logarithms = scores - np.logaddexp.reduce(scores, 1, keepdims=True)
    return -(targets * logarithms).sum(1).mean()


def scan(step, first, arrays, reverse):
    states, kept = first, []
    steps = list(zip(*arrays))
    for given in reversed(steps) if reverse else steps:
        states, after = step(states, given)
        kept.append(after)
    return states, [np.stack(state[::-1] if reverse else state) for state in zip(*kept)]


operations.provide(
    sys.modules[__name__],
    'NumPy',
    np,
    composed=['cnn.maxPool', 'cnn.averagePool', 'efficient.channelShuffle'],
    conventions={'padding': 'pairs'},
)
