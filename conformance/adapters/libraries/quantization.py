"""Formats of few bits, as a user writes them with the calls of a library.

`lib` has `half(x, format)` and `single(x)`, which convert, `bits(x)` and `of_bits(codes, format)`, which take
the sixteen bits of numbers for whole ones and back, and `whole(x)`, which makes them int32.
"""


def code_range(bits, range):
    if range == 'unsigned':
        return 0, 2**bits - 1
    high = 2 ** (bits - 1) - 1
    return (-high if range == 'narrow' else -high - 1), high


def quantize(lib, x, scales, zeroPoints, bits, range, per):
    return lib.xp.clip(lib.xp.round(x / scales) + zeroPoints, *code_range(bits, range))


def dequantize(lib, codes, scales, zeroPoints, bits, range, per):
    return scales * (codes - zeroPoints)


def encode_half(lib, x, format):
    return lib.bits(lib.half(x, format))


def decode_half(lib, codes, format):
    return lib.single(lib.of_bits(codes, format))


def half_matmul(lib, a, b, sums):
    return lib.single(lib.half(a, 'float16') @ lib.half(b, 'float16'))


def integer_matmul(lib, a, b, zeroA, zerosB, **told):
    return lib.whole(a - zeroA) @ lib.whole(b - zerosB)


def quantized_matmul(lib, scaleA, scalesB, scaleY, zeroY, bits, rangeY, **given):
    sums = lib.single(integer_matmul(lib, **given))
    moved = lib.xp.round(sums * (scaleA * scalesB / scaleY)) + zeroY
    return lib.xp.clip(moved, *code_range(bits, rangeY))


# Each with the output that it has; none has a gradient.
composed = {
    'quantization.quantize': (quantize, 'codes', None),
    'quantization.dequantize': (dequantize, 'x', None),
    'quantization.encodeHalf': (encode_half, 'codes', None),
    'quantization.decodeHalf': (decode_half, 'x', None),
    'quantization.halfMatmul': (half_matmul, 'y', None),
    'quantization.integerMatmul': (integer_matmul, 'y', None),
    'quantization.quantizedMatmul': (quantized_matmul, 'codes', None),
}

# What libraries add up in single precision, as they say or as their products show, they do not otherwise.
supports = {'quantization.halfMatmul': {'parameters': {'sums': 'float32'}}}
