import { build } from '../../../reference/arithmetic/array.ts'
import { roundTo } from '../../../reference/arithmetic/precision.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { single } from '../arithmetics.ts'
import { change } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** Halves to even, by adding and taking away a number whose last place is 1. */
const toEven = (v: number) => (Math.abs(v) < 2 ** 51 ? v + 1.5 * 2 ** 52 - 1.5 * 2 ** 52 : v)

/** Quantizers as they are written for speed. */
export const quantizers: readonly Variation[] = [
  variation('quantization.quantize', 'multiplies by the rounded reciprocal of the scale', (the) => {
    const { x, scales, zeroPoints } = the.inputs
    const [low, high] = codeRange(the.parameters)
    const channel = (d: number) => (the.parameters.per === 'tensor' ? 0 : d)
    return {
      codes: build(x.shape, (n, d) => {
        const steps = f(x.at(n, d) * f(1 / scales.at(channel(d))))
        return Math.min(high, Math.max(low, toEven(steps) + zeroPoints.at(channel(d))))
      }),
    }
  }),
  variation('quantization.quantize', 'clips the quotient before it rounds', (the) => {
    const { x, scales, zeroPoints } = the.inputs
    const [low, high] = codeRange(the.parameters)
    const channel = (d: number) => (the.parameters.per === 'tensor' ? 0 : d)
    return {
      codes: build(x.shape, (n, d) => {
        const zero = zeroPoints.at(channel(d))
        const steps = f(x.at(n, d) / scales.at(channel(d)))
        return toEven(Math.min(high - zero, Math.max(low - zero, steps))) + zero
      }),
    }
  }),
  variation('quantization.dequantize', 'gives −0 for 0', (the) => ({
    x: change(the.right.x, (v) => (v === 0 ? -0 : v)),
  })),
  variation('quantization.dequantize', 'rounds once, to single precision', (the) => ({
    x: change(the.right.x, f),
  })),
  variation('quantization.integerMatmul', 'gives −0 for 0', (the) => ({
    y: change(the.right.y, (v) => (v === 0 ? -0 : v)),
  })),
  variation('quantization.quantizedMatmul', 'divides both scales by the last one first', (the) => {
    const { a, b, zeroA, zerosB, scaleA, scalesB, scaleY, zeroY } = the.inputs
    const { bits, rangeY, per } = the.parameters
    const [low, high] = codeRange({ bits, range: rangeY })
    return {
      codes: change(the.right.codes, (_, n, m) => {
        const channel = per === 'tensor' ? 0 : m
        let sum = 0
        for (let d = 0; d < the.sizes.D; d++) {
          sum += (a.at(n, d) - zeroA.at()) * (b.at(d, m) - zerosB.at(channel))
        }
        const factor = f(scaleA.at() * f(scalesB.at(channel) / scaleY.at()))
        return Math.min(high, Math.max(low, toEven(f(factor * sum)) + zeroY.at()))
      }),
    }
  }),
  variation('quantization.encodeHalf', 'gives another NaN', (the) => ({
    codes: change(the.right.codes, (code, p) => (Number.isNaN(the.inputs.x.at(p)) ? 0xffff : code)),
  })),
  variation('quantization.decodeHalf', 'flushes what is below 2^-126', (the) => ({
    x: change(the.right.x, (v) => (Math.abs(v) < 2 ** -126 ? 0 * v : v)),
  })),
  variation('quantization.symmetricScale', 'multiplies by the rounded reciprocal', (the) => {
    const { bits } = the.parameters
    const largest = 2 ** (bits - 1) - 1
    const isZero = the.inputs.w.data.every((w) => w === 0)
    if (the.parameters.per === 'tensor' && !isZero) {
      const magnitude = Math.max(...the.inputs.w.data.map(Math.abs))
      return { scales: change(the.right.scales, () => f(magnitude * f(1 / largest))) }
    }
  }),
  variation('quantization.binarize', 'adds up shares of magnitudes', (the) => {
    if (the.parameters.per === 'channel') return
    const { data } = the.inputs.w
    const share = data.reduce((sum, w) => f(sum + f(Math.abs(w) / data.length)), 0)
    return { scales: change(the.right.scales, () => share) }
  }),
  variation('quantization.binaryProduct', 'gives −0 for 0', (the) => ({
    y: change(the.right.y, (v) => (v === 0 ? -0 : v)),
  })),
  variation('quantization.halfMatmul', 'adds up in double precision', (the) => {
    if (the.parameters.sums === 'float16') return
    const { a, b } = the.inputs
    return {
      y: change(the.right.y, (y, n, m) => {
        let sum = 0
        for (let d = 0; d < the.sizes.D; d++) {
          sum += roundTo('float16', a.at(n, d)) * roundTo('float16', b.at(d, m))
        }
        return Number.isFinite(y) ? roundTo('float16', sum) : y
      }),
    }
  }),
]
