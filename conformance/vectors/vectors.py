"""Reads the test vectors of touchstone; the format is described in VECTORS.md.

    for case in read('vectors/cnn.conv2d.json'):
        problems = check(case, conv2d(**case.inputs, **case.parameters))
"""

import base64
import json
from collections import namedtuple

import numpy

Case = namedtuple('Case', 'inputs parameters expected bounds')
DTYPES = {'float32': '<f4', 'float64': '<f8', 'int32': '<i4'}


def decode(array):
    data = numpy.frombuffer(base64.b64decode(array['data']), DTYPES[array['dtype']])
    return data.reshape(array['shape'])


def read(path):
    """The cases of a file, arrays by name."""
    with open(path, encoding='utf-8') as file:
        vectors = json.load(file)
    assert vectors['format'] == 'touchstone-vectors/1'
    for case in vectors['cases']:
        arrays = {part: {k: decode(v) for k, v in case[part].items()} for part in ('inputs', 'expected', 'bounds')}
        yield Case(parameters=case['parameters'], **arrays)


def check(case, outputs):
    """The names of outputs that are wrong by more than rounding in float32 explains."""
    wrong = []
    for name, expected in case.expected.items():
        actual = numpy.asarray(outputs[name], numpy.float64)
        if actual.shape != expected.shape or not (abs(actual - expected) <= case.bounds[name]).all():
            wrong.append(name)
    return wrong
