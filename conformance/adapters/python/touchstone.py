"""Lets touchstone check functions of arrays that are written in Python.

    from touchstone import operation, serve

    @operation('cnn.conv2d')
    def conv2d(x, filters, bias, strides, dilations, padding):
        ...
        return {'y': y}

    serve(name='mine', version='1.0')

A function gets the inputs of its operation as NumPy arrays and the parameters as plain values, all
by name, and returns its outputs by name: anything that numpy.asarray takes, and tensors of PyTorch.
Arrays are views of larger ones, with steps and axes in another order in memory, unless all of their
elements are whole numbers or serve is told contiguous=True; one that is left out is None, and means
zeros, and the derivative by it may be None as well. In float16 and bfloat16 they come and are
expected so, bfloat16 as ml_dtypes has it. With arrays='torch' they are tensors, with 'torch:cuda' on
that device, and with a function what that makes of them. Functions are asked in the order of axes and in the conventions that serve is
told: axes={'x': 'NKHW', 'filters': 'QKHW'}, or axes='channels first' and conventions={'padding':
'symmetric'} as PyTorch has them.

A function rejects arguments by raising ValueError, TypeError, IndexError or AssertionError, and says
by Unsupported('stride 1 only') or NotImplementedError that it does not take valid ones; any other
exception is a failure, unless a rejection is asked for. What it does not take may also be declared,
and is then not asked: @operation('cnn.conv2d', supports={'parameters': {'strides': 1}}). This file needs nothing but NumPy, and may be copied.
"""

import base64
import json
import os
import platform
import sys
import traceback

import numpy

operations, supported, trusting = {}, {}, {}
REJECTIONS = (ValueError, TypeError, IndexError, AssertionError)
METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR, UNSUPPORTED = -32601, -32602, -32603, -32001
DTYPES = {'float32': '<f4', 'float64': '<f8', 'int32': '<i4', 'float16': '<f2', 'bfloat16': '<i2'}
WORDS = {'NaN': float('nan'), 'Infinity': float('inf'), '-Infinity': float('-inf'), '-0': -0.0}


class Unsupported(Exception):
    """The arguments are valid, and this implementation does not take them: no failure, but counted."""


def operation(identifier, supports=None, unchecked=None):
    """Provides the decorated function as the operation with this id, within the ranges it supports.
    Where it does not check its arguments, `unchecked` says why, and it is not asked to reject any."""

    def provide(function):
        operations[identifier] = function
        if supports is not None:
            supported[identifier] = supports
        if unchecked is not None:
            trusting[identifier] = unchecked
        return function

    return provide


def serve(
    name,
    version='unknown',
    precision='float32',
    profile='ieee',
    reproducible='to-the-bit',
    device=None,
    levels=(),
    conventions=None,
    unsupported=None,
    unchecked=None,
    stateless=None,
    versions=None,
    concurrency=64,
    contiguous=False,
    axes=None,
    arrays='numpy',
):
    """Answers questions until the harness has no more. What else is printed goes to standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), 'wb')
    os.dup2(2, 1)
    introduction = {
        'protocolVersion': 1,
        'name': name,
        'version': version,
        'language': 'Python ' + platform.python_version(),
        'versions': {'numpy': numpy.__version__, **(versions or {})},
        'precision': precision,
        'profile': profile,
        'reproducible': reproducible,
        'levels': list(levels),
        'conventions': conventions or {},
        'operations': list(operations),
        'unsupported': unsupported or {},
        'unchecked': {**trusting, **(unchecked or {})},
        'supports': supported,
        'stateless': stateless or {},
        'concurrency': concurrency,
    }
    told = {'device': device, 'axes': axes}
    introduction.update({key: value for key, value in told.items() if value is not None})
    known = (introduction, 'float32' if precision == 'tf32' else precision, contiguous, arrays)
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        message = json.loads(line)
        if isinstance(message, list):
            answer = [respond(request, *known) for request in message]
        else:
            answer = respond(message, *known)
        sys.stdout.flush()
        answers.write(json.dumps(answer, separators=(',', ':')).encode() + b'\n')
        answers.flush()
        if not isinstance(message, list) and message['method'] == 'shutdown':
            return


def respond(request, introduction, dtype, contiguous=False, arrays='numpy'):
    """The response to one request, as plain data."""
    method, response = request.get('method'), {'jsonrpc': '2.0', 'id': request.get('id')}
    try:
        if method == 'initialize':
            response['result'] = introduction
        elif method == 'evaluate':
            response['result'] = evaluate(dtype, contiguous, arrays, **request['params'])
        elif method == 'shutdown':
            response['result'] = None
        else:
            response['error'] = {'code': METHOD_NOT_FOUND, 'message': 'no method %s' % method}
    except (Unsupported, NotImplementedError) as error:
        response['error'] = {'code': UNSUPPORTED, 'message': str(error)}
    except Exception as error:
        if type(error).__name__ == 'AcceleratorError':
            # After an assertion on a GPU, CUDA refuses this process everything; another one goes on.
            sys.exit('%s: %s\n%s' % (type(error).__name__, str(error).split('\n')[0], origin(error)))
        code = INVALID_PARAMS if isinstance(error, REJECTIONS) else INTERNAL_ERROR
        message = '%s: %s' % (type(error).__name__, error)
        response['error'] = {'code': code, 'message': message, 'data': origin(error)}
    return response


def origin(error):
    """The line of the program that an exception comes from: not of this file, nor of a library below."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__]
    own = [f for f in frames if '-packages' not in f.filename and '/lib/python' not in f.filename]
    at = [(os.path.basename(f.filename), f.lineno, f.name, f.line) for f in (own or frames)]
    return '%s:%d, in %s: %s' % at[-1] if at else ''


def evaluate(dtype, contiguous, make, operation, inputs, parameters):
    arrays = {
        name: None if array is None else given(decode(array, contiguous), make)
        for name, array in inputs.items()
    }
    plain = {name: number(value) for name, value in parameters.items()}
    outputs = operations[operation](**arrays, **plain)
    return {name: encode(value, dtype) for name, value in outputs.items() if value is not None}


def decode(array, contiguous=False):
    """The array as it came, the numbers of bfloat16 as their bits."""
    data = numpy.frombuffer(base64.b64decode(array['data']), DTYPES[array['dtype']])
    is_bits = array['dtype'] == 'bfloat16'
    numbers = (data.astype('<i4') << 16).view('<f4') if is_bits else data
    whole = array['dtype'] == 'int32' or all(map(float.is_integer, numbers.tolist()))
    data = data.reshape(array['shape'])
    if contiguous or whole or data.ndim == 0:
        return data.copy()
    *last, first = data.shape[::-1]
    nan = -1 if is_bits else numpy.nan
    view = numpy.full([*last, 2 * first], nan, data.dtype)[..., 1::2].T
    view[...] = data
    return view


def given(data, make):
    """An array as the functions are given it."""
    if isinstance(make, str) and make.startswith('torch'):
        import torch

        tensor = torch.from_numpy(data).to(make.partition(':')[2] or 'cpu')
        return tensor.view(torch.bfloat16) if data.dtype == numpy.int16 else tensor
    if data.dtype == numpy.int16:
        data = data.view(bfloat16())
    return make(data) if callable(make) else data


def bfloat16():
    import ml_dtypes

    return ml_dtypes.bfloat16


def encode(value, dtype):
    """An array on the wire; numbers of Python become `dtype`, whole ones int32."""
    if hasattr(value, 'detach'):
        value = value.detach().cpu()
        if str(value.dtype) == 'torch.bfloat16':
            return wire(value.view(sys.modules['torch'].int16).numpy(), 'bfloat16')
        value = value.numpy()
    array = numpy.asarray(value)
    if array.dtype.kind in 'biu':
        dtype = 'int32'
    elif hasattr(value, 'dtype') and array.dtype.name in DTYPES:
        dtype = array.dtype.name
    if dtype == 'bfloat16':
        array = array.astype(bfloat16()).view('<i2')
    return wire(array, dtype)


def wire(array, dtype):
    data = array.astype(DTYPES[dtype], copy=False).tobytes()
    return {
        'dtype': dtype,
        'shape': list(array.shape),
        'data': base64.b64encode(data).decode('ascii'),
    }


def number(value):
    """A parameter: JSON has no form for these numbers, so they come as words."""
    if isinstance(value, list):
        return [number(item) for item in value]
    if isinstance(value, dict):
        return {name: number(item) for name, item in value.items()}
    return WORDS.get(value, value) if isinstance(value, str) else value
