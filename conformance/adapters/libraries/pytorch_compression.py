"""The calls of PyTorch for the chapter on compression."""

import sys
from types import SimpleNamespace

import torch
import torch as xp
import torch.nn.functional as F
import torch.nn.utils.prune as prune

import pruning
import quantization
import touchstone


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
