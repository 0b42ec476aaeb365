"""Registers the operations of a library that differentiates: forward calls, and their gradients."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

import models
import networks
from touchstone import operation

REJECTED = (ValueError, TypeError, IndexError, AssertionError)


def register(lib):
    """`lib` has the calls of a library; see `pytorch_library.py` and `jax_library.py`."""

    def forward(identifier, output, function):
        def evaluate(**arguments):
            with rejecting(lib):
                given = {name: lib.array(value) for name, value in arguments.items()}
                answer = function(**given)
                outputs = answer if output is None else {output: answer}
                return {name: lib.numpy(value) for name, value in outputs.items()}

        operation(identifier)(evaluate)

    def gradient(identifier, function, by, upstream='dy'):
        def evaluate(**arguments):
            with rejecting(lib):
                given = {name: lib.array(value) for name, value in arguments.items()}
                above = lib.ones(()) if upstream is None else given.pop(upstream)
                others = {name: value for name, value in given.items() if name not in by}
                inputs = [given[name] for name in by]
                slopes = lib.pullback(
                    lambda *changed: function(**dict(zip(by, changed)), **others), inputs, above
                )
                return {
                    slope_of(name): lib.numpy(slope)
                    for name, slope in zip(by, slopes)
                }

        operation(identifier)(evaluate)

    def both(identifier, function, by, output='y'):
        forward(identifier, output, function)
        gradient(identifier + 'Gradient', function, by, slope_of(output))

    for identifier, (function, by) in networks.composed.items():
        both(identifier, bound(function, lib), by)
    both('efficient.depthwise', lib.depthwise, ('x', 'filters'))
    both('efficient.pointwise', lambda x, filters: lib.conv(x, filters), ('x', 'filters'))
    both('efficient.groupPointwise', lib.group_pointwise, ('x', 'filters'))
    forward('efficient.channelShuffle', 'y', lib.channel_shuffle)
    # The shuffle is linear: its gradient is asked for without the images.
    operation('efficient.channelShuffleGradient')(linear(lib, 'x', lib.channel_shuffle))
    both('inception.pooledHead', bound(networks.pooled_head, lib), ('x', 'weights', 'bias'), 'z')
    both('training.quadratic', bound(networks.quadratic, lib), ('x', 'matrix', 'minimum'), 'loss')
    for identifier, (function, output) in models.forward.items():
        forward(identifier, output, bound(function, lib))
    gradient('resnet.stackGradient', part('y', models.stack, lib), ('x', 'weights', 'biases'))
    gradient(
        'training.decayedLossGradient',
        part('loss', models.decayed_loss, lib),
        ('x', 'targets', 'weights'),
        'dLoss',
    )
    inception = part('loss', models.training_loss, lib)
    gradient('inception.trainingGradient', inception, ('x', 'trunk', 'heads'), None)
    gradient('transfer.networkGradient', bound(models.network_loss, lib), models.NETWORK, None)
    forward('training.descend', None, lib.descend)

    forward('cnn.conv2d', 'y', lib.conv2d)
    forward('cnn.zeroPad', 'y', lib.zero_pad)
    both('cnn.activation', lib.activation, ('x',))
    both('cnn.maxPool', lib.max_pool, ('x',))
    forward('cnn.averagePool', 'y', lib.average_pool)
    if lib.lrn is not None:
        both('cnn.lrnAcross', lib.lrn, ('x',))
    forward('cnn.flatten', 'y', lambda x: x.reshape(x.shape[0], -1))
    forward('cnn.dense', 'y', lambda x, weights, bias: x @ weights + bias)
    forward('cnn.lightJitter', 'y', lib.light_jitter)
    forward('cnn.flip', 'y', lib.flip)
    forward('cnn.patches', 'patches', lib.patches)
    convolution_gradients(lib)
    gradients_of_linear_maps(lib)


def slope_of(name):
    """`dx` by `x`, `dFilters` by `filters`."""
    return 'd' + (name if len(name) == 1 else name[0].upper() + name[1:])


def convolution_gradients(lib):
    """Each by one input, the other of which is given."""

    @operation('cnn.conv2dInputGradient')
    def by_input(filters, dy, imageSize, **windows):
        with rejecting(lib):
            filters, dy = lib.array(filters), lib.array(dy)
            blank = lib.zeros((dy.shape[0], *imageSize, filters.shape[2]))
            (slope,) = lib.pullback(lambda x: lib.conv2d(x, filters, None, **windows), [blank], dy)
            return {'dx': lib.numpy(slope)}

    @operation('cnn.conv2dFilterGradient')
    def by_filters(x, dy, kernelSize, **windows):
        with rejecting(lib):
            x, dy = lib.array(x), lib.array(dy)
            blank = lib.zeros((*kernelSize, x.shape[3], dy.shape[3]))
            (slope,) = lib.pullback(lambda f: lib.conv2d(x, f, None, **windows), [blank], dy)
            return {'dFilters': lib.numpy(slope)}

    @operation('cnn.conv2dBiasGradient')
    def by_bias(dy):
        return {'dBias': lib.numpy(lib.array(dy).sum((0, 1, 2)))}


def gradients_of_linear_maps(lib):
    """They are asked for without the images, of which only the size matters."""

    @operation('cnn.zeroPadGradient')
    def of_zero_pad(dy, padding):
        with rejecting(lib):
            top, bottom, left, right = padding
            N, Hp, Wp, K = dy.shape
            blank = lib.zeros((N, Hp - top - bottom, Wp - left - right, K))
            (slope,) = lib.pullback(lambda x: lib.zero_pad(x, padding), [blank], lib.array(dy))
            return {'dx': lib.numpy(slope)}

    @operation('cnn.averagePoolGradient')
    def of_average_pool(dy, image, **windows):
        with rejecting(lib):
            blank = lib.zeros((dy.shape[0], *image, dy.shape[3]))
            (slope,) = lib.pullback(
                lambda x: lib.average_pool(x, **windows), [blank], lib.array(dy)
            )
            return {'dx': lib.numpy(slope)}

    @operation('cnn.flattenGradient')
    def of_flatten(dy, image):
        with rejecting(lib):
            blank = lib.zeros((dy.shape[0], *image))
            (slope,) = lib.pullback(
                lambda x: x.reshape(x.shape[0], -1), [blank], lib.array(dy)
            )
            return {'dx': lib.numpy(slope)}


def linear(lib, name, function):
    def evaluate(dy, **parameters):
        with rejecting(lib):
            dy = lib.array(dy)
            (slope,) = lib.pullback(lambda x: function(x, **parameters), [lib.zeros(dy.shape)], dy)
            return {slope_of(name): lib.numpy(slope)}

    return evaluate


def bound(function, lib):
    return lambda **arguments: function(lib, **arguments)


def part(output, function, lib):
    """One of the outputs, to be differentiated."""
    return lambda **arguments: function(lib, **arguments)[output]


class rejecting:
    """What a library raises for arguments that do not fit is a rejection."""

    def __init__(self, lib):
        self.errors = lib.rejections

    def __enter__(self):
        return self

    def __exit__(self, _, error, __):
        if isinstance(error, self.errors) and not isinstance(error, REJECTED):
            raise ValueError(str(error)) from error
        return False
