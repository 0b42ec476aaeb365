import { build } from '../../../reference/arithmetic/array.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { half, toBits } from '../arithmetics.ts'
import { change, mixed, reread, transposed } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

const of = (bits: number, range: string, per = 'tensor') => ({ parameters: { bits, range, per } })

/** Products of bytes, as they come most often. */
const bytes = {
  parameters: { bits: 8, rangeA: 'unsigned', rangeB: 'signed', per: 'tensor' },
} as const
const zeros = { zeroA: () => 0, zerosB: () => 0 }

/** Mistakes of quantizers, and of products of what they give. */
export const quantizationMistakes: readonly Mistake[] = [
  mistake(
    'quantization.quantize',
    'size',
    'from the seventeenth column on, codes are not held to their upper end',
    (the) => {
      const wide = the.but({}, { bits: 16, range: 'signed' })
      const [, high] = codeRange(the.parameters)
      return {
        codes: mixed(
          the.right.codes,
          wide.codes,
          (n, d) => d >= 16 && the.right.codes.at(n, d) === high,
        ),
      }
    },
    { sizes: { N: 1, D: 17 }, ...of(4, 'signed'), elements: { x: (v) => 100 + Math.abs(v) } },
  ),
  mistake(
    'quantization.quantize',
    'range',
    'codes of sixteen bits are kept in a signed number, whatever their range',
    (the) => ({
      codes: change(the.right.codes, (code) => (code > 32767 ? code - 65536 : code)),
    }),
    { ...of(16, 'unsigned'), elements: { x: (v) => 50000 + v, scales: () => 1 } },
  ),
  mistake(
    'quantization.quantize',
    'numeric',
    'keeps scales in half precision',
    (the) => the.but({ scales: change(the.inputs.scales, (s) => half(s) || s) }),
    { ...of(16, 'signed'), elements: { x: () => 30000, scales: () => 1.0004 } },
  ),
  mistake(
    'quantization.quantize',
    'special',
    'halves above 100 go up, where a table ends',
    (the) => {
      const { x, scales, zeroPoints } = the.inputs
      const { bits, range, per } = the.parameters
      const [low, high] = codeRange({ bits, range })
      const channel = (d: number) => (per === 'tensor' ? 0 : d)
      return {
        codes: change(the.right.codes, (code, n, d) => {
          const steps = x.at(n, d) / scales.at(channel(d))
          if (steps < 100 || steps % 1 !== 0.5) return code
          return Math.min(high, Math.max(low, steps + 0.5 + zeroPoints.at(channel(d))))
        }),
      }
    },
    { ...of(16, 'signed'), elements: { x: () => 200.5, scales: () => 1, zeroPoints: () => 0 } },
  ),
  mistake(
    'quantization.quantize',
    'shape',
    'as many samples as channels: takes samples for channels',
    (the) => {
      const { N, D } = the.sizes
      if (the.parameters.per === 'tensor' || N !== D) return
      const turned = build([D, N], (d, n) => the.inputs.x.at(n, d))
      const { codes } = the.but({ x: turned })
      return { codes: build([N, D], (n, d) => codes.at(d, n)) }
    },
    { sizes: { N: 2, D: 2 }, ...of(8, 'signed', 'channel') },
  ),
  mistake(
    'quantization.quantize',
    'logic',
    'with a narrow range of two bits, cuts −1 off as well',
    (the) => {
      const { bits, range } = the.parameters
      if (bits === 2 && range === 'narrow')
        return { codes: change(the.right.codes, (code) => Math.max(0, code)) }
    },
    { ...of(2, 'narrow') },
  ),
  mistake(
    'quantization.dequantize',
    'size',
    'from the ninth channel on, takes the zero point of the first',
    (the) =>
      the.parameters.per === 'tensor'
        ? undefined
        : the.but({
            zeroPoints: reread(the.inputs.zeroPoints, 0, (d) => (d >= 8 ? 0 : d)),
          }),
    { sizes: { N: 1, D: 9 }, ...of(8, 'signed', 'channel') },
  ),
  mistake(
    'quantization.dequantize',
    'range',
    'reads unsigned codes of eight bits as signed ones',
    (the) => {
      const { bits, range } = the.parameters
      if (bits === 8 && range === 'unsigned')
        return the.but({ codes: change(the.inputs.codes, (q) => (q > 127 ? q - 256 : q)) })
    },
    { ...of(8, 'unsigned') },
  ),
  mistake(
    'quantization.dequantize',
    'numeric',
    'gives half precision',
    (the) => ({ x: change(the.right.x, toBits(11)) }),
    of(16, 'signed'),
  ),
  mistake(
    'quantization.dequantize',
    'logic',
    'of one bit, lets 0 stand for −1',
    (the) => {
      const { bits, range } = the.parameters
      if (bits === 1 && range === 'unsigned')
        return the.but({ codes: change(the.inputs.codes, (q) => 2 * q - 1) })
    },
    of(1, 'unsigned'),
  ),
  mistake(
    'quantization.integerMatmul',
    'size',
    'adds up pairs of products in sixteen bits, as bytes are multiplied by some processors',
    (the) => {
      const { a, b, zeroA, zerosB } = the.inputs
      const [N, M] = the.right.y.shape as [number, number]
      const { D } = the.sizes
      const term = (n: number, d: number, m: number) =>
        d < D
          ? (a.at(n, d) - zeroA.at()) *
            (b.at(d, m) - zerosB.at(the.parameters.per === 'tensor' ? 0 : m))
          : 0
      return {
        y: build([N, M], (n, m) => {
          let sum = 0
          for (let d = 0; d < D; d += 2) {
            const pair = term(n, d, m) + term(n, d + 1, m)
            sum += Math.max(-32768, Math.min(32767, pair))
          }
          return sum
        }),
      }
    },
    { sizes: { D: 2 }, ...bytes, elements: { a: () => 255, b: () => 127, ...zeros } },
  ),
  mistake(
    'quantization.integerMatmul',
    'size',
    'leaves out the terms beyond the last whole block of 32',
    (the) => {
      const { D } = the.sizes
      if (D <= 32 || D % 32 === 0) return
      const { a, zeroA } = the.inputs
      const kept = D - (D % 32)
      return the.but({ a: change(a, (code, _, d) => (d < kept ? code : zeroA.at())) })
    },
    { sizes: { D: 33 }, ...bytes },
  ),
  mistake(
    'quantization.integerMatmul',
    'shape',
    'as many units as terms: reads the weights transposed',
    (the) => {
      const { D, M } = the.sizes
      if (D === M) return the.but({ b: transposed(the.inputs.b) })
    },
    { sizes: { D: 3, M: 3 } },
  ),
  mistake(
    'quantization.integerMatmul',
    'logic',
    'with a zero point a unit, that of the samples is not taken away',
    (the) =>
      the.parameters.per === 'channel'
        ? the.but({ zeroA: change(the.inputs.zeroA, () => 0) })
        : undefined,
    { parameters: { ...bytes.parameters, per: 'channel' }, elements: { zeroA: () => 5 } },
  ),
  mistake(
    'quantization.quantizedMatmul',
    'numeric',
    'keeps the factor in eight bits and a shift',
    (the) => {
      const { scaleA, scalesB, scaleY } = the.inputs
      const factor = (s: number) => toBits(8)((scaleA.at() * s) / scaleY.at())
      return the.but({
        scaleA: change(scaleA, () => 1),
        scalesB: change(scalesB, factor),
        scaleY: change(scaleY, () => 1),
      })
    },
    {
      sizes: { D: 8 },
      parameters: { ...bytes.parameters, rangeY: 'unsigned' },
      elements: { scaleA: () => 1, scalesB: () => 1.003, scaleY: () => 1000 },
    },
  ),
  mistake(
    'quantization.quantizedMatmul',
    'term',
    'multiplies by the scale of the samples twice',
    (the) => {
      const { scaleA } = the.inputs
      return the.but({ scaleA: change(scaleA, (s) => s * s) })
    },
    { parameters: { ...bytes.parameters, rangeY: 'signed' }, elements: { scaleA: () => 2 } },
  ),
  mistake(
    'quantization.quantizedMatmul',
    'range',
    'a product of unsigned codes ends at 127',
    (the) =>
      the.parameters.rangeY === 'unsigned'
        ? { codes: change(the.right.codes, (code) => Math.min(127, code)) }
        : undefined,
    { parameters: { ...bytes.parameters, rangeY: 'unsigned' }, elements: { zeroY: () => 200 } },
  ),
]
