"""Provides what a library has calls for, and where it differentiates, the gradients of these calls."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

import models
import networks
from touchstone import operation


def register(lib):
    """`lib` is a module with the calls of a library; see `pytorch_library.py` and `numpy_library.py`."""
    differentiates = hasattr(lib, 'pullback')

    def forward(identifier, output, function):
        def evaluate(**given):
            answer = function(**given)
            return answer if output is None else {output: answer}

        operation(identifier)(evaluate)

    def gradient(identifier, function, by, upstream='dy', blank=None):
        """By the inputs named, of which `blank` makes the one that only the size of is told."""

        def evaluate(**given):
            above = lib.xp.ones(()) if upstream is None else given.pop(upstream)
            names = by.split()
            if blank is not None:
                given[names[0]] = lib.xp.zeros(blank(above, given))
            inputs = [given.pop(name) for name in names]
            of = lambda *changed: function(**dict(zip(names, changed)), **given)
            return dict(zip(map(slope_of, names), lib.pullback(of, inputs, above)))

        if differentiates:
            operation(identifier)(evaluate)

    def both(identifier, function, by, output='y', blank=None):
        forward(identifier, output, function)
        gradient(identifier + 'Gradient', function, by, slope_of(output), blank)

    def bound(function):
        return lambda **given: function(lib, **given)

    def own(name):
        """The call of the library, or what its users compose."""
        return getattr(lib, name, bound(getattr(networks, name)))

    def image(size, channels):
        return (*size, channels) if lib.CHANNELS == 3 else (channels, *size)

    def told(dy, given):
        """The size of the image, which the gradient of a linear operation is told instead of it."""
        return (dy.shape[0], *image(given.pop('image'), dy.shape[lib.CHANNELS]))

    def unpadded(dy, given):
        top, bottom, left, right = given['padding']
        N, *shape = dy.shape
        H, W = shape[:2] if lib.CHANNELS == 3 else shape[1:]
        return (N, *image((H - top - bottom, W - left - right), dy.shape[lib.CHANNELS]))

    def convolved(dy, given):
        channels = given['filters'].shape[lib.TAKEN]
        return (dy.shape[0], *image(given.pop('imageSize'), channels))

    def bank(dy, given):
        size, taken = given.pop('kernelSize'), given['x'].shape[lib.CHANNELS]
        found = dy.shape[lib.CHANNELS]
        return (*size, taken, found) if lib.CHANNELS == 3 else (found, taken, *size)

    forward('cnn.conv2d', 'y', lib.conv2d)
    gradient('cnn.conv2dInputGradient', lib.conv2d, 'x', blank=convolved)
    gradient('cnn.conv2dFilterGradient', lib.conv2d, 'filters', blank=bank)
    others = (0, 1, 2) if lib.CHANNELS == 3 else (0, 2, 3)
    forward('cnn.conv2dBiasGradient', 'dBias', lambda dy: dy.sum(others))
    both('cnn.zeroPad', own('zero_pad'), 'x', blank=unpadded)
    both('cnn.activation', lib.activation, 'x')
    both('cnn.maxPool', lib.max_pool, 'x')
    both('cnn.averagePool', lib.average_pool, 'x', blank=told)
    if hasattr(lib, 'lrn'):
        both('cnn.lrnAcross', lib.lrn, 'x')
    both(
        'cnn.flatten',
        lambda x: x.reshape(x.shape[0], -1),
        'x',
        blank=lambda dy, given: (dy.shape[0], *given.pop('image')),
    )
    forward('cnn.dense', 'y', dense)
    forward('cnn.lightJitter', 'y', bound(networks.light_jitter))
    forward('cnn.flip', 'y', lambda x: lib.xp.flip(x, (2 if lib.CHANNELS == 3 else 3,)))
    forward('cnn.patches', 'patches', lib.patches)
    both('efficient.depthwise', lib.depthwise, 'x filters')
    both('efficient.pointwise', bound(networks.conv), 'x filters')
    if hasattr(lib, 'group_pointwise'):
        both('efficient.groupPointwise', lib.group_pointwise, 'x filters')
    both('efficient.channelShuffle', own('channel_shuffle'), 'x', blank=lambda dy, given: dy.shape)
    both('inception.pooledHead', bound(networks.pooled_head), 'x weights bias', 'z')
    both('training.quadratic', bound(networks.quadratic), 'x matrix minimum', 'loss')
    if hasattr(lib, 'descend'):
        forward('training.descend', None, lib.descend)
    for identifier, (function, by) in networks.composed.items():
        both(identifier, bound(function), by)
    for identifier, (function, output) in models.forward.items():
        forward(identifier, output, bound(function))
    for identifier, (function, output, by, upstream) in models.gradients.items():
        gradient(identifier, part(bound(function), output), by, upstream)


def dense(x, weights, bias):
    return x @ weights if bias is None else x @ weights + bias


def part(function, output):
    """One of the outputs, to be differentiated."""
    return function if output is None else lambda **given: function(**given)[output]


def slope_of(name):
    """`dx` by `x`, `dFilters` by `filters`."""
    return 'd' + (name if len(name) == 1 else name[0].upper() + name[1:])
