"""ONNX Runtime, with channels first and ONNX's own padding, averages and α: a question is a model."""
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from touchstone import operation, serve

def run(operator, x, *weights, **attributes):
    stored = [numpy_helper.from_array(array, str(i)) for i, array in enumerate(weights)]
    node = helper.make_node(operator, ['x', *(each.name for each in stored)], ['y'], **attributes)
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in 'xy']
    graph = helper.make_graph([node], operator, ends[:1], ends[1:], stored)
    session = onnxruntime.InferenceSession(helper.make_model(graph).SerializeToString())
    return {'y': session.run(['y'], {'x': x})[0]}

operation('cnn.conv2d')(lambda x, filters, bias, padding, **steps:
    run('Conv', x, filters, *([] if bias is None else [bias]), pads=padding, **steps))
operation('cnn.maxPool')(lambda x, kernel, padding, strides:
    run('MaxPool', x, kernel_shape=kernel, pads=padding, strides=strides))
operation('cnn.averagePool')(lambda x, kernel, padding, strides:
    run('AveragePool', x, kernel_shape=kernel, pads=padding, strides=strides))
positive = {'min': 1e-9}
operation('cnn.lrnAcross', supports={'parameters': {'alpha': positive, 'beta': positive}})(
    lambda x, size, alpha, beta, kappa:
    run('LRN', x, size=size, alpha=float(alpha), beta=float(beta), bias=float(kappa)))
onnx = {'padding': 'pads', 'alpha': 'mean', 'group': 'size'}
serve('onnxruntime', axes='channels first', contiguous=True, conventions=onnx)
