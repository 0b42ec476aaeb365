"""Blocks of networks, as a user composes them of the calls of a library.

`lib` is the library: `conv2d(x, filters, bias, strides, dilations, padding, groups)`, its rectifiers, and
its arrays `xp`. Channels come first, in images and in filters.
"""

from functools import partial


def chosen(word, **options):
    """What a word stands for: a library has no words for parts of networks, so these are refused here."""
    if word not in options:
        raise ValueError('unknown word: %s' % word)
    return options[word]


def own(lib, name):
    """The call of the library, or what its users compose."""
    return getattr(lib, name, partial(globals()[name], lib))


def unchanged(x):
    return x


def conv(lib, x, filters, bias=None, stride=1, ring=0, **groups):
    """With a ring of zeros around the images."""
    steps = {'strides': (stride, stride), 'dilations': (1, 1)}
    return lib.conv2d(x, filters, bias, **steps, padding=own(lib, 'around')(ring), **groups)


def around(lib, ring):
    return (ring, ring), (ring, ring)


def depthwise(lib, x, filters, bias=None, **windows):
    bank = filters.reshape(-1, 1, *filters.shape[2:])
    return lib.conv2d(x, bank, bias, **windows, groups=len(filters))


def group_pointwise(lib, x, filters):
    groups, each, among = filters.shape
    return conv(lib, x, filters.reshape(groups * each, among, 1, 1), groups=groups)


def patches(lib, x, **windows):
    """Libraries have the channels first in a column."""
    columns = lib.columns(x, **windows)
    apart = columns.reshape(len(x), x.shape[1], -1, *columns.shape[2:])
    return lib.xp.moveaxis(apart.swapaxes(1, 2).reshape(columns.shape), 1, -1)


def zero_pad(lib, x, padding):
    top, bottom, left, right = padding
    return lib.xp.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)))


def channel_shuffle(lib, x, groups):
    return x.reshape(len(x), groups, -1, *x.shape[2:]).swapaxes(1, 2).reshape(x.shape)


def activate(lib, x, activation, slope):
    if activation == 'leaky-relu':
        return lib.leaky_relu(x, slope)
    return chosen(activation, relu=lib.relu, sigmoid=lib.sigmoid, tanh=lib.xp.tanh)(x)


def light_jitter(lib, x, contrast, brightness, top):
    return lib.xp.clip(contrast * x + brightness, 0, top)


def entered(lib, x, variant):
    before = {'original': unchanged, 'linear': unchanged, 'pre-activation': lib.relu}
    return chosen(variant, **before)(x)


def join(lib, shortcut, branch, variant):
    joined = branch if shortcut is None else shortcut + branch
    return lib.relu(joined) if variant == 'original' else joined


def block(lib, x, filters1, bias1, filters2, bias2, shortcut, variant):
    hidden = lib.relu(conv(lib, entered(lib, x, variant), filters1, bias1, ring=1))
    branch = conv(lib, hidden, filters2, bias2, ring=1)
    return join(lib, chosen(shortcut, identity=x, none=None), branch, variant)


def projection_block(lib, x, filters1, bias1, filters2, bias2, projection, stride, variant):
    entry = entered(lib, x, variant)
    hidden = lib.relu(conv(lib, entry, filters1, bias1, stride=stride, ring=1))
    branch = conv(lib, hidden, filters2, bias2, ring=1)
    return join(lib, conv(lib, x, projection, stride=stride), branch, variant)


def bottleneck(lib, x, reduce, reduceBias, filters, bias, expand, expandBias, shortcut, variant):
    narrow = lib.relu(conv(lib, entered(lib, x, variant), reduce, reduceBias))
    branch = conv(lib, lib.relu(conv(lib, narrow, filters, bias, ring=1)), expand, expandBias)
    return join(lib, chosen(shortcut, identity=x, none=None), branch, variant)


def fire(lib, x, squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias):
    z = lib.relu(conv(lib, x, squeeze, squeezeBias))
    small = lib.relu(conv(lib, z, expand1, expand1Bias))
    large = lib.relu(conv(lib, z, expand3, expand3Bias, ring=1))
    return lib.xp.concatenate([small, large], 1)


def dense_block(lib, x, filters, biases, activation):
    psi = chosen(activation, linear=unchanged, relu=lib.relu)
    start = 0
    for bias in biases:
        stop = start + x.shape[1]
        grown = conv(lib, psi(x), filters[:, start:stop], bias, ring=1)
        x, start = lib.xp.concatenate([x, grown], 1), stop
    return x


def separable(lib, x, depthwise, depthwiseBias, pointwise, pointwiseBias, activation, **windows):
    psi = chosen(activation, linear=unchanged, relu=lib.relu)
    filtered = own(lib, 'depthwise')(x, depthwise, bias=depthwiseBias, **windows)
    return psi(conv(lib, psi(filtered), pointwise, pointwiseBias))


def pooled_head(lib, x, weights, bias):
    return x.mean((2, 3)) @ weights + bias


def dense(lib, x, weights, bias):
    return x @ weights if bias is None else x @ weights + bias


def quadratic(lib, matrix, minimum, x):
    return 0.5 * ((x - minimum) @ matrix @ (x - minimum))


# Each with the output that it has, and the inputs by which its gradient is asked for.
composed = {
    'cnn.dense': (dense, 'y', None),
    'cnn.lightJitter': (light_jitter, 'y', None),
    'resnet.block': (block, 'y', 'x filters1 bias1 filters2 bias2'),
    'resnet.projectionBlock': (projection_block, 'y', 'x filters1 bias1 filters2 bias2 projection'),
    'resnet.bottleneck': (bottleneck, 'y', 'x reduce reduceBias filters bias expand expandBias'),
    'efficient.fire': (fire, 'y', 'x squeeze squeezeBias expand1 expand1Bias expand3 expand3Bias'),
    'efficient.denseBlock': (dense_block, 'y', 'x filters biases'),
    'efficient.separable': (separable, 'y', 'x depthwise depthwiseBias pointwise pointwiseBias'),
    'inception.pooledHead': (pooled_head, 'z', 'x weights bias'),
    'training.quadratic': (quadratic, 'loss', 'x matrix minimum'),
}
