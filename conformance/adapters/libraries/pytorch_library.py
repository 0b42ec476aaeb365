"""PyTorch as it is: each operation as a user of it would write it."""

import sys

import torch
import torch as xp
import torch.nn.functional as F

import models
import networks
import operations
from touchstone import serve

torch.set_num_threads(1)
CHANNELS, TAKEN = 1, 1
relu, cross_entropy = torch.relu, F.cross_entropy


def pullback(function, inputs, above):
    leaves = [x.detach().requires_grad_() for x in inputs]
    return torch.autograd.grad(function(*leaves), leaves, above, materialize_grads=True)


def conv2d(x, filters, bias=None, *, strides, dilations, padding):
    return F.conv2d(x, filters, bias, strides, padding, dilations)


def depthwise(x, filters, strides, dilations, padding, bias=None):
    grouped = filters.flatten(0, 1)[:, None]
    return F.conv2d(x, grouped, bias, strides, padding, dilations, groups=len(filters))


def group_pointwise(x, filters):
    return F.conv2d(x, filters.flatten(0, 1)[..., None, None], groups=len(filters))


def channel_shuffle(x, groups):
    return F.channel_shuffle(x, groups)


def zero_pad(x, padding):
    top, bottom, left, right = padding
    return F.pad(x, (left, right, top, bottom))


def activation(x, activation, slope):
    if activation == 'leaky-relu':
        return F.leaky_relu(x, slope)
    return {'relu': torch.relu, 'sigmoid': torch.sigmoid, 'tanh': torch.tanh}[activation](x)


def max_pool(x, kernel, strides, padding):
    return F.max_pool2d(x, kernel, strides, padding)


def average_pool(x, kernel, strides, padding):
    return F.avg_pool2d(x, kernel, strides, padding, count_include_pad=False)


def lrn(x, size, alpha, beta, kappa):
    return F.local_response_norm(x, size, alpha, beta, kappa)


def patches(x, kernelSize, strides, dilations, padding):
    columns = F.unfold(x, kernelSize, dilations, padding, strides)
    Ho, _ = (
        (size + 2 * ring - d * (k - 1) - 1) // s + 1
        for size, ring, d, k, s in zip(x.shape[2:], padding, dilations, kernelSize, strides)
    )
    # PyTorch has the channels first in a column.
    apart = columns.unflatten(1, (x.shape[1], -1)).transpose(1, 2).flatten(1, 2)
    return apart.unflatten(2, (Ho, -1)).permute(0, 2, 3, 1)


def descend(matrix, minimum, start, rate, steps):
    x = start.clone().requires_grad_()
    optimizer = torch.optim.SGD([x], lr=rate)
    trajectory, losses = [], []
    for step in range(steps + 1):
        optimizer.zero_grad()
        loss = networks.quadratic(None, matrix, minimum, x)
        loss.backward()
        trajectory.append(x.detach().clone())
        losses.append(loss.detach())
        optimizer.step()
    return {'trajectory': torch.stack(trajectory), 'losses': torch.stack(losses)}


operations.register(sys.modules[__name__])
serve(
    name='pytorch',
    version=torch.__version__,
    device='PyTorch, CPU',
    versions={'torch': torch.__version__},
    unchecked=models.unchecked('PyTorch'),
    arrays='torch',
    conventions={'padding': 'symmetric', 'alpha': 'mean', 'group': 'size'},
    axes={
        'layout': 'channels first',
        'filters': 'GBA',
        'cnn.patches': {'x': 'NKHW', 'patches': 'NHWP'},
        **dict.fromkeys(('cnn.flatten', 'cnn.flattenGradient', 'inception.flatHead'), 'channels last'),
    },
)
