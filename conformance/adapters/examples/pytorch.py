"""PyTorch, with channels first and its own padding, averages and α, in float32 or another precision."""
import sys
import torch.nn.functional as F
from touchstone import operation, serve

@operation('cnn.conv2d')
def conv2d(x, filters, bias, strides, dilations, padding):
    return {'y': F.conv2d(x, filters, bias, strides, padding, dilations)}

@operation('cnn.maxPool')
def max_pool(x, kernel, strides, padding):
    return {'y': F.max_pool2d(x, kernel, strides, padding)}

@operation('cnn.averagePool')
def average_pool(x, kernel, strides, padding):
    return {'y': F.avg_pool2d(x, kernel, strides, padding)}

@operation('cnn.lrnAcross')
def lrn(x, size, alpha, beta, kappa):
    return {'y': F.local_response_norm(x, size, alpha, beta, kappa)}

conventions = {'padding': 'symmetric', 'average': 'window', 'alpha': 'mean', 'group': 'size'}
serve('pytorch', precision=(sys.argv[1:] or ['float32'])[0], arrays='torch',
      axes='channels first', conventions=conventions)
