"""JAX as it is: each operation as a user of it would write it."""

import os

os.environ.setdefault('JAX_PLATFORMS', 'cpu')

import jax
import jax.numpy as jnp
import numpy
from jax import lax

import autograd
import models
import networks
from touchstone import serve
from windows import amounts

LAYOUT = ('NHWC', 'HWIO', 'NHWC')


def convolve(x, filters, strides=(1, 1), padding=((0, 0), (0, 0)), dilations=(1, 1), groups=1):
    return lax.conv_general_dilated(
        x,
        filters,
        strides,
        padding,
        rhs_dilation=dilations,
        dimension_numbers=LAYOUT,
        feature_group_count=groups,
    )


class Jax:
    rejections = RuntimeError
    lrn = None  # JAX has no normalization of this kind.
    relu = staticmethod(jax.nn.relu)
    tanh = staticmethod(jnp.tanh)
    zeros = staticmethod(jnp.zeros)
    ones = staticmethod(jnp.ones)
    eye = staticmethod(jnp.eye)
    stack = staticmethod(jnp.stack)
    solve = staticmethod(jnp.linalg.solve)
    tensordot = staticmethod(jnp.tensordot)

    @staticmethod
    def array(value):
        return jnp.asarray(value) if hasattr(value, 'dtype') else value

    @staticmethod
    def numpy(value):
        return numpy.asarray(value)

    @staticmethod
    def pullback(function, inputs, above):
        _, back = jax.vjp(function, *inputs)
        return back(above)

    @staticmethod
    def concat(maps):
        return jnp.concatenate(maps, 3)

    @staticmethod
    def conv(x, filters, bias=None, stride=1, ring=0):
        y = convolve(x, filters, (stride, stride), ((ring, ring), (ring, ring)))
        return y if bias is None else y + bias

    @staticmethod
    def conv2d(x, filters, bias, strides, dilations, padding):
        around = amounts(padding, x.shape[1:3], filters.shape[:2], strides, dilations)
        y = convolve(x, filters, strides, around, dilations)
        return y if bias is None else y + bias

    @staticmethod
    def depthwise(x, filters, strides, dilations, padding):
        Hf, Wf, K, M = filters.shape
        around = amounts(padding, x.shape[1:3], (Hf, Wf), strides, dilations)
        grouped = filters.reshape(Hf, Wf, 1, K * M)
        return convolve(x, grouped, strides, around, dilations, groups=K)

    @staticmethod
    def group_pointwise(x, filters):
        G, A, B = filters.shape
        return convolve(x, filters.transpose(1, 0, 2).reshape(1, 1, A, G * B), groups=G)

    @staticmethod
    def channel_shuffle(x, groups):
        N, H, W, C = x.shape
        return x.reshape(N, H, W, groups, -1).swapaxes(3, 4).reshape(N, H, W, C)

    @staticmethod
    def zero_pad(x, padding):
        top, bottom, left, right = padding
        return jnp.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)))

    @staticmethod
    def activation(x, activation, slope):
        if activation == 'leaky-relu':
            return jax.nn.leaky_relu(x, slope)
        calls = {'relu': jax.nn.relu, 'sigmoid': jax.nn.sigmoid, 'tanh': jnp.tanh}
        return calls[activation](x)

    @staticmethod
    def max_pool(x, kernel, strides, padding):
        return windows(x, -jnp.inf, lax.max, kernel, strides, padding)

    @staticmethod
    def average_pool(x, kernel, strides, padding):
        total = windows(x, 0.0, lax.add, kernel, strides, padding)
        return total / windows(jnp.ones_like(x), 0.0, lax.add, kernel, strides, padding)

    @staticmethod
    def cross_entropy(scores, targets):
        return -(targets * jax.nn.log_softmax(scores)).sum(1).mean()

    @staticmethod
    def patches(x, kernelSize, strides, dilations, padding):
        around = amounts(padding, x.shape[1:3], kernelSize, strides, dilations)
        columns = lax.conv_general_dilated_patches(
            x, kernelSize, strides, around, rhs_dilation=dilations, dimension_numbers=LAYOUT
        )
        # JAX has the channels first in a column.
        apart = columns.reshape(*columns.shape[:3], x.shape[3], -1)
        return apart.swapaxes(3, 4).reshape(columns.shape)

    @staticmethod
    def descend(matrix, minimum, start, rate, steps):
        of = jax.value_and_grad(lambda x: networks.quadratic(Jax, matrix, minimum, x))
        x, trajectory, losses = start, [], []
        for step in range(steps + 1):
            loss, slope = of(x)
            trajectory.append(x)
            losses.append(loss)
            x = x - rate * slope
        return {'trajectory': jnp.stack(trajectory), 'losses': jnp.stack(losses)}

    @staticmethod
    def light_jitter(x, contrast, brightness, top):
        return jnp.clip(contrast * x + brightness, 0, top)

    @staticmethod
    def flip(x):
        return jnp.flip(x, 2)


def windows(x, start, combine, kernel, strides, padding):
    around = amounts(padding, x.shape[1:3], kernel, strides)
    return lax.reduce_window(
        x, start, combine, (1, *kernel, 1), (1, *strides, 1), ((0, 0), *around, (0, 0))
    )


autograd.register(Jax)
serve(
    name='jax',
    version=jax.__version__,
    device='JAX, CPU',
    versions={'jax': jax.__version__},
    unchecked=models.unchecked('JAX', 'efficient.channelShuffle'),
)
