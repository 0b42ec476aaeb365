"""NumPy as it is: each operation as a user of it would write it. NumPy differentiates nothing."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

import models
import networks
from touchstone import operation, serve
from windows import amounts


def seen(x, kernel, strides, dilations, around, value=0):
    """Every window of the padded images: images, rows, columns, channels, kernel rows, kernel columns."""
    x = np.pad(x, ((0, 0), *around, (0, 0)), constant_values=value)
    reach = [d * (k - 1) + 1 for d, k in zip(dilations, kernel)]
    all_windows = sliding_window_view(x, reach, axis=(1, 2))
    return all_windows[:, :: strides[0], :: strides[1], :, :: dilations[0], :: dilations[1]]


class NumPy:
    relu = staticmethod(lambda x: np.maximum(x, 0))
    tanh = staticmethod(np.tanh)
    stack = staticmethod(np.stack)
    solve = staticmethod(np.linalg.solve)
    tensordot = staticmethod(np.tensordot)
    eye = staticmethod(lambda size: np.eye(size, dtype=np.float32))

    @staticmethod
    def cross_entropy(scores, targets):
        logarithms = scores - np.logaddexp.reduce(scores, 1, keepdims=True)
        return -(targets * logarithms).sum(1).mean()

    @staticmethod
    def concat(maps):
        return np.concatenate(maps, 3)

    @staticmethod
    def conv(x, filters, bias=None, stride=1, ring=0):
        around = ((ring, ring), (ring, ring))
        windows = seen(x, filters.shape[:2], (stride, stride), (1, 1), around)
        y = np.einsum('nijkuv,uvkq->nijq', windows, filters)
        return y if bias is None else y + bias

    @staticmethod
    def depthwise(x, filters, strides, dilations, padding):
        around = amounts(padding, x.shape[1:3], filters.shape[:2], strides, dilations)
        windows = seen(x, filters.shape[:2], strides, dilations, around)
        y = np.einsum('nijkuv,uvkm->nijkm', windows, filters)
        return y.reshape(*y.shape[:3], -1)


for identifier, (function, _) in networks.composed.items():
    operation(identifier)(lambda function=function, **given: {'y': function(NumPy, **given)})

for identifier, (function, output) in models.forward.items():

    def evaluate(function=function, output=output, **given):
        answer = function(NumPy, **given)
        return answer if output is None else {output: answer}

    operation(identifier)(evaluate)


@operation('cnn.patches')
def patches(x, kernelSize, strides, dilations, padding):
    around = amounts(padding, x.shape[1:3], kernelSize, strides, dilations)
    windows = seen(x, kernelSize, strides, dilations, around)
    return {'patches': windows.transpose(0, 1, 2, 4, 5, 3).reshape(*windows.shape[:3], -1)}


@operation('cnn.conv2d')
def conv2d(x, filters, bias, strides, dilations, padding):
    around = amounts(padding, x.shape[1:3], filters.shape[:2], strides, dilations)
    windows = seen(x, filters.shape[:2], strides, dilations, around)
    return {'y': np.einsum('nijkuv,uvkq->nijq', windows, filters) + bias}


@operation('cnn.conv2dBiasGradient')
def conv2d_bias_gradient(dy):
    return {'dBias': dy.sum((0, 1, 2))}


@operation('cnn.zeroPad')
def zero_pad(x, padding):
    top, bottom, left, right = padding
    return {'y': np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)))}


@operation('cnn.activation')
def activation(x, activation, slope):
    calls = {
        'relu': lambda: np.maximum(x, 0),
        'leaky-relu': lambda: np.where(x > 0, x, np.float32(slope) * x),
        'sigmoid': lambda: 1 / (1 + np.exp(-x)),
        'tanh': lambda: np.tanh(x),
    }
    return {'y': calls[activation]()}


@operation('cnn.maxPool')
def max_pool(x, kernel, strides, padding):
    around = amounts(padding, x.shape[1:3], kernel, strides)
    return {'y': seen(x, kernel, strides, (1, 1), around, -np.inf).max((4, 5))}


@operation('cnn.averagePool')
def average_pool(x, kernel, strides, padding):
    around = amounts(padding, x.shape[1:3], kernel, strides)
    return {'y': np.nanmean(seen(x, kernel, strides, (1, 1), around, np.nan), (4, 5))}


@operation('cnn.flatten')
def flatten(x):
    return {'y': x.reshape(x.shape[0], -1)}


@operation('cnn.dense')
def dense(x, weights, bias):
    return {'y': x @ weights + bias}


@operation('cnn.lightJitter')
def light_jitter(x, contrast, brightness, top):
    return {'y': np.clip(np.float32(contrast) * x + np.float32(brightness), 0, np.float32(top))}


@operation('cnn.flip')
def flip(x):
    return {'y': np.flip(x, 2)}


@operation('efficient.depthwise')
def depthwise(x, filters, strides, dilations, padding):
    return {'y': NumPy.depthwise(x, filters, strides, dilations, padding)}


@operation('efficient.pointwise')
def pointwise(x, filters):
    return {'y': x @ filters[0, 0]}


@operation('efficient.channelShuffle')
def channel_shuffle(x, groups):
    return {'y': x.reshape(*x.shape[:3], groups, -1).swapaxes(3, 4).reshape(x.shape)}


@operation('inception.pooledHead')
def pooled_head(x, weights, bias):
    return {'z': x.mean((1, 2)) @ weights + bias}


@operation('training.quadratic')
def quadratic(matrix, minimum, x):
    return {'loss': networks.quadratic(NumPy, matrix, minimum, x)}


serve(
    name='numpy',
    version=np.__version__,
    device='NumPy, CPU',
    unchecked=models.unchecked(
        'NumPy', 'cnn.maxPool', 'cnn.averagePool', 'efficient.channelShuffle'
    ),
)
