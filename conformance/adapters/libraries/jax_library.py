"""JAX as it is: each operation as a user of it would write it."""

import os
import sys

os.environ.setdefault('JAX_PLATFORMS', 'cpu')

import jax
import jax.numpy as jnp
import jax.numpy as xp
from jax import lax

import networks
import operations
from jax_compression import *
from jax_normalization import normalizations

where = jax.default_backend()
relu, leaky_relu, sigmoid = jax.nn.relu, jax.nn.leaky_relu, jax.nn.sigmoid
log_sigmoid = jax.nn.log_sigmoid


def pullback(function, inputs, above):
    return jax.vjp(function, *inputs)[1](above)


def conv2d(x, filters, bias=None, *, strides, dilations, padding, groups=1):
    y = lax.conv_general_dilated(
        x, filters, strides, padding, rhs_dilation=dilations, feature_group_count=groups
    )
    return y if bias is None else y + bias[:, None, None]


def conv_transpose2d(z, filters, bias=None, *, strides, dilations, padding, outputPadding, groups):
    cut = [(before, behind - more) for (before, behind), more in zip(padding, outputPadding)]
    y = lax.conv_transpose(
        z,
        filters,
        strides,
        cut,
        rhs_dilation=dilations,
        dimension_numbers=('NCHW', 'OIHW', 'NCHW'),
        transpose_kernel=True,
        use_consistent_padding=True,
    )
    return y if bias is None else y + bias[:, None, None]


# lax.conv_transpose has no groups.
supports = dict.fromkeys(('gan.tconv2d', 'gan.tconv2dGradient'), {'parameters': {'groups': 1}})


def windows(x, start, combine, kernel, strides, padding):
    around = ((0, 0), (0, 0), *padding)
    return lax.reduce_window(x, start, combine, (1, 1, *kernel), (1, 1, *strides), around)


def max_pool(x, **pooling):
    return windows(x, -jnp.inf, lax.max, **pooling)


def average_pool(x, **pooling):
    counts = windows(jnp.ones_like(x), 0.0, lax.add, **pooling)
    return windows(x, 0.0, lax.add, **pooling) / counts


def cross_entropy(scores, targets):
    return -(targets * jax.nn.log_softmax(scores)).sum(1).mean()


def columns(x, kernelSize, strides, dilations, padding):
    return lax.conv_general_dilated_patches(x, kernelSize, strides, padding, rhs_dilation=dilations)


def scan(step, first, arrays, reverse):
    return lax.scan(step, first, arrays, reverse=reverse)


def descend(matrix, minimum, start, rate, steps):
    of = jax.value_and_grad(lambda x: networks.quadratic(None, matrix, minimum, x))
    x, trajectory, losses = start, [], []
    for step in range(steps + 1):
        loss, slope = of(x)
        trajectory.append(x)
        losses.append(loss)
        x = x - rate * slope
    return {'trajectory': jnp.stack(trajectory), 'losses': jnp.stack(losses)}


operations.provide(
    sys.modules[__name__],
    'JAX',
    jax,
    composed=['efficient.channelShuffle', 'gan.batchNorm', 'gan.batchNormInference'],
    arrays=jnp.asarray,
    place='CPU' if where == 'cpu' else jax.devices()[0].device_kind,
    reproducible='to-the-bit' if where == 'cpu' else 'within-bound',
    conventions={'padding': 'pairs', 'derivative': 'at zeros'},
)
