"""JAX as it is: each operation as a user of it would write it."""

import os
import sys

os.environ.setdefault('JAX_PLATFORMS', 'cpu')

import jax
import jax.numpy as jnp
import jax.numpy as xp
from jax import lax

import models
import networks
import operations
from touchstone import serve

CHANNELS, TAKEN = 3, 2
LAYOUT = ('NHWC', 'HWIO', 'NHWC')
relu = jax.nn.relu


def pullback(function, inputs, above):
    return jax.vjp(function, *inputs)[1](above)


def conv2d(x, filters, bias=None, *, strides, dilations, padding, groups=1):
    y = lax.conv_general_dilated(
        x,
        filters,
        strides,
        padding,
        rhs_dilation=dilations,
        dimension_numbers=LAYOUT,
        feature_group_count=groups,
    )
    return y if bias is None else y + bias


def depthwise(x, filters, bias=None, **windows):
    Hf, Wf, K, M = filters.shape
    return conv2d(x, filters.reshape(Hf, Wf, 1, K * M), bias, **windows, groups=K)


def group_pointwise(x, filters):
    G, A, B = filters.shape
    bank = filters.transpose(1, 0, 2).reshape(1, 1, A, G * B)
    return conv2d(x, bank, strides=(1, 1), dilations=(1, 1), padding='VALID', groups=G)


def activation(x, activation, slope):
    if activation == 'leaky-relu':
        return jax.nn.leaky_relu(x, slope)
    return {'relu': jax.nn.relu, 'sigmoid': jax.nn.sigmoid, 'tanh': jnp.tanh}[activation](x)


def windows(x, start, combine, kernel, strides, padding):
    around = ((0, 0), *padding, (0, 0))
    return lax.reduce_window(x, start, combine, (1, *kernel, 1), (1, *strides, 1), around)


def max_pool(x, **pooling):
    return windows(x, -jnp.inf, lax.max, **pooling)


def average_pool(x, **pooling):
    counts = windows(jnp.ones_like(x), 0.0, lax.add, **pooling)
    return windows(x, 0.0, lax.add, **pooling) / counts


def cross_entropy(scores, targets):
    return -(targets * jax.nn.log_softmax(scores)).sum(1).mean()


def patches(x, kernelSize, strides, dilations, padding):
    columns = lax.conv_general_dilated_patches(
        x, kernelSize, strides, padding, rhs_dilation=dilations, dimension_numbers=LAYOUT
    )
    # JAX has the channels first in a column.
    apart = columns.reshape(*columns.shape[:3], x.shape[3], -1)
    return apart.swapaxes(3, 4).reshape(columns.shape)


def descend(matrix, minimum, start, rate, steps):
    of = jax.value_and_grad(lambda x: networks.quadratic(None, matrix, minimum, x))
    x, trajectory, losses = start, [], []
    for step in range(steps + 1):
        loss, slope = of(x)
        trajectory.append(x)
        losses.append(loss)
        x = x - rate * slope
    return {'trajectory': jnp.stack(trajectory), 'losses': jnp.stack(losses)}


operations.register(sys.modules[__name__])
serve(
    name='jax',
    version=jax.__version__,
    device='JAX, CPU',
    versions={'jax': jax.__version__},
    unchecked=models.unchecked('JAX', 'efficient.channelShuffle'),
    arrays=jnp.asarray,
    conventions={'padding': 'pairs'},
)
