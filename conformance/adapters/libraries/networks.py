"""Blocks of networks, as a user composes them of the calls of a library.

`lib` is the library: `conv(x, filters, bias, stride, ring)` with a ring of zeros, `depthwise`, `relu`,
its arrays `xp`, and where the channels lie in images, `CHANNELS`, and those that filters take, `TAKEN`.
"""


def chosen(word, **options):
    """What a word stands for: a library has no words for parts of networks, so these are refused here."""
    if word not in options:
        raise ValueError('unknown word: %s' % word)
    return options[word]


def unchanged(x):
    return x


def entered(lib, x, variant):
    before = {'original': unchanged, 'linear': unchanged, 'pre-activation': lib.relu}
    return chosen(variant, **before)(x)


def join(lib, shortcut, branch, variant):
    joined = branch if shortcut is None else shortcut + branch
    return lib.relu(joined) if variant == 'original' else joined


def block(lib, x, filters1, bias1, filters2, bias2, shortcut, variant):
    hidden = lib.relu(lib.conv(entered(lib, x, variant), filters1, bias1, ring=1))
    branch = lib.conv(hidden, filters2, bias2, ring=1)
    return join(lib, chosen(shortcut, identity=x, none=None), branch, variant)


def projection_block(lib, x, filters1, bias1, filters2, bias2, projection, stride, variant):
    entry = entered(lib, x, variant)
    hidden = lib.relu(lib.conv(entry, filters1, bias1, stride=stride, ring=1))
    branch = lib.conv(hidden, filters2, bias2, ring=1)
    return join(lib, lib.conv(x, projection, stride=stride), branch, variant)


def bottleneck(lib, x, reduce, reduceBias, filters, bias, expand, expandBias, shortcut, variant):
    narrow = lib.relu(lib.conv(entered(lib, x, variant), reduce, reduceBias))
    branch = lib.conv(lib.relu(lib.conv(narrow, filters, bias, ring=1)), expand, expandBias)
    return join(lib, chosen(shortcut, identity=x, none=None), branch, variant)


def fire(lib, x, squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias):
    z = lib.relu(lib.conv(x, squeeze, squeezeBias))
    small = lib.relu(lib.conv(z, expand1, expand1Bias))
    large = lib.relu(lib.conv(z, expand3, expand3Bias, ring=1))
    return lib.xp.concatenate([small, large], lib.CHANNELS)


def dense_block(lib, x, filters, biases, activation):
    psi = chosen(activation, linear=unchanged, relu=lib.relu)
    start = 0
    for bias in biases:
        taken = slice(start, start + x.shape[lib.CHANNELS])
        layer = filters[(slice(None),) * lib.TAKEN + (taken,)]
        start = taken.stop
        x = lib.xp.concatenate([x, lib.conv(psi(x), layer, bias, ring=1)], lib.CHANNELS)
    return x


def separable(lib, x, depthwise, depthwiseBias, pointwise, pointwiseBias, activation, **windows):
    psi = chosen(activation, linear=unchanged, relu=lib.relu)
    filtered = psi(lib.depthwise(x, depthwise, bias=depthwiseBias, **windows))
    return psi(lib.conv(filtered, pointwise, pointwiseBias))


def pooled_head(lib, x, weights, bias):
    return x.mean((1, 2) if lib.CHANNELS == 3 else (2, 3)) @ weights + bias


def quadratic(lib, matrix, minimum, x):
    return 0.5 * ((x - minimum) @ matrix @ (x - minimum))


# The operation, its forward function, and the inputs by which its gradient is asked for.
composed = {
    'resnet.block': (block, 'x filters1 bias1 filters2 bias2'),
    'resnet.projectionBlock': (projection_block, 'x filters1 bias1 filters2 bias2 projection'),
    'resnet.bottleneck': (bottleneck, 'x reduce reduceBias filters bias expand expandBias'),
    'efficient.fire': (fire, 'x squeeze squeezeBias expand1 expand1Bias expand3 expand3Bias'),
    'efficient.denseBlock': (dense_block, 'x filters biases'),
    'efficient.separable': (separable, 'x depthwise depthwiseBias pointwise pointwiseBias'),
}
