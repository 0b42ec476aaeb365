"""Where windows lie, in the conventions of the specification: images first, channels last."""


def amounts(padding, size, kernel, strides, dilations=(1, 1)):
    """The rows and columns of padding that `valid`, `same` or four amounts stand for."""
    if padding == 'valid':
        return (0, 0), (0, 0)
    if padding == 'same':
        return tuple(same(*axis) for axis in zip(size, kernel, strides, dilations))
    top, bottom, left, right = padding
    return (top, bottom), (left, right)


def same(size, kernel, stride, dilation):
    """As much as keeps size / stride windows, rounded up, the larger half behind."""
    if stride < 1:
        return 0, 0  # No such windows: it is the library that is to refuse them.
    reach = dilation * (kernel - 1) + 1
    total = max((-(-size // stride) - 1) * stride + reach - size, 0)
    return total // 2, total - total // 2
