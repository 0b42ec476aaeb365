"""NumPy in half precision: `half.py float16`, or `half.py bfloat16` by ml_dtypes. Every sum is rounded."""

import sys

import numpy as np

from touchstone import operation, serve


def windows(x, kernel, strides, dilations, padding, value=0):
    """By place of the kernel, what the windows see there; padding is [[top, bottom], [left, right]]."""
    if min(*strides, *dilations) < 1 or np.min(padding) < 0:
        raise ValueError('strides and dilations are from 1 on, padding from 0 on')
    x = np.pad(x, ((0, 0), *padding, (0, 0)), constant_values=value)
    counts = [
        (size - d * (k - 1) - 1) // s + 1
        for size, k, s, d in zip(x.shape[1:3], kernel, strides, dilations)
    ]
    if min(counts) < 1:
        raise ValueError('the kernel is larger than the image')
    for u in range(kernel[0]):
        for v in range(kernel[1]):
            (i, j), (Ho, Wo), (Sh, Sw) = (dilations[0] * u, dilations[1] * v), counts, strides
            yield u, v, x[:, i : i + Sh * Ho : Sh, j : j + Sw * Wo : Sw][:, :Ho, :Wo]


@operation('cnn.conv2d')
def conv2d(x, filters, bias, strides, dilations, padding):
    Hf, Wf, K, Q = filters.shape
    y = np.zeros(Q, filters.dtype) if bias is None else bias
    if x.shape[3] != K or y.shape != (Q,):
        raise ValueError('the sizes of x, filters and bias do not fit together')
    for u, v, seen in windows(x, (Hf, Wf), strides, dilations, padding):
        for k in range(K):
            y = y + seen[..., k, None] * filters[u, v, k]
    return {'y': y}


@operation('cnn.maxPool')
def max_pool(x, kernel, strides, padding):
    if any(amount >= k for sides, k in zip(padding, kernel) for amount in sides):
        raise ValueError('padding is narrower than the kernel')
    every = [seen for *_, seen in windows(x, kernel, strides, (1, 1), padding, -np.inf)]
    return {'y': np.max(every, axis=0)}


@operation('cnn.zeroPad')
def zero_pad(x, padding):
    top, bottom, left, right = padding
    return {'y': np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)))}


serve(
    name='numpy-half',
    version=np.__version__,
    precision=sys.argv[1],
    conventions={'padding': 'pairs'},
)
