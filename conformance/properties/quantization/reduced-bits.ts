import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { codeRange, per } from '../../../spec/quantization/codes.ts'
import {
  dequantize,
  dequantizing,
  quantize,
  quantizing,
} from '../../../spec/quantization/reduced-bits.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, part, plain, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyCode,
  acceptsAnyScale,
  addsZero,
  clipsFirst,
  cutsOff,
  dividesBack,
  forgetsNarrow,
  forgetsZero,
  middleOfStep,
  multiplies,
  oneCodeMore,
  oneScale,
  oneScaleBack,
  roundsAway,
  roundsSum,
  roundsUp,
  scalesRows,
  subtractsZero,
  wrapsAround,
  wrapsDifference,
} from './reduced-bits-faults.ts'

const signed = { bits: 4, range: 'signed', per: 'tensor' } as const

/** Numbers for symmetric codes, of which the zero point is 0. */
const symmetric = {
  dimensions: quantize.dimensions,
  inputs: { x: quantize.inputs.x, scales: quantize.inputs.scales },
  parameters: { bits: integer({ min: 2, upTo: 16, max: 16 }), per },
}

/** Scales and zero points for every code there is, of up to eight bits. */
const everyCode = {
  dimensions: { D: dequantize.dimensions.D, Scales: dequantize.dimensions.Scales },
  inputs: { scales: dequantize.inputs.scales, zeroPoints: dequantize.inputs.zeroPoints },
  parameters: { ...dequantize.parameters, bits: integer({ min: 1, upTo: 8, max: 8 }) },
  constraints: dequantize.constraints,
}

const quantizingProperties = properties(
  quantizing,
  agreement(quantize, 'integers', {
    kills: [roundsAway, roundsUp, cutsOff, subtractsZero, wrapsAround, forgetsNarrow, oneScale],
  }),
  agreement(quantize, 'reals', {
    title:
      'quantization.quantize equals the reference to the bit wherever rounding does not decide',
    kills: [cutsOff, subtractsZero, clipsFirst, oneCodeMore, scalesRows, multiplies],
  }),
  worked('ties', {
    of: quantize,
    title: 'halves go to the even number of steps, whatever the zero point',
    kills: [roundsAway, roundsUp, roundsSum],
    cases: [
      {
        says: 'halves of both signs',
        inputs: {
          x: tensor([1, 6], [1, 3, 5, -1, -3, -5]),
          scales: tensor([1], [2]),
          zeroPoints: tensor([1], [0]),
        },
        parameters: signed,
        gives: { codes: [0, 2, 2, 0, -2, -2] },
      },
      {
        says: 'an odd zero point',
        inputs: {
          x: tensor([1, 4], [0.5, 1.5, -0.5, -1.5]),
          scales: tensor([1], [1]),
          zeroPoints: tensor([1], [1]),
        },
        parameters: signed,
        gives: { codes: [1, 3, 1, -1] },
      },
    ],
  }),
  law('every-half', {
    of: withParameters(nothing, everyCode.parameters),
    asks: [quantize],
    title: 'every number halfway between two codes, of up to eight bits, goes to the even one',
    kills: [roundsAway, roundsUp],
    share: 0.2,
    async holds({ answer, exact, parameters }) {
      const asked = { ...parameters, range: 'unsigned', per: 'tensor' } as const
      const count = 2 ** parameters.bits
      const x = build([count - 1, 1], (n) => n + 0.5)
      const one = { scales: tensor([1], [1]), zeroPoints: tensor([1], [0]) }
      const { codes } = await answer(quantize, { ...one, x }, asked)
      const even = build([count - 1, 1], (n) => n + (n % 2))
      return [{ label: 'codes', expected: exact(even), actual: codes }]
    },
  }),
  worked('ends', {
    of: quantize,
    title: 'the ends of eight, four, two bits and one are what numbers beyond them become',
    kills: [wrapsAround, oneCodeMore, forgetsNarrow, clipsFirst],
    cases: [
      ...[
        { bits: 8, range: 'signed', gives: [-128, 127] },
        { bits: 8, range: 'unsigned', gives: [0, 255] },
        { bits: 8, range: 'narrow', gives: [-127, 127] },
        { bits: 4, range: 'signed', gives: [-8, 7] },
        { bits: 2, range: 'narrow', gives: [-1, 1] },
        { bits: 1, range: 'signed', gives: [-1, 0] },
        { bits: 1, range: 'unsigned', gives: [0, 1] },
        { bits: 16, range: 'signed', gives: [-32768, 32767] },
      ].map(({ gives, ...codes }) => ({
        says: `${codes.bits} bits, ${codes.range}`,
        inputs: {
          x: tensor([2, 1], [-131072, 131071]),
          scales: tensor([1], [1]),
          zeroPoints: tensor([1], [0]),
        },
        parameters: { ...codes, per: 'tensor' } as never,
        gives: { codes: gives },
      })),
      {
        says: 'a zero point at the lower end',
        inputs: {
          x: tensor([1, 3], [-1, 200, 300]),
          scales: tensor([1], [1]),
          zeroPoints: tensor([1], [-128]),
        },
        parameters: { bits: 8, range: 'signed', per: 'tensor' },
        gives: { codes: [-128, 72, 127] },
      },
    ],
  }),
  law('monotone', {
    of: quantize,
    values: 'reals',
    title: 'a larger number never gets a smaller code, and no code is outside of the range',
    kills: [wrapsAround, clipsFirst],
    async holds({ answer, arithmetic, exact, inputs, parameters, sizes: { N, D } }) {
      const sorted = build([N, D], (n, d) => {
        const column = Array.from({ length: N }, (_, m) => plain(inputs.x).at(m, d))
        return column.toSorted((a, b) => a - b)[n]!
      })
      const { codes } = await answer(quantize, { ...inputs, x: sorted }, parameters)
      const column = (d: number) => Array.from({ length: N }, (_, n) => codes.at(n, d))
      const [low, high] = codeRange(parameters).map((end) => exact(changed(sorted, () => end)))
      return [
        between(arithmetic, 'within the codes', codes, low!, high!),
        ...Array.from({ length: D }, (_, d) => atMost(arithmetic, `column ${d}`, ...column(d))),
      ]
    },
  }),
  law('zero', {
    of: quantize,
    title: 'the code of 0 is the zero point',
    kills: [subtractsZero, oneScale, scalesRows],
    async holds({ answer, exact, inputs, parameters, sizes: { N, D } }) {
      const { codes } = await answer(quantize, { ...inputs, x: zeros([N, D]) }, parameters)
      const points = plain(inputs.zeroPoints)
      const zero = build([N, D], (_, d) => points.at(parameters.per === 'tensor' ? 0 : d))
      return [{ label: 'codes of 0', expected: exact(zero), actual: codes }]
    },
  }),
  law('odd', {
    of: symmetric,
    asks: [quantize],
    values: 'reals',
    title: 'around a zero point of 0, symmetric codes of −x are the opposite ones',
    kills: [forgetsNarrow],
    async holds({ answer, arithmetic, inputs, ...bench }) {
      const parameters = { ...bench.parameters, range: 'narrow' } as const
      const asked = { ...inputs, zeroPoints: zeros(inputs.scales.shape) }
      const { codes } = await answer(quantize, asked, parameters)
      const x = changed(inputs.x, (value) => -value)
      const { codes: opposite } = await answer(quantize, { ...asked, x }, parameters)
      const expected = elementwise(codes, arithmetic.negate)
      return [{ label: 'codes of −x = −codes of x', expected, actual: opposite }]
    },
  }),
  equivariance('power-of-two', {
    of: quantize,
    title: 'numbers and scales four times as large have the same codes',
    kills: [multiplies],
    toTheBit: true,
    inputs: ({ x, scales }) => ({
      x: changed(x, (value) => 4 * value),
      scales: changed(scales, (value) => 4 * value),
    }),
  }),
  law('alone', {
    of: quantize,
    values: 'reals',
    title: 'a channel of several is quantized as it is alone',
    kills: [oneScale, scalesRows],
    async holds({ answer, inputs, parameters, sizes: { N, D } }) {
      const { codes } = await answer(quantize, inputs, parameters)
      const comparisons = []
      for (let d = 0; d < D; d++) {
        const channel = parameters.per === 'tensor' ? 0 : d
        const of = (array: typeof inputs.scales) => part(plain(array), [1], [channel])
        const { codes: single } = await answer(
          quantize,
          {
            x: part(plain(inputs.x), [N, 1], [0, d]),
            scales: of(inputs.scales),
            zeroPoints: of(inputs.zeroPoints),
          },
          { ...parameters, per: 'tensor' },
        )
        const expected = part(codes, [N, 1], [0, d])
        comparisons.push({ label: `channel ${d}`, expected, actual: single })
      }
      return comparisons
    },
  }),
  rejection('rejected', quantize, invalidities(quantize), {
    title:
      'scales that are not above 0, zero points that are no codes, and other sizes are rejected',
    kills: [acceptsAnyScale],
  }),
)

const dequantizingProperties = properties(
  dequantizing,
  agreement(dequantize, 'integers', {
    kills: [forgetsZero, addsZero, wrapsDifference, oneScaleBack, dividesBack],
  }),
  agreement(dequantize, 'reals', { kills: [forgetsZero, addsZero, oneScaleBack, dividesBack] }),
  law('every-code', {
    of: everyCode,
    asks: [dequantize, quantize],
    values: 'reals',
    title: 'each code, of up to eight bits, is the code of the number that it stands for',
    kills: [addsZero, wrapsDifference, clipsFirst],
    share: 0.2,
    async holds({ answer, arithmetic, exact, inputs, parameters, sizes: { D } }) {
      const [low, high] = codeRange(parameters)
      const every = build([high - low + 1, D], (n) => low + n)
      const { x } = await answer(dequantize, { ...inputs, codes: every }, parameters)
      const given = { ...inputs, x: elementwise(x, arithmetic.toNumber) }
      const { codes } = await answer(quantize, given, parameters)
      return [{ label: 'codes', expected: exact(every), actual: codes }]
    },
  }),
  law('half-a-scale', {
    of: quantize,
    asks: [quantize, dequantize],
    title:
      'a number within the range is off by at most half its scale, beyond it by what it is beyond',
    kills: [cutsOff, middleOfStep, subtractsZero, clipsFirst],
    async holds({ answer, arithmetic, array, exact, inputs, parameters, sizes: { N, D } }) {
      const { codes } = await answer(quantize, inputs, parameters)
      const given = elementwise(codes, arithmetic.toNumber)
      const [low, high] = codeRange(parameters)
      const asked = { scales: inputs.scales, zeroPoints: inputs.zeroPoints }
      const clipped = changed(given, (code) => Math.min(high, Math.max(low, code)))
      const { x } = await answer(dequantize, { ...asked, codes: clipped }, parameters)
      const off = build([N, D], (n, d) => arithmetic.subtract(x.at(n, d), array('x').at(n, d)))
      const reach = reachOf(inputs.scales.data, inputs.zeroPoints.data, parameters)
      const limit = (sign: 1 | -1) =>
        exact(
          build([N, D], (n, d) => {
            const { scale, least, most } = reach(d)
            const value = plain(inputs.x).at(n, d)
            const beyond = sign > 0 ? least - value : value - most
            return sign * Math.max(scale / 2, beyond)
          }),
        )
      return [between(arithmetic, 'error', off, limit(-1), limit(1))]
    },
  }),
  law('zero', {
    of: dequantize,
    values: 'reals',
    title: 'the zero point stands for 0 exactly',
    kills: [middleOfStep, addsZero],
    async holds({ answer, exact, inputs, parameters, sizes: { N, D } }) {
      const points = plain(inputs.zeroPoints)
      const codes = build([N, D], (_, d) => points.at(parameters.per === 'tensor' ? 0 : d))
      const { x } = await answer(dequantize, { ...inputs, codes }, parameters)
      return [{ label: 'x', expected: exact(zeros([N, D])), actual: x }]
    },
  }),
  worked('by-hand', {
    of: dequantize,
    title: 'a byte that is not signed, and the widest difference of signed ones',
    kills: [forgetsZero, wrapsDifference],
    cases: [
      {
        inputs: {
          codes: tensor([1, 3], [0, 128, 255]),
          scales: tensor([1], [0.5]),
          zeroPoints: tensor([1], [128]),
        },
        parameters: { bits: 8, range: 'unsigned', per: 'tensor' },
        gives: { x: [-64, 0, 63.5] },
      },
      {
        inputs: {
          codes: tensor([1, 2], [127, -128]),
          scales: tensor([2], [1, 1]),
          zeroPoints: tensor([2], [-128, 127]),
        },
        parameters: { bits: 8, range: 'signed', per: 'channel' },
        gives: { x: [255, -255] },
      },
    ],
  }),
  rejection('rejected', dequantize, invalidities(dequantize), {
    title: 'codes that are none, scales that are not above 0, and other sizes are rejected',
    kills: [acceptsAnyCode],
  }),
)

/** Of each channel its scale, and the least and the largest number that has a code. */
function reachOf(scales: ArrayLike<number>, zeroPoints: ArrayLike<number>, parameters: Parameters) {
  const [low, high] = codeRange(parameters)
  return (d: number) => {
    const channel = parameters.per === 'tensor' ? 0 : d
    const [scale, zero] = [scales[channel]!, zeroPoints[channel]!]
    return { scale, least: scale * (low - zero), most: scale * (high - zero) }
  }
}

export const reducedBitsProperties = [...quantizingProperties, ...dequantizingProperties]
