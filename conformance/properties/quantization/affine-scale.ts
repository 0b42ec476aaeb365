import { elementwise } from '../../../reference/arithmetic/array.ts'
import { ieee } from '../../../reference/arithmetic/profile.ts'
import { integer, real } from '../../../spec/language/parameter.ts'
import { affineClause, affineScale } from '../../../spec/quantization/affine-scale.ts'
import { codeRange } from '../../../spec/quantization/codes.ts'
import { dequantize, quantize } from '../../../spec/quantization/reduced-bits.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, numbers } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsOneBit,
  addsLittle,
  cutsZero,
  dividesByCodes,
  forgetsLeast,
  leavesZeroOut,
  noScaleForZeros,
  oneForAll,
  roundsDown,
  roundsUp,
  symmetricScale,
} from './affine-scale-faults.ts'

/** Ranges of which 0 falls halfway between two codes. */
const halfway = {
  dimensions: {},
  inputs: {},
  parameters: {
    bits: integer({ min: 2, max: 8, upTo: 8 }),
    range: affineScale.parameters.range,
    scale: integer({ min: -20, upTo: 20 }),
    share: real({ min: 0, max: 1, from: 0, to: 1, values: [0, 0.5, 1] }),
  },
} as const

/** The difference of both ends, half a unit in the last place, and a division, one and a half, in the shortest format: bfloat16. */
const mostOff = 2 * 2 ** -7

export const affineScaleProperties = properties(
  affineClause,
  agreement(affineScale, 'integers', {
    title: 'quantization.affineScale equals the reference, on small integers within a rounding',
    kills: [
      leavesZeroOut,
      dividesByCodes,
      symmetricScale,
      forgetsLeast,
      cutsZero,
      oneForAll,
      noScaleForZeros,
    ],
  }),
  agreement(affineScale, 'reals', {
    kills: [leavesZeroOut, dividesByCodes, symmetricScale, forgetsLeast, cutsZero, oneForAll],
  }),
  law('zero-is-exact', {
    of: affineScale,
    asks: [affineScale, quantize, dequantize],
    title: '0 has the zero point for its code, which stands for 0',
    kills: [forgetsLeast],
    values: 'reals',
    share: 0.3,
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const w = changed(inputs.w, (v) => (Math.abs(v) < 2 ** -100 ? 0 : v))
      const { scales, zeroPoints } = await answer(affineScale, { w }, parameters)
      const coding = {
        scales: numbers(arithmetic, scales),
        zeroPoints: changed(numbers(arithmetic, zeroPoints), (z) => {
          const [low, high] = codeRange(parameters)
          return Math.min(high, Math.max(low, z))
        }),
      }
      const zeros = changed(w, () => 0)
      const { codes } = await answer(quantize, { x: zeros, ...coding }, parameters)
      const channel = (d: number) => (parameters.per === 'tensor' ? 0 : d)
      const { x } = await answer(
        dequantize,
        { codes: numbers(arithmetic, codes), ...coding },
        parameters,
      )
      const D = w.shape[1]!
      return [
        {
          label: 'codes',
          expected: elementwise(
            changed(zeros, (_, at) => at % D),
            (d) => zeroPoints.at(channel(d)),
          ),
          actual: codes,
        },
        { label: 'x', expected: exact(zeros), actual: x },
      ]
    },
  }),
  law('scaled', {
    of: affineScale,
    title: 'four times the numbers have four times the scale, and the same zero point',
    kills: [addsLittle],
    share: 0.4,
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { multiply } = arithmetic
      const w = changed(inputs.w, (v) => v + 0.5)
      const here = await answer(affineScale, { w }, parameters)
      const there = await answer(affineScale, { w: changed(w, (v) => 4 * v) }, parameters)
      const four = exact(tensor([], [4])).at()
      return [
        {
          label: 'scales',
          expected: elementwise(here.scales, (s) => multiply(four, s)),
          actual: there.scales,
        },
        { label: 'zero points', expected: here.zeroPoints, actual: there.zeroPoints },
      ]
    },
  }),
  law('halfway', {
    of: halfway,
    asks: [affineScale],
    title:
      'a zero point halfway between two codes goes to the even one, or to either where no division is exact',
    kills: [roundsUp, roundsDown],
    share: 0.4,
    async holds({ answer, arithmetic, exact, judgedBy, parameters }) {
      const { bits, range, scale, share } = parameters
      const steps = 2 ** bits - 1
      // The number of steps from the least number to 0, and a half.
      const below = Math.floor(share * (steps - 1))
      const size = 2 ** scale
      const w = tensor([2, 1], [-(below + 0.5) * size, (steps - below - 0.5) * size])
      const { scales, zeroPoints } = await answer(
        affineScale,
        { w },
        { bits, range, per: 'tensor' },
      )
      const [low] = codeRange({ bits, range })
      const even = below % 2 === 0 ? below : below + 1
      const given = numbers(arithmetic, scales).at(0)
      const isBeside = given !== size && Math.abs(given / size - 1) <= mostOff
      if (judgedBy.profile !== ieee) {
        // A division that is not rounded as IEEE has it may end on either side of halfway, and no further off.
        if (Math.abs(given / size - 1) * steps > 1 / 4) return []
        const zero = numbers(arithmetic, zeroPoints).at(0)
        const nearest = zero === low + below || zero === low + below + 1 ? zero : low + even
        const expected = exact(tensor([1], [nearest]))
        return [{ label: 'zero points, of either side', expected, actual: zeroPoints }]
      }
      if (isBeside) return []
      return [
        { label: 'scales', expected: exact(tensor([1], [size])), actual: scales },
        { label: 'zero points', expected: exact(tensor([1], [low + even])), actual: zeroPoints },
      ]
    },
  }),
  worked('by-hand', {
    of: affineScale,
    title: 'two bits for −2 and 4, numbers of one sign, and zeros alone',
    kills: [leavesZeroOut, dividesByCodes, symmetricScale, forgetsLeast, noScaleForZeros],
    cases: [
      {
        says: 'both signs',
        inputs: { w: tensor([2, 1], [-2, 4]) },
        parameters: { bits: 2, range: 'unsigned', per: 'tensor' },
        gives: { scales: [2], zeroPoints: [1] },
      },
      {
        says: 'signed codes',
        inputs: { w: tensor([2, 1], [-2, 4]) },
        parameters: { bits: 2, range: 'signed', per: 'tensor' },
        gives: { scales: [2], zeroPoints: [-1] },
      },
      {
        says: 'nothing below 0, and nothing above',
        inputs: { w: tensor([2, 2], [510, -255, 1020, -510]) },
        parameters: { bits: 8, range: 'unsigned', per: 'channel' },
        gives: { scales: [4, 2], zeroPoints: [0, 255] },
      },
      {
        says: 'zeros',
        inputs: { w: tensor([1, 1], [0]) },
        parameters: { bits: 8, range: 'signed', per: 'tensor' },
        gives: { scales: [1], zeroPoints: [-128] },
      },
    ],
  }),
  rejection('rejected', affineScale, invalidities(affineScale), {
    title: 'a single bit and more than 16 are rejected',
    kills: [acceptsOneBit],
    share: 0.3,
  }),
)
