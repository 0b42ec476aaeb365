"""An implementation for touchstone to check. Run it through the harness:

    npx touchstone run --clause cnn.conv2d.forward --implementation "python3 implementation.py"

Then add operations: `npx touchstone list` shows the clauses that they must satisfy, and
`npx touchstone show cnn.conv2d.forward` a clause with the signatures of its operations. A function
gets inputs and parameters by their names, and returns outputs by theirs. One that takes less than its
signature allows says so: @operation('cnn.conv2d', supports={'parameters': {'strides': 1}}), or raises
touchstone.Unsupported('stride 1 only') at a single question.
"""

import numpy as np

from touchstone import operation, serve


@operation('cnn.conv2d')
def conv2d(x, filters, bias, strides, dilations, padding):
    """y[n, i, j, q] = bias[q] + the sum over u, v, k of x[n, Sh i + Dh u, Sw j + Dw v, k] filters[u, v, k, q]"""
    (Hf, Wf, _, Q), (Sh, Sw), (Dh, Dw) = filters.shape, strides, dilations
    given = [] if isinstance(padding, str) else padding
    if not are_whole([Sh, Sw, Dh, Dw], 1) or not are_whole(given, 0):
        raise ValueError('strides and dilations are whole numbers from 1 on, padding from 0 on')
    extent = (Dh * (Hf - 1) + 1, Dw * (Wf - 1) + 1)
    top, bottom = amounts(padding, 0, x.shape[1], extent[0], Sh)
    left, right = amounts(padding, 1, x.shape[2], extent[1], Sw)
    x = np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)))
    N, H, W, K = x.shape
    Ho, Wo = (H - extent[0]) // Sh + 1, (W - extent[1]) // Sw + 1
    bias = np.zeros(Q, x.dtype) if bias is None else bias
    if filters.shape[2] != K or bias.shape != (Q,) or Ho < 1 or Wo < 1:
        raise ValueError('the sizes of x, filters and bias do not fit together')

    y = np.zeros((N, Ho, Wo, Q), x.dtype) + bias
    for u in range(Hf):
        for v in range(Wf):
            rows, columns = Dh * u, Dw * v
            seen = x[:, rows : rows + Sh * Ho : Sh, columns : columns + Sw * Wo : Sw]
            y += seen[:, :Ho, :Wo] @ filters[u, v]
    return {'y': y}


def are_whole(values, least):
    return all(isinstance(value, int) and value >= least for value in values)


def amounts(padding, axis, size, extent, stride):
    """The rows (axis 0) or columns (axis 1) of zeros before and after."""
    if padding == 'valid':
        return 0, 0
    if padding == 'same':
        total = max((-(-size // stride) - 1) * stride + extent - size, 0)
        return total // 2, total - total // 2
    return padding[2 * axis], padding[2 * axis + 1]


if __name__ == '__main__':
    # For images and filters with channels first: axes={'x': 'NKHW', 'filters': 'QKHW'}
    serve(name='implementation', version='0.1.0', axes='channels last')
