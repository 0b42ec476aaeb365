import { build, elementwise, fromData } from '../../../reference/arithmetic/array.ts'
import {
  decodeHalf,
  decoding,
  encodeHalf,
  encoding,
  halfFormats,
} from '../../../spec/quantization/formats.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, plain } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost, truths } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyBits,
  acceptsAnyFormat,
  cutsBits,
  flushesSubnormals,
  forgetsSign,
  goesOnAfterInfinity,
  halvesUp,
  hidesInSubnormals,
  ignoresSign,
  losesNaN,
  losesNegativeZero,
  offByOneExponent,
  otherFormat,
  otherFormatBack,
  saturates,
} from './formats-faults.ts'

const float16 = { format: 'float16' } as const
const bfloat16 = { format: 'bfloat16' } as const

const infinityOf = ({ format }: { readonly format: keyof typeof halfFormats }) => {
  const { fraction, least, most } = halfFormats[format]
  return 2 ** fraction * (most - least + 2)
}

/** A code, its number, in both formats, as their definitions have them. */
const printed = [
  [
    float16,
    [0x3c00, 0x7bff, 0x0400, 0x0001, 0x03ff, 0x3555, 0xc000, 0x0000],
    [1, 65504, 2 ** -14, 2 ** -24, 1023 * 2 ** -24, 1365 / 4096, -2, 0],
  ],
  [
    bfloat16,
    [0x3f80, 0x4049, 0x7f7f, 0x0080, 0xc000, 0x3eab],
    [1, 3.140625, 255 * 2 ** 120, 2 ** -126, -2, 171 / 512],
  ],
] as const

const decodingProperties = properties(
  decoding,
  agreement(decodeHalf, 'integers', {
    kills: [hidesInSubnormals, offByOneExponent, goesOnAfterInfinity, forgetsSign, otherFormatBack],
  }),
  worked('by-hand', {
    of: decodeHalf,
    title: 'the largest and least numbers, 1, and what 1/3 is rounded to',
    kills: [hidesInSubnormals, offByOneExponent, forgetsSign, otherFormatBack],
    cases: printed.map(([parameters, codes, numbers]) => ({
      says: parameters.format,
      inputs: { codes: tensor([codes.length], codes) },
      parameters,
      gives: { x: numbers },
    })),
  }),
  law('special-values', {
    of: nothing,
    asks: [decodeHalf],
    title: 'every code with the last exponent is infinite or not a number',
    kills: [goesOnAfterInfinity],
    share: 0.01,
    async holds({ answer, arithmetic }) {
      const comparisons = []
      for (const parameters of [float16, bfloat16]) {
        const infinity = infinityOf(parameters)
        const codes = build([32768 - infinity], (at) => infinity + at)
        const { x } = await answer(decodeHalf, { codes }, parameters)
        const [first, ...rest] = x.data.map(arithmetic.toNumber)
        comparisons.push(
          truths(
            arithmetic,
            parameters.format,
            first === Number.POSITIVE_INFINITY,
            rest.every(Number.isNaN),
          ),
        )
      }
      return comparisons
    },
  }),
  rejection('rejected', decodeHalf, invalidities(decodeHalf), {
    title: 'more than sixteen bits, and formats that there are not, are rejected',
    kills: [acceptsAnyBits],
  }),
)

/** Numbers halfway between two of half precision, beside such ones, and at the end. */
const halfway = [
  [2049, 0x6800],
  [2051, 0x6802],
  [65519, 0x7bff],
  [65520, 0x7c00],
  [-65520, 0xfc00],
  [2 ** -25, 0x0000],
  [3 * 2 ** -25, 0x0002],
  [2 ** -25 * (1 + 2 ** -20), 0x0001],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [1023.5 * 2 ** -24, 0x0400],
  [0, 0x0000],
] as const

const encodingProperties = properties(
  encoding,
  agreement(encodeHalf, 'integers', { kills: [otherFormat, ignoresSign] }),
  agreement(encodeHalf, 'reals', {
    title: 'quantization.encodeHalf equals the reference to the bit',
    kills: [cutsBits, flushesSubnormals, saturates, losesNegativeZero, ignoresSign],
  }),
  law('all-codes', {
    of: nothing,
    asks: [decodeHalf, encodeHalf],
    title: 'all 65536 codes but those of NaN are the codes of the numbers that they stand for',
    kills: [flushesSubnormals, losesNegativeZero, saturates, otherFormat],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const comparisons = []
      for (const parameters of [float16, bfloat16]) {
        // Numbers below 2^-126, which only bfloat16 has, may be flushed.
        const least = parameters.format === 'bfloat16' ? 2 ** 7 : 0
        const infinity = infinityOf(parameters)
        const every = Array.from({ length: 65536 }, (_, code) => code).filter(
          (code) => code % 32768 >= least && code % 32768 <= infinity,
        )
        const codes = fromData([every.length], every)
        const { x } = await answer(decodeHalf, { codes }, parameters)
        const numbers = elementwise(x, arithmetic.toNumber)
        const { codes: again } = await answer(encodeHalf, { x: numbers }, parameters)
        comparisons.push({ label: parameters.format, expected: exact(codes), actual: again })
      }
      return comparisons
    },
  }),
  worked('ties', {
    of: encodeHalf,
    title: 'halfway cases go to the even code, at the largest number and among subnormal ones too',
    kills: [halvesUp, cutsBits, flushesSubnormals, saturates],
    cases: [
      {
        says: 'float16',
        inputs: {
          x: tensor(
            [halfway.length],
            halfway.map(([x]) => x),
          ),
        },
        parameters: float16,
        gives: { codes: halfway.map(([, code]) => code) },
      },
      {
        says: 'bfloat16',
        // Halfway from the largest number to 2^128, and beyond, it is infinite.
        inputs: {
          x: tensor([7], [257, 259, -1 - 2 ** -8, 3.39e38, 511 * 2 ** 119, 3.4e38, -3.4e38]),
        },
        parameters: bfloat16,
        gives: { codes: [0x4380, 0x4382, 0xbf80, 0x7f7f, 0x7f80, 0x7f80, 0xff80] },
      },
    ],
  }),
  law('halfway', {
    of: nothing,
    asks: [decodeHalf, encodeHalf],
    title: 'between every two neighbours, the number halfway goes to the even one',
    kills: [halvesUp, cutsBits],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const { toNumber } = arithmetic
      const from = 2 ** 10
      const codes = build([infinityOf(float16) - from], (at) => from + at)
      const { x } = await answer(decodeHalf, { codes }, float16)
      const [, ...next] = x.data.map(toNumber)
      const middles = next.map((above, at) => (toNumber(x.data[at]!) + above) / 2)
      const { codes: given } = await answer(
        encodeHalf,
        { x: fromData([middles.length], middles) },
        float16,
      )
      const even = build([middles.length], (at) => from + at + ((from + at) % 2))
      return [{ label: 'codes', expected: exact(even), actual: given }]
    },
  }),
  law('rounding-error', {
    of: encodeHalf,
    asks: [encodeHalf, decodeHalf],
    values: 'reals',
    title: 'a number is off by at most half a step of its format',
    kills: [cutsBits, flushesSubnormals],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { fraction, least, most } = halfFormats[parameters.format]
      const largest = 2 ** most * (2 - 2 ** -fraction)
      const within = (v: number) => Math.max(-largest, Math.min(largest, v))
      // Every third one is brought down to where half precision has subnormal numbers.
      const x = changed(inputs.x, (v, at) => within(at % 3 === 1 ? v * 2 ** -18 : v))
      const { codes } = await answer(encodeHalf, { x }, parameters)
      const given = changed(plain(inputs.x), (_, at) => arithmetic.toNumber(codes.data[at]!))
      const { x: back } = await answer(decodeHalf, { codes: given }, parameters)
      const wanted = exact(x)
      const off = build(x.shape, (p) => arithmetic.subtract(back.at(p), wanted.at(p)))
      const limit = changed(x, (v) =>
        // What is below 2^-126, as numbers of bfloat16 may be, may be flushed as a whole.
        Math.abs(v) < 2 ** -126
          ? 2 ** -126
          : Math.max(2 ** (least - fraction - 1), 2 ** (-fraction - 1) * Math.abs(v)),
      )
      const negative = changed(limit, (v) => -v)
      return [between(arithmetic, 'error', off, exact(negative), exact(limit))]
    },
  }),
  law('monotone', {
    of: encodeHalf,
    values: 'reals',
    title: 'codes of numbers above 0 rise with them, and those of their opposites are 2^15 more',
    kills: [ignoresSign],
    async holds({ answer, arithmetic, inputs, exact, parameters }) {
      const sizes = Array.from(inputs.x.data, Math.abs).toSorted((a, b) => a - b)
      const x = fromData([sizes.length], sizes)
      const { codes } = await answer(encodeHalf, { x }, parameters)
      const negative = changed(x, (v) => -v)
      const { codes: opposite } = await answer(encodeHalf, { x: negative }, parameters)
      const signed = exact(changed(x, () => 32768))
      const expected = build(codes.shape, (p) => arithmetic.add(codes.at(p), signed.at(p)))
      return [
        atMost(arithmetic, 'rising', ...codes.data),
        { label: 'codes of −x = codes of x + 2^15', expected, actual: opposite },
      ]
    },
  }),
  law('not-a-number', {
    of: nothing,
    asks: [encodeHalf],
    title: 'a NaN stays one, whichever of its bits are set, and infinities stay infinite',
    kills: [losesNaN, saturates],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const patterns = [0x7f800001, 0x7f802000, 0x7fc00000, 0xff800001, 0xffffffff]
      const x = {
        dtype: 'float32',
        shape: [patterns.length],
        data: new Float32Array(Uint32Array.from(patterns).buffer),
      } as const
      const comparisons = []
      for (const parameters of [float16, bfloat16]) {
        const infinity = infinityOf(parameters)
        const { codes } = await answer(encodeHalf, { x }, parameters)
        const sizes = codes.data.map((code) => arithmetic.toNumber(code) % 32768)
        const label = `codes of NaN in ${parameters.format}`
        comparisons.push(truths(arithmetic, label, ...sizes.map((size) => size > infinity)))
        const ends = fromData([2], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        const infinite = await answer(encodeHalf, { x: ends }, parameters)
        comparisons.push({
          label: `codes of infinities in ${parameters.format}`,
          expected: exact(fromData([2], [infinity, infinity + 32768])),
          actual: infinite.codes,
        })
      }
      return comparisons
    },
  }),
  rejection('rejected', encodeHalf, invalidities(encodeHalf), {
    title: 'formats that there are not are rejected',
    kills: [acceptsAnyFormat],
  }),
)

export const formatProperties = [...decodingProperties, ...encodingProperties]
