"""PyTorch as it is: each operation as a user of it would write it."""

import torch
import torch.nn.functional as F

import autograd
import models
import networks
from touchstone import serve
from windows import amounts

torch.set_num_threads(1)


class PyTorch:
    rejections = RuntimeError
    relu = staticmethod(torch.relu)
    tanh = staticmethod(torch.tanh)
    zeros = staticmethod(torch.zeros)
    ones = staticmethod(torch.ones)
    eye = staticmethod(torch.eye)
    stack = staticmethod(torch.stack)
    solve = staticmethod(torch.linalg.solve)
    tensordot = staticmethod(torch.tensordot)
    cross_entropy = staticmethod(F.cross_entropy)

    @staticmethod
    def array(value):
        return torch.from_numpy(value) if hasattr(value, 'dtype') else value

    @staticmethod
    def numpy(value):
        return value.detach().numpy()

    @staticmethod
    def pullback(function, inputs, above):
        leaves = [x.detach().requires_grad_() for x in inputs]
        return torch.autograd.grad(function(*leaves), leaves, above, materialize_grads=True)

    @staticmethod
    def concat(maps):
        return torch.cat(maps, 3)

    @staticmethod
    def conv(x, filters, bias=None, stride=1, ring=0):
        y = F.conv2d(first(x), weight(filters), bias, stride=stride, padding=ring)
        return last(y)

    @staticmethod
    def conv2d(x, filters, bias, strides, dilations, padding):
        x, before = padded(x, filters.shape[:2], strides, dilations, padding)
        y = F.conv2d(x, weight(filters), bias, stride=strides, dilation=dilations, padding=before)
        return last(y)

    @staticmethod
    def depthwise(x, filters, strides, dilations, padding):
        Hf, Wf, K, M = filters.shape
        x, before = padded(x, (Hf, Wf), strides, dilations, padding)
        grouped = filters.permute(2, 3, 0, 1).reshape(K * M, 1, Hf, Wf)
        options = dict(stride=strides, dilation=dilations, padding=before, groups=K)
        return last(F.conv2d(x, grouped, **options))

    @staticmethod
    def group_pointwise(x, filters):
        G, A, B = filters.shape
        grouped = filters.permute(0, 2, 1).reshape(G * B, A, 1, 1)
        return last(F.conv2d(first(x), grouped, groups=G))

    @staticmethod
    def channel_shuffle(x, groups):
        return last(F.channel_shuffle(first(x), groups))

    @staticmethod
    def zero_pad(x, padding):
        top, bottom, left, right = padding
        return last(F.pad(first(x), (left, right, top, bottom)))

    @staticmethod
    def activation(x, activation, slope):
        if activation == 'leaky-relu':
            return F.leaky_relu(x, slope)
        return {'relu': torch.relu, 'sigmoid': torch.sigmoid, 'tanh': torch.tanh}[activation](x)

    @staticmethod
    def max_pool(x, kernel, strides, padding):
        around = amounts(padding, x.shape[1:3], kernel, strides)
        if taken := taken_by_pooling(around, kernel):
            return last(F.max_pool2d(first(x), kernel, strides, taken))
        (top, bottom), (left, right) = around
        x = F.pad(first(x), (left, right, top, bottom), value=float('-inf'))
        return last(F.max_pool2d(x, kernel, strides))

    @staticmethod
    def average_pool(x, kernel, strides, padding):
        around = amounts(padding, x.shape[1:3], kernel, strides)
        if taken := taken_by_pooling(around, kernel):
            return last(F.avg_pool2d(first(x), kernel, strides, taken, count_include_pad=False))
        (top, bottom), (left, right) = around
        sums, counts = (
            F.avg_pool2d(F.pad(each, (left, right, top, bottom)), kernel, strides)
            for each in (first(x), torch.ones_like(first(x)))
        )
        return last(sums / counts)

    @staticmethod
    def lrn(x, radius, kappa, alpha, beta):
        size = 2 * radius + 1
        # PyTorch divides alpha by the size of the group, as Caffe does.
        return last(F.local_response_norm(first(x), size, alpha * size, beta, kappa))

    @staticmethod
    def patches(x, kernelSize, strides, dilations, padding):
        x, before = padded(x, kernelSize, strides, dilations, padding)
        columns = F.unfold(x, kernelSize, dilations, before, strides)
        (Hf, Wf), K = kernelSize, x.shape[1]
        counts = [
            (size + 2 * ring - d * (k - 1) - 1) // s + 1
            for size, ring, d, k, s in zip(x.shape[2:], before, dilations, kernelSize, strides)
        ]
        # PyTorch has the channels first in a column.
        return columns.view(-1, K, Hf, Wf, *counts).permute(0, 4, 5, 2, 3, 1).flatten(3)

    @staticmethod
    def descend(matrix, minimum, start, rate, steps):
        x = start.clone().requires_grad_()
        optimizer = torch.optim.SGD([x], lr=rate)
        trajectory, losses = [], []
        for step in range(steps + 1):
            optimizer.zero_grad()
            loss = networks.quadratic(PyTorch, matrix, minimum, x)
            loss.backward()
            trajectory.append(x.detach().clone())
            losses.append(loss.detach())
            optimizer.step()
        return {'trajectory': torch.stack(trajectory), 'losses': torch.stack(losses)}

    @staticmethod
    def light_jitter(x, contrast, brightness, top):
        return torch.clamp(contrast * x + brightness, 0, top)

    @staticmethod
    def flip(x):
        return torch.flip(x, [2])


def first(x):
    return x.permute(0, 3, 1, 2)


def last(y):
    return y.permute(0, 2, 3, 1)


def weight(filters):
    return filters.permute(3, 2, 0, 1)


def padded(x, kernel, strides, dilations, padding):
    """The images, and what the call itself can pad: as much behind as before."""
    (top, bottom), (left, right) = amounts(padding, x.shape[1:3], kernel, strides, dilations)
    # F.pad would crop by amounts below 0; it is the call itself that is to refuse them.
    if min(top, bottom, left, right) < 0 or (top == bottom and left == right):
        return first(x), (min(top, bottom), min(left, right))
    return F.pad(first(x), (left, right, top, bottom)), (0, 0)


def taken_by_pooling(around, kernel):
    """What the calls can pad themselves, and what they are to refuse; None for what goes before them."""
    refused = any(not 0 <= a < k for amounts, k in zip(around, kernel) for a in amounts)
    alike = all(a == b <= k // 2 for (a, b), k in zip(around, kernel))
    worst = [min(pair) if min(pair) < 0 else max(pair) for pair in around]
    return worst if refused or alike else None


autograd.register(PyTorch)
serve(
    name='pytorch',
    version=torch.__version__,
    device='PyTorch, CPU',
    versions={'torch': torch.__version__},
    unchecked=models.unchecked('PyTorch'),
)
