"""The convolution property with Hypothesis, NumPy and PyTorch, as one writes it there.

Prints how many seconds the given number of cases took:  python convolution.py <cases> <seed>
"""

import sys
import time

import hypothesis.strategies as st
import numpy as np
import torch
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.extra.numpy import arrays

RUNS, SEED = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)

side = st.integers(1, 4)
elements = st.floats(-100, 100, width=32)


@st.composite
def cases(draw):
    N, K, Q, Hf, Wf = draw(st.integers(1, 2)), draw(side), draw(side), draw(side), draw(side)
    Sh, Sw, Dh, Dw = (draw(st.integers(1, 3)) for _ in range(4))
    top, bottom, left, right = (draw(st.integers(0, 2)) for _ in range(4))
    H = max(1, Dh * (Hf - 1) + 1 - top - bottom) + draw(st.integers(0, 5))
    W = max(1, Dw * (Wf - 1) + 1 - left - right) + draw(st.integers(0, 5))
    x = draw(arrays(np.float32, (N, H, W, K), elements=elements))
    filters = draw(arrays(np.float32, (Hf, Wf, K, Q), elements=elements))
    bias = draw(arrays(np.float32, (Q,), elements=elements))
    return x, filters, bias, (Sh, Sw), (Dh, Dw), (top, bottom, left, right)


def expected(x, filters, bias, strides, dilations, padding):
    (Sh, Sw), (Dh, Dw), (top, bottom, left, right) = strides, dilations, padding
    Hf, Wf, _, Q = filters.shape
    padded = np.pad(x.astype(np.float64), ((0, 0), (top, bottom), (left, right), (0, 0)))
    Ho = (padded.shape[1] - Dh * (Hf - 1) - 1) // Sh + 1
    Wo = (padded.shape[2] - Dw * (Wf - 1) - 1) // Sw + 1
    y = np.zeros((x.shape[0], Ho, Wo, Q)) + bias.astype(np.float64)
    for u in range(Hf):
        for v in range(Wf):
            rows = slice(u * Dh, u * Dh + (Ho - 1) * Sh + 1, Sh)
            columns = slice(v * Dw, v * Dw + (Wo - 1) * Sw + 1, Sw)
            y += padded[:, rows, columns, :] @ filters[u, v].astype(np.float64)
    return y


def actual(x, filters, bias, strides, dilations, padding):
    top, bottom, left, right = padding
    image = torch.nn.functional.pad(
        torch.from_numpy(x).permute(0, 3, 1, 2), (left, right, top, bottom)
    )
    weights = torch.from_numpy(filters).permute(3, 2, 0, 1)
    y = torch.nn.functional.conv2d(
        image, weights, torch.from_numpy(bias), stride=strides, dilation=dilations
    )
    return y.permute(0, 2, 3, 1).numpy()


@seed(SEED)
@settings(max_examples=RUNS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(cases())
def agrees(case):
    np.testing.assert_allclose(actual(*case), expected(*case), rtol=1e-3, atol=1e-1)


started = time.perf_counter()
agrees()
print(time.perf_counter() - started)
