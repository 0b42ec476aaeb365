"""PyTorch as it is: each operation as a user of it would write it, on the device that it is told."""

import sys

import torch
import torch as xp
import torch.nn.functional as F

import networks
import operations
from pytorch_adversarial import *
from pytorch_compression import *
from pytorch_federated import *
from pytorch_normalization import *
from pytorch_recurrent import *

torch.set_num_threads(1)
where = sys.argv[1] if len(sys.argv) > 1 else 'cpu'
if where == 'cuda' and not torch.cuda.is_available():
    sys.exit('PyTorch finds no GPU for CUDA here')
torch.set_default_device(where)
supports = {**supports, **normalization_supports}
relu, leaky_relu, sigmoid = torch.relu, F.leaky_relu, torch.sigmoid
cross_entropy, channel_shuffle = F.cross_entropy, F.channel_shuffle


def pullback(function, inputs, above):
    leaves = [x.detach().requires_grad_() for x in inputs]
    return torch.autograd.grad(function(*leaves), leaves, above, materialize_grads=True)


def around(ring):
    return ring, ring


def conv2d(x, filters, bias=None, *, strides, dilations, padding, groups=1):
    return F.conv2d(x, filters, bias, strides, padding, dilations, groups)


def conv_transpose2d(z, filters, bias=None, *, strides, dilations, padding, outputPadding, groups):
    return F.conv_transpose2d(
        z, filters, bias, strides, padding, outputPadding, groups, dilations
    )


def zero_pad(x, padding):
    top, bottom, left, right = padding
    return F.pad(x, (left, right, top, bottom))


def max_pool(x, kernel, strides, padding):
    return F.max_pool2d(x, kernel, strides, padding)


def average_pool(x, kernel, strides, padding):
    return F.avg_pool2d(x, kernel, strides, padding, count_include_pad=False)


def lrn(x, size, alpha, beta, kappa):
    return F.local_response_norm(x, size, alpha, beta, kappa)


def columns(x, kernelSize, strides, dilations, padding):
    flat = F.unfold(x, kernelSize, dilations, padding, strides)
    rows = (x.shape[2] + 2 * padding[0] - dilations[0] * (kernelSize[0] - 1) - 1) // strides[0] + 1
    return flat.unflatten(2, (rows, -1))


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


operations.provide(
    sys.modules[__name__],
    'PyTorch',
    torch,
    arrays='torch:' + where,
    place=torch.cuda.get_device_name() if where == 'cuda' else where.upper(),
    reproducible='to-the-bit' if where == 'cpu' else 'within-bound',
    conventions={
        'padding': 'symmetric',
        'alpha': 'mean',
        'group': 'size',
        'derivative': 'at zeros',
        'sequences': 'lengths',
        'paddedStates': 'zeros',
        'biases': 'two',
        'gruGates': 'rzn',
    },
)
