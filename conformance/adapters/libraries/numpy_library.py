"""NumPy as it is: each operation as a user of it would write it. NumPy differentiates nothing."""

import sys

import numpy as np
import numpy as xp
from numpy.lib.stride_tricks import sliding_window_view

import models
import operations
from touchstone import serve

CHANNELS, TAKEN = 3, 2


def seen(x, kernel, strides, padding, dilations=(1, 1), value=0):
    """Every window of the padded images: images, rows, columns, channels, kernel rows, kernel columns."""
    x = np.pad(x, ((0, 0), *padding, (0, 0)), constant_values=value)
    reach = [d * (k - 1) + 1 for d, k in zip(dilations, kernel)]
    all_windows = sliding_window_view(x, reach, axis=(1, 2))
    return all_windows[:, :: strides[0], :: strides[1], :, :: dilations[0], :: dilations[1]]


def conv2d(x, filters, bias=None, **windows):
    y = np.einsum('nijkuv,uvkq->nijq', seen(x, filters.shape[:2], **windows), filters)
    return y if bias is None else y + bias


def depthwise(x, filters, bias=None, **windows):
    y = np.einsum('nijkuv,uvkm->nijkm', seen(x, filters.shape[:2], **windows), filters)
    y = y.reshape(*y.shape[:3], -1)
    return y if bias is None else y + bias


def patches(x, kernelSize, **windows):
    every = seen(x, kernelSize, **windows)
    return every.transpose(0, 1, 2, 4, 5, 3).reshape(*every.shape[:3], -1)


def relu(x):
    return np.maximum(x, 0)


def activation(x, activation, slope):
    calls = {
        'relu': lambda: relu(x),
        'leaky-relu': lambda: np.where(x > 0, x, np.float32(slope) * x),
        'sigmoid': lambda: 1 / (1 + np.exp(-x)),
        'tanh': lambda: np.tanh(x),
    }
    return calls[activation]()


def max_pool(x, **pooling):
    return seen(x, value=-np.inf, **pooling).max((4, 5))


def average_pool(x, **pooling):
    return np.nanmean(seen(x, value=np.nan, **pooling), (4, 5))


def cross_entropy(scores, targets):
    logarithms = scores - np.logaddexp.reduce(scores, 1, keepdims=True)
    return -(targets * logarithms).sum(1).mean()


operations.register(sys.modules[__name__])
serve(
    name='numpy',
    version=np.__version__,
    device='NumPy, CPU',
    unchecked=models.unchecked(
        'NumPy', 'cnn.maxPool', 'cnn.averagePool', 'efficient.channelShuffle'
    ),
    conventions={'padding': 'pairs'},
)
