"""Provides what a library has calls for, and where it differentiates, the gradients of these calls."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

import models
import networks
import touchstone
from touchstone import operation, serve

# Channels come first but where they are flattened, or where an axis of groups has its own order.
AXES = {
    'layout': 'channels first',
    'efficient.groupPointwise': {'filters': 'GBA'},
    'efficient.groupPointwiseGradient': {'filters': 'GBA'},
    'cnn.patches': {'x': 'NKHW', 'patches': 'NHWP'},
    **dict.fromkeys(('cnn.flatten', 'cnn.flattenGradient', 'inception.flatHead'), 'channels last'),
}


def provide(lib, title, package, unchecked=(), **told):
    """Serves a library with the operations that it provides."""
    register(lib)
    serve(
        name=title.lower(),
        version=package.__version__,
        device=title + ', CPU',
        versions={package.__name__: package.__version__},
        unchecked=models.unchecked(title, *unchecked),
        axes={key: AXES[key] for key in AXES if key == 'layout' or key in touchstone.operations},
        **told,
    )


def register(lib):
    """`lib` is a module with the calls of a library; see `pytorch_library.py` and `numpy_library.py`."""
    differentiates = hasattr(lib, 'pullback')
    own, bound = partial(networks.own, lib), lambda function: partial(function, lib)

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

    def told(dy, given):
        """The size of the image, which the gradient of a linear operation is told instead of it."""
        return (*dy.shape[:2], *given.pop('image'))

    def folded(dy, given):
        return (len(dy), *given.pop('image'))

    def unpadded(dy, given):
        top, bottom, left, right = given['padding']
        return (*dy.shape[:2], dy.shape[2] - top - bottom, dy.shape[3] - left - right)

    def convolved(dy, given):
        return (len(dy), given['filters'].shape[1], *given.pop('imageSize'))

    def bank(dy, given):
        return (dy.shape[1], given['x'].shape[1], *given.pop('kernelSize'))

    forward('cnn.conv2d', 'y', lib.conv2d)
    gradient('cnn.conv2dInputGradient', lib.conv2d, 'x', blank=convolved)
    gradient('cnn.conv2dFilterGradient', lib.conv2d, 'filters', blank=bank)
    forward('cnn.conv2dBiasGradient', 'dBias', lambda dy: dy.sum((0, 2, 3)))
    both('cnn.zeroPad', own('zero_pad'), 'x', blank=unpadded)
    both('cnn.activation', bound(networks.activate), 'x')
    both('cnn.maxPool', lib.max_pool, 'x')
    both('cnn.averagePool', lib.average_pool, 'x', blank=told)
    if hasattr(lib, 'lrn'):
        both('cnn.lrnAcross', lib.lrn, 'x')
    both('cnn.flatten', lambda x: x.reshape(len(x), -1), 'x', blank=folded)
    forward('cnn.dense', 'y', dense)
    forward('cnn.lightJitter', 'y', bound(networks.light_jitter))
    forward('cnn.flip', 'y', lambda x: lib.xp.flip(x, (3,)))
    forward('cnn.patches', 'patches', bound(networks.patches))
    both('efficient.depthwise', own('depthwise'), 'x filters')
    both('efficient.pointwise', bound(networks.conv), 'x filters')
    if differentiates:
        both('efficient.groupPointwise', bound(networks.group_pointwise), 'x filters')
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
