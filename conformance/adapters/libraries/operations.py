"""Provides what a library has calls for, and where it differentiates, the gradients of these calls."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / 'python'))

import adversarial
import compression
import federated
import models
import networks
import objective
import recurrent
import touchstone
from touchstone import operation, serve

# Channels come first but where they are flattened, where an axis of groups has its own order, and where four axes
# are no images.
AXES = {
    'layout': 'channels first',
    'efficient.groupPointwise': {'filters': 'GBA'},
    'efficient.groupPointwiseGradient': {'filters': 'GBA'},
    'cnn.patches': {'x': 'NKHW', 'patches': 'NHWP'},
    **compression.axes,
    **dict.fromkeys(
        ('cnn.flatten', 'cnn.flattenGradient', 'inception.flatHead', 'gan.alternate'), 'channels last'
    ),
}

# Gradients that go by another name than their operation.
renamed = {
    'inception.trainingLossGradient': 'inception.trainingGradient',
    'transfer.networkLossGradient': 'transfer.networkGradient',
}


def provide(lib, title, package, composed=(), place='CPU', **told):
    """Serves a library with the operations that it provides."""
    register(lib)
    serve(
        name=title.lower(),
        version=package.__version__,
        device=title + ', ' + place,
        versions={package.__name__: package.__version__},
        stateless=recurrent.stateless(lib, title),
        unchecked=unchecked(title, *composed, *recurrent.composed_of(lib)),
        axes={key: AXES[key] for key in AXES if key == 'layout' or key in touchstone.operations},
        **told,
    )


def register(lib):
    """`lib` is a module with the calls of a library; see `pytorch_library.py` and `numpy_library.py`."""
    differentiates = hasattr(lib, 'pullback')
    own, bound = partial(networks.own, lib), lambda function: partial(function, lib)

    def forward(identifier, function, output='y'):
        def evaluate(**given):
            answer = function(**given)
            return answer if isinstance(answer, dict) else {output: answer}

        operation(identifier)(evaluate)

    def gradient(identifier, function, by, output='y'):
        def evaluate(**given):
            names = [name for name in by.split() if given.get(name) is not None]
            # What is told of nothing above it is the loss itself; what is told of None, nothing depends on.
            told = {name: given.pop(slope_of(name), lib.xp.ones(())) for name in output.split()}
            above = {name: slope for name, slope in told.items() if slope is not None}
            inputs = [given.pop(name) for name in names]

            def of(*changed):
                answer = function(**dict(zip(names, changed)), **given)
                if not isinstance(answer, dict):
                    return (answer,)
                return tuple(answer[name] for name in above)

            slopes = lib.pullback(of, inputs, tuple(above.values()))
            return dict(zip(map(slope_of, names), slopes))

        if differentiates:
            operation(renamed.get(identifier, identifier))(evaluate)

    def both(identifier, function, by, output='y'):
        forward(identifier, function, output)
        if by is not None:
            gradient(identifier + 'Gradient', function, by, output)

    forward('cnn.conv2d', lib.conv2d)
    gradient('cnn.conv2dInputGradient', lib.conv2d, 'x')
    gradient('cnn.conv2dFilterGradient', lib.conv2d, 'filters')
    forward('cnn.conv2dBiasGradient', lambda dy, bias=None: dy.sum((0, 2, 3)), 'dBias')
    if hasattr(lib, 'conv_transpose2d'):
        both('gan.tconv2d', lib.conv_transpose2d, 'z filters bias')
    both('cnn.zeroPad', own('zero_pad'), 'x')
    both('cnn.activation', bound(networks.activate), 'x')
    both('cnn.maxPool', lib.max_pool, 'x')
    both('cnn.averagePool', lib.average_pool, 'x')
    if hasattr(lib, 'lrn'):
        both('cnn.lrnAcross', lib.lrn, 'x')
    both('cnn.flatten', lambda x: x.reshape(len(x), -1), 'x')
    forward('cnn.flip', lambda x: lib.xp.flip(x, (3,)))
    forward('cnn.patches', bound(networks.patches), 'patches')
    both('efficient.depthwise', own('depthwise'), 'x filters')
    both('efficient.pointwise', bound(networks.conv), 'x filters')
    if differentiates:
        both('efficient.groupPointwise', bound(networks.group_pointwise), 'x filters')
    both('efficient.channelShuffle', own('channel_shuffle'), 'x')
    if hasattr(lib, 'descend'):
        forward('training.descend', lib.descend)
    for identifier, (function, output, by) in {
        **models.composed,
        **adversarial.composed,
        **objective.composed,
        **(objective.differentiated if differentiates else {}),
    }.items():
        both(identifier, bound(function), by, output)
    for identifier, function, output, by in compression.provided(lib):
        both(identifier, function, by, output)
    for identifier, function, output, by in recurrent.provided(lib):
        both(identifier, function, by, output)
    for identifier, (function, call) in federated.composed.items():
        if hasattr(lib, call):
            forward(identifier, bound(function))
    for identifier, call in adversarial.trained.items():
        if hasattr(lib, call):
            forward(identifier, getattr(lib, call))
    for identifier, function in getattr(lib, 'normalizations', {}).items():
        forward(identifier, function)
    touchstone.supported.update({**compression.supports, **getattr(lib, 'supports', {})})


def slope_of(name):
    """`dx` by `x`, `dFilters` by `filters`."""
    return 'd' + (name if len(name) == 1 else name[0].upper() + name[1:])


def unchecked(library, *others):
    """What is said of whatever a user composes: a sum that is right for its parts refuses nothing."""
    reason = '%s has no call for it, and the calls that it is composed of see only their parts'
    whole = ('training.descend', *models.composed, *compression.composed, *federated.composed)
    whole += (*adversarial.composed, *adversarial.trained, *objective.composed)
    whole += (*objective.differentiated, *others)
    gradients = (renamed.get(identifier + 'Gradient', identifier + 'Gradient') for identifier in whole)
    return dict.fromkeys((*whole, *gradients), reason % library)
