import { build } from '../../../reference/arithmetic/array.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { half, inOrder, summing, toBits } from '../arithmetics.ts'
import { change, mixed, times, transposed } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of half precision, of signs, and of how scales and levels are chosen. */
export const formatMistakes: readonly Mistake[] = [
  mistake(
    'quantization.encodeHalf',
    'special',
    'lets a number that is rounded up to the next power of two become that power twice as large',
    (the) => {
      if (the.parameters.format !== 'float16') return
      return {
        codes: change(the.right.codes, (code, p) => {
          const size = Math.abs(the.inputs.x.at(p))
          const isPower = code % 1024 === 0 && size >= 2 ** -14 && size < 65504
          return isPower &&
            Math.log2(size) % 1 !== 0 &&
            code % 32768 > 1024 * Math.floor(Math.log2(size) + 15)
            ? code + 1024
            : code
        }),
      }
    },
    { parameters: { format: 'float16' }, elements: { x: () => 2047.75 } },
  ),
  mistake(
    'quantization.encodeHalf',
    'numeric',
    'rounds to eleven bits first and to the steps of subnormal numbers then',
    (the) => {
      if (the.parameters.format === 'float16')
        return the.but({ x: change(the.inputs.x, toBits(11)) })
    },
    { parameters: { format: 'float16' }, elements: { x: () => 2 ** -25 * (1 + 2 ** -13) } },
  ),
  mistake(
    'quantization.encodeHalf',
    'logic',
    'rounds bfloat16 by cutting off',
    (the) => {
      if (the.parameters.format === 'bfloat16')
        return {
          codes: change(the.right.codes, (code, p) => {
            const x = Math.abs(the.inputs.x.at(p))
            const e = Math.max(-126, Math.floor(Math.log2(x)))
            const steps = x / 2 ** (e - 7)
            return x > 0 && Number.isFinite(x) && steps < Math.round(steps) ? code - 1 : code
          }),
        }
    },
    { parameters: { format: 'bfloat16' } },
  ),
  mistake(
    'quantization.encodeHalf',
    'size',
    'from the ninth number on, those at 65504 and beyond are infinite',
    (the) => {
      if (the.parameters.format === 'float16')
        return {
          codes: change(the.right.codes, (code, p) =>
            p >= 8 && code % 32768 === 0x7bff ? code + 1 : code,
          ),
        }
    },
    { sizes: { P: 9 }, parameters: { format: 'float16' }, elements: { x: () => 65504 } },
  ),
  mistake(
    'quantization.decodeHalf',
    'special',
    'takes subnormal numbers of half precision for 0',
    (the) => {
      if (the.parameters.format === 'float16')
        return { x: change(the.right.x, (v) => (Math.abs(v) < 2 ** -14 ? 0 : v)) }
    },
    { parameters: { format: 'float16' }, elements: { codes: () => 5 } },
  ),
  mistake('quantization.decodeHalf', 'logic', 'reads the bytes in the other order', (the) =>
    the.but({ codes: change(the.inputs.codes, (c) => (c % 256) * 256 + (c >> 8)) }),
  ),
  mistake(
    'quantization.symmetricScale',
    'size',
    'overlooks what is beyond the last whole vector of 8',
    (the) => {
      const { N, D } = the.sizes
      const count = N * D
      if (the.parameters.per !== 'tensor' || count <= 8 || count % 8 === 0) return
      const kept = count - (count % 8)
      return the.but({ w: change(the.inputs.w, (v, n, d) => (n * D + d < kept ? v : 0)) })
    },
    {
      sizes: { N: 1, D: 9 },
      parameters: { bits: 8, per: 'tensor' },
      elements: { w: (v, at) => (at === 8 ? 100 : v) },
    },
  ),
  mistake(
    'quantization.symmetricScale',
    'range',
    'of more than eight bits, divides by 127 all the same',
    (the) => {
      const { bits } = the.parameters
      if (bits > 8) return { scales: times(the.right.scales, (2 ** (bits - 1) - 1) / 127) }
    },
    { parameters: { bits: 16, per: 'tensor' } },
  ),
  mistake(
    'quantization.symmetricScale',
    'special',
    'of a layer below one millionth gives the scale of zeros',
    (the) => ({
      scales: change(the.right.scales, (s) =>
        s * (2 ** (the.parameters.bits - 1) - 1) < 1e-6 ? 1 : s,
      ),
    }),
    { parameters: { bits: 8, per: 'tensor' }, elements: { w: () => 1e-7 } },
  ),
  mistake(
    'quantization.binarize',
    'special',
    'gives −0 the sign −1',
    (the) => ({
      signs: change(the.right.signs, (sign, n, d) =>
        Object.is(the.inputs.w.at(n, d), -0) ? -1 : sign,
      ),
    }),
    { elements: { w: () => -0 } },
  ),
  mistake(
    'quantization.binarize',
    'numeric',
    'adds magnitudes up in half precision',
    (the) => the.in(summing(inOrder(toBits(11)))),
    { sizes: { N: 5, D: 1 }, parameters: { per: 'tensor' } },
  ),
  mistake(
    'quantization.binarize',
    'shape',
    'as many weights as channels: takes rows for channels',
    (the) => {
      const { N, D } = the.sizes
      if (the.parameters.per === 'channel' && N === D)
        return { scales: the.but({ w: transposed(the.inputs.w) }).scales }
    },
    { sizes: { N: 2, D: 2 }, parameters: { per: 'channel' } },
  ),
  mistake(
    'quantization.binaryProduct',
    'size',
    'overlooks bits beyond the last whole word of 32',
    (the) => {
      const { D } = the.sizes
      if (D <= 32 || D % 32 === 0) return
      const { a, b } = the.inputs
      const kept = D - (D % 32)
      return {
        y: change(the.right.y, (y, n, m) => {
          let overlooked = 0
          for (let d = kept; d < D; d++) overlooked += a.at(n, d) === b.at(d, m) ? 1 : -1
          return y - overlooked
        }),
      }
    },
    { sizes: { D: 33 } },
  ),
  mistake(
    'quantization.binaryProduct',
    'range',
    'counts differing bits in a byte with a sign',
    (the) => {
      const { D } = the.sizes
      return {
        y: change(the.right.y, (y) => {
          const differing = (D - y) / 2
          return D - 2 * (differing > 127 ? differing - 256 : differing)
        }),
      }
    },
    { sizes: { N: 1, D: 257, M: 1 }, elements: { a: () => 1, b: () => 0 } },
  ),
  mistake(
    'quantization.halfMatmul',
    'size',
    'of more than four terms, adds halves of the sum that are rounded to half precision',
    (the) => {
      const { D, N, M } = the.sizes
      if (D <= 4 || the.parameters.sums === 'float16') return
      const part = (from: number, to: number) =>
        the.but({ a: change(the.inputs.a, (v, _, d) => (d >= from && d < to ? v : 0)) }).y
      const [first, rest] = [part(0, 4), part(4, D)]
      return { y: build([N, M], (n, m) => half(first.at(n, m) + rest.at(n, m))) }
    },
    { sizes: { N: 4, D: 6, M: 4 }, parameters: { sums: 'float32' } },
  ),
  mistake('quantization.halfMatmul', 'numeric', 'rounds the sum to bfloat16 on its way', (the) => ({
    y: change(the.right.y, toBits(8)),
  })),
  mistake(
    'quantization.halfMatmul',
    'special',
    'ends at 65504 where sums become infinite',
    (the) => ({
      y: change(the.right.y, (v) =>
        Number.isFinite(v) || Number.isNaN(v) ? v : Math.sign(v) * 65504,
      ),
    }),
    { sizes: { D: 1 }, elements: { a: () => 1024, b: () => 1024 } },
  ),
  mistake(
    'quantization.levels',
    'range',
    'counts in sixteen bits with a sign',
    (the) => ({
      count: change(the.right.count, (v) => ((v + 32768) % 65536) - 32768),
    }),
    { parameters: { bits: 16, range: 'signed' } },
  ),
  mistake(
    'quantization.levels',
    'logic',
    'packs codes into whole bytes, of which three bits fill as much as four',
    (the) => {
      const { bits } = the.parameters
      const packed = 2 ** Math.ceil(Math.log2(bits))
      return { compression: change(the.right.compression, () => 32 / packed) }
    },
    { parameters: { bits: 3, range: 'signed' } },
  ),
  mistake(
    'quantization.quantizedLayer',
    'size',
    'from the 33rd unit below on, takes weights as they were',
    (the) => {
      if (the.parameters.of !== 'weights' || the.sizes.D <= 32) return
      const fine = the.but({}, { of: 'gradients' })
      return { dx: mixed(the.right.dx, fine.dx, (_, d) => d >= 32) }
    },
    {
      sizes: { N: 1, D: 40, M: 1 },
      parameters: { bits: 8, of: 'weights' },
      elements: { weights: () => 1.3, dy: () => 1, scale: () => 1 },
    },
  ),
  mistake(
    'quantization.quantizedLayer',
    'special',
    'lets halves go away from zero',
    (the) => {
      if (the.parameters.of !== 'weights') return
      const s = the.inputs.scale.at()
      const up = change(the.inputs.weights, (w) =>
        Math.abs(w / s) % 1 === 0.5 ? w + Math.sign(w) * s * 0.25 : w,
      )
      return the.but({ weights: up })
    },
    {
      parameters: { bits: 8, of: 'weights' },
      elements: { weights: () => 2.5, x: () => 1, scale: () => 1 },
    },
  ),
  mistake(
    'quantization.quantizedLayer',
    'range',
    'keeps gradients in the signed range, with one code more below',
    (the) => {
      const { bits, of } = the.parameters
      if (of !== 'gradients') return
      const least = -(2 ** (bits - 1)) * the.inputs.scale.at()
      const isLow = (v: number) => v <= least
      if (!the.inputs.dy.data.some(isLow)) return
      // One more bit holds that code, and those beyond are moved to it.
      const low = change(the.inputs.dy, (v) => (isLow(v) ? least : v))
      const wider = the.but({ dy: low }, { bits: Math.min(16, bits + 1) })
      const isHigh = the.inputs.dy.data.some((v) => v > -least - the.inputs.scale.at())
      return isHigh || bits === 16 ? undefined : wider
    },
    {
      parameters: { bits: 4, of: 'gradients' },
      elements: { dy: () => -100, weights: () => 1, x: () => 1, scale: () => 1 },
    },
  ),
  mistake(
    'quantization.quantizedLayer',
    'numeric',
    'multiplies in half precision',
    (the) => ({ y: change(the.right.y, half) }),
    {
      parameters: { bits: 8, of: 'weights' },
      elements: { x: () => 1.2345, weights: () => 3, scale: () => 1 },
    },
  ),
  mistake(
    'quantization.quantizedLayer',
    'shape',
    'a square layer is multiplied the other way round on the way back',
    (the) => {
      if (the.sizes.D !== the.sizes.M || the.sizes.D === 1) return
      return { dx: the.but({ weights: transposed(the.inputs.weights) }).dx }
    },
    { sizes: { N: 1, D: 2, M: 2 }, elements: { weights: (_, at) => at, dy: () => 1 } },
  ),
  mistake(
    'quantization.affineScale',
    'size',
    'looks at the first 64 rows for the least number',
    (the) => {
      if (the.sizes.N <= 64) return
      return the.but({ w: change(the.inputs.w, (v, n) => (n >= 64 ? Math.max(0, v) : v)) })
    },
    {
      sizes: { N: 65, D: 1 },
      parameters: { bits: 8, range: 'unsigned', per: 'tensor' },
      elements: { w: (_, at) => (at === 64 ? -4 : 1) },
    },
  ),
  mistake(
    'quantization.affineScale',
    'range',
    'has 255 steps, however many bits',
    (the) => ({
      scales: times(the.right.scales, (2 ** the.parameters.bits - 1) / 255),
    }),
    {
      parameters: { bits: 4, range: 'unsigned', per: 'tensor' },
      elements: { w: (_, at) => at + 1 },
    },
  ),
  mistake(
    'quantization.affineScale',
    'special',
    'of numbers that are all negative, puts 0 on the least code',
    (the) => {
      if (the.parameters.per === 'channel' || the.inputs.w.data.some((w) => w >= 0)) return
      const [least] = codeRange(the.parameters)
      return { zeroPoints: change(the.right.zeroPoints, () => least) }
    },
    {
      parameters: { bits: 8, range: 'unsigned', per: 'tensor' },
      elements: { w: (_, at) => -1 - at },
    },
  ),
  mistake(
    'quantization.affineScale',
    'numeric',
    'gives scales in half precision',
    (the) => ({ scales: change(the.right.scales, (s) => half(s) || s) }),
    {
      parameters: { bits: 8, range: 'unsigned', per: 'tensor' },
      elements: { w: () => 100.1 },
    },
  ),
]
