"""PyTorch as it is: each operation as a user of it would write it."""

import sys
from types import SimpleNamespace

import torch
import torch as xp
import torch.nn.functional as F
import torch.nn.utils.prune as prune

import networks
import operations
import pruning
import quantization
import touchstone

torch.set_num_threads(1)
relu, leaky_relu, sigmoid = torch.relu, F.leaky_relu, torch.sigmoid
cross_entropy, channel_shuffle = F.cross_entropy, F.channel_shuffle


def pullback(function, inputs, above):
    leaves = [x.detach().requires_grad_() for x in inputs]
    return torch.autograd.grad(function(*leaves), leaves, above, materialize_grads=True)


def around(ring):
    return ring, ring


def conv2d(x, filters, bias=None, *, strides, dilations, padding, groups=1):
    return F.conv2d(x, filters, bias, strides, padding, dilations, groups)


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


def log_softmax(z):
    return F.log_softmax(z, 1)


def softmax(z):
    return F.softmax(z, 1)


def logsumexp(z):
    return torch.logsumexp(z, 1)


def half(x, format):
    return x.to(getattr(torch, format))


def single(x):
    return x.float()


def whole(x):
    return x.int()


def bits(x):
    return x.view(torch.int16).int() & 0xFFFF


def of_bits(codes, format):
    return codes.int().to(torch.int16).view(getattr(torch, format))


def quantize(x, scales, zeroPoints, bits, range, per):
    ends = quantization.code_range(bits, range)
    if per == 'tensor':
        y = torch.fake_quantize_per_tensor_affine(x, scales, zeroPoints.int(), *ends)
    else:
        y = torch.fake_quantize_per_channel_affine(x, scales, zeroPoints.int(), 1, *ends)
    # It gives the numbers that the codes stand for.
    return torch.round(y / scales) + zeroPoints


def masked(weights, mask):
    method = prune.CustomFromMask(mask)
    method._tensor_name = 'weight'
    return method.apply_mask(SimpleNamespace(weight_orig=weights, weight_mask=mask))


def by_percentage(weights1, weights2, share, scope):
    module = torch.nn.ParameterDict({'weight1': weights1, 'weight2': weights2})
    scopes = [['weight1', 'weight2']] if scope == 'network' else [['weight1'], ['weight2']]
    for names in scopes:
        sizes = torch.cat([module[name].detach().abs().flatten() for name in names]).sort().values
        # The share is a decimal of at most four places.
        amount = round(share * 10_000) * len(sizes) // 10_000
        if 0 < amount < len(sizes) and sizes[amount - 1] == sizes[amount]:
            raise touchstone.Unsupported('equal magnitudes at the cut, of which topk takes any')
        layers = [(module, name) for name in names]
        prune.global_unstructured(layers, prune.L1Unstructured, amount=amount)
    masks = [module.weight1_mask, module.weight2_mask]
    return pruning.pruned_layers(sys.modules[__name__], (weights1, weights2), masks)


def shrunk(x, amount):
    return F.softshrink(x, amount)


def l2_step(weights, gradient, rate, decay):
    weights = torch.nn.Parameter(weights)
    weights.grad = gradient
    torch.optim.SGD([weights], lr=rate, weight_decay=decay).step()
    return weights


operations.provide(
    sys.modules[__name__],
    'PyTorch',
    torch,
    arrays='torch',
    conventions={'padding': 'symmetric', 'alpha': 'mean', 'group': 'size', 'derivative': 'at zeros'},
)
